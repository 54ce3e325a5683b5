"""Blobs from `git cat-file`, piece by piece: one process for all of them, and none of them whole in memory."""

from collections.abc import Generator, Iterable, Iterator, Sequence
from typing import IO

from hygiene.adapters.blob_bytes import CHUNK
from hygiene.adapters.process import Git
from hygiene.model.paths import BlobId

_STREAMING = (
    *("-c", "core.packedGitWindowSize=16m"),  # else a pack of a gigabyte lies in git's memory as a whole
    *("-c", "core.packedGitLimit=64m"),
    *("cat-file", "--batch", "--buffer"),
)


def stream_blobs(git: Git, blobs: Iterable[BlobId]) -> Iterator[tuple[BlobId, Iterator[bytes]]]:
    """Each blob that is there, in the order asked and as often as asked, chunk by chunk.

    A broken one is absent or ends early. What the caller has left of one is read past. No git runs any more once the
    iterator is closed.
    """
    wanted = list(blobs)
    while wanted:
        answered = yield from _converse(git, wanted)
        wanted = wanted[answered + 1 :]  # git gave up on the one after those: that one is broken


def _converse(git: Git, wanted: Sequence[BlobId]) -> Generator[tuple[BlobId, Iterator[bytes]], None, int]:
    """Yields blobs; returns how many git gave a whole answer for."""
    with git.stream(*_STREAMING, stdin="".join(f"{blob}\n" for blob in wanted).encode()) as pipe:
        for position, blob in enumerate(wanted):
            header = pipe.readline().split()
            if not header or header[0] != blob.encode():
                return position
            if len(header) == 2:  # `<id> missing`
                continue
            content = _Content(pipe, int(header[2]))
            if header[1] == b"blob":
                yield blob, content.chunks()
            if not content.is_whole():
                return position
    return len(wanted)


class _Content:
    """The bytes of one object in git's answer, and the line end after them."""

    def __init__(self, pipe: IO[bytes], size: int) -> None:
        self._pipe = pipe
        self._left = size

    def chunks(self) -> Iterator[bytes]:
        """What is left of them, as far as git sends it."""
        while self._left and (chunk := self._pipe.read(min(self._left, CHUNK))):
            self._left -= len(chunk)
            yield chunk

    def is_whole(self) -> bool:
        """Reads past what nobody has read; whether all was there."""
        for _ in self.chunks():
            pass
        return not self._left and bool(self._pipe.read(1))
