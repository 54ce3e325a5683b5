"""What somebody may have meant who wrote a word that we do not know."""

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches

_LONGEST_WORD = 80
"""difflib compares in quadratic time, and nobody mistypes a longer word."""


def nearest(word: str, known: Sequence[str]) -> tuple[str, ...]:
    """Up to three of the known words that `word` may have been meant to be, best first."""
    return tuple(get_close_matches(word[:_LONGEST_WORD], known))


def suggestion(word: str, known: Sequence[str], otherwise: str) -> str:
    """The question whether the nearest of the known words was meant, or `otherwise` where none is near."""
    meant = nearest(word, known)
    return _question(meant[0]) if meant else otherwise


def key_suggestion(key: str, known: Mapping[str, Sequence[str]], otherwise: str) -> str:
    """As `suggestion`, for a key of a table: `known` holds its keys, each with those of the table that it is, if any.

    The order of the words does not count, nor that somebody left a table's name away: `max_size` means `size.max`.
    """
    meant: dict[str, str] = {_words(name): name for name in known}
    inner = [(name, below) for name, keys in known.items() for below in keys]
    for name, below in inner:
        meant.setdefault(_words(f"{name}.{below}"), f"{name}.{below}")
        meant.setdefault(_words(below), f"{name}.{below}")
    near = nearest(_words(key), tuple(meant))
    return _question(meant[near[0]]) if near else otherwise


def _words(key: str) -> str:
    return " ".join(sorted(re.split(r"[._-]", key[:_LONGEST_WORD])))


def _question(meant: str) -> str:
    return f"did you mean {meant!r}?"
