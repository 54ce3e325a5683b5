"""Blobs through libgit2, which reads each of them whole."""

from collections.abc import Iterable, Iterator

import pygit2
from pygit2.enums import ObjectType

from hygiene.adapters.blob_bytes import CHUNK
from hygiene.adapters.libgit2_objects import NOT_THERE
from hygiene.model.paths import BlobId

EMPTY_BLOB = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"
"""Git knows it without storing it, and `git add --intent-to-add` points at it."""


def read_blobs(objects: pygit2.Odb, blobs: Iterable[BlobId]) -> Iterator[tuple[BlobId, bytes]]:
    """Each blob that is there, whole, in the order asked; memory holds one at a time."""
    for blob in blobs:
        content = b"" if blob == EMPTY_BLOB else _read(objects, blob)
        if content is not None:
            yield blob, content


def stream_blobs(objects: pygit2.Odb, blobs: Iterable[BlobId]) -> Iterator[tuple[BlobId, Iterator[bytes]]]:
    """The same, chunk by chunk; memory holds one whole all the same."""
    for blob, content in read_blobs(objects, blobs):
        yield blob, (content[start : start + CHUNK] for start in range(0, len(content), CHUNK))


def _read(objects: pygit2.Odb, blob: BlobId) -> bytes | None:
    try:
        kind, content = objects.read(blob)
    except NOT_THERE:
        return None
    return content if kind == ObjectType.BLOB else None
