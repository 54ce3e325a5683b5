"""What untracking asks of the world: a look at a work tree, the steps that change it, commits, and receipts."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from enum import Enum
from pathlib import Path
from typing import Protocol

from hygiene.model.inventory import Entry
from hygiene.model.paths import BlobId, RepoPath
from hygiene.model.untracking import FileEdit, Flag, IndexEdit, Move, OnDisk, Operation, Receipt, RefEdit, Standing


class Checkout(Protocol):
    """One work tree with its index and HEAD, looked at by somebody who is about to change them.

    Nothing that the repository names is run, nothing is written, and no symlink is followed.
    """

    def standing(self) -> Standing:
        """HEAD, the index and what Git is in the middle of, at this moment."""
        ...

    def flags(self) -> Mapping[RepoPath, Flag]:
        """The tracked paths about which a person has told Git something."""
        ...

    def on_disk(self, paths: Collection[RepoPath]) -> Mapping[RepoPath, OnDisk]:
        """What is at each of the paths."""
        ...

    def unsaved(self, entries: Collection[Entry]) -> frozenset[RepoPath]:
        """Of some entries of the index, the paths whose content is neither HEAD's nor that of the file on disk.

        The index is all that leads to such content. A file counts as the same if it differs in line endings only.
        """
        ...

    def read_file(self, path: RepoPath, limit: int) -> bytes | None:
        """The bytes of a regular file; None where nothing is there.

        Raises `UnusableFile` for what is there and is no regular file, has more than `limit` bytes, or cannot be read.
        """
        ...


class Workbench(Protocol):
    """Carries out the steps of an operation on one work tree.

    Every step is done or not done, whenever the program is killed; and doing a step that is done already changes
    nothing. A step that cannot be done raises, and has then changed nothing.
    """

    def alone(self) -> AbstractContextManager[None]:
        """While it is open no other program of ours changes this repository. Raises `BusyPlace`."""
        ...

    def add_blobs(self, contents: Sequence[bytes]) -> Sequence[BlobId]:
        """Has Git hold these contents, as they are, in the order given; the ids they have."""
        ...

    def prepare_index(self, receipt: str, edits: Sequence[IndexEdit], head: str | None) -> None:
        """Makes, beside the index, the one that it becomes by the edits; the index itself stays as it is.

        Raises `ChangedMeanwhile` where the index does not hold what an edit says it holds before, and `UntrackRefused`
        where Git has lost a content since; what `head`, a commit, holds and Git does not, it never had here.
        """
        ...

    def publish(self, receipt: str, expected: Standing, ref: RefEdit | None) -> None:
        """Under Git's own lock: sees that HEAD and index are as expected, moves the reference, puts the index in place.

        The index's renaming is the moment that counts: before it all is as it was (`take_back` sees to the reference),
        after it the operation has happened. Where no index was prepared, the reference's move is that moment.

        Raises `IndexLocked`, or `ChangedMeanwhile`.
        """
        ...

    def has_happened(self, receipt: Receipt, edits: Sequence[IndexEdit], ref: RefEdit | None) -> bool | None:
        """Whether the moment that counts has passed, by what most of the paths say; None where they do not tell.

        The index changes as a whole, so what does not agree with the others was changed by somebody else since.
        """
        ...

    def take_back(self, receipt: str, ref: RefEdit | None) -> None:
        """Removes what an operation that never happened left: the index beside, our own lock, a moved reference.

        The reference is moved back only while the lock shows that we moved it; else it is somebody else's by now.
        """
        ...

    def restore_ref(self, ref: RefEdit) -> None:
        """Moves the branch that HEAD is on back to where it was before the edit, if it is where it was after it."""
        ...

    def tracked_among(self, paths: Collection[RepoPath]) -> frozenset[RepoPath]:
        """Those of the paths that the index holds at this moment."""
        ...

    def put(self, edit: FileEdit) -> None:
        """Writes or removes a small file, making the folders that it needs.

        Raises `ChangedMeanwhile` where it is neither as before the edit nor as after it.
        """
        ...

    def move(self, move: Move, receipt: str) -> None:
        """Moves a file into the receipt's trash or back, by one rename; folders that become empty go, needed ones come.

        Nothing is overwritten: what is in the way raises `ChangedMeanwhile`.
        """
        ...

    def back_up(self, paths: Collection[RepoPath], folder: Path) -> None:
        """Copies the files and symlinks among the paths into a new or empty folder, each under its own path, durably.

        Raises `NoPlaceForBackup` or `UnwritableOutput`.
        """
        ...

    def hindrances(self, operation: Operation, receipt: str) -> Sequence[str]:
        """Why files could not be put or moved, in words, in their order; what is done already is no reason.

        A file was changed since, is not there, is no file, has something in its way, or the trash is on another file
        system.
        """
        ...

    def empty_trash(self, receipt: str) -> int:
        """Removes the receipt's trash for good; how many files that were."""
        ...


class Hooks(Enum):
    """Whether the repository's own hooks run when a commit is made."""

    SKIP = "skip"
    RUN = "run"


class Commits(Protocol):
    """Makes commits."""

    def require_new_branch(self, name: str) -> None:
        """Raises `BadBranch` where no branch may have this name, or one has it."""
        ...

    def make(self, parent: str | None, edits: Sequence[IndexEdit], message: str, hooks: Hooks) -> str:
        """A commit of the parent's tree with the edits; no reference leads to it yet. Its id.

        Author, committer and signature follow the user's git configuration; nothing that the repository's own
        configuration names is run, its hooks only if asked for. Raises `CommitFailed`.
        """
        ...

    def after(self, hooks: Hooks) -> None:
        """Tells the repository's hooks of a commit that HEAD leads to by now; what they answer changes nothing."""
        ...


class Receipts(Protocol):
    """Keeps receipts, sealed for this user: one that was written by anybody else does not count."""

    def save(self, receipt: Receipt) -> None:
        """Keeps a receipt in place of its earlier form, in one step that survives a power cut.

        Raises `UnwritableOutput`.
        """
        ...

    def all(self) -> Sequence[Receipt]:
        """Those of this work tree, oldest first."""
        ...

    def strangers(self) -> Sequence[str]:
        """The files there that are no receipts of this user's, by name."""
        ...
