"""What the tables of a tracked database are called: evidence of how much harm it can do. No row is ever read."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from hygiene.audit.ledger import Ledger
from hygiene.audit.looking import Looks
from hygiene.audit.survey import Survey
from hygiene.model.finding import Evidence, Finding, Unreadable
from hygiene.model.inventory import Sizes
from hygiene.model.paths import BlobId, RepoPath
from hygiene.model.rule import Severity
from hygiene.policy.evidence import EvidencePolicy
from hygiene.ports import TableNames

SQLITE = "application/vnd.sqlite3"

LARGEST_DATABASE = 64 * 1024 * 1024
"""Bytes of a database that is copied aside to be opened."""

_ENOUGH = 256 * 1024 * 1024
"""Bytes of databases after which earlier versions of a path are not opened."""

_SHOWN = 8


@dataclass(frozen=True)
class TableInspector:
    """Names the tables of the SQLite databases among the findings."""

    reader: TableNames
    policy: EvidencePolicy
    ledger: Ledger

    def inspected(self, findings: Sequence[Finding], survey: Survey, looks: Looks) -> list[Finding]:
        """The findings, each database with its tables' names; tables for credentials or people raise the severity.

        Versions of one path come from first to last; the last one is opened, and as many of the others as fit.
        """
        databases = [finding for finding in findings if _is_sqlite(finding, looks)]
        large = [finding for finding in databases if survey.sizes.get(finding.blob, 0) > LARGEST_DATABASE]
        self.ledger.unreadable += [Unreadable(f.path, "too large for its tables to be listed") for f in large]
        too_large = {finding.blob for finding in large}
        opened = dict(_fitting([each for each in databases if each.blob not in too_large], survey.sizes))
        tables = {b: self._tables(opened[b], content) for b, content in survey.repository.contents(opened)}
        return [self._raised(finding, tables.get(finding.blob) or ()) for finding in findings]

    def _tables(self, path: RepoPath, content: bytes) -> tuple[str, ...] | None:
        try:
            return self.reader.of_sqlite(content)
        except OSError as trouble:
            self.ledger.unreadable.append(
                Unreadable(path, f"its tables could not be listed: {trouble.strerror or trouble}")
            )
            return None

    def _raised(self, finding: Finding, tables: Sequence[str]) -> Finding:
        if not tables:
            return finding
        grave = [table for table in tables if _words(table) & self.policy.sensitive_tables]
        shown = [*grave, *(table for table in tables if table not in grave)]
        more = f" and {len(shown) - _SHOWN} more" if len(shown) > _SHOWN else ""
        says = Evidence("tables", f"its tables: {', '.join(shown[:_SHOWN])}{more}")
        severity = Severity.CRITICAL if grave else finding.severity
        return replace(finding, severity=severity, evidence=(*finding.evidence, says))


def _fitting(databases: Sequence[Finding], sizes: Sizes) -> Iterator[tuple[BlobId, RepoPath]]:
    """The last version of each path, and what else can be opened without reading more than enough."""
    seen: set[RepoPath] = set()
    read = 0
    for finding in reversed(databases):
        read += sizes.get(finding.blob, 0)
        if finding.path not in seen or read <= _ENOUGH:
            yield finding.blob, finding.path
        seen.add(finding.path)


def _is_sqlite(finding: Finding, looks: Looks) -> bool:
    look = looks.get(finding.blob)
    return look is not None and look.media_type is not None and look.media_type.name == SQLITE


def _words(table: str) -> frozenset[str]:
    """The whole name, and its parts: `userSessions` and `user_sessions` both speak of users and sessions."""
    return frozenset({table.lower(), *(word.lower() for word in re.findall(r"[A-Za-z][a-z]*", table))})
