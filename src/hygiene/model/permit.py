"""What lets a finding pass: a waiver that somebody wrote with a reason, or an entry of a baseline."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from hygiene.model.finding import Finding
from hygiene.model.paths import BlobId, RepoPath
from hygiene.model.rule import Category, RuleId

_OBJECT_ID = re.compile("[0-9a-f]{40}([0-9a-f]{24})?")
_SHORT = 12
"""Digits of a commit's id that people are shown."""


class Origin(NamedTuple):
    """Where something was set.

    Attributes:
        file: its path from the repository's root; for a file elsewhere, as the user named it.
        line: from 1; None where a line says nothing.
        revision: the revision that the file was read from; empty for a file on the disk.
    """

    file: str
    line: int | None = None
    revision: str = ""

    def __str__(self) -> str:
        revision = self.revision[:_SHORT] if _OBJECT_ID.fullmatch(self.revision) else self.revision
        where = f"{revision}:{self.file}" if revision else self.file
        return where if self.line is None else f"{where}:{self.line}"


@dataclass(frozen=True, slots=True)
class Waiver:
    """A reasoned permission: findings of one rule at matching paths do not fail an audit.

    Attributes:
        path: one pattern in gitignore syntax, from the repository's root; never negated.
        blob: if given, only this content is meant, and another version of the file is judged anew.
        expires: the last day on which it holds, in UTC; None holds for ever.
        owner: who answers for it; may be empty.
    """

    rule: RuleId
    path: str
    reason: str
    origin: Origin
    blob: BlobId | None = None
    expires: date | None = None
    owner: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether it is still in force: its last day is not over."""
        return self.expires is None or day <= self.expires


class Waived(NamedTuple):
    """A finding, and the first waiver that lets it pass."""

    finding: Finding
    waiver: Waiver


class Idleness(StrEnum):
    """Why a waiver lets nothing pass."""

    UNUSED = "unused"
    EXPIRED = "expired"


class IdleWaiver(NamedTuple):
    """A waiver that lets nothing pass: no finding is left that it speaks of, or its day is over."""

    waiver: Waiver
    why: Idleness


class Accepted(NamedTuple):
    """One entry of a baseline: a finding that was accepted on the day when the baseline was written.

    Rule, path and blob are its key. `size` is None where it was not known.
    """

    rule: RuleId
    path: RepoPath
    blob: BlobId
    category: Category
    size: int | None

    @property
    def key(self) -> tuple[RuleId, RepoPath, BlobId]:
        """What a finding must share with the entry to be accepted by it."""
        return self.rule, self.path, self.blob


def accepted_from(finding: Finding) -> Accepted:
    """The entry that accepts this finding."""
    return Accepted(finding.rule, finding.path, finding.blob, finding.category, finding.size)
