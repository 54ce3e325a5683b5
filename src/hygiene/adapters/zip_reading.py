"""Reads a zip of unknown origin: lists it by its directory, and streams what it holds."""

import zlib
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import BinaryIO, NamedTuple

from hygiene.adapters.archive_caps import CHUNK, MAX_NAME, Flawed, bomb, broken, room_for, text_of, too_much
from hygiene.adapters.archive_file import ArchiveFile
from hygiene.adapters.zip_end import Directory, find_directory
from hygiene.adapters.zip_entries import (
    DEFLATED,
    flaws_of_header,
    flaws_of_record,
    is_described_later,
    kind_of,
    mode_of,
    resolved,
)
from hygiene.adapters.zip_records import Extents, Record, read_header, read_records
from hygiene.errors import BrokenArchive
from hygiene.model.release import ArchiveFormat, Refusal
from hygiene.ports.archive import ArchiveListing, Member, MemberKind

_OWNER_MAY_RUN = 0o100


class Spot(NamedTuple):
    """Where an entry's data are, how they are stored, and what they must be."""

    at: int
    method: int
    extents: Extents


class ZipReader:
    """A zip. `ports.archive.ArchiveReader` says what the methods promise."""

    def __init__(self, file: ArchiveFile) -> None:
        """Reads the directory and every header. Raises `BrokenArchive` where the file cannot be read, or changes."""
        self._file = file
        with file.opened() as opened:
            look = _Look(opened, file.size)
            look.read()
            self._spots = look.spots
            self._listing = ArchiveListing(ArchiveFormat.ZIP, look.members(), look.refusals())

    @property
    def listing(self) -> ArchiveListing:
        """What it says that it holds. Read were its directory, the headers, and the targets of symlinks."""
        return self._listing

    def contents(self, numbers: Collection[int]) -> Iterator[tuple[int, Iterator[bytes]]]:
        """The bytes of these entries, in the directory's order; of a symlink they are its target."""
        with self._file.opened() as opened:
            for number in sorted(set(numbers)):
                yield number, self._chunks(opened, number)

    def digest(self) -> str:
        """sha256 of the file, in hexadecimal."""
        return self._file.digest()

    def _chunks(self, opened: BinaryIO, number: int) -> Iterator[bytes]:
        name = self._listing.members[number].name
        spot = self._spots.get(number)
        if spot is None:
            raise BrokenArchive(name, "it is refused, and was not read")
        yield from unpacked(opened, spot, name)


