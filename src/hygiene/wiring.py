"""Joins ports to adapters: the only room that knows everything."""

from collections.abc import Sequence
from pathlib import Path

from hygiene.adapters.discovery import Reader, open_repository
from hygiene.adapters.media_types import LayeredMediaTypes
from hygiene.adapters.sqlite_tables import SqliteTableNames
from hygiene.audit.engine import Auditor
from hygiene.model.rule import Rule
from hygiene.policy.evidence import evidence_policy
from hygiene.policy.rules import Catalogue, load_catalogue, load_rules
from hygiene.ports import Progress


def catalogue(rule_files: Sequence[Path] = ()) -> Catalogue:
    """The built-in rules and those of the files and folders given. Raises `BrokenRules` with every problem at once."""
    return load_catalogue().extended(load_rules(rule_files))


def rules_of(files: Sequence[Path]) -> tuple[Rule, ...]:
    """The rules of the files and folders given, alone. Raises `BrokenRules`."""
    return load_rules(files)


def auditor(path: Path, reader: Reader, rules: Catalogue, progress: Progress) -> Auditor:
    """An auditor of the repository at or above `path`. Raises what opening a repository raises."""
    return Auditor(
        repository=open_repository(path, reader),
        media_types=LayeredMediaTypes(),
        table_names=SqliteTableNames(),
        progress=progress,
        catalogue=rules,
        policy=evidence_policy(),
    )
