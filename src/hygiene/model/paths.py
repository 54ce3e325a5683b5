"""Names of files and objects as Git knows them."""

import posixpath
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NewType

RepoPath = NewType("RepoPath", str)
"""A path from the repository's root, `/` between its parts; bytes that are not UTF-8 are surrogate-escaped."""

BlobId = NewType("BlobId", str)
"""An object id in lower-case hexadecimal: as many digits as the repository's format has."""

ID_DIGITS: Mapping[str, int] = MappingProxyType({"sha1": 40, "sha256": 64})
"""How many digits an object id has, by the repository's object format."""

ROOT = RepoPath("")
"""The repository's root folder."""


def folder_of(path: str) -> RepoPath:
    """The folder that holds `path`; the root is the empty path, and its own folder."""
    return RepoPath(path.rpartition("/")[0])


def name_of(path: str) -> str:
    """The last part of `path`."""
    return path.rpartition("/")[2]


def ancestors(path: str) -> Iterator[RepoPath]:
    """Every folder above `path`, nearest first, without the root."""
    folder = folder_of(path)
    while folder:
        yield folder
        folder = folder_of(folder)


def join(folder: str, name: str) -> RepoPath:
    """`name` inside `folder`, which may be the root."""
    return RepoPath(f"{folder}/{name}" if folder else name)


def leaves_root(path: str) -> bool:
    """Whether the path, as it is written, leads out of the folder that it starts from."""
    return path.startswith("/") or posixpath.normpath(path).split("/")[0] == ".."
