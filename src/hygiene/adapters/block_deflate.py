"""Deflate on all cores: a stream is cut into blocks, each compressed with the end of the one before in mind.

Where it is cut depends on nothing but the stream, so that the bytes are the same however many cores there are.
"""

import zlib
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor, Future

LEVEL = 6
BLOCK = 1 << 20
_WINDOW = 1 << 15
"""Bytes that deflate looks back."""

_AHEAD = 24
"""Blocks that may be in memory at once."""


def deflate(content: bytes) -> bytes:
    """All of it at once, without header or checksum."""
    return zlib.compress(content, LEVEL, wbits=-zlib.MAX_WBITS)


class BlockDeflater:
    """Takes a stream, and writes it as one raw deflate stream."""

    def __init__(self, pool: Executor, write: Callable[[bytes], object]) -> None:
        """`pool` compresses; `write` is called by whoever calls this, and by no other thread."""
        self._pool = pool
        self._write = write
        self._block = bytearray()
        self._before = b""
        self._begun: deque[Future[bytes]] = deque()

    def write(self, piece: bytes) -> None:
        """Takes more of it."""
        self._block += piece
        while len(self._block) > BLOCK:  # not when it is just full: it may be the last
            self._begin(bytes(self._block[:BLOCK]), zlib.Z_SYNC_FLUSH)
            del self._block[:BLOCK]

    def finish(self) -> None:
        """Writes all that is left; nothing may follow."""
        self._begin(bytes(self._block), zlib.Z_FINISH)
        self._settle(0)

    def _begin(self, block: bytes, ending: int) -> None:
        self._begun.append(self._pool.submit(_deflate_block, block, self._before, ending))
        self._before = block[-_WINDOW:]
        self._settle(_AHEAD)

    def _settle(self, allowed: int) -> None:
        while len(self._begun) > allowed or (self._begun and self._begun[0].done()):
            self._write(self._begun.popleft().result())


def _deflate_block(block: bytes, before: bytes, ending: int) -> bytes:
    deflater = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS, zdict=before)
    return deflater.compress(block) + deflater.flush(ending)
