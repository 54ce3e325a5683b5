"""Compares the tree of a commit with those of its parents from raw tree objects, and skips whatever is equal."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from hygiene.adapters.raw_objects import RawObjects
from hygiene.model.history import REMOVED
from hygiene.model.inventory import Mode
from hygiene.model.paths import BlobId, RepoPath

_FOLDER = "040000"
_KINDS = {0o040000: _FOLDER, 0o120000: Mode.SYMLINK.value}
_KIND_BITS, _IS_FILE, _IS_EXECUTABLE = 0o170000, 0o100000, 0o100

_MEMO = 200_000
"""Records that are remembered, at about 130 bytes each."""

_Records = frozenset[bytes]
"""The records of one tree as they are: `<mode> <name>`, a NUL, and the id in binary."""


class Difference(NamedTuple):
    """A path that a tree holds otherwise than all the others, or lacks though they all hold it: `REMOVED`."""

    mode: str
    blob: BlobId
    path: RepoPath


class Unread(NamedTuple):
    """A tree that could not be read, and its folder."""

    tree: str
    folder: RepoPath


class Comparison(NamedTuple):
    """What comparing trees came to."""

    differences: list[Difference]
    unread: list[Unread]


class _Entry(NamedTuple):
    mode: str
    id: bytes

    @property
    def is_folder(self) -> bool:
        return self.mode == _FOLDER


class _Step(NamedTuple):
    """A folder to be compared, by the ids of its trees; None where there is no such folder."""

    folder: bytes
    tree: bytes | None
    others: Sequence[bytes | None]


class TreeComparison:
    """Compares trees, and remembers the latest that it read."""

    def __init__(self, objects: RawObjects, id_length: int) -> None:
        """`id_length` is that of an id in bytes."""
        self._objects = objects
        self._id_length = id_length
        self._no_blob = BlobId("00" * id_length)
        self._record = re.compile(rb"[0-7]+ [^\0]+\0.{%d}" % id_length, re.DOTALL)
        self._memo: dict[bytes, _Records] = {}
        self._remembered = 0

    def compare(self, tree: str, others: Sequence[str]) -> Comparison:
        """What the tree holds otherwise than every one of the others, and what all of them hold and it does not.

        What one of the others has below a tree that cannot be read counts as not there; what the tree itself has below
        such a one is not told.
        """
        found = Comparison([], [])
        steps = [_Step(b"", bytes.fromhex(tree), [bytes.fromhex(other) for other in others])]
        while steps:
            step = steps.pop()
            if step.tree is None or step.tree not in step.others:
                steps += self._compare_folder(step, found)
        return found

    def _compare_folder(self, step: _Step, found: Comparison) -> Iterator[_Step]:
        """Adds what differs in one folder to `found`; yields the folders below that may differ."""
        here = self._read(step.tree, step.folder, found)
        if here is None:
            return
        others = [self._read(other, step.folder, found) or frozenset() for other in step.others]
        new = list(map(self._split, here.difference(*others)))
        gone = [dict(map(self._split, other - here)) for other in others]
        lost = set.intersection(*map(set, gone)) - {name for name, _ in new} if gone else ()
        for name, entry in (*new, *((name, None) for name in lost)):
            path = step.folder + b"/" + name if step.folder else name
            yield from self._compare_entry(path, entry, [entries.get(name) for entries in gone], found)

    def _compare_entry(
        self, path: bytes, entry: _Entry | None, others: Sequence[_Entry | None], found: Comparison
    ) -> Iterator[_Step]:
        """Compares what one name stands for: here, if anything, and in the others, if anything."""
        if entry is not None and not entry.is_folder and entry not in others:
            found.differences.append(Difference(entry.mode, BlobId(entry.id.hex()), _path(path)))
        folders = [other.id if other and other.is_folder else None for other in others]
        if entry is not None and entry.is_folder:
            yield _Step(path, entry.id, folders)
        elif others and all(folders):
            yield _Step(path, None, folders)
        was_file = bool(others) and all(other and not other.is_folder for other in others)
        if was_file and (entry is None or entry.is_folder):
            found.differences.append(Difference(REMOVED, self._no_blob, _path(path)))

    def _split(self, record: bytes) -> tuple[bytes, _Entry]:
        mode, _, rest = record.partition(b" ")
        at = len(rest) - self._id_length
        return rest[: at - 1], _Entry(_usual_mode(mode), rest[at:])

    def _read(self, tree: bytes | None, folder: bytes, found: Comparison) -> _Records | None:
        """The records of a tree, of which there are none where there is no tree; None if it cannot be read."""
        if tree is None:
            return frozenset()
        records = self._memo.pop(tree, None)
        if records is None:
            raw = self._objects.tree(tree.hex())
            records = None if raw is None else self._parse(raw)
            if records is None:
                found.unread.append(Unread(tree.hex(), _path(folder)))
                return None
            self._remembered += len(records)
        self._memo[tree] = records  # as the latest
        while self._remembered > _MEMO:
            self._remembered -= len(self._memo.pop(next(iter(self._memo))))
        return records

    def _parse(self, raw: bytes) -> _Records | None:
        records = self._record.findall(raw)
        return frozenset(records) if b"".join(records) == raw else None


def _usual_mode(mode: bytes) -> str:
    """A mode as git takes it: old trees hold others, which mean one of today's."""
    bits = int(mode, 8)
    if bits & _KIND_BITS == _IS_FILE:
        return (Mode.EXECUTABLE if bits & _IS_EXECUTABLE else Mode.FILE).value
    return _KINDS.get(bits & _KIND_BITS, Mode.GITLINK.value)


def _path(path: bytes) -> RepoPath:
    return RepoPath(path.decode("utf-8", "surrogateescape"))
