"""What the core asks of the world."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple, Protocol

from hygiene.model.history import (
    Changes,
    Commit,
    CommitId,
    CommitListing,
    Life,
    Lineage,
    ListedCommit,
    Month,
    Removal,
    Rewritten,
    RootKind,
    Roots,
    Totals,
    Version,
)
from hygiene.model.inventory import Entry, Inventory, RepositoryFacts, Sizes, Staged
from hygiene.model.paths import BlobId, RepoPath
from hygiene.model.permit import Origin
from hygiene.model.statistics import Footprint


class Repository(Protocol):
    """One Git repository, opened for reading. Nothing that its configuration says is run; nothing is written.

    A missing or broken object is never an exception: it is absent from what these methods return.
    """

    @property
    def facts(self) -> RepositoryFacts:
        """What the repository is."""
        ...

    def list_index(self) -> Inventory:
        """The index, each path once. Raises `UnreadableRepository` where no listing can be had."""
        ...

    def list_staged(self) -> Staged:
        """What the index holds otherwise than HEAD; all of it while HEAD is unborn or cannot be read.

        Raises `UnreadableRepository` where no listing can be had.
        """
        ...

    def begin_listing_staged(self) -> None:
        """Begins `list_staged` if it can go on while the caller does something else."""
        ...

    def find_in_head(self, paths: Collection[RepoPath]) -> Sequence[Entry]:
        """The entries of HEAD at exactly these paths, as far as there are any and they can be read."""
        ...

    def list_revision(self, revision: str) -> Inventory:
        """The whole tree of a commit, tag or tree. Raises `UnknownRevision`."""
        ...

    def merge_base(self, revision: str, other: str) -> str | None:
        """The best common ancestor of two commits; None where history (as far as it is here) has none.

        Raises `UnknownRevision` when either names no commit.
        """
        ...

    def sizes(self, blobs: Iterable[BlobId]) -> Sizes:
        """The size of each blob that is there, without reading its content."""
        ...

    def start_sizing(self, blobs: Collection[BlobId]) -> Callable[[], Sizes]:
        """Begins `sizes` if it can go on while the caller does something else; the call returned waits for it."""
        ...

    def heads(self, blobs: Iterable[BlobId], limit: int) -> dict[BlobId, bytes]:
        """The first `limit` bytes of each blob that is there. Memory stays small however large a blob is."""
        ...

    def contents(self, blobs: Iterable[BlobId]) -> Iterator[tuple[BlobId, bytes]]:
        """Each blob that is there with all its bytes, one at a time. The caller has asked `sizes` first."""
        ...


class PolicyFiles(Protocol):
    """The files that a policy is read from: those of a folder on the disk, or those of one revision.

    Paths go from its root, `/` between their parts, as `posixpath.normpath` writes them; a path that leaves the root
    (`..`, absolute, or through a symlink) raises `PolicyPathOutside`, and never leads to a file there.
    """

    def origin(self, path: str) -> Origin:
        """The file as the place that sets something, without a line."""
        ...

    def read(self, path: str, limit: int) -> bytes | None:
        """At most `limit` + 1 bytes of a regular file, so that a longer one shows; None where there is nothing.

        Raises `UnreadablePolicyFile` for what is there and cannot be read: no regular file, not permitted, missing.
        """
        ...

    def toml_files(self, folder: str) -> Sequence[str] | None:
        """The paths of the `*.toml` directly in a folder, sorted; None where `folder` is no folder."""
        ...


class Clock(Protocol):
    """Tells the day."""

    def today(self) -> date:
        """The day in UTC."""
        ...

    def now(self) -> datetime:
        """The time in UTC."""
        ...


class MediaType(NamedTuple):
    """What content is.

    Attributes:
        name: a media type such as `application/vnd.sqlite3`, or one of ours under `application/x-` (docs/glossary.md).
        tier: who said so: `signature`, `libmagic` or `nul-test`.
        is_text: no NUL byte and no binary signature.
    """

    name: str
    tier: str
    is_text: bool


class Look(NamedTuple):
    """What a look into a blob's head told.

    Attributes:
        media_type: None where the identifier broke on it.
        generated: the line of a text that says that a tool wrote it.
        minified: whether a text has lines that no person writes, or maps to its source.
    """

    media_type: MediaType | None
    generated: int | None
    minified: bool


class MediaTypes(Protocol):
    """Tells what content is from its first bytes."""

    def identify(self, heads: Sequence[bytes]) -> list[MediaType | None]:
        """One answer for each head, in order; None where the content broke the identifier."""
        ...


class TableNames(Protocol):
    """Reads the names of a database's tables, and nothing else of it."""

    def of_sqlite(self, database: bytes) -> tuple[str, ...] | None:
        """The names of the tables, sorted; None when the bytes are not a readable SQLite database.

        Raises `OSError` when there is no room to open it in.
        """
        ...


