"""Copies files of a work tree into a folder of the user's before anything is done to them."""

import errno
import os
import shutil
import stat
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from hygiene.adapters.folders import Folder, entered, is_inside, joined, made, make_durable, open_regular
from hygiene.adapters.git_files import common_dir
from hygiene.errors import NoPlaceForBackup, UnwritableOutput
from hygiene.model.inventory import RepositoryFacts
from hygiene.model.json_path import bytes_of
from hygiene.model.paths import RepoPath

_CHUNK = 1 << 20

_FEW = 200
"""So many files reach the disk one by one in about a second."""


def back_up(facts: RepositoryFacts, paths: Collection[RepoPath], folder: Path) -> None:
    """Copies regular files with their permissions and times, and symlinks as such; other things are left out.

    Raises `NoPlaceForBackup` for a folder that holds anything or lies in the repository, `UnwritableOutput` where the
    copies do not all reach the disk.
    """
    _require_place(facts, folder)
    with _complaining(folder):
        folder.mkdir(parents=True, exist_ok=True)
        source, target = os.fsencode(facts.work_dir or facts.git_dir), os.fsencode(folder)
        for path in sorted(map(bytes_of, paths)):
            if is_inside(path):
                _copy(source, target, path)
        _make_all_durable(target, len(paths))


def _require_place(facts: RepositoryFacts, folder: Path) -> None:
    place = Path(os.path.realpath(folder))
    inside = (facts.work_dir, facts.git_dir, common_dir(facts.git_dir))
    if any(place.is_relative_to(os.path.realpath(each)) for each in inside if each is not None):
        raise NoPlaceForBackup(str(folder), "it lies in the repository")
    with _complaining(folder):
        if os.path.lexists(place) and not place.is_dir():
            raise NoPlaceForBackup(str(folder), "it is no folder")
        if place.is_dir() and any(place.iterdir()):
            raise NoPlaceForBackup(str(folder), "it holds something")


def _copy(source: bytes, target: bytes, path: bytes) -> None:
    folder, _, name = path.rpartition(b"/")
    try:
        with entered(source, folder) as left:
            status = left.status(name)
            if status is not None and (stat.S_ISREG(status.st_mode) or stat.S_ISLNK(status.st_mode)):
                with made(target, folder) as right:
                    _copy_one(left, right, name)
    except (FileNotFoundError, NotADirectoryError):  # it is not on disk, or behind a symlink
        return


def _copy_one(source: Folder, target: Folder, name: bytes) -> None:
    try:
        handle = open_regular(source, name)
    except OSError as failure:
        if failure.errno != errno.ELOOP:
            raise
        os.symlink(os.readlink(source.reach(name), dir_fd=source.handle), target.reach(name), dir_fd=target.handle)
        return
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    new = os.open(target.reach(name), flags, 0o600, dir_fd=target.handle)
    with os.fdopen(handle, "rb") as reading, os.fdopen(new, "wb") as writing:
        shutil.copyfileobj(reading, writing, _CHUNK)
        writing.flush()
        _keep_status(os.fstat(handle), writing.fileno(), target.path + b"/" + name)


def _keep_status(status: os.stat_result, handle: int, path: bytes) -> None:
    """The permissions and the times."""
    if hasattr(os, "fchmod"):
        os.fchmod(handle, stat.S_IMODE(status.st_mode) & 0o777)
    os.utime(handle if os.utime in os.supports_fd else path, ns=(status.st_atime_ns, status.st_mtime_ns))


def _make_all_durable(target: bytes, count: int) -> None:
    """To wait for each of 50,000 files would take minutes; to wait for all of a busy system takes a while, too."""
    if count > _FEW and hasattr(os, "sync"):
        os.sync()
        return
    for folder, _, names in os.walk(target):
        with entered(folder, b"") as place:
            for name in names:
                if not stat.S_ISLNK(os.lstat(joined(folder, name)).st_mode):
                    _make_durable(joined(folder, name))
            make_durable(place)


def _make_durable(place: bytes) -> None:
    handle = os.open(place, os.O_RDONLY if sys.platform != "win32" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _complaining(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as failure:
        raise UnwritableOutput(str(folder), failure.strerror or str(failure)) from failure
