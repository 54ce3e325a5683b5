"""How large a repository and its history are, line by line, and which of that should worry somebody."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import NamedTuple

from hygiene.model.history import CommitId, Month, Rewritten, Root
from hygiene.model.inventory import Gap
from hygiene.model.paths import BlobId, RepoPath


class Footprint(NamedTuple):
    """What the objects of a repository take up on the disk; what it borrows from another one is not counted.

    Attributes:
        packs: how many packs there are.
        packed: their bytes, without what indexes them.
        loose: objects in files of their own.
        loose_size: the bytes of those files.
    """

    packs: int
    packed: int
    loose: int
    loose_size: int


class Concern(IntEnum):
    """How much a value should worry somebody: as many marks as its number."""

    NONE = 0
    NOTE = 1
    WARNING = 2
    ALARM = 3

    @property
    def marks(self) -> str:
        """As people see it."""
        return "!" * self


class Unit(StrEnum):
    """What a value counts."""

    NUMBER = "number"
    BYTES = "bytes"


class Section(StrEnum):
    """What a line is about."""

    HISTORY = "history"
    REFERENCES = "references"
    HEAD = "head"
    DISK = "disk"


class Statistic(NamedTuple):
    """One line.

    Attributes:
        name: a stable word for programs: `largest-blob`.
        label: what it is, for people.
        worst: the path or reference that is meant, where there is one.
        reason: why the value is given marks, and who says so; empty where it has none.
    """

    section: Section
    name: str
    label: str
    value: int
    unit: Unit
    concern: Concern = Concern.NONE
    worst: RepoPath | None = None
    reason: str = ""


class LargeBlob(NamedTuple):
    """A blob, and the path and commit that it first came with; `stored` is None where it is missing now."""

    path: RepoPath
    blob: BlobId
    size: int
    stored: int | None
    commit: CommitId


@dataclass(frozen=True, slots=True)
class HistoryStatistics:
    """Everything that the table says. An equal repository gives an equal one; it holds no time of its making.

    Attributes:
        head: the commit that HEAD leads to.
        roots: what was read, in the order of the names.
        lines: in the order in which people read them.
        largest: the largest blobs, largest first.
        rewritten: the paths that most commits changed, most first.
        months: in order; those without anything are left out.
        incomplete: what could not be read, so that the values are lower bounds.
    """

    tool_version: str
    head: str | None
    roots: Sequence[Root]
    lines: Sequence[Statistic]
    largest: Sequence[LargeBlob]
    rewritten: Sequence[Rewritten]
    months: Sequence[Month]
    incomplete: Sequence[Gap]
