"""Reads loose objects for libgit2, whose own reader never returns from a truncated one (its issue 7342)."""

import os
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pygit2
from pygit2.enums import ObjectType

_KINDS = {b"commit": ObjectType.COMMIT, b"tree": ObjectType.TREE, b"blob": ObjectType.BLOB, b"tag": ObjectType.TAG}
_HEADER = re.compile(rb"(commit|tree|blob|tag) (\d+)\0")
_LONGEST_HEADER = 32
"""As in git itself."""

_WHOLE_ID = 40
_CHUNK = 1 << 16
_LARGEST = (1 << 63) - 1  # bytes: what libgit2's own numbers hold
_PACKS_FIRST, _THEN_LOOSE = 2, 1


class LooseObjects(pygit2.OdbBackend):
    """The loose objects of one `objects` folder. One that is broken or cannot be read is not there."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def read_cb(self, name: pygit2.Oid) -> tuple[int, bytes]:
        """The kind and the content. Raises KeyError."""
        path = self._path(str(name))
        header = _read_header(path)
        content = _inflate(path, header.length + header.size + 1)[header.length :]
        if len(content) != header.size:
            raise KeyError(str(name))
        return int(header.kind), content

    def read_header_cb(self, name: pygit2.Oid) -> tuple[int, int]:
        """The kind and the size in bytes. Raises KeyError."""
        header = _read_header(self._path(str(name)))
        return int(header.kind), header.size

    def read_prefix_cb(self, prefix: str) -> tuple[int, bytes, pygit2.Oid]:
        """The one object whose id begins so. Raises KeyError for none, ValueError for several."""
        name = self.exists_prefix_cb(prefix)
        return *self.read_cb(name), name

    def exists_cb(self, name: pygit2.Oid) -> bool:
        """Whether the object has a file; it may turn out to be broken."""
        return Path(self._path(str(name))).is_file()

    def exists_prefix_cb(self, prefix: str) -> pygit2.Oid:
        """The one id that begins so; a whole id, unasked. Raises KeyError for none, ValueError for several."""
        if len(prefix) == _WHOLE_ID:  # what most questions are
            return pygit2.Oid(hex=prefix)
        folder = self._folder / prefix[:2]
        names = [prefix[:2] + path.name for path in folder.glob(f"{prefix[2:]}*")]
        if len(names) > 1:
            raise ValueError(prefix)
        if not names:
            raise KeyError(prefix)
        return pygit2.Oid(hex=names[0])

    def refresh_cb(self) -> None:
        """Nothing to do: every question looks at the disk."""

    def _path(self, name: str) -> str:
        return f"{self._folder}/{name[:2]}/{name[2:]}"


def open_objects(folder: Path) -> pygit2.Odb:
    """All objects of a repository whose `objects` folder this is: its own and those that it borrows."""
    objects = pygit2.Odb()
    for place in object_folders(folder):
        objects.add_backend(pygit2.OdbBackendPack(os.fspath(place)), _PACKS_FIRST)
        objects.add_backend(LooseObjects(place), _THEN_LOOSE)
    return objects


def object_folders(folder: Path) -> Iterator[Path]:
    """An `objects` folder, and those that it borrows from."""
    yield folder
    yield from _borrowed(folder)


def _borrowed(folder: Path, depth: int = 5) -> Iterator[Path]:
    """The `objects` folders named by `info/alternates`, and by theirs, as deep as git follows them."""
    try:
        lines = (folder / "info" / "alternates").read_bytes().splitlines()
    except OSError:  # most repositories borrow nothing
        return
    for line in lines:
        place = folder / os.fsdecode(line)
        if line and not line.startswith(b"#") and place.is_dir():
            yield place
            yield from _borrowed(place, depth - 1) if depth else ()


class _Header(NamedTuple):
    kind: ObjectType
    size: int
    length: int


def _read_header(path: str) -> _Header:
    match = _HEADER.match(_inflate(path, _LONGEST_HEADER))
    if not match or int(match[2]) > _LARGEST:
        raise KeyError(path)
    return _Header(_KINDS[match[1]], int(match[2]), match.end())


def _inflate(path: str, length: int) -> bytes:
    """At most the first `length` bytes of a compressed file; fewer where it ends early. Raises KeyError."""
    if not os.path.isfile(path):  # noqa: PTH113 - asked for every packed object too, and three times as fast
        raise KeyError(path)  # a pipe would never end
    stream, parts, missing = zlib.decompressobj(), [], length
    try:
        with Path(path).open("rb") as file:
            while missing and not stream.eof and (chunk := stream.unconsumed_tail or file.read(_CHUNK)):
                parts.append(stream.decompress(chunk, missing))
                missing -= len(parts[-1])
    except (OSError, zlib.error) as failure:
        raise KeyError(path) from failure
    return b"".join(parts)
