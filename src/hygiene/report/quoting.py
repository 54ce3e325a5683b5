"""Names from a repository in a form that is safe to print: Git's own quoting for text, and lossless fields for JSON.

A name may hold any byte but NUL. What a person could not see, or what a terminal would obey, is written as Git writes
it: C-style escapes, octal for bytes. A quoted name can be given back to Git wherever it reads quoted paths.
"""

import base64
import re
from typing import NamedTuple

_ESCAPES = {
    "\a": "\\a",
    "\b": "\\b",
    "\t": "\\t",
    "\n": "\\n",
    "\v": "\\v",
    "\f": "\\f",
    "\r": "\\r",
}
_QUOTED_ESCAPES = _ESCAPES | {'"': '\\"', "\\": "\\\\"}

# Printable for Unicode, and yet nothing to see: fillers, joiners and variation selectors. `str.isprintable` refuses all
# the rest: controls (C0, DEL, C1), format characters (bidi, zero width, BOM), line separators, odd spaces, surrogates.
_INVISIBLE = "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef"
_NOTHING_TO_SEE = re.compile(f"[{_INVISIBLE}]")
_NEEDS_QUOTES = re.compile(f'["\\\\{_INVISIBLE}]|\\A | \\Z|\\A\\Z')


def shown(path: str) -> str:
    r"""The path for people, on one line: as it is where nothing in it can mislead, else in Git's double quotes.

    Printable Unicode stays, so `naïve.txt` is shown bare and a path with an escape character as `"a\033[31m"`.
    """
    if path.isprintable() and not _NEEDS_QUOTES.search(path):
        return path
    return quoted(path)


def quoted(path: str, also: str = "") -> str:
    """The path in Git's double quotes; the characters in `also` are written in octal too."""
    return '"' + "".join(_octal(c) if c in also else _QUOTED_ESCAPES.get(c) or _visible(c) for c in path) + '"'


def plain(text: str) -> str:
    """A message that may hold names, on one line and without anything that a terminal obeys or that cannot be seen.

    Line breaks are escaped too, as a name could hold one: give a text of several lines line by line.
    """
    if text.isprintable() and not _NOTHING_TO_SEE.search(text):
        return text
    return "".join(_ESCAPES.get(character) or _visible(character) for character in text)


class JsonPath(NamedTuple):
    """A path for JSON: `text` is exact unless `b64` is there, which then is (base64 of the path's bytes)."""

    text: str
    b64: str | None


def json_path(path: str) -> JsonPath:
    """The path for JSON; bytes that are not UTF-8 show as U+FFFD in its text."""
    if path.isascii():
        return JsonPath(path, None)
    raw = _to_bytes(path)
    text = raw.decode("utf-8", "replace")
    return JsonPath(text, None if text == path else base64.b64encode(raw).decode("ascii"))


def json_text(text: str) -> str:
    """A message for JSON: what is not UTF-8 shows as U+FFFD, since a lone surrogate breaks strict readers."""
    return text if text.isascii() else _to_bytes(text).decode("utf-8", "replace")


def _visible(character: str) -> str:
    hidden = not character.isprintable() or _NOTHING_TO_SEE.match(character)
    return _octal(character) if hidden else character


def _octal(character: str) -> str:
    return "".join(f"\\{byte:03o}" for byte in _to_bytes(character))


def _to_bytes(text: str) -> bytes:
    """The bytes that Git has. A surrogate that stands for no byte, which no path holds, is kept apart from them."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")