class Progress(Protocol):
    """Tells a person that work goes on."""

    def step(self, what: str) -> None:
        """A new step begins."""
        ...

    def count(self, done: int, total: int) -> None:
        """So much of the present step is done."""
        ...

    def done(self) -> None:
        """No more steps; what was shown is taken away."""
        ...


class History(Protocol):
    """The commits of one Git repository.

    As with `Repository`, nothing is run or written. The real objects count: neither replace refs nor grafts do. What is
    missing or broken becomes a gap, never an exception.
    """

    def roots(self, kinds: Collection[RootKind]) -> Roots:
        """Every reference of these kinds; `head` is HEAD and that of every linked work tree, `stash` all of its log."""
        ...

    def every_root(self) -> Roots:
        """Those of all kinds, and every reference of no kind, such as `refs/original/…`: what a mirror clone holds."""
        ...

    def named_roots(self, revisions: Sequence[str]) -> Roots:
        """What these revisions lead to. Raises `UnknownRevision`."""
        ...

    def present(self, commits: Collection[CommitId]) -> frozenset[CommitId]:
        """Those of the commits that the repository holds."""
        ...

    def begin(self, tips: Collection[CommitId], without: Collection[CommitId]) -> None:
        """Begins `list_commits` of the same, and the `changes` of what that lists, if it can go on meanwhile."""
        ...

    def end(self) -> None:
        """Ends at once what `begin` began, whoever still waits for it; doing so again does nothing."""
        ...

    def list_commits(self, tips: Collection[CommitId], without: Collection[CommitId] = ()) -> CommitListing:
        """All commits that can be reached from `tips` and not from `without`, parents before children.

        All of `without` must be present. Where history is shallow it ends without a gap: `RepositoryFacts` tells that.
        """
        ...

    def lineages(self, commits: Sequence[CommitId]) -> Iterator[Lineage]:
        """What each commit that can be read follows, as it says itself, in the order asked.

        The parents may be missing, as they are where history is shallow.
        """
        ...

    def changes(self, commits: Sequence[CommitId]) -> Iterator[Changes]:
        """What each commit holds otherwise than all of its parents, part by part as they become known, in any order.

        The union over all commits is exactly every (path, mode, blob) that any of them introduced: a root commit
        introduces all it holds, a merge what none of its parents holds. Submodules' commits are told with their mode.
        Every commit is in exactly one part's `commits`, or in a gap of it.
        """
        ...

    def describe(self, commits: Collection[CommitId]) -> Mapping[CommitId, Commit]:
        """What each commit that can be read says of itself."""
        ...

    def stored_sizes(self, blobs: Collection[BlobId]) -> Sizes:
        """Bytes that each blob takes up on the disk, compressed, as a delta where it is one."""
        ...


class HistoricRepository(Repository, Protocol):
    """A repository that leads to its own history."""

    @property
    def history(self) -> History:
        """Its commits."""
        ...


class Silences(Protocol):
    """Remembers which texts name nothing of what was once looked for in them."""

    def silent_about(self, subject: str, blobs: Collection[BlobId]) -> frozenset[BlobId]:
        """Those of the blobs that are known to name nothing of a subject."""
        ...

    def add_silent(self, subject: str, blobs: Collection[BlobId]) -> None:
        """Keeps that these blobs name nothing of a subject. Only the subject that came last need be remembered."""
        ...


