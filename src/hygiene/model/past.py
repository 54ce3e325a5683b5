"""What an audit of the history amounts to: what should never have been committed, and what it still costs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from hygiene.model.finding import Finding
from hygiene.model.history import Commit, CommitId, Root, Totals
from hygiene.model.paths import BlobId, RepoPath
from hygiene.model.report import AuditReport

INTRODUCED, REMOVED_BY = KINDS_OF_PAST = ("introduced", "removed")
"""Kinds of evidence that weigh nothing: which commit brought a file in, and which took it out."""


class JudgedHistory(NamedTuple):
    """What was found in a history before anything is said of commits.

    Attributes:
        report: one finding for each path and rule: of the surest version, and of the last one among equals.
        versions: by path, the standing findings of all its versions; the permitted ones where none stands.
    """

    report: AuditReport
    versions: Mapping[RepoPath, Sequence[Finding]]


class PastVersion(NamedTuple):
    """One content of a path that is a finding.

    Attributes:
        size: bytes of the blob; None where it is missing.
        stored: bytes that it takes up on the disk; None where it is missing.
        shared: whether something else than findings holds the same blob, so that purging them all frees nothing.
        introduced: the commit that first gave it to the path.
    """

    mode: str
    blob: BlobId
    size: int | None
    stored: int | None
    shared: bool
    introduced: CommitId


@dataclass(frozen=True, slots=True)
class Past:
    """What became of one path over time.

    Attributes:
        introduced: the commit that first, of those read, gave the path a content that is a finding.
        removed: the last commit that removed the path, where it is not at HEAD any more; None where it is, or where no
            commit removed it: it became something else, another root has it, or a merge left it out.
        at_head: whether HEAD holds the path as a file.
        rewrites: how many commits gave it a content, after the first.
        versions: those that are findings, from first to last; each blob once.
        returned: whether a commit beside or after `removed` gave it a content all the same.
        is_older: whether it was there before what was read, as in the base of a range: then `introduced` changed it.
    """

    path: RepoPath
    introduced: Commit
    removed: Commit | None
    at_head: bool
    rewrites: int
    versions: Sequence[PastVersion]
    returned: bool = False
    is_older: bool = False

    @property
    def size(self) -> int:
        """Unpacked bytes of all versions, as far as known."""
        return sum(version.size or 0 for version in self.versions)

    @property
    def stored(self) -> int:
        """Bytes of all versions on the disk, as far as known."""
        return sum(version.stored or 0 for version in self.versions)


class Account(NamedTuple):
    """What the findings of one category, rule, folder, extension or author cost; each blob counts once.

    Attributes:
        stored: bytes on the disk.
        reclaimable: those of them that no other file holds, so that purging these findings frees them.
        unsized: blobs whose sizes are not known and left out.
    """

    key: str
    paths: int
    blobs: int
    size: int
    stored: int
    reclaimable: int
    unsized: int


class Growth(NamedTuple):
    """What the commits of one month (`2021-03`, UTC) brought in of one category, each blob once, in bytes."""

    month: str
    category: str
    size: int
    stored: int


@dataclass(frozen=True, slots=True)
class Accounts:
    """What the findings cost, added up in five ways, the costliest first, then by key; and when it came.

    Attributes:
        total: over all of them.
        by_folder: the first part of the path; the empty key is the root itself.
        by_extension: the lower-case ending with its dot; empty for a name without any.
        by_author: of the introducing commit, as it has it.
        growth: in order of the months, then of the categories.
    """

    total: Account
    by_category: Sequence[Account]
    by_rule: Sequence[Account]
    by_folder: Sequence[Account]
    by_extension: Sequence[Account]
    by_author: Sequence[Account]
    growth: Sequence[Growth]


@dataclass(frozen=True, slots=True)
class HistoryReport:
    """Everything one audit of a history says.

    Attributes:
        audit: its findings, one for each path and rule, of the surest and then latest of its versions; what was
            cleared, waived, baselined, unreadable and incomplete. `tracked` counts the paths ever held, `tracked_size`
            the bytes of all versions, unpacked.
        scope: what was asked for, in words for people: `branches, tags, head`, or `main..HEAD`.
        roots: every root that was read, in the order of their names.
        totals: how much was judged.
        pasts: one for each path that has a finding in `audit`, waived and baselined ones too.
        accounts: over the standing findings alone.
        is_range: whether it is about the commits of a range, which may not be merged yet; HEAD is then its last commit.
    """

    audit: AuditReport
    scope: str
    roots: Sequence[Root]
    totals: Totals
    pasts: Mapping[RepoPath, Past]
    accounts: Accounts
    is_range: bool = False
