"""The files of a policy, from the disk or from a revision: none outside the root, and only regular files are opened."""

import os
import posixpath
import stat
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path, PurePosixPath

from hygiene.errors import PolicyPathOutside, UnreadablePolicyFile
from hygiene.model.inventory import Entry, Inventory, Mode
from hygiene.model.paths import ancestors, folder_of, leaves_root
from hygiene.model.permit import Origin
from hygiene.ports import Repository

_NOT_A_FILE = "it is not a regular file"
_DANGLING = "it is a symlink that leads to nothing"
_MISSING = "its object is missing from this repository"

_MOST_LINKS = 40
"""As many symlinks as Linux follows for one path."""
_LONGEST_TARGET = 4096
"""Bytes: Linux allows no longer path."""


class DiskPolicyFiles:
    """The files below one folder. `ports.PolicyFiles` says what the methods promise."""

    def __init__(self, root: Path, named: str = "", fence: Path | None = None) -> None:
        """`named` stands before each path when people are told of it, where the folder is not the repository's root.

        No symlink leads out of the fence: without another, the root itself.
        """
        self._root = Path(os.path.realpath(root))
        self._fence = self._root if fence is None else fence
        self._named = named

    def origin(self, path: str) -> Origin:
        """The file by its path from the root, below what the root is called."""
        return Origin(str(PurePosixPath(self._named, path)))

    def read(self, path: str, limit: int) -> bytes | None:
        """At most `limit` + 1 bytes; what a symlink leads to is read where it stays inside the fence."""
        place = self._inside(path)
        try:
            return None if place is None else _head(place, limit + 1)
        except _NotRegularError:
            raise UnreadablePolicyFile(self._told(path), _NOT_A_FILE) from None
        except OSError as failure:
            raise UnreadablePolicyFile(self._told(path), failure.strerror or str(failure)) from failure

    def toml_files(self, folder: str) -> Sequence[str] | None:
        """The paths in bytewise order of their names; a folder that is called `x.toml` is none of them."""
        place = self._inside(folder)
        if place is None or not place.is_dir():
            return None
        try:
            with os.scandir(place) as entries:
                names = [each.name for each in entries if each.name.endswith(".toml") and not _is_folder(each)]
        except OSError as failure:
            raise UnreadablePolicyFile(self._told(folder), failure.strerror or str(failure)) from failure
        return [posixpath.normpath(posixpath.join(folder, name)) for name in sorted(names, key=os.fsencode)]

    def _inside(self, path: str) -> Path | None:
        """Where the path really is; None where there is nothing, not even a symlink."""
        if leaves_root(path):
            raise PolicyPathOutside(self._told(path))
        asked = self._root / path
        try:
            real = Path(os.path.realpath(asked))
            is_there = os.path.lexists(asked)
        except ValueError:  # it holds a NUL
            raise UnreadablePolicyFile(self._told(path), "no file can be called that") from None
        if not real.is_relative_to(self._fence):
            raise PolicyPathOutside(self._told(path))
        if is_there and not os.path.lexists(real):
            raise UnreadablePolicyFile(self._told(path), _DANGLING)
        return real if is_there else None

    def _told(self, path: str) -> str:
        return str(self.origin(path))


