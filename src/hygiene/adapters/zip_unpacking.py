"""Unpacks one entry of a zip, and holds it to what the archive says of it."""

import zlib
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from hygiene.adapters.archive_caps import CHUNK
from hygiene.adapters.zip_format import DEFLATED
from hygiene.adapters.zip_records import Extents
from hygiene.errors import BrokenArchive


class Spot(NamedTuple):
    """Where an entry's data are, how they are stored, and what they must be."""

    at: int
    method: int
    extents: Extents


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
