r"""Names and lines as scripts in pure ASCII hold them.

Two forms: a path as `git -c core.quotePath=true` prints it, which can be compared with what Git prints and given back
to it; and any line in the form that `printf %b` reads, with `\0ooo` for a byte and `\\` for a backslash.
"""

import re

from hygiene.model.json_path import bytes_of
from hygiene.model.paths import RepoPath

_NAMED = {7: r"\a", 8: r"\b", 9: r"\t", 10: r"\n", 11: r"\v", 12: r"\f", 13: r"\r", 34: r"\"", 92: r"\\"}
_OCTAL = {byte: f"\\{byte:03o}" for byte in (*range(32), *range(127, 256))}
_ESCAPES = _OCTAL | _NAMED
_BACKSLASH = 92
_SPACES_AT_END = re.compile(r" +\Z")


def path_as_git_prints_it(path: RepoPath) -> str:
    """The path as it is, or in double quotes where it holds what Git escapes: a quote, a backslash, no visible ASCII.

    A bare path holds no backslash, and a quoted one begins with a quote: no path begins with a backslash.
    """
    raw = bytes_of(path)
    body = "".join(_ESCAPES.get(byte) or chr(byte) for byte in raw)
    return f'"{body}"' if len(body) > len(raw) else body


def line_for_printf(line: str) -> str:
    """The line, without its ending, for `printf %b`; blanks at its end are escaped too, as nobody sees them."""
    body = "".join(_for_printf(byte) for byte in bytes_of(line))
    return _SPACES_AT_END.sub(lambda blanks: r"\0040" * len(blanks[0]), body)


def _for_printf(byte: int) -> str:
    if byte == _BACKSLASH:
        return r"\\"
    return f"\\0{byte:03o}" if byte in _OCTAL else chr(byte)
