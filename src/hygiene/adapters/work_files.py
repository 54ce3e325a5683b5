"""Writes, removes and moves single files of a work tree, each in one step and through no symlink."""

import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple

from hygiene.adapters.folders import (
    Folder,
    device_of,
    entered,
    is_inside,
    joined,
    made,
    make_durable,
    open_regular,
    remove_empty,
)
from hygiene.adapters.untrack_place import DRAFT, UntrackPlace
from hygiene.errors import ChangedMeanwhile, UnusableFile, UnwritableOutput
from hygiene.model.json_path import bytes_of
from hygiene.model.paths import RepoPath
from hygiene.model.untracking import FileEdit, Move, Place

_PERMISSIONS = 0o777


class Spot(NamedTuple):
    """A file's place: below a root, the folder, and its name in it."""

    root: bytes
    folder: bytes
    name: bytes


class WorkFiles:
    """The files of one work tree, and those of its trash."""

    def __init__(self, work_dir: bytes, place: UntrackPlace) -> None:
        self._work_dir = work_dir
        self._place = place

    def put(self, edit: FileEdit) -> None:
        """As `ports.checkout.Workbench` promises it."""
        spot = self._spot(edit.path)
        with _complaining(edit.path):
            current = _content(spot)
            if current == edit.after:
                return
            if current != edit.before:
                raise ChangedMeanwhile(edit.path)
            if edit.after is None:
                _remove(spot)
            else:
                self._write(spot, edit.after, edit)

    def move(self, move: Move, receipt: str) -> None:
        """As `ports.checkout.Workbench` promises it."""
        source, target = self._way(move, receipt)
        with _complaining(move.path):
            if _status(source) is None and _status(target) is not None:
                return
            try:
                with entered(source.root, source.folder) as left, made(target.root, target.folder) as joined_to:
                    _rename(left, joined_to, source.name, move.path)
            except FileNotFoundError:
                remove_empty(target.root, target.folder)
                raise ChangedMeanwhile(move.path) from None
            remove_empty(source.root, source.folder)

    def hindrance_to_edit(self, edit: FileEdit) -> str:
        """Why a file could not be put, in words; empty where it could, or is done."""
        with _told() as reasons:
            spot = self._spot(edit.path)
            current = _content(spot)
            if current not in (edit.before, edit.after):
                reasons.append("was changed since")
            elif current != edit.after and not _is_writable(spot):
                reasons.append("cannot be written: its folder may not be changed")
        return "".join(f"{edit.path} {why}" for why in reasons)

    def hindrance_to_move(self, move: Move, receipt: str) -> str:
        """Why a file could not be moved, in words; empty where it could, or is done."""
        with _told() as reasons:
            reasons.append(self._hindrance(*self._way(move, receipt)))
        return "".join(f"{move.path} {why}" for why in reasons if why)

    def _hindrance(self, source: Spot, target: Spot) -> str:
        found, in_the_way = _status(source), _status(target)
        if found is None:
            return "" if in_the_way is not None else "is not there any more"
        if in_the_way is not None and not os.path.samestat(found, in_the_way):
            return "cannot be moved: something else is in its place"
        if not (stat.S_ISREG(found.st_mode) or stat.S_ISLNK(found.st_mode)):
            return "is no file"
        if not (_is_writable(source) and _is_writable(target)):
            return "cannot be moved: a folder may not be changed"
        is_far = found.st_dev != device_of(target.root)
        return "cannot be moved: the Git directory is on another file system" if is_far else ""

    def _way(self, move: Move, receipt: str) -> tuple[Spot, Spot]:
        in_work_tree = self._spot(move.path)
        folder = self._place.trash(receipt)
        in_trash = Spot(self._place.root, joined(folder, in_work_tree.folder).removesuffix(b"/"), in_work_tree.name)
        return (in_work_tree, in_trash) if move.after is Place.TRASH else (in_trash, in_work_tree)

    def _spot(self, path: RepoPath) -> Spot:
        raw = bytes_of(path)
        if not is_inside(raw):
            raise UnusableFile(path, "is no path inside the work tree")
        folder, _, name = raw.rpartition(b"/")
        return Spot(self._work_dir, folder, name)

    def _write(self, spot: Spot, content: bytes, edit: FileEdit) -> None:
        with made(spot.root, spot.folder) as target, self._place.opened() as own:
            is_near = device_of(self._work_dir) == device_of(self._place.root)
            before = target.status(spot.name)
            # Nobody sees a draft in our own folder, should we be killed.
            with _drafted(own if is_near else target, content, before) as (folder, draft):
                if _content(spot) != edit.before:
                    raise ChangedMeanwhile(edit.path)
                if before is None:
                    _put_new(folder, draft, target, spot.name)
                else:
                    _replace(folder, draft, target, spot.name)
            make_durable(target)


