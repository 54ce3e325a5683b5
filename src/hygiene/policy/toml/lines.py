"""On which line of a TOML document each key stands, which `tomllib` does not tell."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import NamedTuple

KeyPath = tuple[str | int, ...]
"""A place in a document: the names of tables and keys, and the numbers of an array's elements, from 0."""

DEEPEST = 12
"""Parts of the longest place that is kept: no file of ours has half as many, and thousands of long ones take memory."""

# Written out without possessive quantifiers, which CPython before 3.11.4 gets wrong around groups; each loop's parts
# exclude each other and its end always comes, so that nothing is tried twice.
_STRINGS = r'''
    """ [^"\\]* (?: (?: \\. | "(?!"") ) [^"\\]* )* (?: "{3,5} | \\?\Z )
  | \'\'\' [^']* (?: '(?!'') [^']* )* (?: '{3,5} | \Z )
  | " [^"\\\n]* (?: \\. [^"\\\n]* )* (?: " | (?=\n) | \\?\Z )
  | ' [^'\n]* (?: ' | (?=\n) | \Z )
'''
_LEXEME = re.compile(
    rf"""
    (?P<text> {_STRINGS} )
  | (?P<note> \#[^\n]* )
  | (?P<end> \n )
  | (?P<sign> [\[\]{{}}=,.] )
  | (?P<bare> [^\s"'\#\[\]{{}}=,.]+ )
    """,
    re.VERBOSE | re.DOTALL,
)
_OPAQUE = re.compile(rf"{_STRINGS} | \#[^\n]*", re.VERBOSE | re.DOTALL)


def lines_of(text: str) -> Mapping[KeyPath, int]:
    """The line, from 1, on which each key, table and array element begins. Takes time in proportion to the text.

    A table that no header names stands where the first key in it does. Places deeper than `DEEPEST` are left out. The
    text must be one that `tomllib` accepts.
    """
    scan = _Scan()
    for lexeme in _lexemes(text):
        scan.take(lexeme)
    return scan.lines


def skeleton(text: str) -> str:
    """The document without what its strings and comments say, each line in its place."""
    return _OPAQUE.sub(lambda found: "\n" * found[0].count("\n"), text)


class _Lexeme(NamedTuple):
    kind: str
    text: str
    line: int
    start: int


class _Open(NamedTuple):
    """An array or inline table that has begun and not ended; `path` is its own."""

    sign: str
    path: KeyPath


class _Scan:
    """Reads a document from its start to its end, and keeps where it is: within which table, key and values."""

    def __init__(self) -> None:
        self.lines: dict[KeyPath, int] = {}
        self._table: KeyPath = ()
        self._key: list[str] = []
        self._in_value = False
        self._header = ""
        self._header_start = 0
        self._open: list[_Open] = []
        self._next: list[int] = []
        self._value: KeyPath = ()
        self._tables: dict[KeyPath, int] = {}

    def take(self, lexeme: _Lexeme) -> None:
        if lexeme.kind == "end":
            self._end_line()
        elif self._header:
            self._take_in_header(lexeme)
        elif self._in_value:
            self._take_in_value(lexeme)
        else:
            self._take_in_key(lexeme)

    def _end_line(self) -> None:
        if not self._open:
            self._key, self._in_value, self._header = [], False, ""

    def _take_in_header(self, lexeme: _Lexeme) -> None:
        if lexeme.text == "[" and lexeme.start == self._header_start + 1:
            self._header = "[["
        elif lexeme.text == "]" and lexeme.kind == "sign":
            if self._key:
                self._enter_table(lexeme.line)
            self._key = []
        elif lexeme.kind != "sign":
            self._key.append(_name(lexeme))

    def _enter_table(self, line: int) -> None:
        path = self._noted((), self._key[:-1], line)
        path = (*path, self._key[-1]) if self._header == "[[" else self._noted(path, self._key[-1:], line)
        if self._header == "[[":
            number = self._tables[path] = self._tables.get(path, -1) + 1
            self._note(path, line)
            path = (*path, number)
            self._note(path, line)
        self._table = path

    def _take_in_key(self, lexeme: _Lexeme) -> None:
        if lexeme.kind != "sign":
            self._key.append(_name(lexeme))
        elif lexeme.text == "=":
            above = self._open[-1].path if self._open else self._table
            self._value = self._noted(above, self._key, lexeme.line)
            self._key, self._in_value = [], True
        elif lexeme.text == "[":
            self._header, self._header_start = "[", lexeme.start
        elif lexeme.text == "}":
            self._close()

    def _take_in_value(self, lexeme: _Lexeme) -> None:
        """A value, or a part of one such as the `2` of `1.2`, or what stands between values."""
        if lexeme.kind == "sign" and lexeme.text in "]}":
            self._close()
        elif lexeme.kind == "sign" and lexeme.text == ",":
            self._go_on()
        else:
            self._begin_element(lexeme.line)
            if lexeme.kind == "sign" and lexeme.text in "[{":
                self._open.append(_Open(lexeme.text, self._value))
                self._next.append(0)
                self._in_value = lexeme.text == "["

    def _begin_element(self, line: int) -> None:
        if self._open and self._open[-1].sign == "[":
            self._value = (*self._open[-1].path, self._next[-1])
            self._note(self._value, line)

    def _go_on(self) -> None:
        if self._open and self._open[-1].sign == "[":
            self._next[-1] += 1
        else:
            self._in_value = False

    def _close(self) -> None:
        if self._open:
            self._open.pop()
            self._next.pop()
        self._key, self._in_value = [], True

    def _noted(self, above: KeyPath, key: list[str], line: int) -> KeyPath:
        """The path of a key, with each of its parts noted; of an array of tables the last one is meant."""
        for part in key:
            above = (*above, part)
            self._note(above, line)
            if above in self._tables:
                above = (*above, self._tables[above])
        return above

    def _note(self, path: KeyPath, line: int) -> None:
        if len(path) <= DEEPEST:
            self.lines.setdefault(path, line)


def _lexemes(text: str) -> Iterator[_Lexeme]:
    line = 1
    for found in _LEXEME.finditer(text):
        kind, said = found.lastgroup or "", found[0]
        if kind != "note":
            yield _Lexeme(kind, said, line, found.start())
        line += said.count("\n")


def _name(lexeme: _Lexeme) -> str:
    """What a part of a key is called."""
    if lexeme.kind == "bare":
        return lexeme.text
    if "\\" not in lexeme.text:
        return lexeme.text[1:-1]
    named = tomllib.loads(f"name = {lexeme.text}")["name"]
    return str(named)
