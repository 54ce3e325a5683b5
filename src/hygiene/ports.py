"""What the core asks of the world."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple, Protocol

from hygiene.model.inventory import Entry, Inventory, RepositoryFacts, Sizes, Staged
from hygiene.model.paths import BlobId, RepoPath
from hygiene.model.permit import Origin


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

    def done(self) -> None:
        """No more steps; what was shown is taken away."""
        ...
