"""The headers of a tar that only say more about the next one: pax records, and GNU's long names and targets."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from hygiene.adapters.archive_caps import MAX_EXTENSION, MAX_NAME
from hygiene.adapters.archive_flaws import Flawed, bomb, broken
from hygiene.adapters.tar_headers import BLOCK, TarHeader
from hygiene.adapters.unpacked_stream import UnpackedStream

PAX = b"x"
PAX_OF_ALL = b"g"
LONG_NAME = b"L"
LONG_TARGET = b"K"

TYPES = frozenset({PAX, PAX_OF_ALL, LONG_NAME, LONG_TARGET})

_NAME_KEYS = (b"path", b"linkpath")
_MEANT = (*_NAME_KEYS, b"size")
_SPARSE = (b"GNU.sparse.", b"SCHILY.realsize")
_LENGTH = re.compile(rb"([1-9][0-9]{0,7}) ")
_SIZE = re.compile(rb"[0-9]{1,19}")  # 19 digits hold every size of 63 bits
_LARGEST_OCTAL = 0o77777777777  # what a header's own field can say


class Extension(NamedTuple):
    """What is known of the next entry beside its own header.

    Attributes:
        types: of the headers that said so.
    """

    name: bytes | None = None
    target: bytes | None = None
    size: int | None = None
    types: frozenset[bytes] = frozenset()


def read_extension(stream: UnpackedStream, header: TarHeader, known: Extension) -> Extension:
    """What is known with this header, whose content follows in the stream. Raises `Flawed`."""
    if header.type in known.types:
        raise Flawed(broken("two headers in a row say different things of one entry"))
    content = _content(stream, header.size)
    if header.type == PAX_OF_ALL:
        _refuse_to_rename_all(content)
        return known
    known = known._replace(types=known.types | {header.type})
    said = _of_pax(content) if header.type == PAX else _of_gnu(header.type, content)
    if (said.name is not None and known.name is not None) or (said.target is not None and known.target is not None):
        raise Flawed(broken("one of its entries has two long names"))
    size = known.size if said.size is None else said.size
    return Extension(said.name or known.name, said.target or known.target, size, known.types)


def extended(header: TarHeader, known: Extension) -> TarHeader:
    """The header with what was said before it. Raises `Flawed` where it says another size itself."""
    size = known.size
    if size is not None and size != header.size and size <= _LARGEST_OCTAL:
        raise Flawed(broken("one of its entries has two sizes, so that programs find different entries after it"))
    return header._replace(
        name=header.name if known.name is None else known.name,
        target=header.target if known.target is None else known.target,
        size=header.size if size is None else size,
    )


def _content(stream: UnpackedStream, size: int) -> bytes:
    if size > MAX_EXTENSION:
        raise Flawed(bomb(f"a header in it has {size:,} bytes"))
    padded = size + -size % BLOCK
    content = stream.read(padded)
    if len(content) < padded:
        raise Flawed(broken("it is cut off"))
    return content[:size]


def _of_gnu(kind: bytes, content: bytes) -> Extension:
    text, end, _ = content.partition(b"\0")
    if not (text and end):  # some programs look for the end beyond the size
        raise Flawed(broken("a long name in it is empty or has no end"))
    _held_to_cap(text)
    return Extension(name=text) if kind == LONG_NAME else Extension(target=text)


def _of_pax(content: bytes) -> Extension:
    meant: dict[bytes, bytes] = {}
    for key, value in _records(content):
        if key.startswith(_SPARSE):
            raise Flawed(broken("it holds a sparse file, which programs unpack to different bytes"))
        if key in _MEANT:
            if key in meant or not value:
                raise Flawed(broken("a pax header in it says something twice, or takes back what it says"))
            meant[key] = value
    name, target = (meant.get(key) and _held_to_cap(meant[key]) for key in _NAME_KEYS)
    return Extension(name, target, _size(meant.get(b"size")))


def _size(digits: bytes | None) -> int | None:
    if digits is None:
        return None
    if not _SIZE.fullmatch(digits):
        raise Flawed(broken("a pax header in it has a size that is none"))
    return int(digits)


def _refuse_to_rename_all(content: bytes) -> None:
    for key, _ in _records(content):
        if key in _MEANT or key.startswith(_SPARSE):
            raise Flawed(broken("a pax header in it gives all entries one name or size"))


def _records(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The keys and values of a pax header: `length key=value` and a line feed each, the length that of all of it."""
    at = 0
    while at < len(content):
        length = _LENGTH.match(content, at)
        end = at + int(length[1]) if length else 0
        if length is None or not length.end() < end <= len(content) or content[end - 1] != ord("\n"):
            raise Flawed(broken("a pax header in it cannot be read"))
        key, is_given, value = content[length.end() : end - 1].partition(b"=")
        if not (key and is_given):
            raise Flawed(broken("a pax header in it cannot be read"))
        yield key, value
        at = end


def _held_to_cap(text: bytes) -> bytes:
    if len(text) > MAX_NAME:
        raise Flawed(bomb(f"a name in it has {len(text):,} bytes"))
    return text
