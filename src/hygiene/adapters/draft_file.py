"""A file that has no name until it is whole, where the system offers that; else one that nobody looks for."""

import os
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Self

from hygiene.adapters.disk_store import draft_beside

_MODE = 0o666
"""The umask takes from it."""

_OPEN = os.O_RDWR | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


class DraftFile:
    """An open file in a folder. A program that is killed leaves nothing of one without a name.

    As a context manager it is discarded at the end.
    """

    def __init__(self, handle: int, name: Path | None) -> None:
        self.handle = handle
        self._name = name

    @classmethod
    def inside(cls, folder: Path) -> Self:
        """A new one in this folder. Raises `OSError`."""
        handle = _open_unnamed(folder)
        if handle is not None:
            return cls(handle, None)
        name = draft_beside(folder / "draft")
        return cls(os.open(name, _OPEN | os.O_CREAT | os.O_EXCL, _MODE), name)

    @classmethod
    def holding(cls, folder: Path, content: bytes) -> Self:
        """A new one with this content, written through to the disk. Raises `OSError`."""
        draft = cls.inside(folder)
        with ExitStack() as failing:
            failing.callback(draft.discard)
            with open(draft.handle, "wb", closefd=False) as file:
                file.write(content)
            os.fsync(draft.handle)
            failing.pop_all()
        return draft

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.discard()

    def put(self, target: Path) -> None:
        """Gives it its name in one step; what had that name is replaced. Raises `OSError`."""
        if self._name is None:
            self._link(target)
        else:
            self._close()  # Windows renames no open file
            self._name.replace(target)
            self._name = None
        self.discard()

    def discard(self) -> None:
        """Leaves nothing behind but what was put in place; doing so again does nothing."""
        self._close()
        name, self._name = self._name, None
        if name is not None:
            with suppress(OSError):  # what stopped the work is already on its way up, and says more
                name.unlink()

    def _close(self) -> None:
        handle, self.handle = self.handle, -1
        if handle >= 0:
            os.close(handle)

    def _link(self, target: Path) -> None:
        try:
            _give_name(self.handle, target)
        except FileExistsError:  # a name is given only where there is none
            self._name = draft_beside(target)
            _give_name(self.handle, self._name)
            self._name.replace(target)
            self._name = None


def _open_unnamed(folder: Path) -> int | None:
    """A handle; None where the system, or the file system there, has no such files."""
    unnamed = getattr(os, "O_TMPFILE", None)
    if unnamed is None:
        return None
    try:
        handle = os.open(folder, _OPEN | unnamed, _MODE)
    except OSError:  # if it is for another reason, a file with a name fails for the same
        return None
    if _way_to(handle).exists():
        return handle
    os.close(handle)  # without /proc it could never get a name
    return None


def _give_name(handle: int, name: Path) -> None:
    folder = os.open(name.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        # With a folder's handle, as Python otherwise makes a link to the link in /proc.
        os.link(_way_to(handle), name.name, dst_dir_fd=folder, follow_symlinks=True)
    finally:
        os.close(folder)


def _way_to(handle: int) -> Path:
    return Path(f"/proc/self/fd/{handle}")