def _is_writable(spot: Spot) -> bool:
    """Whether this user may change the folder of a spot, or the nearest above it that is there."""
    folder = joined(spot.root, spot.folder)
    while not os.path.lexists(folder):
        folder = os.path.dirname(folder)  # noqa: PTH120 - bytes
    return os.access(folder, os.W_OK | os.X_OK)


def _remove(spot: Spot) -> None:
    with entered(spot.root, spot.folder) as folder:
        os.unlink(folder.reach(spot.name), dir_fd=folder.handle)
        make_durable(folder)  # which stays, even if it is empty now: it may have been there before


def _rename(source: Folder, target: Folder, name: bytes, path: RepoPath) -> None:
    """Moves what has a name in one folder to the other, where nothing may have it."""
    found, in_the_way = source.status(name), target.status(name)
    if found is None:
        raise FileNotFoundError
    if in_the_way is not None and not os.path.samestat(found, in_the_way):
        raise ChangedMeanwhile(path)
    if in_the_way is None:
        _put_new(source, name, target, name)
    with suppress(FileNotFoundError):  # renamed, not linked
        os.unlink(source.reach(name), dir_fd=source.handle)


def _put_new(source: Folder, name: bytes, target: Folder, new_name: bytes) -> None:
    """Gives a file a name that nothing has. A link never replaces anything, a renaming would; not all can be linked."""
    try:
        os.link(
            source.reach(name),
            target.reach(new_name),
            src_dir_fd=source.handle,
            dst_dir_fd=target.handle,
            follow_symlinks=False,
        )
    except FileExistsError:
        raise ChangedMeanwhile(os.fsdecode(new_name)) from None
    except (FileNotFoundError, NotADirectoryError):
        raise
    except (OSError, NotImplementedError):
        if target.status(new_name) is not None:
            raise ChangedMeanwhile(os.fsdecode(new_name)) from None
        _replace(source, name, target, new_name)


def _replace(source: Folder, name: bytes, target: Folder, new_name: bytes) -> None:
    os.replace(source.reach(name), target.reach(new_name), src_dir_fd=source.handle, dst_dir_fd=target.handle)


def _content(spot: Spot) -> bytes | None:
    """The bytes of a regular file; None where nothing is there."""
    try:
        with entered(spot.root, spot.folder) as folder, os.fdopen(open_regular(folder, spot.name), "rb") as file:
            return file.read()
    except FileNotFoundError:
        return None


def _status(spot: Spot) -> os.stat_result | None:
    try:
        with entered(spot.root, spot.folder) as folder:
            return folder.status(spot.name)
    except FileNotFoundError:
        return None


@contextmanager
def _drafted(folder: Folder, content: bytes, before: os.stat_result | None) -> Iterator[tuple[Folder, bytes]]:
    """A new file that is whole on the disk, with the permissions of the one that it is to replace."""
    name = f".hygiene-{secrets.token_hex(8)}{DRAFT}".encode("ascii")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(os.open(folder.reach(name), flags, 0o666, dir_fd=folder.handle), "wb") as file:
            if before is not None and hasattr(os, "fchmod"):
                os.fchmod(file.fileno(), before.st_mode & _PERMISSIONS)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        yield folder, name
    finally:
        with suppress(OSError):  # what stopped the work is already on its way up, and says more
            os.unlink(folder.reach(name), dir_fd=folder.handle)


@contextmanager
def _told() -> Iterator[list[str]]:
    """Room for a reason; it also gets what stops the search for one."""
    reasons: list[str] = []
    try:
        yield reasons
    except NotADirectoryError:
        reasons.append("lies behind a symlink, or behind a file")
    except OSError as failure:
        reasons.append(f"cannot be used: {failure.strerror}")
    except UnusableFile as failure:
        reasons.append(failure.reason)


@contextmanager
def _complaining(path: RepoPath) -> Iterator[None]:
    try:
        yield
    except NotADirectoryError:
        raise UnusableFile(path, "lies behind a symlink, or behind a file") from None
    except OSError as failure:
        raise UnwritableOutput(path, failure.strerror or str(failure)) from failure
