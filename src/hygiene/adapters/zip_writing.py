"""Writes a zip file of entries deflated elsewhere, and of streams; it holds what they and their time say, no more."""

import struct
import time
import zlib
from collections.abc import Iterator
from concurrent.futures import Executor
from itertools import chain
from typing import BinaryIO, NamedTuple

from hygiene.adapters.archive_writing import Body, Item, UnfitEntry
from hygiene.adapters.block_deflate import BLOCK, BlockDeflater, deflate
from hygiene.adapters.zip_format import (
    DEFLATED,
    END,
    END_MAGIC,
    FULL_16,
    FULL_32,
    HEADER,
    HEADER_MAGIC,
    LOCATOR,
    LOCATOR_MAGIC,
    RECORD,
    RECORD_MAGIC,
    STORED,
    UTF_8,
    WIDE_END,
    WIDE_END_LENGTH,
    WIDE_END_MAGIC,
    WIDE_FIELD,
)

_UNIX = 3 << 8
_PLAIN, _LARGE = 20, 45
"""Versions of the format: with deflate, and with numbers of 64 bits."""

_WORTHWHILE = 0.99
"""A stream whose first block does not shrink below this share of its size is stored."""

_FIRST_YEAR = 1980
_FIRST_MOMENT, _LAST_MOMENT = 315_532_800, 4_354_819_198
"""1980-01-01 00:00:00 and 2107-12-31 23:59:58, in seconds since 1970."""


class _Entry(NamedTuple):
    """What the directory at the end says of an entry; `extended` where its header has room for sizes of 64 bits."""

    name: bytes
    mode: int
    offset: int
    method: int
    crc: int
    packed: int
    size: int
    extended: bool


class ZipWriter:
    """An `ArchiveWriter`. It begins where the file stands, and goes back in it to complete the headers of streams."""

    def __init__(self, file: BinaryIO, seconds: int, pool: Executor, *, stored: bool) -> None:
        """`seconds` since 1970 become the time of every entry; `pool` compresses streams; with `stored` nothing is."""
        self._file = file
        self._moment = _dos_time(seconds)
        self._pool = pool
        self._deflates = not stored
        self._entries: list[_Entry] = []
        self._end = file.tell()

    def prepare(self, content: bytes) -> Body:
        """Deflated, where that makes it shorter."""
        crc = zlib.crc32(content)
        packed = deflate(content) if self._deflates else content
        return Body(packed, DEFLATED, crc) if len(packed) < len(content) else Body(content, STORED, crc)

    def add(self, item: Item, body: Body) -> None:
        """Its header and its data."""
        entry = self._entry(item, body.method)._replace(crc=body.crc, packed=len(body.data))
        self._write(self._local(entry))
        self._write(body.data)
        self._entries.append(entry)

    def add_streamed(self, item: Item, chunks: Iterator[bytes]) -> None:
        """Its data between two passes at its header; a stream that begins with what does not shrink is stored."""
        head, rest = _first_block(chunks)
        entry = self._entry(item, DEFLATED if self._deflates and _shrinks(head[:BLOCK]) else STORED)
        self._write(self._local(entry))
        start = self._end
        crc = self._stream(chain([head], rest), entry.method)
        entry = entry._replace(crc=crc, packed=self._end - start)
        self._file.seek(entry.offset)
        self._file.write(self._local(entry))
        self._file.seek(self._end)
        self._entries.append(entry)

    def finish(self) -> None:
        """The directory."""
        start = self._end
        for entry in self._entries:
            self._write(self._central(entry))
        self._write(_end(len(self._entries), start, self._end - start))

    def _stream(self, chunks: Iterator[bytes], method: int) -> int:
        """Writes the data of an entry; its CRC."""
        deflater = BlockDeflater(self._pool, self._write)
        write = deflater.write if method == DEFLATED else self._write
        crc = 0
        for chunk in chunks:
            crc = zlib.crc32(chunk, crc)
            write(chunk)
        if method == DEFLATED:
            deflater.finish()
        return crc

    def _write(self, piece: bytes) -> None:
        self._file.write(piece)
        self._end += len(piece)

    def _entry(self, item: Item, method: int) -> _Entry:
        name = item.name.encode("utf-8", "surrogateescape")
        if len(name) > FULL_16:
            raise UnfitEntry("its name is too long for a zip")
        # Deflate never adds more than 5 bytes to 16 KiB, and nobody knows how long a stream becomes before its end.
        extended = item.size + (item.size >> 10) + BLOCK >= FULL_32
        return _Entry(name, int(item.mode, 8), self._end, method, 0, 0, item.size, extended)

    def _local(self, entry: _Entry) -> bytes:
        sizes, extra = (entry.packed, entry.size), b""
        if entry.extended:
            sizes, extra = (FULL_32, FULL_32), _extra(entry.size, entry.packed)
        version = _LARGE if extra else _PLAIN
        fields = version, _flags(entry.name), entry.method, *self._moment, entry.crc, *sizes
        return HEADER.pack(HEADER_MAGIC, *fields, len(entry.name), len(extra)) + entry.name + extra

    def _central(self, entry: _Entry) -> bytes:
        wide = (number for number in (entry.size, entry.packed, entry.offset) if number >= FULL_32)
        extra = _extra(*wide)
        version = _LARGE if extra or entry.extended else _PLAIN
        return (
            RECORD.pack(
                RECORD_MAGIC,
                _UNIX | version,
                version,
                _flags(entry.name),
                entry.method,
                *self._moment,
                entry.crc,
                min(entry.packed, FULL_32),
                min(entry.size, FULL_32),
                len(entry.name),
                len(extra),
                0,  # no comment
                0,  # on the first disk
                0,  # nothing is said of whether it is text
                entry.mode << 16,
                min(entry.offset, FULL_32),
            )
            + entry.name
            + extra
        )


def _flags(name: bytes) -> int:
    return 0 if name.isascii() else UTF_8


def _extra(*numbers: int) -> bytes:
    """The field with the numbers that are too large for their place; none where there are none."""
    return struct.pack(f"<HH{len(numbers)}Q", WIDE_FIELD, 8 * len(numbers), *numbers) if numbers else b""


def _end(count: int, start: int, size: int) -> bytes:
    plain = END.pack(END_MAGIC, 0, 0, *2 * [min(count, FULL_16)], min(size, FULL_32), min(start, FULL_32), 0)
    if count < FULL_16 and size < FULL_32 and start < FULL_32:
        return plain
    wide = WIDE_END.pack(WIDE_END_MAGIC, WIDE_END_LENGTH, _UNIX | _LARGE, _LARGE, 0, 0, count, count, size, start)
    return wide + LOCATOR.pack(LOCATOR_MAGIC, 0, start + size, 1) + plain


def _dos_time(seconds: int) -> tuple[int, int]:
    """The time and the day, in UTC, as near as a zip can hold them."""
    year, month, day, hour, minute, second, *_ = time.gmtime(min(max(seconds, _FIRST_MOMENT), _LAST_MOMENT))
    return hour << 11 | minute << 5 | second // 2, (year - _FIRST_YEAR) << 9 | month << 5 | day


def _shrinks(block: bytes) -> bool:
    return len(deflate(block)) < _WORTHWHILE * len(block)


def _first_block(chunks: Iterator[bytes]) -> tuple[bytes, Iterator[bytes]]:
    """The beginning of a stream, a block at least if it has one, and all that follows it."""
    head = bytearray()
    while len(head) < BLOCK and (chunk := next(chunks, b"")):
        head += chunk
    return bytes(head), chunks