class RevisionPolicyFiles:
    """The files that one revision holds. `ports.PolicyFiles` says what the methods promise.

    Each method raises `UnknownRevision` where the revision leads to no commit or tree.
    """

    def __init__(self, repository: Repository, revision: str) -> None:
        self._repository = repository
        self._revision = revision

    def origin(self, path: str) -> Origin:
        """The file by its path from the root, at the revision as it was given."""
        return Origin(path, revision=self._revision)

    def read(self, path: str, limit: int) -> bytes | None:
        """At most `limit` + 1 bytes of the blob; symlinks are followed inside the revision's tree."""
        real = self._resolved(path)
        entry = self._entries.get(real)
        if entry is None:
            self._refuse_what_hides(path, real)
            return None
        if not entry.is_file:
            raise UnreadablePolicyFile(self._told(path), _NOT_A_FILE)
        head = self._repository.heads([entry.blob], limit + 1).get(entry.blob)
        if head is None:
            raise UnreadablePolicyFile(self._told(path), _MISSING)
        return head

    def toml_files(self, folder: str) -> Sequence[str] | None:
        """The paths in bytewise order of their names."""
        real = self._resolved(folder)
        if real not in self._folders:
            return None
        names = [path[len(real) + bool(real) :] for path in self._entries if folder_of(path) == real]
        found = [name for name in names if name.endswith(".toml") and not self._is_module(real, name)]
        return [posixpath.normpath(posixpath.join(folder, name)) for name in found]

    @cached_property
    def _inventory(self) -> Inventory:
        return self._repository.list_revision(self._revision)

    @cached_property
    def _entries(self) -> Mapping[str, Entry]:
        return {entry.path: entry for entry in self._inventory.entries}

    @cached_property
    def _folders(self) -> frozenset[str]:
        return frozenset({"", *(folder for path in self._entries for folder in ancestors(path))})

    def _refuse_what_hides(self, path: str, real: str) -> None:
        """Raises where no file is listed and yet something is there."""
        unread = {gap.path for gap in self._inventory.gaps}
        if real in self._folders:
            raise UnreadablePolicyFile(self._told(path), _NOT_A_FILE)
        if unread & {"", real, *ancestors(real)}:
            raise UnreadablePolicyFile(self._told(path), "its folder is missing from this repository")
        if real != posixpath.normpath(path):
            raise UnreadablePolicyFile(self._told(path), _DANGLING)

    def _resolved(self, path: str) -> str:
        """The path without symlinks, the root as the empty one; each part is taken as the system would take it."""
        if leaves_root(path):
            raise PolicyPathOutside(self._told(path))
        todo = path.split("/")[::-1]
        done: list[str] = []
        links = 0
        while todo:
            place = self._step(done, todo.pop(), path)
            target = self._link_target("/".join(place), path)
            if target is None:
                done = place
                continue
            links += 1
            if links > _MOST_LINKS:
                raise UnreadablePolicyFile(self._told(path), _DANGLING)
            todo += target.split("/")[::-1]
        return "/".join(done)

    def _step(self, folder: list[str], part: str, path: str) -> list[str]:
        if part in ("", "."):
            return folder
        if part != "..":
            return [*folder, part]
        if not folder:
            raise PolicyPathOutside(self._told(path))
        return folder[:-1]

    def _link_target(self, place: str, path: str) -> str | None:
        entry = self._entries.get(place)
        if entry is None or entry.mode != Mode.SYMLINK:
            return None
        target = self._repository.heads([entry.blob], _LONGEST_TARGET).get(entry.blob)
        if target is None:
            raise UnreadablePolicyFile(self._told(path), _MISSING)
        if target.startswith(b"/"):
            raise PolicyPathOutside(self._told(path))
        return target.decode("utf-8", "surrogateescape")

    def _is_module(self, folder: str, name: str) -> bool:
        return self._entries[posixpath.join(folder, name)].mode == Mode.GITLINK

    def _told(self, path: str) -> str:
        return str(self.origin(path))


class _NotRegularError(Exception):
    """A folder, a pipe, a socket or a device is there."""


def _head(place: Path, length: int) -> bytes:
    """The first bytes of a regular file. What it is is asked before it is opened, as opening a device may act on it."""
    if not stat.S_ISREG(place.lstat().st_mode):
        raise _NotRegularError
    with open(place, "rb", opener=_open_without_waiting) as file:  # a path's own `open` has no opener
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):  # it was put in its place meanwhile
            raise _NotRegularError
        return file.read(length)


def _open_without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0))


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    return entry.is_dir(follow_symlinks=False)
