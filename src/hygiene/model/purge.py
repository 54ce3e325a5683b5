"""What would remove findings from a history: what is asked for, what goes, what stays, and what else changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from hygiene.model.criterion import Criterion
from hygiene.model.history import CommitId, Root, Version
from hygiene.model.inventory import Gap, Sizes
from hygiene.model.paths import BlobId, RepoPath
from hygiene.model.rule import Category, Confidence, RuleId


class PurgeTool(StrEnum):
    """The programs that rewrite a history by a plan of ours."""

    FILTER_REPO = "filter-repo"
    BFG = "bfg"


class Ground(NamedTuple):
    """What a purge of some paths meets, over every reference that the rewriting would meet too.

    Attributes:
        versions: every version of the paths, findings or not.
        holders: by blob of those versions: every path that ever held it.
        folders: those of the paths below which other files lay at another time.
        givers: every commit that gave one of the paths a content.
        at_head: the blobs that the paths hold at HEAD.
        stored: bytes on the disk of the blobs of `versions`.
        gaps: what could not be read of all this.
    """

    versions: Sequence[Version]
    holders: Mapping[BlobId, frozenset[RepoPath]]
    folders: frozenset[RepoPath]
    givers: frozenset[CommitId]
    at_head: frozenset[BlobId]
    stored: Sizes
    gaps: Sequence[Gap] = ()


class Reach(NamedTuple):
    """What must get new ids because something is taken out of its history; the tools may change more.

    Attributes:
        rewritten: how many commits.
        commits: of how many.
        adorned: how many of them change, or would change, for what git-filter-repo does not write again: a signature,
            an encoding, what another tool put into them. It is 0 with the BFG, which keeps all that.
        roots: the references that lead to one of them, pull requests left out, in the order of their names.
        pulls: the references of pull or merge requests that do.
        gaps: the commits that are missing, so that more may change.
    """

    rewritten: int
    commits: int
    adorned: int
    roots: Sequence[Root]
    pulls: Sequence[Root]
    gaps: Sequence[Gap] = ()


class PurgedPath(NamedTuple):
    """A path that is to go.

    Attributes:
        at_head: whether HEAD still holds it.
        versions: how many contents it ever had.
        innocent: how many of them are no findings: git-filter-repo takes them along, the BFG leaves them.
        was_folder: whether other files lay below it at another time, so that its name alone would take them along.
        stored: bytes on the disk of what goes, also of what other files hold too.
        freed: those of them that nothing else holds.
    """

    path: RepoPath
    rule: RuleId
    category: Category
    confidence: Confidence
    at_head: bool
    versions: int
    innocent: int
    was_folder: bool
    stored: int
    freed: int


class Sparing(StrEnum):
    """Why a blob stays."""

    SHARED = "shared"
    AT_HEAD = "at-head"
    SUBMODULE = "submodule"


class Spared(NamedTuple):
    """A blob of a path that is to go, and that stays nevertheless.

    Attributes:
        other: with `SHARED` a path that holds it too and is not to go, or not with this content.
    """

    blob: BlobId
    path: RepoPath
    why: Sparing
    other: RepoPath | None = None


class Saving(NamedTuple):
    """What the repository would be smaller by, once nothing holds the old history any more.

    Attributes:
        blobs: how many go for good.
        size: their bytes, unpacked, as far as known.
        stored: their bytes on the disk, as far as known: each as it is packed now, and deltas will be made anew.
        unsized: how many of them have no known size.
    """

    blobs: int
    size: int
    stored: int
    unsized: int


@dataclass(frozen=True, slots=True)
class PurgePlan:
    """Everything that a person needs to remove what was selected; nothing of it has been done.

    Attributes:
        tool: that is to do it.
        criteria: as the person gave them; none for the usual choice.
        head: the commit that HEAD leads to.
        paths: what goes, by path.
        blobs: for the BFG what it is to strip, in the order of the ids; otherwise what goes for good.
        spared: what stays of it, by path and blob.
        incomplete: what could not be read, so that more may have to go, or may change.
        left: how many other paths are findings, and were not chosen.
        left_grave: how many of those are credentials or databases.
    """

    tool: PurgeTool
    tool_version: str
    criteria: Sequence[Criterion]
    scope: str
    head: str | None
    paths: Sequence[PurgedPath]
    blobs: Sequence[BlobId]
    spared: Sequence[Spared]
    saving: Saving
    reach: Reach
    incomplete: Sequence[Gap]
    left: int = 0
    left_grave: int = 0
