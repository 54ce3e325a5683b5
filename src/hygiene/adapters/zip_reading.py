"""Reads a zip of unknown origin: its listing, and what its entries hold."""

from collections.abc import Collection, Iterator
from typing import BinaryIO

from hygiene.adapters.archive_flaws import broken_with_its_file
from hygiene.adapters.steady_file import SteadyFile
from hygiene.adapters.zip_listing import ZipLook
from hygiene.adapters.zip_unpacking import unpacked
from hygiene.errors import BrokenArchive
from hygiene.model.packaging import ArchiveFormat
from hygiene.ports.archive import ArchiveListing


class ZipReader:
    """A zip. `ports.archive.ArchiveReader` says what the methods promise."""

    def __init__(self, file: SteadyFile) -> None:
        """Reads the directory and every header. Raises `UnreadableFile` where the file cannot be read, or changes."""
        self._file = file
        with file.opened() as opened:
            look = ZipLook(opened, file.size)
        self._spots = look.spots
        self._listing = ArchiveListing(ArchiveFormat.ZIP, look.members, look.refusals)

    @property
    def listing(self) -> ArchiveListing:
        """What it says that it holds. Read were its directory, the headers, and the targets of symlinks."""
        return self._listing

    def contents(self, numbers: Collection[int]) -> Iterator[tuple[int, Iterator[bytes]]]:
        """The bytes of these entries, in the directory's order; of a symlink they are its target."""
        with broken_with_its_file(), self._file.opened() as opened:
            for number in sorted(set(numbers)):
                yield number, self._chunks(opened, number)

    def digest(self) -> str:
        """sha256 of the file, in hexadecimal."""
        with broken_with_its_file():
            return self._file.digest()

    def _chunks(self, opened: BinaryIO, number: int) -> Iterator[bytes]:
        name = self._listing.members[number].name
        spot = self._spots.get(number)
        if spot is None:
            raise BrokenArchive(name, "it is refused, and was not read")
        yield from unpacked(opened, spot, name)
