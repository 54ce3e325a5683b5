"""The shape of one rule file, and everything that keeps a table from having it."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from enum import Enum
from typing import Annotated, Literal, NamedTuple, get_args

import msgspec

from hygiene.model.rule import Bucket, Category, Disposition, Need, Release

Text = Annotated[str, msgspec.Meta(min_length=1)]
Texts = tuple[Text, ...]


class Problem(NamedTuple):
    """One thing that is wrong at one key, and what is meant there."""

    key: str
    wrong: str
    meant: str


class MatchTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[match]`: see `hygiene.model.rule.Match`."""

    names: Texts = ()
    suffixes: Texts = ()
    folders: Texts = ()
    globs: Texts = ()
    exempt: Texts = ()
    content: Texts = ()
    needs: Need = Need.NAME


class ExamplesTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[examples]`: see `hygiene.model.rule.Examples`."""

    match: Texts
    ignore: Texts


class RuleTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A whole file: see `hygiene.model.rule.Rule`. No key names a program, a module or a file to read."""

    id: Text
    summary: Text
    why: Text
    producer: Text
    category: Category
    bucket: Bucket
    confidence: Literal["certain", "likely", "review"]
    severity: Literal["info", "low", "medium", "high", "critical"]
    disposition: Disposition
    release: Release
    examples: ExamplesTable
    match: MatchTable | None = None
    check: Text | None = None
    gitignore: Texts = ()
    references: Texts = ()


def read_table(table: Mapping[str, object]) -> RuleTable | tuple[Problem, ...]:
    """The rule that a parsed file states, or every problem that keeps it from stating one."""
    try:
        return msgspec.convert(table, RuleTable)
    except msgspec.ValidationError:
        return tuple(_problems(table, RuleTable, ""))


def nearest(word: str, known: Sequence[str]) -> tuple[str, ...]:
    """Up to three of the known words that `word` may have been meant to be, best first."""
    return tuple(get_close_matches(word[:_LONGEST_WORD], known))


_LONGEST_WORD = 80
"""difflib compares in quadratic time, and nobody mistypes a longer word."""


def _problems(table: Mapping[str, object], shape: type[msgspec.Struct], above: str) -> Iterator[Problem]:
    fields = {field.encode_name: field for field in msgspec.structs.fields(shape)}
    known = f"the keys here are {', '.join(fields)}"
    for key in table:
        if key not in fields:
            yield Problem(above + _cut(key), "unknown key", _suggestion(key, tuple(fields), known))
    for key, field in fields.items():
        if key in table:
            yield from _problems_at(above + key, table[key], field.type)
        elif field.required:
            yield Problem(above + key, "missing", _expectation(field.type))


def _problems_at(key: str, value: object, expected: object) -> Iterator[Problem]:
    shape = _struct_in(expected)
    if shape is not None and isinstance(value, Mapping):
        yield from _problems(value, shape, f"{key}.")
        return
    try:
        msgspec.convert(value, expected)
    except msgspec.ValidationError as error:
        words = _choices(expected)
        if words and isinstance(value, str):
            yield Problem(key, f"{_shown(value)} is not a choice", _suggestion(value, words, _expectation(expected)))
        else:
            yield Problem(key, _said(error), _expectation(expected))


def _struct_in(expected: object) -> type[msgspec.Struct] | None:
    kinds = (expected, *get_args(expected))
    return next((kind for kind in kinds if isinstance(kind, type) and issubclass(kind, msgspec.Struct)), None)


def _choices(expected: object) -> tuple[str, ...]:
    if isinstance(expected, type) and issubclass(expected, Enum):
        return tuple(str(member.value) for member in expected)
    return tuple(arg for arg in get_args(expected) if isinstance(arg, str))


def _expectation(expected: object) -> str:
    words = _choices(expected)
    if words:
        return f"one of {', '.join(words)}"
    shape = _struct_in(expected)
    if shape is not None:
        return f"a table with {', '.join(field.encode_name for field in msgspec.structs.fields(shape))}"
    return "an array of texts that are not empty" if expected == Texts else "a text that is not empty"


def _suggestion(word: str, known: Sequence[str], otherwise: str) -> str:
    meant = nearest(word, known)
    return f"did you mean {meant[0]!r}?" if meant else otherwise


def _said(error: msgspec.ValidationError) -> str:
    said = str(error).replace("`", "").replace(" - at $", " at ")
    return said[:1].lower() + said[1:]


def _shown(value: str) -> str:
    return repr(_cut(value))


def _cut(value: str) -> str:
    return value if len(value) <= _LONGEST_WORD else value[: _LONGEST_WORD - 1] + "…"
