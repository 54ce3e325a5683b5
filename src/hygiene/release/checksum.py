"""The checksum beside an archive, as coreutils' `sha256sum` writes and checks it."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r"}
_ESCAPED = re.compile(r"\\([\\nr])")
_PLAIN_OF = {escaped[1]: plain for plain, escaped in _ESCAPES.items()}
_LINE = re.compile(r"(\\?)([0-9a-f]{64}) [ *]([^\n]+)\n?")


class Checksum(NamedTuple):
    """The sha256 of a file, in hexadecimal, and the file's name."""

    sha256: str
    name: str


def checksum_line(checksum: Checksum) -> str:
    """The one line that `sha256sum -c` reads in the archive's folder.

    A name that would break the line is escaped, with a backslash before the whole line. No name that a package gives
    its archive needs that; a file that the user names may.
    """
    escaped = "".join(_ESCAPES.get(character, character) for character in checksum.name)
    mark = "" if escaped == checksum.name else "\\"
    return f"{mark}{checksum.sha256}  {escaped}\n"


def checksums_in(text: str) -> Iterator[Checksum]:
    """What such lines say, also in binary mode; whatever else stands there says nothing."""
    for line in text.split("\n"):
        found = _LINE.fullmatch(line)
        if found:
            name = _ESCAPED.sub(lambda escape: _PLAIN_OF[escape[1]], found[3]) if found[1] else found[3]
            yield Checksum(found[2], name)
