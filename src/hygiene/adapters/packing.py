"""Fills an archive with blobs: many small ones at once on all cores, large ones as they come, each held to its id."""

import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from typing import NamedTuple

from hygiene.adapters.archive_writing import ArchiveWriter, Body, UnfitEntry
from hygiene.adapters.blob_bytes import blob_hash
from hygiene.adapters.package_order import Wanted
from hygiene.model.paths import BlobId

Streams = Callable[[Iterable[BlobId]], Iterator[tuple[BlobId, Iterator[bytes]]]]
"""Each blob that is there, in the order asked and as often as asked, chunk by chunk.

Each must be used up before the next is asked for. A blob that breaks off in the middle ends early: whoever needs all of
it counts.
"""

_LARGE = 4 << 20
"""Bytes. A larger blob is never whole in memory."""

_BATCH_SIZE, _BATCH_COUNT = 1 << 18, 64
"""Bytes and blobs that are worth a task of their own."""

_WINDOW = 16 << 20
"""Bytes of blobs that may wait for their turn."""


class BrokenBlob(Exception):
    """The blob of the entry at `position` is not what it should be, or cannot be in such an archive."""

    def __init__(self, position: int, reason: str) -> None:
        super().__init__(position, reason)
        self.position = position
        self.reason = reason


class _Prepared(NamedTuple):
    position: int
    sha256: str
    body: Body


class _Batch(NamedTuple):
    size: int
    prepared: Future[list[_Prepared]]


class Packing:
    """One archive in the making."""

    def __init__(self, writer: ArchiveWriter, wanted: Sequence[Wanted], object_format: str, pool: Executor) -> None:
        self._writer = writer
        self._wanted = wanted
        self._format = object_format
        self._pool = pool
        self._gathered: list[tuple[int, bytes]] = []
        self._gathered_size = 0
        self._waiting: deque[_Batch] = deque()
        self._waiting_size = 0
        self._digests: list[str] = []

    def run(self, streams: Streams) -> Sequence[str]:
        """Writes all entries; the sha256 of each. Raises `BrokenBlob`."""
        for position, chunks in self._paired(streams):
            if self._wanted[position].item.size > _LARGE:
                self._add_large(position, chunks)
            else:
                self._gather(position, b"".join(self._whole(position, chunks)))
        self._submit()
        self._settle(0)
        self._writer.finish()
        return self._digests

    def _paired(self, streams: Streams) -> Iterator[tuple[int, Iterator[bytes]]]:
        """Each entry with its blob's bytes: those that are missing are not among the streams."""
        answers = streams(BlobId(each.blob) for each in self._wanted)
        for position, each in enumerate(self._wanted):
            blob, chunks = next(answers, ("", iter(())))
            if blob != each.blob:
                raise BrokenBlob(position, f"its blob {each.blob} is missing or broken")
            yield position, chunks

    def _whole(self, position: int, chunks: Iterator[bytes]) -> Iterator[bytes]:
        """The chunks, which must be as long as the entry says."""
        left = self._wanted[position].item.size
        for chunk in chunks:
            left -= len(chunk)
            if left < 0:
                break
            yield chunk
        if left:
            raise BrokenBlob(position, f"its blob {self._wanted[position].blob} is not as long as it says")

    def _gather(self, position: int, content: bytes) -> None:
        self._gathered.append((position, content))
        self._gathered_size += len(content)
        if self._gathered_size >= _BATCH_SIZE or len(self._gathered) >= _BATCH_COUNT:
            self._submit()
            self._settle(_WINDOW)

    def _submit(self) -> None:
        future = self._pool.submit(self._prepare, self._gathered)
        self._waiting.append(_Batch(self._gathered_size, future))
        self._waiting_size += self._gathered_size
        self._gathered, self._gathered_size = [], 0

    def _settle(self, allowed: int) -> None:
        """Writes what is ready, and waits until no more than `allowed` bytes are not; 0 waits for all."""
        while self._waiting and (not allowed or self._waiting_size > allowed or self._waiting[0].prepared.done()):
            batch = self._waiting.popleft()
            self._waiting_size -= batch.size
            for position, sha256, body in batch.prepared.result():
                self._digests.append(sha256)
                with _named(position):
                    self._writer.add(self._wanted[position].item, body)

    def _prepare(self, contents: Sequence[tuple[int, bytes]]) -> list[_Prepared]:
        return [self._prepare_one(position, content) for position, content in contents]

    def _prepare_one(self, position: int, content: bytes) -> _Prepared:
        proof = self._proof(position)
        proof.update(content)
        self._require(position, proof.hexdigest())
        return _Prepared(position, hashlib.sha256(content).hexdigest(), self._writer.prepare(content))

    def _add_large(self, position: int, chunks: Iterator[bytes]) -> None:
        self._submit()
        self._settle(0)
        proof, digest = self._proof(position), hashlib.sha256()

        def proved() -> Iterator[bytes]:
            for chunk in self._whole(position, chunks):
                proof.update(chunk)
                digest.update(chunk)
                yield chunk

        with _named(position):
            self._writer.add_streamed(self._wanted[position].item, proved())
        self._require(position, proof.hexdigest())
        self._digests.append(digest.hexdigest())

    def _proof(self, position: int) -> "hashlib._Hash":
        """What becomes the blob's id once all of it has been seen."""
        return blob_hash(self._format, self._wanted[position].item.size)

    def _require(self, position: int, object_id: str) -> None:
        if object_id != self._wanted[position].blob:
            raise BrokenBlob(position, f"its blob {self._wanted[position].blob} has other bytes than its id says")


@contextmanager
def _named(position: int) -> Iterator[None]:
    """Has it known which entry no archive can hold."""
    try:
        yield
    except UnfitEntry as unfit:
        raise BrokenBlob(position, unfit.reason) from unfit
