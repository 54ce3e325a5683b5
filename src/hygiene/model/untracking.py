"""What untracking would change, and what it did: plans, the steps that they come to, and receipts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from hygiene.model.criterion import Criterion
from hygiene.model.finding import Finding, Group
from hygiene.model.inventory import Gap, Sizes
from hygiene.model.paths import BlobId, RepoPath
from hygiene.model.rule import Category, Confidence, Rule, RuleId


class Flag(StrEnum):
    """What a person has told Git about a tracked path, which an entry made anew would not know."""

    SKIP_WORKTREE = "skip-worktree"
    ASSUME_UNCHANGED = "assume-unchanged"
    INTENT_TO_ADD = "intent-to-add"


class OnDisk(StrEnum):
    """What is at a path of the work tree; no symlink is followed to find out."""

    FILE = "file"
    ABSENT = "absent"
    SYMLINK = "symlink"
    FOLDER = "folder"
    OTHER = "other"
    BEHIND_SYMLINK = "behind-symlink"
    IN_NESTED_REPOSITORY = "in-nested-repository"


@dataclass(frozen=True, slots=True)
class Standing:
    """A work tree's HEAD and index at one moment, as far as they bear on whether they may be changed.

    Attributes:
        head: the commit that HEAD leads to; None while unborn.
        branch: the full name of the branch that HEAD is on; None where it is detached.
        index: the hexadecimal SHA-256 of the index file; empty where there is none.
        under_way: what Git is in the middle of, in words: `a merge`, `a rebase`, `a cherry-pick`, `a revert`.
        is_locked: whether `index.lock` is there.
    """

    head: str | None
    branch: str | None
    index: str
    under_way: tuple[str, ...] = ()
    is_locked: bool = False


class StayReason(StrEnum):
    """Why a finding stays tracked."""

    DECIDE = "decide"
    UNSURE = "unsure"
    UNSELECTED = "unselected"
    KEEP = "keep"
    WAIVED = "waived"
    SUBMODULE = "submodule"
    NESTED_REPOSITORY = "nested-repository"
    BEHIND_SYMLINK = "behind-symlink"
    LFS_POINTER = "lfs-pointer"
    SKIP_WORKTREE = "skip-worktree"
    ASSUME_UNCHANGED = "assume-unchanged"
    INTENT_TO_ADD = "intent-to-add"


class Staying(NamedTuple):
    """A finding that stays tracked.

    Attributes:
        note: more in words, such as the reason of a waiver; may be empty.
    """

    finding: Finding
    why: StayReason
    note: str = ""


class Obstacle(NamedTuple):
    """What would make an apply refuse: what it is, in words, and the next step."""

    what: str
    help: str


class CategoryLines(NamedTuple):
    """Lines in gitignore syntax, in the order in which they must stand, all for one category."""

    category: Category
    lines: tuple[str, ...]


class ReplacedLine(NamedTuple):
    """A line of an ignore file, without its line ending, and the lines that take its place."""

    old: str
    new: tuple[str, ...]


class IgnoreChange(NamedTuple):
    """What changes in one ignore file: lines replaced where they stand, then groups of lines added at its end.

    Lines are text in which bytes that are not UTF-8 are surrogate-escaped.

    Attributes:
        path: of the ignore file, which need not exist yet.
        replaced: every line that reads `old` is replaced, by their order in the file.
    """

    path: RepoPath
    replaced: tuple[ReplacedLine, ...]
    added: tuple[CategoryLines, ...]


class StillIgnored(NamedTuple):
    """A path that stays tracked although an ignore file has ignored it all along.

    Attributes:
        source: the ignore file, and `line` the number of its line, from 1.
    """

    path: RepoPath
    source: RepoPath
    line: int


class NotIgnored(NamedTuple):
    """A path that leaves and that no line may ignore; `why` says what is in the way."""

    path: RepoPath
    why: str


class IdleLine(NamedTuple):
    """A line of an ignore file that could go, and nothing would change; `why` is complete in itself."""

    path: RepoPath
    line: int
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class IgnorePlan:
    """What keeps out of the repository what leaves it.

    Attributes:
        changes: by path of the ignore file; every change changes something.
        still_ignored: by path; none of them became ignored by `changes`.
        not_ignored: by path; nearly always empty.
    """

    changes: Sequence[IgnoreChange] = ()
    still_ignored: Sequence[StillIgnored] = ()
    not_ignored: Sequence[NotIgnored] = ()


@dataclass(frozen=True, slots=True)
class UntrackPlan:
    """Everything that untracking would change, and what it would leave; nothing of it has been done.

    Attributes:
        criteria: as the person gave them; none for the usual choice.
        confidence: the least that any finding had to have.
        standing: HEAD and index as the plan saw them.
        leaving: the findings whose paths leave the index, one a path, by path.
        groups: the same for people, worst first, then by path.
        on_disk: what the work tree holds at each leaving path.
        deleting: the paths that would also go to the trash, by path; empty where nobody asked for that.
        staying: every other finding, by path.
        placeholders: files that are added, empty, and tracked, by path.
        ignoring: what changes in ignore files.
        obstacles: what would make an apply refuse at this moment.
        stored: bytes on the disk that the history keeps of each leaving blob, as far as known.
        rules: every rule that a finding names, by id.
        incomplete: what the audit could not read, so that more may have to leave.
    """

    tool_version: str
    criteria: Sequence[Criterion]
    confidence: Confidence
    standing: Standing
    leaving: Sequence[Finding]
    groups: Sequence[Group]
    on_disk: Mapping[RepoPath, OnDisk]
    deleting: Sequence[RepoPath]
    staying: Sequence[Staying]
    placeholders: Sequence[RepoPath]
    ignoring: IgnorePlan
    obstacles: Sequence[Obstacle]
    stored: Sizes
    rules: Mapping[RuleId, Rule]
    incomplete: Sequence[Gap] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing would change."""
        return not (self.leaving or self.placeholders or self.ignoring.changes)


