"""What people read above what is of one category."""

from collections.abc import Mapping
from types import MappingProxyType

from hygiene.model.rule import Category

CATEGORY_TITLES: Mapping[Category, str] = MappingProxyType(
    {
        Category.CACHE: "Caches",
        Category.BUILD: "Build output",
        Category.SCRATCH: "Scratch and run output",
        Category.DATABASE: "Databases",
        Category.BACKUP: "Backups and dumps",
        Category.MEDIA: "Media",
        Category.REPORT: "Generated reports",
        Category.MODEL: "Models and embeddings",
        Category.INPUT: "Runtime input",
        Category.DEPENDENCY: "Installed dependencies",
        Category.ENVIRONMENT: "Environments",
        Category.CREDENTIAL: "Credentials",
        Category.EDITOR: "Editor and system leftovers",
        Category.EXECUTABLE: "Executables and compiled files",
        Category.OVERSIZE: "Oversized files",
        Category.IGNORE_FILE: "Ignore files",
        Category.STRUCTURE: "Repository structure",
    }
)
