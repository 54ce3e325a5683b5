"""The place where a history index is kept between two runs: what may be read there, put there and removed."""

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from hygiene.adapters.sole_writer import sole_writer
from hygiene.adapters.user_seal import Seal, seal_of
from hygiene.errors import BrokenIndex, BusyPlace, UnremovableIndex, UnwritableOutput

_PATIENCE = 2.0
"""Seconds to wait for another program that is saving: it takes a tenth of one."""

_SIDE_FILES = ("-wal", "-shm", "-journal")
"""What SQLite would look for beside a database."""

_KINDS = (
    (stat.S_ISLNK, "a symlink"),
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISREG, "a file"),
    (stat.S_ISFIFO, "a pipe"),
)


class Place:
    """A file in a folder of our own, which is replaced as a whole and never changed.

    Both may come with an archive from anybody. So nothing else than a regular file in a real folder is ever opened or
    replaced there, and a file only counts with this user's seal.
    """

    def __init__(self, file: Path, seal: Seal) -> None:
        self.file = file
        self._seal = seal
        self._found = _seal_in(file)

    def refusal(self) -> str:
        """Why nothing is read or put there, for a person; empty where it may."""
        return _refusal(self.file)

    def is_empty(self) -> bool:
        """Whether nothing was there."""
        return self._found is None

    def is_ours(self) -> bool:
        """Whether the file is as a program of this user put it there."""
        try:
            with _opened(self.file) as file:
                return self._seal.is_on(file)
        except OSError:
            return False

    def replace(self, write: Callable[[Path], None]) -> str:
        """Puts there what `write` writes to an empty file, in one step; tells why not where that fails.

        It is left as it is where another program has put something there meanwhile: both know the truth.
        """
        try:
            self.file.parent.mkdir(exist_ok=True)
            refusal = self.refusal()
            if not refusal:
                with sole_writer(self.file, _PATIENCE):
                    if _seal_in(self.file) == self._found:
                        self._put(write)
        except OSError as failure:
            return failure.strerror or str(failure)
        except (BrokenIndex, BusyPlace, UnwritableOutput) as failure:
            return failure.message
        return refusal

    def _put(self, write: Callable[[Path], None]) -> None:
        """Not made durable: after a power cut the seal tells whether all of it reached the disk."""
        draft = _draft(self.file)
        try:
            _make_new(draft)
            write(draft)
            with draft.open("r+b") as file:
                self._seal.put_on(file)
            draft.replace(self.file)
        finally:
            with suppress(OSError):  # what stopped it is on its way up, and says more
                draft.unlink(missing_ok=True)


def remove(file: Path) -> bool:
    """Removes an index and the folder that was made for it; whether there was one. Raises `UnremovableIndex`."""
    refusal = _refusal(file)
    if refusal:
        raise UnremovableIndex(str(file), refusal)
    try:
        was_there = file.exists()
        for place in (file, *_sides(file), _draft(file), *_sides(_draft(file))):
            place.unlink(missing_ok=True)
    except OSError as failure:
        raise UnremovableIndex(str(file), failure.strerror or str(failure)) from failure
    with suppress(OSError):  # somebody else keeps something there too, or there is no such folder
        file.parent.rmdir()
    return was_there


def _draft(file: Path) -> Path:
    """One name for all: under the lock there is one writer, and what a killed one left is gone with the next."""
    return file.with_name(f"{file.name}.new")


def _sides(file: Path) -> list[Path]:
    return [file.with_name(file.name + ending) for ending in _SIDE_FILES]


def _make_new(draft: Path) -> None:
    """An empty file, and nothing beside it that SQLite would read; of a link there the link goes, not what it names."""
    for place in (draft, *_sides(draft)):
        place.unlink(missing_ok=True)
    draft.touch(mode=0o600, exist_ok=False)


def _refusal(file: Path) -> str:
    try:
        folder = file.parent.lstat()
        if not stat.S_ISDIR(folder.st_mode):
            return f"{file.parent} is {_kind(folder)}"
        found = file.lstat()
    except FileNotFoundError:
        return ""
    except OSError as failure:
        return f"{file} cannot be read: {failure.strerror}"
    if not stat.S_ISREG(found.st_mode):
        return f"{file} is {_kind(found)}"
    return "" if _is_own(found) else f"{file} belongs to another user"


def _kind(status: os.stat_result) -> str:
    return next((kind for is_kind, kind in _KINDS if is_kind(status.st_mode)), "a device or socket")


def _is_own(status: os.stat_result) -> bool:
    return not hasattr(os, "geteuid") or status.st_uid == os.geteuid()


def _seal_in(file: Path) -> bytes | None:
    """What tells one kept file from another; None where there is none that can be read."""
    try:
        with _opened(file) as opened:
            return seal_of(opened)
    except OSError:
        return None


@contextmanager
def _opened(file: Path) -> Iterator[BinaryIO]:
    """A regular file, whatever is in its place by now: links are not followed, and a pipe does not make us wait."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with open(os.open(file, flags), "rb") as opened:  # noqa: PTH123 - a handle, not a path
        if not stat.S_ISREG(os.fstat(opened.fileno()).st_mode):
            raise OSError("not a regular file")
        yield opened
