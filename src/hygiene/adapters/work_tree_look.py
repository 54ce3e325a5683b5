"""Tells what is at many paths of a work tree with one look a folder, and without following any symlink."""

import os
import stat
from collections.abc import Collection, Mapping
from pathlib import Path

from hygiene.adapters.folders import is_inside, joined
from hygiene.model.json_path import bytes_of
from hygiene.model.paths import RepoPath
from hygiene.model.untracking import OnDisk

_Names = Mapping[bytes, OnDisk]

_KINDS = {stat.S_IFREG: OnDisk.FILE, stat.S_IFLNK: OnDisk.SYMLINK, stat.S_IFDIR: OnDisk.FOLDER}


def look_at(work_dir: Path, paths: Collection[RepoPath]) -> Mapping[RepoPath, OnDisk]:
    """What is at each of the paths; what cannot be looked at is `OTHER`."""
    look = _Look(os.fsencode(work_dir))
    return {path: look.at(raw) if is_inside(raw := bytes_of(path)) else OnDisk.OTHER for path in paths}


class _Look:
    """Remembers the folders that it has been in."""

    def __init__(self, root: bytes) -> None:
        self._root = root
        self._folders: dict[bytes, _Names | OnDisk] = {b"": self._names_in(b"")}

    def at(self, path: bytes) -> OnDisk:
        folder, _, name = path.rpartition(b"/")
        names = self._folder(folder)
        if isinstance(names, OnDisk):
            return names
        return names.get(name) or self._elsewise(path)

    def _folder(self, path: bytes) -> _Names | OnDisk:
        """The names in it, or what is to be said of every path below it."""
        found = self._folders.get(path)
        if found is None:
            found = self._folders[path] = self._looked_into(path)
        return found

    def _looked_into(self, path: bytes) -> _Names | OnDisk:
        kind = self.at(path)
        if kind is OnDisk.SYMLINK:
            return OnDisk.BEHIND_SYMLINK
        if kind in (OnDisk.BEHIND_SYMLINK, OnDisk.IN_NESTED_REPOSITORY, OnDisk.OTHER):
            return kind
        return self._names_in(path) if kind is OnDisk.FOLDER else OnDisk.ABSENT

    def _names_in(self, path: bytes) -> _Names | OnDisk:
        try:
            with os.scandir(joined(self._root, path)) as entries:
                names = {entry.name: _kind(entry) for entry in entries}
        except OSError:
            return OnDisk.OTHER
        is_nested = path and any(name.lower() == b".git" for name in names)
        return OnDisk.IN_NESTED_REPOSITORY if is_nested else names

    def _elsewise(self, path: bytes) -> OnDisk:
        """Some systems find a file by other letters, too, than those that they list."""
        try:
            mode = os.lstat(joined(self._root, path)).st_mode
        except FileNotFoundError:
            return OnDisk.ABSENT
        except OSError:
            return OnDisk.OTHER
        return _KINDS.get(stat.S_IFMT(mode), OnDisk.OTHER)


def _kind(entry: os.DirEntry[bytes]) -> OnDisk:
    if entry.is_symlink():
        return OnDisk.SYMLINK
    if entry.is_file(follow_symlinks=False):
        return OnDisk.FILE
    return OnDisk.FOLDER if entry.is_dir(follow_symlinks=False) else OnDisk.OTHER
