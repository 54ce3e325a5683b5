"""What an audit finds: findings with their evidence, what was cleared and by what, and what could not be read."""

from dataclasses import dataclass
from typing import NamedTuple

from hygiene.model.paths import BlobId, RepoPath
from hygiene.model.rule import Bucket, Category, Confidence, Disposition, Release, RuleId, Severity


class Evidence(NamedTuple):
    """One reason that counted.

    Attributes:
        kind: a stable word: `name`, `place` or `content` for what met the rule, a kind of the table of evidence,
            `consumer`, `tables`, or the word of a check or a clearance.
        text: the reason in words, complete in itself.
        points: what it added to (or took from) the confidence.
        path: the tracked file that says so, where there is one.
        line: the line of that file, from 1.
    """

    kind: str
    text: str
    points: int = 0
    path: RepoPath | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule met by one file.

    Attributes:
        size: bytes of the blob; None where it could not be read.
        also: the other rules that the same file meets by name or content.
        fingerprint: 16 hex digits over rule, path and blob: the same finding has the same one in every commit.
    """

    rule: RuleId
    category: Category
    bucket: Bucket
    confidence: Confidence
    severity: Severity
    disposition: Disposition
    release: Release
    path: RepoPath
    mode: str
    blob: BlobId
    size: int | None
    evidence: tuple[Evidence, ...]
    also: tuple[RuleId, ...]
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Group:
    """A maximal folder in which every tracked file is a finding of one rule and confidence; or one file.

    Attributes:
        path: the folder with a `/` at its end, or the file.
        unsized: how many of the files have no known size; `size` leaves them out.
    """

    path: RepoPath
    rule: RuleId
    category: Category
    confidence: Confidence
    severity: Severity
    disposition: Disposition
    count: int
    size: int
    unsized: int
    evidence: tuple[Evidence, ...]


class Cleared(NamedTuple):
    """A file that met a rule and is nevertheless meant to be there; `by` says which line declares so."""

    path: RepoPath
    rule: RuleId
    by: Evidence


class Unreadable(NamedTuple):
    """A file that the audit wanted to look into and could not."""

    path: RepoPath
    reason: str
