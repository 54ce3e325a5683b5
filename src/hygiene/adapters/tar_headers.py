"""One header block of a tar: its fields as the formats v7, ustar, pax and GNU have them."""

import re
from typing import NamedTuple

from hygiene.adapters.archive_flaws import Flawed, broken

BLOCK = 512

_USTAR = b"ustar\0"
_CHECKSUM = slice(148, 156)
_OCTAL = re.compile(rb" *([0-7]*)[ \0]*\Z")
_OTHER_NUMBERS = (slice(108, 116), slice(116, 124), slice(136, 148), slice(329, 337), slice(337, 345))
"""Owner, group, time and device: of no interest, but where they are none some programs take the archive to end."""

_POSITIVE, _NEGATIVE = 0x80, 0xFF
"""How GNU's form begins for numbers that octal digits cannot hold, such as times before 1970."""


class TarHeader(NamedTuple):
    """What a header says.

    Attributes:
        name: with the prefix that ustar keeps apart.
        size: bytes of what follows the header.
        type: one byte; what it means is `tar_entries`' to know.
    """

    name: bytes
    mode: int
    size: int
    type: bytes
    target: bytes


def is_header(block: bytes) -> bool:
    """Whether this is a header, by its checksum."""
    return len(block) == BLOCK and any(block) and _has_checksum(block)


def parse_header(block: bytes) -> TarHeader:
    """The header in a block. Raises `Flawed` for what is none, or what programs read in different ways."""
    if not is_header(block):
        raise Flawed(broken("one of its headers is broken or cut off"))
    for field in _OTHER_NUMBERS:
        if block[field.start] != _NEGATIVE:
            _number(block[field])
    return TarHeader(
        name=_name(block),
        mode=_number(block[100:108]) & 0o7777,
        size=_number(block[124:136]),
        type=block[156:157],
        target=_text(block[157:257]),
    )


def _has_checksum(block: bytes) -> bool:
    """Old programs summed the bytes as signed ones."""
    rest = block[: _CHECKSUM.start] + b" " * 8 + block[_CHECKSUM.stop :]
    said = _OCTAL.match(block[_CHECKSUM])
    signed = sum(byte - 256 if byte > 127 else byte for byte in rest)
    return said is not None and bool(said[1]) and int(said[1], 8) in (sum(rest), signed)


def _name(block: bytes) -> bytes:
    name, prefix, magic = _text(block[:100]), _text(block[345:500]), block[257:263]
    if not prefix:
        return name
    if magic != _USTAR:
        raise Flawed(broken("one of its names is another one for programs that do not look at the format's version"))
    return prefix + b"/" + name


def _text(field: bytes) -> bytes:
    return field.partition(b"\0")[0]


def _number(field: bytes) -> int:
    if field[0] == _POSITIVE:
        return int.from_bytes(field[1:], "big")
    digits = _OCTAL.match(field)
    if digits is None:
        raise Flawed(broken("one of its headers has a number that is none"))
    return int(digits[1] or b"0", 8)
