"""Folders below a root that are entered one by one, so that no symlink on the way ever leads out of it."""

import errno
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple

_HAS_HANDLES = {os.open, os.stat, os.mkdir, os.rmdir, os.unlink, os.rename, os.link} <= os.supports_dir_fd
"""Whether the system can be asked for a name in an opened folder. Windows cannot: there each step is looked at."""

_ENTER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0)
_READ = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class Folder(NamedTuple):
    """A real folder. Every call on a name in it is made with `reach(name)`, and `handle` as its `dir_fd`."""

    handle: int | None
    path: bytes

    @property
    def itself(self) -> int | bytes:
        """What the system is asked for to mean the folder."""
        return self.path if self.handle is None else self.handle

    def reach(self, name: bytes) -> bytes:
        """What the system is asked for to mean this name in the folder."""
        return name if self.handle is not None else joined(self.path, name)

    def status(self, name: bytes) -> os.stat_result | None:
        """What is there by that name, no link followed; None where nothing is."""
        try:
            return os.stat(self.reach(name), dir_fd=self.handle, follow_symlinks=False)
        except FileNotFoundError:
            return None


def joined(folder: bytes, name: bytes) -> bytes:
    """A name in a folder, both as the bytes that Git has."""
    return os.path.join(folder, name)  # noqa: PTH118 - a Path holds no bytes


def device_of(root: bytes) -> int:
    """What tells one file system from another."""
    return os.stat(root).st_dev  # noqa: PTH116 - a Path holds no bytes


def is_inside(path: bytes) -> bool:
    """Whether a path, as it is written, stays below its root and out of every Git directory.

    Git looks at that when a path comes into an index, and not when it reads an index that somebody else has made.
    """
    return not any(part in (b"", b".", b"..") or part.lower() == b".git" for part in path.split(b"/"))


Step = Callable[[Folder, bytes], Folder]


@contextmanager
def entered(root: bytes, path: bytes) -> Iterator[Folder]:
    """The folder at a path below the root, or the root itself where the path is empty.

    Raises `FileNotFoundError` where it is not there, `NotADirectoryError` where a part of the way is no real folder.
    """
    with _walked(root, path, _enter) as folder:
        yield folder


@contextmanager
def made(root: bytes, path: bytes) -> Iterator[Folder]:
    """As `entered`; what is not there of the way is made."""
    with _walked(root, path, _make) as folder:
        yield folder


def remove_empty(root: bytes, path: bytes) -> None:
    """Removes a folder below the root and those above it, as long as they are empty; never the root itself."""
    with suppress(OSError):  # one that holds something, or that somebody is using, stays
        while path:
            parent, _, name = path.rpartition(b"/")
            with entered(root, parent) as folder:
                os.rmdir(folder.reach(name), dir_fd=folder.handle)
            path = parent


def open_regular(folder: Folder, name: bytes) -> int:
    """A handle to read a regular file with; a pipe does not make us wait. Raises `OSError` for anything else."""
    handle = os.open(folder.reach(name), _READ, dir_fd=folder.handle)
    if stat.S_ISREG(os.fstat(handle).st_mode):
        return handle
    os.close(handle)
    raise OSError(errno.EINVAL, "not a regular file")


def make_durable(folder: Folder) -> None:
    """Has the names in a folder survive a power cut, on systems that can be asked for it."""
    if folder.handle is not None:
        with suppress(OSError):  # this file system promises no more
            os.fsync(folder.handle)


@contextmanager
def _walked(root: bytes, path: bytes, step: Step) -> Iterator[Folder]:
    folder = _opened_root(root)
    try:
        for name in path.split(b"/") if path else ():
            above, folder = folder, step(folder, name)
            _close(above)
        yield folder
    finally:
        _close(folder)


def _opened_root(root: bytes) -> Folder:
    """The root is where the user has it: links on the way there are theirs."""
    handle = os.open(root, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0)) if _HAS_HANDLES else None
    return Folder(handle, root)


def _enter(above: Folder, name: bytes) -> Folder:
    path = joined(above.path, name)
    if above.handle is None:
        if not stat.S_ISDIR(os.lstat(path).st_mode):
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), path)
        return Folder(None, path)
    try:
        return Folder(os.open(name, _ENTER, dir_fd=above.handle), path)
    except OSError as failure:
        if failure.errno == errno.ELOOP:  # how some systems say that it is a symlink
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), path) from failure
        raise


def _make(above: Folder, name: bytes) -> Folder:
    with suppress(FileNotFoundError):
        return _enter(above, name)
    with suppress(FileExistsError):  # somebody else was faster
        os.mkdir(above.reach(name), dir_fd=above.handle)
    return _enter(above, name)


def _close(folder: Folder) -> None:
    if folder.handle is not None:
        os.close(folder.handle)
