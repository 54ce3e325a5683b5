"""Finds a zip's directory by the records at its end, and refuses what leads different programs to different ones."""

import struct
from typing import BinaryIO, NamedTuple

from hygiene.adapters.archive_caps import MAX_DIRECTORY, MAX_ENTRIES, Flawed, bomb, broken, too_many

_END = struct.Struct("<4s4H2IH")
_END_MAGIC = b"PK\5\6"
_LOCATOR = struct.Struct("<4sIQI")
_LOCATOR_MAGIC = b"PK\6\7"
_WIDE_END = struct.Struct("<4sQ2H2I4Q")
_WIDE_END_MAGIC = b"PK\6\6"
_LEAST_WIDE = 44  # what the record says of its own size, without what may follow its fields

_LONGEST_COMMENT = 0xFFFF
_FULL_16 = 0xFFFF
_FULL_32 = 0xFFFF_FFFF


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
    start = max(0, size - _END.size - _LONGEST_COMMENT)
    file.seek(start)
    tail = file.read(size - start)
    return any(_reaches_end(tail, at) for at in _signatures(tail))


def find_directory(file: BinaryIO, size: int) -> Directory:
    """The only directory that this file can have. Raises `Flawed`."""
    start = max(0, size - _END.size - _LONGEST_COMMENT)
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
    at = tail.find(_END_MAGIC)
    while at >= 0:
        found.append(at)
        at = tail.find(_END_MAGIC, at + 1)
    return found


def _reaches_end(tail: bytes, at: int) -> bool:
    if len(tail) - at < _END.size:
        return False
    (comment,) = struct.unpack_from("<H", tail, at + _END.size - 2)
    return bool(at + _END.size + comment == len(tail))


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
    _, disk, disk_of_directory, here, count, size, at, _ = _END.unpack_from(record)
    return _End((disk, disk_of_directory), (here, count), size, at)


def _widened(file: BinaryIO, end: _End, at: int) -> tuple[_End, int]:
    """The end with the values of the zip64 record, if there is one, and where the directory must stop."""
    locator = at - _LOCATOR.size
    if locator < 0:
        return end, at
    file.seek(locator)
    magic, disk, wide_at, disks = _LOCATOR.unpack(file.read(_LOCATOR.size))
    if magic != _LOCATOR_MAGIC:
        return end, at
    if disk or disks > 1:
        raise Flawed(broken("it is one part of an archive that was split"))
    wide = _wide_end(file, wide_at, locator)
    if not _agrees(end, wide):
        raise Flawed(broken("its two ends say different things"))
    return wide, wide_at


def _wide_end(file: BinaryIO, at: int, limit: int) -> _End:
    if at + _WIDE_END.size > limit:
        raise Flawed(broken("its zip64 end is not where it says"))
    file.seek(at)
    magic, length, _, _, disk, disk_of_directory, here, count, size, start = _WIDE_END.unpack(file.read(_WIDE_END.size))
    if magic != _WIDE_END_MAGIC or length < _LEAST_WIDE or at + 12 + length != limit:
        raise Flawed(broken("its zip64 end is not where it says"))
    return _End((disk, disk_of_directory), (here, count), size, start)


def _agrees(end: _End, wide: _End) -> bool:
    pairs = [
        *((narrow, of_wide, _FULL_16) for narrow, of_wide in zip(end.disks, wide.disks, strict=True)),
        *((narrow, of_wide, _FULL_16) for narrow, of_wide in zip(end.totals, wide.totals, strict=True)),
        (end.size, wide.size, _FULL_32),
        (end.at, wide.at, _FULL_32),
    ]
    return all(narrow in (of_wide, full) for narrow, of_wide, full in pairs)


def _hold_to_caps(end: _End) -> None:
    if end.totals[1] > MAX_ENTRIES:
        raise Flawed(too_many())
    if end.size > MAX_DIRECTORY:
        raise Flawed(bomb(f"its directory has {end.size:,} bytes, more than {MAX_DIRECTORY:,}"))
