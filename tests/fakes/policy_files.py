"""A policy's files in memory: `ports.PolicyFiles`, without symlinks to follow where a test needs none."""

import posixpath
from collections.abc import Mapping, Sequence
from typing import Self

from hygiene.errors import PolicyPathOutside, UnreadablePolicyFile
from hygiene.model.permit import Origin


class FakePolicyFiles:
    """Files by their paths; `link` and `spoil` make what cannot simply be read."""

    def __init__(self) -> None:
        self._files: dict[str, bytes] = {}
        self._links: dict[str, str] = {}
        self._spoilt: set[str] = set()

    @classmethod
    def holding(cls, files: Mapping[str, str]) -> Self:
        """Files with these texts."""
        held = cls()
        for path, text in files.items():
            held.file(path, text.encode())
        return held

    # What a test does to it

    def file(self, path: str, content: bytes) -> None:
        self._files[path] = content

    def link(self, path: str, target: str) -> None:
        self._links[path] = target

    def spoil(self, path: str) -> None:
        """Puts something there that is no file, and no folder either."""
        self._spoilt.add(path)

    # What the program asks of it

    def origin(self, path: str) -> Origin:
        return Origin(path)

    def read(self, path: str, limit: int) -> bytes | None:
        real = self._resolved(path)
        if real in self._files:
            return self._files[real][: limit + 1]
        if real in self._spoilt or self._is_folder(real):
            raise UnreadablePolicyFile(path, "it is not a regular file")
        if real != posixpath.normpath(path):
            raise UnreadablePolicyFile(path, "it is a symlink that leads to nothing")
        return None

    def toml_files(self, folder: str) -> Sequence[str] | None:
        real = self._resolved(folder)
        if not self._is_folder(real):
            return None
        start = "" if real == "." else f"{real}/"
        there = [path for path in (*self._files, *self._links, *self._spoilt) if path.startswith(start)]
        names = sorted(name for path in there if "/" not in (name := path[len(start) :]) and name.endswith(".toml"))
        return [posixpath.normpath(posixpath.join(folder, name)) for name in names]

    def _resolved(self, path: str) -> str:
        for _ in range(40):
            path = posixpath.normpath(path)
            if path.startswith(("/", "../")) or path == "..":
                raise PolicyPathOutside(path)
            link = next((link for link in self._links if path == link or path.startswith(f"{link}/")), None)
            if link is None:
                return path
            path = posixpath.join(posixpath.dirname(link), self._links[link]) + path[len(link) :]
        raise UnreadablePolicyFile(path, "it is a symlink that leads to nothing")

    def _is_folder(self, path: str) -> bool:
        return path == "." or any(there.startswith(f"{path}/") for there in (*self._files, *self._links, *self._spoilt))
