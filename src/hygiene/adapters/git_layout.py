"""Looks at the files of a git directory for features that an audit should know of. Opens regular files only."""

import os
import struct
from contextlib import suppress
from pathlib import Path

from hygiene.adapters.git_files import common_dir, head, lines
from hygiene.model.inventory import RepositoryFacts
from hygiene.model.layout import GitLayout, IndexLayout

_LARGEST_INDEX = 256 << 20

_ID_LENGTH = {"sha1": 20, "sha256": 32}
_HEADER = struct.Struct(">4sLL")
_EXTENSION = struct.Struct(">4sL")
_STAT_FIELDS = 40
"""Bytes of an entry before its object id: ten numbers of four bytes. Source: Git's `gitformat-index`."""
_IS_EXTENDED = 0x4000
_PATHS_ARE_SHORTENED = 4
"""From this version on a path says only how it differs from the one before, and nothing fills up to eight bytes."""


def read_layout(facts: RepositoryFacts) -> GitLayout:
    """What the files show. What cannot be read there counts as not being there; the reader of objects tells of that."""
    git_dir = facts.git_dir
    common = common_dir(git_dir)
    return GitLayout(
        index=_index_layout(head(git_dir / "index", _LARGEST_INDEX), _ID_LENGTH.get(facts.object_format, 20)),
        is_linked=common != git_dir,
        has_reftable=(common / "reftable").is_dir(),
        replacements=_replacements(common),
        has_grafts=bool(lines(common / "info" / "grafts")),
        borrows=len(lines(common / "objects" / "info" / "alternates")),
    )


def _replacements(common: Path) -> int:
    loose: set[str] = set()
    with suppress(OSError):
        loose = {name for name in os.listdir(common / "refs" / "replace") if not name.endswith(".lock")}  # noqa: PTH208 - names alone
    packed = {
        os.fsdecode(line.rpartition(b"/")[2]) for line in lines(common / "packed-refs") if b" refs/replace/" in line
    }
    return len(loose | packed)


def _index_layout(data: bytes, id_length: int) -> IndexLayout | None:
    if len(data) < _HEADER.size:
        return None
    signature, version, entries = _HEADER.unpack_from(data)
    if signature != b"DIRC":
        return None
    end = _end_of_entries(data, version, entries, id_length)
    return IndexLayout(version, frozenset() if end is None else _extensions(data, end, len(data) - id_length))


def _end_of_entries(data: bytes, version: int, entries: int, id_length: int) -> int | None:
    """Where the entries end; None where the file ends before they do."""
    at, flags_at = _HEADER.size, _STAT_FIELDS + id_length
    for _ in range(entries):
        flags = data[at + flags_at : at + flags_at + 2]
        is_extended = int.from_bytes(flags, "big") & _IS_EXTENDED
        name = at + flags_at + (4 if is_extended else 2)
        if version >= _PATHS_ARE_SHORTENED:
            name = _behind_number(data, name)
        end = data.find(b"\0", name)
        if end < 0:
            return None
        at = end + 1 if version >= _PATHS_ARE_SHORTENED else at + ((end - at) // 8 + 1) * 8
    return at


def _behind_number(data: bytes, at: int) -> int:
    """Where a number ends that goes on as long as its bytes have their highest bit."""
    while data[at : at + 1] >= b"\x80":
        at += 1
    return at + 1


def _extensions(data: bytes, at: int, end: int) -> frozenset[str]:
    found = set()
    while at + _EXTENSION.size <= end:
        name, size = _EXTENSION.unpack_from(data, at)
        found.add(name.decode("ascii", "replace"))
        at += _EXTENSION.size + size
    return frozenset(found)
