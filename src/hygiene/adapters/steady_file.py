"""A file of unknown origin: opened only if it is a regular one, and the same each time."""

import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Self

from hygiene.adapters.archive_caps import CHUNK
from hygiene.errors import UnreadableFile

_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_WAIT_FOR_NOBODY = getattr(os, "O_NONBLOCK", 0)  # should a FIFO have taken the file's place since it was looked at


class SteadyFile:
    """A regular file, or a symlink to one. Nothing is open between two readings."""

    def __init__(self, path: Path, status: os.stat_result) -> None:
        """`status` is that of the file when it was looked at first."""
        self._path = path
        self._status = status

    @classmethod
    def at(cls, path: Path) -> Self:
        """The file at a path. Raises `UnreadableFile` where there is none; devices and FIFOs are not opened."""
        try:
            status = path.stat()
        except (OSError, ValueError) as refusal:  # ValueError: a NUL in the path
            raise UnreadableFile(str(path), _reason(refusal)) from refusal
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableFile(str(path), "it is a folder" if stat.S_ISDIR(status.st_mode) else "it is no file")
        return cls(path, status)

    @property
    def size(self) -> int:
        """Bytes."""
        return self._status.st_size

    @contextmanager
    def opened(self) -> Iterator[BinaryIO]:
        """The file from its beginning. Raises `UnreadableFile` where it is not the same any more, or reading fails."""
        try:
            with os.fdopen(os.open(self._path, _READ | _WAIT_FOR_NOBODY), "rb") as file:
                if _identity(os.fstat(file.fileno())) != _identity(self._status):
                    raise UnreadableFile(str(self._path), "it was changed while it was read")
                yield file
        except OSError as failure:
            raise UnreadableFile(str(self._path), _reason(failure)) from failure

    def read(self, limit: int) -> bytes:
        """At most `limit` + 1 bytes, so that a longer file shows."""
        with self.opened() as file:
            return file.read(limit + 1)

    def digest(self) -> str:
        """sha256 of all of it, in hexadecimal."""
        digest = hashlib.sha256()
        with self.opened() as file:
            while piece := file.read(CHUNK):
                digest.update(piece)
        return digest.hexdigest()


def _identity(status: os.stat_result) -> tuple[int, ...]:
    return stat.S_IFMT(status.st_mode), status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


def _reason(failure: OSError | ValueError) -> str:
    return (failure.strerror if isinstance(failure, OSError) else None) or str(failure)