class Held(NamedTuple):
    """What a tracked path holds, as `git ls-files -s` prints it."""

    mode: str
    blob: BlobId


class IndexEdit(NamedTuple):
    """One path of the index; None where it does not hold the path."""

    path: RepoPath
    before: Held | None
    after: Held | None


class FileEdit(NamedTuple):
    """One small file of the work tree with all its bytes; None where it is not there."""

    path: RepoPath
    before: bytes | None
    after: bytes | None


class Place(StrEnum):
    """Where a file is."""

    WORK_TREE = "work-tree"
    TRASH = "trash"


class Move(NamedTuple):
    """One file that is moved between the work tree and the trash folder of a receipt, where it keeps its path."""

    path: RepoPath
    before: Place
    after: Place


class RefEdit(NamedTuple):
    """One reference by its full name (`HEAD` where it is detached) and its commits; None where it does not exist."""

    name: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Operation:
    """A change of the world that can be taken back: `inverse` is the way back, in the same form.

    Attributes:
        index: one edit a path, by path.
        files: ignore files and placeholders of the work tree.
        moves: what goes to the trash, or comes back from it.
        ref: the branch that gets the commit, if one is made.
        contents: what Git must hold for the edits and may not hold yet, or may have collected: by blob.
    """

    index: tuple[IndexEdit, ...] = ()
    files: tuple[FileEdit, ...] = ()
    moves: tuple[Move, ...] = ()
    ref: RefEdit | None = None
    contents: tuple[tuple[BlobId, bytes], ...] = ()

    @property
    def is_branch_alone(self) -> bool:
        """Whether a commit on a branch of its own is all there is: index, work tree and HEAD stay as they are."""
        return self.ref is not None and not self.index

    @property
    def inverse(self) -> "Operation":
        """The operation that takes this one back."""
        return Operation(
            tuple(IndexEdit(path, after, before) for path, before, after in self.index),
            tuple(FileEdit(path, after, before) for path, before, after in self.files),
            tuple(Move(path, after, before) for path, before, after in self.moves),
            None if self.ref is None else RefEdit(self.ref.name, self.ref.after, self.ref.before),
            self.contents,
        )


class ReceiptState(StrEnum):
    """How far an operation has come.

    `begun` and `undoing` are unfinished: a kill left them so, or a program is at work on them now. What was refused or
    killed before anything changed is `not-done`.
    """

    BEGUN = "begun"
    DONE = "done"
    UNDOING = "undoing"
    UNDONE = "undone"
    NOT_DONE = "not-done"

    @property
    def is_unfinished(self) -> bool:
        """Whether the next command has to see to it."""
        return self in (ReceiptState.BEGUN, ReceiptState.UNDOING)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What one apply did, with all that takes it back.

    Attributes:
        id: its name: the time in UTC and some chance, such as `20261121-115500-3f9a`.
        git_dir: of the work tree that it was done in, seen from the common Git directory, where receipts are kept.
        time: when it began, in UTC, ISO 8601 with seconds.
        head: the commit that HEAD led to before.
        commit: the commit that was made, if any.
        categories: how many paths left the index, by category, most first.
        purged: whether its trash was emptied for good.
    """

    id: str
    tool_version: str
    git_dir: str
    time: str
    state: ReceiptState
    head: str | None
    operation: Operation
    commit: str | None = None
    categories: tuple[tuple[Category, int], ...] = ()
    purged: bool = False
