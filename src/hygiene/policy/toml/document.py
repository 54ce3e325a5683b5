"""TOML that people wrote: read within limits that keep a hostile file from costing time or memory."""

import re
import tomllib
from collections.abc import Mapping
from functools import cached_property

from hygiene.policy.problem import Problem
from hygiene.policy.toml.lines import KeyPath, lines_of, skeleton

MAX_BYTES = 256 * 1024
"""No file that people wrote is larger; the parser holds a whole file in memory."""

MAX_DOTS_A_LINE = 100
"""A dotted key costs the parser the square of its parts: 20,000 of them take it six seconds."""

_PLACE = re.compile(r" \(at line (\d+), column (\d+)\)\Z")
_LONG_NUMBER = re.compile(r"[0-9_]{4000}")
_DEEP = 100
"""More tables or arrays within each other than anybody writes, and fewer than the parser can take."""


class TomlDocument:
    """One parsed document.

    Attributes:
        table: what it says.
        text: the document itself.
    """

    def __init__(self, table: Mapping[str, object], text: str) -> None:
        self.table = table
        self.text = text

    def line_of(self, path: KeyPath) -> int | None:
        """The line of the key, or of the nearest table above it that stands there; None where none does."""
        return next((self._lines[path[:end]] for end in range(len(path), 0, -1) if path[:end] in self._lines), None)

    @cached_property
    def _lines(self) -> Mapping[KeyPath, int]:
        """Found out when the first line is asked for: who has no complaint pays nothing."""
        return lines_of(self.text)


class BrokenToml(Exception):
    """The bytes are no TOML that anybody could have meant; `problem` says why, and `line` where, as far as known."""

    def __init__(self, wrong: str, meant: str, line: int | None = None) -> None:
        super().__init__(wrong)
        self.problem = Problem((), wrong, meant)
        self.line = line


def parse_toml(data: bytes, limit: int = MAX_BYTES) -> TomlDocument:
    """The document, with or without a byte order mark, with either kind of line end.

    Raises:
        BrokenToml: it is longer than `limit` bytes, not UTF-8, not TOML, or made to exhaust the parser.
    """
    text = _decoded(data, limit)
    _refuse_long_keys(text)
    try:
        return TomlDocument(tomllib.loads(text), text)
    except RecursionError:
        raise BrokenToml("is nested too deeply", "tables and arrays a few levels deep", _deep_line(text)) from None
    except tomllib.TOMLDecodeError as error:
        raise _explained(str(error), text) from None
    except ValueError as error:  # Python's refusal of an integer of thousands of digits, and dates such as 2027-02-30
        raise BrokenToml(f"is not TOML: {_first_sentence(error)}", "TOML 1.0", _long_number_line(text)) from None


def value_at(table: object, path: KeyPath) -> object:
    """What stands at a path below a parsed table; None where nothing does."""
    for part in path:
        table = table.get(part) if isinstance(table, Mapping) else None
    return table


def _decoded(data: bytes, limit: int) -> str:
    if len(data) > limit:
        raise BrokenToml("is too large", f"at most {limit // 1024} KiB")
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BrokenToml(f"is not UTF-8 at byte {error.start}", "UTF-8", line) from None


def _refuse_long_keys(text: str) -> None:
    if text.count(".") <= MAX_DOTS_A_LINE:
        return
    for number, line in enumerate(skeleton(text).split("\n"), start=1):
        if line.count(".") > MAX_DOTS_A_LINE:
            raise BrokenToml(
                f"has a line with more than {MAX_DOTS_A_LINE} dots",
                "short keys, and long arrays over several lines",
                number,
            )


def _explained(said: str, text: str) -> BrokenToml:
    """What the parser said, its place apart."""
    found = _PLACE.search(said)
    if found is None:  # it is at the end of the document
        return BrokenToml(f"is not TOML: {said}", "TOML 1.0", text.count("\n") + 1)
    return BrokenToml(f"is not TOML: {said[: found.start()]} (column {found[2]})", "TOML 1.0", int(found[1]))


def _first_sentence(error: ValueError) -> str:
    return str(error).partition(":")[0].partition(";")[0]


def _long_number_line(text: str) -> int | None:
    found = _LONG_NUMBER.search(text)
    return None if found is None else text.count("\n", 0, found.start()) + 1


def _deep_line(text: str) -> int | None:
    depth = 0
    for number, line in enumerate(skeleton(text).split("\n"), start=1):
        for sign in re.findall(r"[\[\]{}]", line):
            depth += 1 if sign in "[{" else -1
            if depth > _DEEP:
                return number
    return None
