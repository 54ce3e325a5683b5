"""What packaging asks of the world: a writer that puts archives in place whole, and a reader that trusts none."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Protocol, Self

from hygiene.model.package_proof import Written
from hygiene.model.packaging import ArchiveForm, ArchiveFormat, Chosen, Refusal


class Draft(Protocol):
    """An archive that is being written beside its place; nobody who looks for archives finds it."""

    def finish(self) -> Written:
        """Waits until all of it is written, through to the disk.

        Raises:
            BrokenObject: an object could not be read, or is not what its id says.
            UnwritableOutput: there is no room, or no permission.
        """
        ...

    def publish(self, destination: Path, beside: Mapping[str, bytes | None]) -> None:
        """Puts the archive in place, in one step, after the small files that prove it.

        `beside` holds those by what follows the archive's name: `.sha256`; None removes what proved an earlier archive
        of that name. Something that is there already is replaced. Raises `UnwritableOutput`.
        """
        ...


class Packer(Protocol):
    """Writes one archive of a repository's blobs into one folder, ready as soon as it is made.

    When its block is left, whatever is still at work is ended, and what was not published leaves nothing behind.
    """

    def __enter__(self) -> Self:
        """The packer."""
        ...

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Discards what was not published."""
        ...

    def begin(self, form: ArchiveForm, chosen: Sequence[Chosen]) -> Draft:
        """Begins the archive, which goes on while the caller does something else. To be asked once.

        It holds `chosen` in the order given, and nothing else; every blob is held to its id. Memory does not grow with
        the archive or with a blob.
        """
        ...


class MemberKind(StrEnum):
    """What an entry of somebody's archive says it is."""

    FILE = "file"
    FOLDER = "folder"
    SYMLINK = "symlink"
    HARD_LINK = "hard-link"
    SPECIAL = "special"


class Member(NamedTuple):
    """One entry of somebody's archive, as the archive itself tells.

    Attributes:
        name: as it stands there, bytes that are not UTF-8 surrogate-escaped; a folder's without the slash at its end.
        size: bytes that it says it unpacks to.
        is_executable: whether its owner may run it.
        target: of a link.
    """

    name: str
    kind: MemberKind
    size: int
    is_executable: bool = False
    target: str = ""


class ArchiveListing(NamedTuple):
    """What is in an archive, in its order.

    Attributes:
        refusals: what is wrong with the archive as such, beyond the names of its entries: over a cap, broken, entries
            that overlap or are encrypted. `members` holds as much as could be told, and is empty where nothing could.
    """

    format: ArchiveFormat
    members: Sequence[Member]
    refusals: Sequence[Refusal] = ()


class ArchiveReader(Protocol):
    """One archive of unknown origin. Nothing is ever extracted; no more is read than it says, and no more than caps."""

    @property
    def listing(self) -> ArchiveListing:
        """What it says that it holds. Of a zip only directory, headers and the targets of symlinks were read."""
        ...

    def contents(self, numbers: Collection[int]) -> Iterator[tuple[int, Iterator[bytes]]]:
        """The bytes of these files among `listing.members`, in the archive's order, each chunk by chunk.

        Each must be read, as far as it is wanted, before the next is asked for. Where bytes are not what the archive
        says of them (size, checksum), the chunks end with `BrokenArchive`.
        """
        ...

    def digest(self) -> str:
        """sha256 of the file, in hexadecimal."""
        ...
