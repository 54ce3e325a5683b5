"""Writes a tar file, plain or compressed as a whole; nothing in it but what its entries and their time say."""

import struct
import tarfile
import zlib
from collections.abc import Iterator
from concurrent.futures import Executor
from typing import BinaryIO, Protocol

from hygiene.adapters.archive_writing import Body, Item, UnfitEntry
from hygiene.adapters.block_deflate import BlockDeflater
from hygiene.adapters.compressed_format import GZIP_MAGIC
from hygiene.model.inventory import Mode

_GZIP_HEADER = GZIP_MAGIC + b"\x08" + bytes(6) + b"\xff"
"""Deflated; no flags, so no name; no time; nothing said of the level; of an unknown system."""


class Sink(Protocol):
    """Where the bytes of a tar file go."""

    def write(self, piece: bytes) -> object:
        """Takes more."""
        ...

    def finish(self) -> None:
        """No more follows; the file stays open."""
        ...


class PlainSink:
    """Bytes as they are."""

    def __init__(self, file: BinaryIO) -> None:
        self.write = file.write

    def finish(self) -> None:
        """Nothing more is to be done."""


class GzipSink:
    """One gzip member, deflated on all cores."""

    def __init__(self, file: BinaryIO, pool: Executor) -> None:
        self._file = file
        self._deflater = BlockDeflater(pool, file.write)
        self._crc, self._size = 0, 0
        file.write(_GZIP_HEADER)

    def write(self, piece: bytes) -> None:
        """Takes more."""
        self._crc = zlib.crc32(piece, self._crc)
        self._size += len(piece)
        self._deflater.write(piece)

    def finish(self) -> None:
        """What is left, and the checksum."""
        self._deflater.finish()
        self._file.write(struct.pack("<II", self._crc, self._size & 0xFFFFFFFF))


class ZstdSink:
    """One Zstandard frame with a checksum."""

    def __init__(self, file: BinaryIO) -> None:
        from hygiene.adapters.zstd_library import zstd  # noqa: PLC0415 - other formats need not wait for it

        self._write = file.write
        self._compressor = zstd.ZstdCompressor(options={zstd.CompressionParameter.checksum_flag: 1})

    def write(self, piece: bytes) -> None:
        """Takes more."""
        self._write(self._compressor.compress(piece))

    def finish(self) -> None:
        """What is left, and the checksum."""
        self._write(self._compressor.flush())


def sink_of(kind: str, file: BinaryIO, pool: Executor) -> Sink:
    """What compresses a tar file of the kind that `ArchiveFormat` names; `pool` does so where it can."""
    if kind == "tar":
        return PlainSink(file)
    return GzipSink(file, pool) if kind == "tar.gz" else ZstdSink(file)


class TarWriter:
    """An `ArchiveWriter`. It never goes back."""

    def __init__(self, sink: Sink, seconds: int) -> None:
        """`seconds` since 1970 become the time of every entry."""
        self._sink = sink
        self._seconds = seconds
        self._size = 0

    def prepare(self, content: bytes) -> Body:
        """As it is: a tar is compressed as a whole."""
        return Body(content)

    def add(self, item: Item, body: Body) -> None:
        """Its header and its content; a symlink is all header."""
        self.add_streamed(item, iter([body.data]))

    def add_streamed(self, item: Item, chunks: Iterator[bytes]) -> None:
        """Its header and its content."""
        if item.mode == Mode.SYMLINK:
            self._write(_header(self._link(item, b"".join(chunks))))
            return
        self._write(_header(self._file(item)))
        for chunk in chunks:
            self._write(chunk)
        self._pad(tarfile.BLOCKSIZE)

    def finish(self) -> None:
        """Two empty blocks, up to a whole record."""
        self._write(bytes(2 * tarfile.BLOCKSIZE))
        self._pad(tarfile.RECORDSIZE)
        self._sink.finish()

    def _link(self, item: Item, target: bytes) -> tarfile.TarInfo:
        if b"\0" in target:
            raise UnfitEntry("it is a link whose target holds a NUL byte, which a tar would cut off there")
        info = self._info(item)
        info.type, info.mode = tarfile.SYMTYPE, 0o777
        info.linkname = target.decode("utf-8", "surrogateescape")
        return info

    def _file(self, item: Item) -> tarfile.TarInfo:
        info = self._info(item)
        info.mode, info.size = int(item.mode, 8) & 0o777, item.size
        return info

    def _info(self, item: Item) -> tarfile.TarInfo:
        info = tarfile.TarInfo(item.name)
        info.mtime = self._seconds
        return info

    def _pad(self, unit: int) -> None:
        self._write(bytes(-self._size % unit))

    def _write(self, piece: bytes) -> None:
        self._sink.write(piece)
        self._size += len(piece)


def _header(info: tarfile.TarInfo) -> bytes:
    """In the form that every tar reads, or in that of POSIX 2001 where a name or a number does not fit into it."""
    try:
        return info.tobuf(tarfile.USTAR_FORMAT, "ascii", "strict")
    except ValueError:  # not ASCII, or too long
        return info.tobuf(tarfile.PAX_FORMAT, "utf-8", "surrogateescape")
