"""Finds a zip's directory by the records at its end, and refuses what leads different programs to different ones."""

import struct
from typing import BinaryIO, NamedTuple

from hygiene.adapters.archive_caps import MAX_DIRECTORY, MAX_ENTRIES
from hygiene.adapters.archive_flaws import Flawed, bomb, broken, too_many
from hygiene.adapters.zip_format import (
    END,
    END_MAGIC,
    FULL_16,
    FULL_32,
    LOCATOR,
    LOCATOR_MAGIC,
    WIDE_END,
    WIDE_END_LENGTH,
    WIDE_END_MAGIC,
)

_LONGEST_COMMENT = 0xFFFF


class Directory(NamedTuple):
    """Where the directory is: its first byte, its size in bytes, and how many entries it says that it holds."""

    at: int
    size: int
    entries: int


class _End(NamedTuple):
    """What a record at the end says: disks (its own, the directory's), entries (on it, in all), and place."""

    disks: tuple[int, int]
    totals: tuple[int, int]
    size: int
    at: int


def has_end(file: BinaryIO, size: int) -> bool:
    """Whether the file ends as zip archives do, whatever it begins with."""
    start = max(0, size - END.size - _LONGEST_COMMENT)
    file.seek(start)
    tail = file.read(size - start)
    return any(_reaches_end(tail, at) for at in _signatures(tail))


def find_directory(file: BinaryIO, size: int) -> Directory:
    """The only directory that this file can have. Raises `Flawed`."""
    start = max(0, size - END.size - _LONGEST_COMMENT)
    file.seek(start)
    tail = file.read(size - start)
    at = start + _place_of_end(tail)
    end, limit = _widened(file, _parsed(tail[at - start :]), at)
    if end.disks != (0, 0) or end.totals[0] != end.totals[1]:
        raise Flawed(broken("it is one part of an archive that was split"))
    if end.at + end.size != limit:
        raise Flawed(broken("its directory is not where its end says: something stands before or behind it"))
    _hold_to_caps(end)
    return Directory(end.at, end.size, end.totals[1])


def _signatures(tail: bytes) -> list[int]:
    found = []
    at = tail.find(END_MAGIC)
    while at >= 0:
        found.append(at)
        at = tail.find(END_MAGIC, at + 1)
    return found


def _reaches_end(tail: bytes, at: int) -> bool:
    if len(tail) - at < END.size:
        return False
    (comment,) = struct.unpack_from("<H", tail, at + END.size - 2)
    return bool(at + END.size + comment == len(tail))


def _place_of_end(tail: bytes) -> int:
    """Programs look for the last signature, the first, or one whose comment reaches the end: it must be one record."""
    signatures = _signatures(tail)
    if not signatures:
        raise Flawed(broken("it is cut off: it has no directory at its end"))
    fitting = [at for at in signatures if _reaches_end(tail, at)]
    if not fitting:
        raise Flawed(broken("something follows its end"))
    if len(fitting) > 1 or fitting[0] != signatures[-1]:
        raise Flawed(broken("it has several ends, so that programs find different directories"))
    return fitting[0]


def _parsed(record: bytes) -> _End:
    _, disk, disk_of_directory, here, count, size, at, _ = END.unpack_from(record)
    return _End((disk, disk_of_directory), (here, count), size, at)


def _widened(file: BinaryIO, end: _End, at: int) -> tuple[_End, int]:
    """The end with the values of the zip64 record, if there is one, and where the directory must stop."""
    locator = at - LOCATOR.size
    if locator < 0:
        return end, at
    file.seek(locator)
    magic, disk, wide_at, disks = LOCATOR.unpack(file.read(LOCATOR.size))
    if magic != LOCATOR_MAGIC:
        return end, at
    if disk or disks > 1:
        raise Flawed(broken("it is one part of an archive that was split"))
    wide = _wide_end(file, wide_at, locator)
    if not _agrees(end, wide):
        raise Flawed(broken("its two ends say different things"))
    return wide, wide_at


def _wide_end(file: BinaryIO, at: int, limit: int) -> _End:
    if at + WIDE_END.size > limit:
        raise Flawed(broken("its zip64 end is not where it says"))
    file.seek(at)
    magic, length, _, _, disk, disk_of_directory, here, count, size, start = WIDE_END.unpack(file.read(WIDE_END.size))
    if magic != WIDE_END_MAGIC or length < WIDE_END_LENGTH or at + 12 + length != limit:
        raise Flawed(broken("its zip64 end is not where it says"))
    return _End((disk, disk_of_directory), (here, count), size, start)


def _agrees(end: _End, wide: _End) -> bool:
    pairs = [
        *((narrow, of_wide, FULL_16) for narrow, of_wide in zip(end.disks, wide.disks, strict=True)),
        *((narrow, of_wide, FULL_16) for narrow, of_wide in zip(end.totals, wide.totals, strict=True)),
        (end.size, wide.size, FULL_32),
        (end.at, wide.at, FULL_32),
    ]
    return all(narrow in (of_wide, full) for narrow, of_wide, full in pairs)


def _hold_to_caps(end: _End) -> None:
    if end.totals[1] > MAX_ENTRIES:
        raise Flawed(too_many())
    if end.size > MAX_DIRECTORY:
        raise Flawed(bomb(f"its directory has {end.size:,} bytes, more than {MAX_DIRECTORY:,}"))
