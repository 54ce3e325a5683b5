"""Whether a work tree holds what Git has recorded, by our own digests: git would run filters."""

import os
from collections.abc import Callable, Iterator
from contextlib import suppress

from hygiene.adapters.blob_bytes import blob_hash
from hygiene.adapters.folders import entered, open_regular
from hygiene.model.inventory import Entry, Mode
from hygiene.model.json_path import bytes_of

_CHUNK = 1 << 20

Chunks = Iterator[bytes]


class DiskContent:
    """The files below one root. No symlink is followed, and nothing but regular files is opened."""

    def __init__(self, root: bytes, object_format: str) -> None:
        self._root = root
        self._format = object_format

    def holds(self, entry: Entry) -> bool:
        """Whether the entry's content is at its path, be it with other line ends; not where it cannot be read."""
        folder, _, name = bytes_of(entry.path).rpartition(b"/")
        with suppress(OSError), entered(self._root, folder) as place:
            if entry.mode == Mode.SYMLINK:
                target = os.readlink(place.reach(name), dir_fd=place.handle)
                return self._blob_id(lambda: iter((target,))) == entry.blob
            with os.fdopen(open_regular(place, name), "rb") as file:
                readings = (lambda: _chunks(file.fileno()), lambda: _with_line_feeds(_chunks(file.fileno())))
                return any(self._blob_id(reading) == entry.blob for reading in readings)
        return False

    def _blob_id(self, read: Callable[[], Chunks]) -> str:
        """The id that Git gives to content that can be read twice: first for its length, which the id begins with."""
        digest = blob_hash(self._format, sum(map(len, read())))
        for chunk in read():
            digest.update(chunk)
        return digest.hexdigest()


def _chunks(handle: int) -> Chunks:
    os.lseek(handle, 0, os.SEEK_SET)
    while chunk := os.read(handle, _CHUNK):
        yield chunk


def _with_line_feeds(chunks: Chunks) -> Chunks:
    """As it is stored where line endings are converted."""
    kept = b""
    for chunk in chunks:
        text = kept + chunk
        kept = b"\r" if text.endswith(b"\r") else b""
        yield text.removesuffix(b"\r").replace(b"\r\n", b"\n")
    yield kept
