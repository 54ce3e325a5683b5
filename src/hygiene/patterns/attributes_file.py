"""A `.gitattributes` read as Git reads it."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from hygiene.errors import BadPattern
from hygiene.model.paths import ROOT, RepoPath, folder_of
from hygiene.patterns.glob import Pattern, parse_bare_pattern
from hygiene.patterns.ignore_file import lines_of
from hygiene.patterns.tokens import byte_text, path_text

State = str | bool | None
"""True: set. False: unset. None: said to be unspecified. Text: the value after `=`."""

_BLANK = " \t\r\n"
_TOO_LONG = 2048
"""Bytes from which on Git itself ignores a line."""
_MACRO = "[attr]"
_NAME = re.compile(r"[A-Za-z0-9_.][A-Za-z0-9_.-]*")
_QUOTED = re.compile(r'"((?:[^"\\]|\\(?:[abfnrtv"\\]|[0-3][0-7]{2}))*)"')
_ESCAPE = re.compile(r"\\(\d{3}|.)", re.DOTALL)
_ESCAPED = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


class Setting(NamedTuple):
    """One word of a line: what it says about one attribute."""

    name: str
    state: State


class AttributesFile(NamedTuple):
    """One attribute file. `patterns` and `settings` go together, one for each line that counts, in their order.

    Attributes:
        path: of the file itself; its patterns hold for the folder that it lies in.
        macros: what the file defines with `[attr]`; only the root's file may.
        skipped: the lines that are over a limit and have no effect here, with the reason; Git would heed them.
    """

    path: RepoPath
    patterns: tuple[Pattern, ...]
    settings: tuple[tuple[Setting, ...], ...]
    macros: Mapping[str, tuple[Setting, ...]]
    skipped: tuple[tuple[int, str], ...] = ()


class _Line(NamedTuple):
    """A line taken apart: the pattern or macro that it begins with, and the words after it."""

    subject: str
    settings: tuple[Setting, ...]


def parse_attributes_file(path: RepoPath, content: bytes) -> AttributesFile:
    """Read an attribute file, whatever bytes it holds; lines that Git calls invalid are left out, as Git does."""
    found: list[tuple[Pattern, tuple[Setting, ...]]] = []
    macros: dict[str, tuple[Setting, ...]] = {}
    skipped: list[tuple[int, str]] = []
    for number, line in _parsed(content):
        if line.subject.startswith(_MACRO) and line.subject != _MACRO:
            name = line.subject.removeprefix(_MACRO)
            if folder_of(path) == ROOT and _NAME.fullmatch(name):
                macros[name] = line.settings
            continue
        try:
            pattern = None if line.subject.startswith("!") else parse_bare_pattern(line.subject, number)
        except BadPattern as error:
            skipped.append((number, error.message))
            continue
        if pattern is not None:
            found.append((pattern, line.settings))
    patterns = tuple(pattern for pattern, _ in found)
    return AttributesFile(path, patterns, tuple(settings for _, settings in found), macros, tuple(skipped))


def _parsed(content: bytes) -> Iterator[tuple[int, _Line]]:
    for number, text in lines_of(content):
        rest = text.lstrip(_BLANK)
        if rest and not rest.startswith("#") and len(byte_text(text)) < _TOO_LONG:
            line = _parse_line(rest)
            if line is not None:
                yield number, line


def _parse_line(text: str) -> _Line | None:
    quoted = _QUOTED.match(text)
    if quoted:
        subject, rest = _unquoted(quoted[1]), text[quoted.end() :]
    else:
        subject = re.split(f"[{_BLANK}]", text, maxsplit=1)[0]
        rest = text[len(subject) :]
    settings = [_setting(word) for word in re.split(f"[{_BLANK}]+", rest.strip(_BLANK)) if word]
    valid = tuple(setting for setting in settings if setting is not None)
    return _Line(subject, valid) if len(valid) == len(settings) else None


def _unquoted(text: str) -> str:
    return path_text(_ESCAPE.sub(_unescape, byte_text(text)))


def _unescape(escape: re.Match[str]) -> str:
    what = escape[1]
    return chr(int(what, 8)) if what.isdigit() else _ESCAPED.get(what, what)


def _setting(word: str) -> Setting | None:
    """What one word says; None where its name is no attribute's."""
    sign = word[0] if word[0] in "-!" else ""
    name, equals, value = word[len(sign) :].partition("=")
    if not _NAME.fullmatch(name):
        return None
    if sign:
        return Setting(name, None if sign == "!" else False)
    return Setting(name, value if equals else True)
