"""What an audit found: findings with their evidence, what was cleared and by what, and what could not be read."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from hygiene.model.inventory import Gap, RepositoryFacts
from hygiene.model.paths import BlobId, RepoPath
from hygiene.model.rule import Bucket, Category, Confidence, Disposition, Release, Rule, RuleId, Severity


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


class TopLevel(NamedTuple):
    """A root file, or a root folder (with a `/` at its end) and how many tracked files lie below it."""

    path: RepoPath
    files: int


class Outcome(StrEnum):
    """What an audit amounts to."""

    CLEAN = "clean"
    FINDINGS = "findings"
    INCOMPLETE = "incomplete"


@dataclass(frozen=True, slots=True)
class AuditReport:
    """Everything one audit says. The same input gives an equal report; it holds no time and no machine's name.

    Attributes:
        tool_version: of the program that judged.
        roots: what was read, in words: `index`, or the revision and the object that it led to.
        tracked: how many paths were judged.
        tracked_size: bytes of their blobs, each path counted, as far as known.
        findings: worst first, then by path.
        groups: the findings for people, worst first, then by path.
        rules: every rule that a finding names, by id.
        notes: facts about the repository that a reader should know, and that do not make the answer incomplete.
        incomplete: what makes the answer less than whole.
        top_level: what is tracked at the root, folders and files in one order by path.
    """

    tool_version: str
    facts: RepositoryFacts
    revision: str
    roots: tuple[str, ...]
    tracked: int
    tracked_size: int
    findings: Sequence[Finding]
    groups: Sequence[Group]
    rules: dict[RuleId, Rule]
    cleared: Sequence[Cleared]
    unreadable: Sequence[Unreadable]
    incomplete: Sequence[Gap]
    notes: Sequence[str]
    top_level: tuple[TopLevel, ...] = ()
