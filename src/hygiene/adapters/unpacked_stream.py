"""The bytes of a tar, whatever it is compressed with: in order, counted, and never more than there is room for."""

import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO, Protocol

from hygiene.adapters.archive_caps import CHUNK, MAX_STREAMS, MAX_WINDOW_LOG, room_for
from hygiene.adapters.archive_flaws import Flawed, bomb, broken, too_much
from hygiene.adapters.zstd_library import zstd
from hygiene.model.packaging import ArchiveFormat

_GZIP = zlib.MAX_WBITS | 16  # with the head and checksum of gzip, which zlib then looks at


class UnpackedStream(Protocol):
    """Bytes that are read once, from first to last."""

    @property
    def position(self) -> int:
        """How many bytes were read or skipped."""
        ...

    def read(self, size: int) -> bytes:
        """So many bytes, or fewer where the stream ends. Raises `Flawed` where it is broken or grows beyond its cap."""
        ...

    def skip(self, size: int) -> bool:
        """Leaves so many bytes out; whether there were as many."""
        ...


def open_stream(file: BinaryIO, packed: ArchiveFormat, size: int) -> UnpackedStream:
    """The bytes of a tar of this format, in a file of so many bytes that stands at its beginning."""
    if packed is ArchiveFormat.TAR:
        return _Plain(file, size)
    begin = _Gzip if packed is ArchiveFormat.TAR_GZ else _Zstd
    return _Unpacked(_streams(file, begin), size)


class _Plain:
    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file = file
        self._size = size
        self.position = 0

    def read(self, size: int) -> bytes:
        data = self._file.read(size)
        self.position += len(data)
        return data

    def skip(self, size: int) -> bool:
        if size > self._size - self.position:
            self.position = self._size
            return False
        self.position += size
        self._file.seek(self.position)
        return True


class _Unpacked:
    def __init__(self, pieces: Iterator[bytes], size: int) -> None:
        self._pieces = pieces
        self._size = size
        self._left = room_for(size)
        self._buffer = b""
        self._at = 0
        self.position = 0

    def read(self, size: int) -> bytes:
        parts = []
        while size and (part := self._part(size)):
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def skip(self, size: int) -> bool:
        while size and (part := self._part(size)):
            size -= len(part)
        return size == 0

    def _part(self, size: int) -> bytes:
        """Some bytes, at most so many; none at the end."""
        if self._at == len(self._buffer):
            self._buffer, self._at = next(self._pieces, b""), 0
            self._left -= len(self._buffer)
            if self._left < 0:
                raise Flawed(too_much(self._size))
        part = self._buffer[self._at : self._at + size]
        self._at += len(part)
        self.position += len(part)
        return part


class _Unpacker(Protocol):
    """One compressed stream: what both libraries can do, under one name."""

    @property
    def eof(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    def decompress(self, data: bytes, max_length: int) -> bytes: ...

    def is_hungry(self) -> bool: ...


class _Gzip:
    def __init__(self) -> None:
        self._inflater = zlib.decompressobj(_GZIP)

    @property
    def eof(self) -> bool:
        return self._inflater.eof

    @property
    def unused_data(self) -> bytes:
        return self._inflater.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        return self._inflater.decompress(self._inflater.unconsumed_tail + data, max_length)

    def is_hungry(self) -> bool:
        return not self._inflater.unconsumed_tail


class _Zstd:
    def __init__(self) -> None:
        limits = {int(zstd.DecompressionParameter.window_log_max): MAX_WINDOW_LOG}
        self._decompressor = zstd.ZstdDecompressor(options=limits)

    @property
    def eof(self) -> bool:
        return self._decompressor.eof

    @property
    def unused_data(self) -> bytes:
        return self._decompressor.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        return self._decompressor.decompress(data, max_length)

    def is_hungry(self) -> bool:
        return self._decompressor.needs_input


def _streams(file: BinaryIO, begin: Callable[[], _Unpacker]) -> Iterator[bytes]:
    """All streams of a file, one after the other, as `gzip` and `zstd` read them."""
    data = file.read(CHUNK)
    for _ in range(MAX_STREAMS):
        unpacker = begin()
        yield from _one_stream(file, unpacker, data)
        data = unpacker.unused_data or file.read(CHUNK)
        if not data:
            return
    raise Flawed(bomb(f"it is made of more than {MAX_STREAMS:,} compressed streams"))


def _one_stream(file: BinaryIO, unpacker: _Unpacker, data: bytes) -> Iterator[bytes]:
    while True:
        try:
            piece = unpacker.decompress(data, CHUNK)
        except (zlib.error, zstd.ZstdError) as flaw:
            raise Flawed(broken(f"it cannot be unpacked to its end: {flaw}")) from flaw
        if piece:
            yield piece
        if unpacker.eof:
            return
        data = file.read(CHUNK) if unpacker.is_hungry() else b""
        if not (data or piece):
            raise Flawed(broken("it is cut off"))