class HistoryIndex(Silences, Protocol):
    """What is known of a history already, and questions about it.

    It is in a file that outlasts the program, or in memory; both answer alike. The questions are about all commits
    recorded, without those that `leave_out` named. "First" and "last" follow the graph: what is recorded later is never
    an ancestor of what was recorded before.
    """

    @property
    def notes(self) -> Sequence[str]:
        """What a person should know, such as that a broken file was replaced."""
        ...

    def frontier(self) -> frozenset[CommitId]:
        """Commits that are recorded with all that can be reached from them."""
        ...

    def known(self) -> frozenset[CommitId]:
        """Every commit that is recorded."""
        ...

    def known_among(self, commits: Collection[CommitId]) -> frozenset[CommitId]:
        """Those of the commits that are recorded."""
        ...

    def record(self, commits: Sequence[ListedCommit], parts: Iterable[Changes], tips: Collection[CommitId]) -> None:
        """Records commits (parents first) and what they changed, all or nothing; `tips` become the frontier.

        Only the commits that a part names as read whole become known, and where one is missing the frontier stays as it
        was; the changes of the others are asked about all the same until the index is closed. A commit that is known
        already is not recorded twice. An exception from `parts` leaves everything as it was. What is new is kept for
        the next time when the index is closed; of two programs at once, that of the first to close.
        """
        ...

    def forget(self) -> None:
        """Forgets all commits and what they changed; sizes and looks stay, as they are true of any history."""
        ...

    def leave_out(self, commits: Collection[CommitId]) -> None:
        """From now on the questions are not about these commits."""
        ...

    def latest(self) -> Iterator[Version]:
        """The last content of every path that was ever held, as a file if it ever was one, ordered by path bytewise."""
        ...

    def versions_of(self, paths: Collection[RepoPath]) -> Iterator[Version]:
        """Every distinct (mode, blob) of each path, by path and from first to last."""
        ...

    def holding(self, blobs: Collection[BlobId]) -> Iterator[Version]:
        """Every version that has one of these blobs, whatever its path."""
        ...

    def larger_than(self, size: int) -> Iterator[Version]:
        """Every version whose blob has more than `size` bytes."""
        ...

    def largest(self, count: int) -> Sequence[Version]:
        """The first version of each of the `count` largest blobs, largest first."""
        ...

    def removals(self, paths: Collection[RepoPath]) -> Mapping[RepoPath, Removal]:
        """Who removed each path last, as far as any commit did."""
        ...

    def lives(self, paths: Collection[RepoPath]) -> Mapping[RepoPath, Sequence[Life]]:
        """When each path was there, in order; of paths that were removed and came back, each time."""
        ...

    def rewrites(self, paths: Collection[RepoPath]) -> Mapping[RepoPath, int]:
        """How many commits gave each path a content."""
        ...

    def givers(self, paths: Collection[RepoPath]) -> frozenset[CommitId]:
        """Every commit that gave one of these paths a content."""
        ...

    def most_rewritten(self, count: int) -> Sequence[Rewritten]:
        """The paths that most commits gave a content, most first, then by path."""
        ...

    def months(self) -> Sequence[Month]:
        """What each month brought in, in order; months without anything are left out."""
        ...

    def totals(self) -> Totals:
        """How much all of it is."""
        ...

    def unsized(self) -> Sequence[BlobId]:
        """The blobs whose size is not known, by path and from last to first; submodules' commits are none."""
        ...

    def add_sizes(self, sizes: Sizes) -> None:
        """Keeps the sizes of blobs."""
        ...

    def looks(self, blobs: Collection[BlobId]) -> Mapping[BlobId, Look]:
        """What earlier looks into these blobs told, as far as they were kept."""
        ...

    def add_looks(self, looks: Mapping[BlobId, Look]) -> None:
        """Keeps what looks told."""
        ...

    def close(self) -> None:
        """Keeps what is new for the next time, and ends it; nothing may be asked any more."""
        ...


class ObjectStore(Protocol):
    """Where a repository keeps its objects on the disk."""

    def footprint(self) -> Footprint:
        """What lies there now. Symlinks are not followed, and what cannot be looked at counts nothing."""
        ...
