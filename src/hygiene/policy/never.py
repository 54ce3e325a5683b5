"""What no rule may meet by its name: files that look like leftovers and are always meant."""

import tomllib
from functools import cache
from pathlib import Path

import msgspec

from hygiene.patterns.glob import parse_pattern
from hygiene.patterns.table import PatternTable


class NeverFlagged(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Patterns in gitignore syntax, and why a file that they match is meant."""

    why: str
    patterns: tuple[str, ...]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    never: tuple[NeverFlagged, ...]


@cache
def never_flagged() -> tuple[NeverFlagged, ...]:
    """The built-in list, in its own order. A mistake in it is a mistake in this program, and raises."""
    text = (Path(__file__).parent / "never.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), _File).never


@cache
def never_table() -> PatternTable:
    """All patterns of the list, compiled."""
    patterns = (parse_pattern(text) for entry in never_flagged() for text in entry.patterns)
    return PatternTable([pattern for pattern in patterns if pattern is not None])