class _Look:
    """One look at a zip's directory and headers, and what came out so far."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file = file
        self._size = size
        self._records: list[Record] = []
        self._flaws: dict[int, list[Refusal]] = defaultdict(list)
        self._of_all: list[Refusal] = []
        self._targets: dict[int, str] = {}
        self.spots: dict[int, Spot] = {}

    def read(self) -> None:
        try:
            directory = find_directory(self._file, self._size)
            self._read_records(directory)
            self._hold_to_size()
            self._look_at_headers(directory)
        except Flawed as flaw:
            self._of_all.append(flaw.refusal)
            self.spots.clear()
        else:
            self._read_targets()

    def members(self) -> Sequence[Member]:
        return [self._member(number) for number in range(len(self._records))]

    def refusals(self) -> Sequence[Refusal]:
        return [*self._of_all, *(each for number in sorted(self._flaws) for each in self._flaws[number])]

    def _member(self, number: int) -> Member:
        record = self._records[number]
        is_executable = bool(mode_of(record) & _OWNER_MAY_RUN)
        return Member(
            self._name(number), kind_of(record), record.extents.unpacked, is_executable, self._targets.get(number, "")
        )

    def _name(self, number: int) -> str:
        record = self._records[number]
        return text_of(record.name.rstrip(b"/") if kind_of(record) is MemberKind.FOLDER else record.name)

    def _refuse(self, number: int, why: str) -> None:
        refusal = broken(why, self._name(number))
        if refusal not in self._flaws[number]:
            self._flaws[number].append(refusal)

    def _read_records(self, directory: Directory) -> None:
        for number, record in enumerate(read_records(self._file, directory)):
            if len(record.name) > MAX_NAME:
                raise Flawed(bomb(f"a name in it has {len(record.name):,} bytes"))
            self._records.append(resolved(record)._replace(fields=b""))
            for why in flaws_of_record(record):
                self._refuse(number, why)

    def _hold_to_size(self) -> None:
        if sum(record.extents.unpacked for record in self._records) > room_for(self._size):
            raise Flawed(too_much(self._size))

    def _look_at_headers(self, directory: Directory) -> None:
        """Every byte before the directory must belong to one entry, and to one only."""
        order = sorted(range(len(self._records)), key=lambda number: self._records[number].start)
        starts = [*(self._records[number].start for number in order), directory.at]
        if starts[0] > 0:
            raise Flawed(broken("something stands before its first entry"))
        for number, (_, limit) in zip(order, pairwise(starts), strict=True):
            self._look_at_header(number, min(limit, directory.at), directory.at)

    def _look_at_header(self, number: int, limit: int, directory: int) -> None:
        record = self._records[number]
        header = read_header(self._file, record.start, directory)
        if header is None:
            self._refuse(number, "its data are not where the directory says")
            return
        end = header.data + record.extents.packed
        if end > limit:
            self._flaws[number].append(bomb("its data overlap with what comes next in the archive", self._name(number)))
            return
        for why in flaws_of_header(record, header):
            self._refuse(number, why)
        if not is_described_later(self._file, record, end, limit - end):
            self._refuse(number, "something that belongs to no entry follows it")
        if number not in self._flaws:
            self.spots[number] = Spot(header.data, record.method, record.extents)

    def _read_targets(self) -> None:
        for number, record in enumerate(self._records):
            if kind_of(record) is MemberKind.SYMLINK and number in self.spots:
                try:
                    self._targets[number] = text_of(b"".join(unpacked(self._file, self.spots[number], "")))
                except BrokenArchive as flaw:
                    self._refuse(number, flaw.reason)
                    del self.spots[number]


def unpacked(file: BinaryIO, spot: Spot, name: str) -> Iterator[bytes]:
    """An entry's bytes, chunk by chunk. Raises `BrokenArchive` at their end, or where there are more than must be."""
    pieces = _inflated(file, spot, name) if spot.method == DEFLATED else _stored(file, spot)
    left, crc = spot.extents.unpacked, 0
    for piece in pieces:
        left -= len(piece)
        if left < 0:
            raise BrokenArchive(name, "it unpacks to more than the archive says")
        crc = zlib.crc32(piece, crc)
        yield piece
    if left:
        raise BrokenArchive(name, "it unpacks to less than the archive says")
    if crc != spot.extents.crc:
        raise BrokenArchive(name, "its checksum is wrong")


def _stored(file: BinaryIO, spot: Spot) -> Iterator[bytes]:
    file.seek(spot.at)
    left = spot.extents.packed
    while left and (piece := file.read(min(CHUNK, left))):
        left -= len(piece)
        yield piece


def _inflated(file: BinaryIO, spot: Spot, name: str) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    file.seek(spot.at)
    left = spot.extents.packed
    while not inflater.eof:
        data = inflater.unconsumed_tail
        if not data:
            data = file.read(min(CHUNK, left))
            left -= len(data)
        try:
            piece = inflater.decompress(data, CHUNK)
        except zlib.error as flaw:
            raise BrokenArchive(name, f"it cannot be unpacked: {flaw}") from flaw
        if piece:
            yield piece
        elif not data:
            raise BrokenArchive(name, "it is cut off")
    if left or inflater.unused_data:
        raise BrokenArchive(name, "something is hidden behind its compressed data")
