"""Bytes that objects take up on the disk, from the indexes of packs: each object reaches to where the next begins."""

import struct
from bisect import bisect_right
from collections.abc import Collection, Iterator
from contextlib import suppress
from mmap import ACCESS_READ, mmap
from pathlib import Path

from hygiene.adapters.loose_objects import object_folders
from hygiene.model.paths import BlobId

_MAGIC = b"\377tOc\0\0\0\2"
_COUNT_AT = len(_MAGIC) + 255 * 4
_IDS_AT = _COUNT_AT + 4
_ID, _CHECKSUM, _OFFSET, _LONG_OFFSET = 20, 4, 4, 8
"""Bytes. Source of the layout, which is version 2 of it, written since 2007: Git's `gitformat-pack`."""

_IS_LONG = 1 << 31


def stored_sizes(folder: Path, objects: Collection[BlobId]) -> dict[BlobId, int]:
    """The bytes of each object in an `objects` folder or those that it borrows; what is in none of them is absent."""
    wanted = {bytes.fromhex(name): name for name in objects}
    sizes: dict[BlobId, int] = {}
    for place in object_folders(folder):
        for index in sorted(place.glob("pack/*.idx")):
            sizes |= {wanted[object_id]: size for object_id, size in _in_pack(index, wanted)}
        loose = ((name, place / name[:2] / name[2:]) for name in objects if name not in sizes)
        sizes |= {name: file.stat().st_size for name, file in loose if file.is_file()}
    return sizes


def _in_pack(index: Path, wanted: Collection[bytes]) -> Iterator[tuple[bytes, int]]:
    """Those of the wanted objects that one pack holds; none where the pack or its index is broken."""
    broken = (OSError, ValueError, struct.error)
    with suppress(*broken), index.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
        if data[: len(_MAGIC)] != _MAGIC:
            return
        (count,) = struct.unpack_from(">L", data, _COUNT_AT)
        offsets = _offsets(data, count)
        ends = sorted(offsets)
        ends.append(index.with_suffix(".pack").stat().st_size - _ID)  # behind the last one is a checksum
        for number in range(count):
            object_id = data[_IDS_AT + number * _ID : _IDS_AT + (number + 1) * _ID]
            if object_id in wanted:
                yield object_id, ends[bisect_right(ends, offsets[number])] - offsets[number]


def _offsets(data: mmap, count: int) -> list[int]:
    """Where each object begins in its pack, in the order of the ids."""
    start = _IDS_AT + count * (_ID + _CHECKSUM)
    longer = start + count * _OFFSET
    offsets = struct.unpack_from(f">{count}L", data, start)
    return [
        struct.unpack_from(">Q", data, longer + (offset - _IS_LONG) * _LONG_OFFSET)[0] if offset >= _IS_LONG else offset
        for offset in offsets
    ]
