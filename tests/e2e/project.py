"""The small project of somebody else that the gates are tried on, and the clutter that they must not let in."""

import os
from pathlib import Path

from fixtures.repositories import RepositoryBuilder

CLUTTER = "src/__pycache__/new.cpython-312.pyc"
AUTHOR = {
    "GIT_AUTHOR_NAME": "A",
    "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "A",
    "GIT_COMMITTER_EMAIL": "a@example.org",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}
"""What a `git commit` must be told of its author, where no configuration of this machine is read."""


def small_project(path: Path) -> RepositoryBuilder:
    """A repository with one committed and checked out source file, and no finding."""
    built = RepositoryBuilder(path)
    built.file("src/a.py", b"print()\n")
    built.commit()
    built.check_out()
    return built
