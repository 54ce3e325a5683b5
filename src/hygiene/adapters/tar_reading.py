"""Reads a tar of unknown origin, compressed or not: lists it by its headers, and streams what it holds."""

from collections.abc import Collection, Iterator, Sequence

from hygiene.adapters.archive_caps import CHUNK, MAX_DIRECTORY, MAX_ENTRIES
from hygiene.adapters.archive_flaws import Flawed, bomb, broken_with_its_file, too_many
from hygiene.adapters.steady_file import SteadyFile
from hygiene.adapters.tar_entries import TarEntry, walk
from hygiene.adapters.unpacked_stream import UnpackedStream, open_stream
from hygiene.errors import BrokenArchive
from hygiene.model.json_path import bytes_of
from hygiene.model.packaging import ArchiveFormat, Refusal, RefusalKind
from hygiene.ports.archive import ArchiveListing, Member


class TarReader:
    """A tar. `ports.archive.ArchiveReader` says what the methods promise."""

    def __init__(self, file: SteadyFile, packed: ArchiveFormat) -> None:
        """Goes through all of it once. Raises `UnreadableFile` where the file cannot be read, or changes."""
        self._file = file
        self._format = packed
        with file.opened() as opened:
            members, self._starts, refusals = _listed(open_stream(opened, packed, file.size))
        self._listing = ArchiveListing(packed, members, refusals)
        self._refused = frozenset(each.path for each in refusals)
        self._is_bomb = any(each.kind is RefusalKind.BOMB for each in refusals)

    @property
    def listing(self) -> ArchiveListing:
        """What it says that it holds."""
        return self._listing

    def contents(self, numbers: Collection[int]) -> Iterator[tuple[int, Iterator[bytes]]]:
        """The bytes of these entries, in one pass that ends with the last of them."""
        with broken_with_its_file(), self._file.opened() as opened:
            stream = open_stream(opened, self._format, self._file.size)
            for number in sorted(set(numbers)):
                yield number, self._chunks(stream, number)

    def digest(self) -> str:
        """sha256 of the file, in hexadecimal."""
        with broken_with_its_file():
            return self._file.digest()

    def _chunks(self, stream: UnpackedStream, number: int) -> Iterator[bytes]:
        member = self._listing.members[number]
        if self._is_bomb or member.name in self._refused:
            raise BrokenArchive(member.name, "it is refused, and was not read")
        try:
            yield from _bytes(stream, self._starts[number], member)
        except Flawed as flaw:
            raise BrokenArchive(member.name, flaw.refusal.why) from flaw


def _bytes(stream: UnpackedStream, at: int, member: Member) -> Iterator[bytes]:
    left = member.size
    is_there = stream.skip(at - stream.position)
    while is_there and left and (piece := stream.read(min(CHUNK, left))):
        left -= len(piece)
        yield piece
    if left:
        raise BrokenArchive(member.name, "it is cut off")


def _listed(stream: UnpackedStream) -> tuple[Sequence[Member], Sequence[int], Sequence[Refusal]]:
    """The entries, where their bytes begin, and what is wrong with them and the archive."""
    members: list[Member] = []
    starts: list[int] = []
    refusals: list[Refusal] = []
    try:
        for entry in _capped(walk(stream)):
            members.append(entry.member)
            starts.append(entry.at)
            refusals += entry.refusals
    except Flawed as flaw:
        refusals.insert(0, flaw.refusal)
    return members, starts, refusals


def _capped(entries: Iterator[TarEntry]) -> Iterator[TarEntry]:
    left = MAX_DIRECTORY
    for count, entry in enumerate(entries):
        left -= len(bytes_of(entry.member.name)) + len(bytes_of(entry.member.target))
        if count == MAX_ENTRIES:
            raise Flawed(too_many())
        if left < 0:
            raise Flawed(bomb(f"its names have more than {MAX_DIRECTORY:,} bytes"))
        yield entry
