"""What a repository holds at one moment: the index, or one commit or tree."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from hygiene.model.paths import BlobId, RepoPath


class Mode(StrEnum):
    """The kinds of entry that Git tracks, as `git ls-files -s` prints them."""

    FILE = "100644"
    EXECUTABLE = "100755"
    SYMLINK = "120000"
    GITLINK = "160000"


class Entry(NamedTuple):
    """One tracked path. A tuple, not a dataclass: an inventory makes 100,000 of them, and a tuple is made in C.

    `mode` is a `Mode` value for all that Git writes today; old repositories also hold `100664`, which reads as a file.
    """

    mode: str
    blob: BlobId
    path: RepoPath

    @property
    def is_file(self) -> bool:
        """Whether the blob is a file's content (not a symlink's target, nor another repository's commit)."""
        return self.mode.startswith("100")


THE_INDEX = "the index"
"""How a listing of the index is called, for people."""


class Gap(NamedTuple):
    """Something that the audit should have read and could not; a report with a gap is never called clean."""

    reason: str
    help: str
    path: RepoPath | None = None


@dataclass(frozen=True)
class Inventory:
    """Every tracked path once, in the order of Git's own listing (bytewise by path).

    Attributes:
        label: what was listed, in words for people: `the index`, or the revision as the user named it.
        commit: the commit or tree that was listed; None for the index.
        entries: one per path. A path in conflict stands here with "our" side, or the side that exists.
        unmerged: the paths in conflict.
        gaps: the trees that could not be read; paths below them are missing from `entries`.
    """

    label: str
    commit: str | None
    entries: Sequence[Entry]
    unmerged: Sequence[RepoPath] = ()
    gaps: Sequence[Gap] = ()


@dataclass(frozen=True)
class Staged:
    """What the index holds otherwise than HEAD: what the next commit would bring in.

    Attributes:
        changed: the added and changed entries, in the order of Git's own listing; a removal is none. Paths in conflict
            are not among them: no commit can hold them.
        added: those of them that HEAD does not hold.
        removed: what HEAD holds and the index does not, or holds in conflict.
        gaps: why more stands here than was changed, where HEAD could not be read.
    """

    changed: Sequence[Entry]
    added: frozenset[RepoPath]
    removed: frozenset[RepoPath]
    gaps: Sequence[Gap] = ()


@dataclass(frozen=True)
class RepositoryFacts:
    """What the repository is, as far as it bears on what an audit can say.

    Attributes:
        git_dir: the directory that holds HEAD.
        work_dir: the top of the work tree; None in a bare repository.
        object_format: `sha1` or `sha256`.
        head: the commit that HEAD leads to; None while unborn.
        shallow: history is cut.
        partial: objects may be missing by design (a promisor remote).
        reader: which adapter reads it: `git` or `libgit2`.
    """

    git_dir: Path
    work_dir: Path | None
    object_format: str
    head: str | None
    shallow: bool
    partial: bool
    reader: str


Sizes = Mapping[BlobId, int]
"""Bytes of each blob as Git stores its content (no filter applied). A blob that is missing here is missing there."""
