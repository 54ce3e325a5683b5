"""What a repository has held over time: its roots, its commits, and what each commit gave to which path."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple, NewType

from hygiene.model.inventory import Entry, Gap, Sizes
from hygiene.model.paths import BlobId, RepoPath

CommitId = NewType("CommitId", str)
"""The id of a commit in lower-case hexadecimal, as long as a `BlobId` of the same repository."""

REMOVED = "000000"
"""The mode of a path that a commit does not hold any more, as Git's own raw diffs print it."""


class RootKind(StrEnum):
    """Where a history may begin."""

    BRANCHES = "branches"
    TAGS = "tags"
    REMOTES = "remotes"
    NOTES = "notes"
    STASH = "stash"
    PULL = "pull"
    HEAD = "head"


REFERENCE_FOLDERS: Mapping[RootKind, tuple[str, ...]] = MappingProxyType(
    {
        RootKind.BRANCHES: ("refs/heads/",),
        RootKind.TAGS: ("refs/tags/",),
        RootKind.REMOTES: ("refs/remotes/",),
        RootKind.NOTES: ("refs/notes/",),
        RootKind.PULL: ("refs/pull/", "refs/pull-requests/", "refs/merge-requests/"),  # GitHub, Bitbucket, GitLab
    }
)
"""How the names of a kind's references begin. The stash is one reference with a log, and HEAD is in no folder."""

DEFAULT_ROOTS = (RootKind.BRANCHES, RootKind.TAGS, RootKind.HEAD)
"""What a clone brings, and where HEAD is."""


class RootsAsked(NamedTuple):
    """Where the command line says that a history begins: every reference of these kinds, and these revisions.

    Attributes:
        keeps_index: whether what was read may be kept for the next time.
    """

    kinds: Sequence[RootKind] = DEFAULT_ROOTS
    revisions: Sequence[str] = ()
    keeps_index: bool = True

    @property
    def scope(self) -> str:
        """In words for people."""
        return ", ".join((*self.kinds, *self.revisions))


class RangeAsked(NamedTuple):
    """The commits that can be reached from `tip` and not from `base`. What is read of them is not kept."""

    base: str
    tip: str
    keeps_index: bool = False

    @property
    def scope(self) -> str:
        """As Git writes it."""
        return f"{self.base}..{self.tip}"


class Root(NamedTuple):
    """A name, and the object that it leads to once tags are peeled."""

    name: str
    object_id: str


class Roots(NamedTuple):
    """Where a history begins.

    Attributes:
        commits: the names that lead to commits, in the order of the names; several may lead to one.
        trees: those that lead to a tree without a commit.
        blobs: those that lead to a blob, which has no path.
        gaps: those whose object is missing or broken.
    """

    commits: Sequence[Root]
    trees: Sequence[Root] = ()
    blobs: Sequence[Root] = ()
    gaps: Sequence[Gap] = ()


class ListedCommit(NamedTuple):
    """A commit, and when it was committed, in seconds since 1970 as its own line says."""

    id: CommitId
    time: int


class Lineage(NamedTuple):
    """What a commit follows.

    Attributes:
        parents: in the commit's own order.
        is_plain: whether it says nothing of itself but its tree, parents, author, committer and message: it has no
            signature, no encoding, nothing that another tool put there.
    """

    commit: CommitId
    parents: tuple[CommitId, ...]
    is_plain: bool


class CommitListing(NamedTuple):
    """Commits, parents before their children; `gaps` tells of those that should be among them and are missing."""

    commits: Sequence[ListedCommit]
    gaps: Sequence[Gap] = ()


class Change(NamedTuple):
    """A path that a commit holds otherwise than every one of its parents; mode `REMOVED` where it holds it no more.

    The blob of a removal means nothing.
    """

    commit: CommitId
    mode: str
    blob: BlobId
    path: RepoPath


class Changes(NamedTuple):
    """What some commits changed.

    Attributes:
        commits: the commits that were read whole, also those that changed nothing.
        changes: theirs, and as far as they could be read those of commits with a gap; in no particular order.
        gaps: what could not be read of the others.
        sizes: of the blobs of these changes, as far as they are known by now.
    """

    commits: Sequence[CommitId]
    changes: Sequence[Change]
    gaps: Sequence[Gap] = ()
    sizes: Sizes = MappingProxyType({})


class Version(NamedTuple):
    """A content that a path once had, and the commit that first, by the graph, gave it to the path.

    Attributes:
        size: bytes of the blob; None where it is not known.
        time: when the introducing commit was committed, in seconds since 1970.
    """

    path: RepoPath
    mode: str
    blob: BlobId
    size: int | None
    commit: CommitId
    time: int

    @property
    def entry(self) -> Entry:
        """The path and its content, as an inventory has them."""
        return Entry(self.mode, self.blob, self.path)


class Commit(NamedTuple):
    """What a commit says of itself.

    Attributes:
        author: name and mail address, as the commit has them; bytes that are not UTF-8 are surrogate-escaped.
        time: when it was committed, in seconds since 1970: unlike when it was authored, that follows the graph.
        summary: the first line of its message.
    """

    id: CommitId
    author: str
    time: int
    summary: str


class Removal(NamedTuple):
    """The last commit that removed a path, and whether no commit beside or after it gave the path a content."""

    commit: CommitId
    is_final: bool


class Life(NamedTuple):
    """A time in which a path was there: from the rank of one commit to that of the one that removed it.

    Ranks follow the graph; of commits on parallel branches either may be lower. Without a removal `end` is None.
    """

    start: int
    end: int | None

    def overlaps(self, other: "Life") -> bool:
        """Whether both were there at some time."""
        return (other.end is None or self.start < other.end) and (self.end is None or other.start < self.end)


class Totals(NamedTuple):
    """How much a history holds.

    Attributes:
        commits: that were read.
        paths: that any of them ever held.
        versions: distinct (path, mode, blob).
        blobs: distinct blobs of them.
        size: bytes of those blobs, unpacked, as far as known.
    """

    commits: int
    paths: int
    versions: int
    blobs: int
    size: int


class Rewritten(NamedTuple):
    """A path, and how many commits gave it a content."""

    path: RepoPath
    times: int


class Month(NamedTuple):
    """What the commits of one month (`2021-03`, UTC) brought in that no earlier commit held: blobs, and their bytes."""

    month: str
    blobs: int
    size: int
