"""The tree that a commit gets: another one with some paths changed, made in an index of its own."""

import struct
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from hygiene.adapters.process import Git
from hygiene.errors import CommitFailed
from hygiene.model.json_path import bytes_of
from hygiene.model.paths import ID_DIGITS
from hygiene.model.untracking import Held, IndexEdit

_WHOLE = ("-c", "core.splitIndex=false", "-c", "index.sparse=false")
"""One file, in its own place: a part of it would be written beside the repository's index."""

_HEADER = struct.Struct(">4sII")
"""`DIRC`, the version, and the number of entries: gitformat-index(5)."""


class TreeInMaking:
    """An index file at `place`, which nothing else uses."""

    def __init__(self, git: Git, place: Path, object_format: str) -> None:
        self.place = place
        self._git = replace(git, index=place)
        self._nothing = "0" * ID_DIGITS[object_format]

    def start(self, commit: str | None) -> None:
        """Takes the tree of a commit, or of none the empty one. Raises `GitFailed`."""
        self._git.run(*_WHOLE, "read-tree", "--empty" if commit is None else commit)

    def change(self, edits: Sequence[IndexEdit]) -> None:
        """Has each path hold what it holds after its edit. What goes and is not there is passed over.

        Raises `GitFailed`, or `CommitFailed` where a path would be both a file and a folder.
        """
        self._remove([bytes_of(edit.path) for edit in edits])
        self._add([(bytes_of(edit.path), edit.after) for edit in edits if edit.after is not None])

    def write(self) -> str:
        """The id of the tree. Blobs are not looked for: a partial clone has few of them. Raises `GitFailed`."""
        return self._git.run(*_WHOLE, "write-tree", "--missing-ok").decode("ascii").strip()

    def _remove(self, paths: Sequence[bytes]) -> None:
        """The last first: git moves up whatever follows each."""
        gone = b"0 " + self._nothing.encode("ascii")
        self._update([(gone, path) for path in sorted(paths, reverse=True)])

    def _add(self, held: Sequence[tuple[bytes, Held]]) -> None:
        """Adds what is not there. Git drops in silence what is in the way of a path, so that entries are counted."""
        before = self._count()
        self._update([(f"{mode} {blob}".encode("ascii"), path) for path, (mode, blob) in held])
        if self._count() != before + len(held):
            raise CommitFailed(
                "a path would be both a file and a folder", "Run `hygiene untrack` again, which looks at both anew."
            )

    def _update(self, records: Sequence[tuple[bytes, bytes]]) -> None:
        lines = b"".join(b"%s\t%s\0" % record for record in records)
        if lines:
            self._git.run(*_WHOLE, "update-index", "-z", "--index-info", stdin=lines)

    def _count(self) -> int:
        """How many entries the index has, by its header."""
        with self.place.open("rb") as file:
            return _HEADER.unpack(file.read(_HEADER.size))[2]  # type: ignore[no-any-return]  # the format says int
