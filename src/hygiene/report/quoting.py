"""Names from a repository in a form that is safe to print: Git's own quoting for text, and lossless fields for JSON.

A name may hold any byte but NUL. What a person could not see, or what a terminal would obey, is written as Git writes
it: C-style escapes, octal for bytes. A quoted name can be given back to Git wherever it reads quoted paths.
"""

import re

from hygiene.model.json_path import bytes_of
from hygiene.model.visible import INVISIBLE, is_visible

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

# What the log of a CI service takes for a command, though all of it can be seen: `::add-mask::x` where a line begins
# (and a line can be broken at any space), `##[error]x` and `##vso[task.complete]` anywhere.
_COMMAND = r"::(?<!\S::)|##(?=\w*\[)"
_COMMANDS = re.compile(_COMMAND)
_NEEDS_CARE = re.compile(f"[{INVISIBLE}]|{_COMMAND}")
_NEEDS_QUOTES = re.compile(f'["\\\\{INVISIBLE}]|{_COMMAND}')


def shown(path: str) -> str:
    r"""The path for people, on one line: as it is where nothing in it can mislead, else in Git's double quotes.

    Printable Unicode stays, so `naïve.txt` is shown bare and a path with an escape character as `"a\033[31m"`.
    """
    if path and path.isprintable() and path.strip(" ") == path and not _NEEDS_QUOTES.search(path):
        return path
    return quoted(path)


def quoted(path: str, also: str = "") -> str:
    """The path in Git's double quotes; the characters in `also` are written in octal too."""
    body = "".join(_octal(c) if c in also else _QUOTED_ESCAPES.get(c) or _visible(c) for c in path)
    return _COMMANDS.sub(_disarmed, f'"{body}"')


def plain(text: str) -> str:
    """A message that may hold names, on one line and without anything that a terminal obeys or that cannot be seen.

    Line breaks are escaped too, as a name could hold one: give a text of several lines line by line.
    """
    if text.isprintable() and not _NEEDS_CARE.search(text):
        return text
    return _COMMANDS.sub(_disarmed, "".join(_ESCAPES.get(character) or _visible(character) for character in text))


def json_text(text: str) -> str:
    """A message for JSON: what is not UTF-8 shows as U+FFFD, since a lone surrogate breaks strict readers."""
    return text if text.isascii() else bytes_of(text).decode("utf-8", "replace")


def _disarmed(command: re.Match[str]) -> str:
    return "".join(map(_octal, command[0]))


def _visible(character: str) -> str:
    return character if is_visible(character) else _octal(character)


def _octal(character: str) -> str:
    return "".join(f"\\{byte:03o}" for byte in bytes_of(character))
