"""What somebody may have meant who wrote a word that we do not know."""

from collections.abc import Sequence
from difflib import get_close_matches

_LONGEST_WORD = 80
"""difflib compares in quadratic time, and nobody mistypes a longer word."""


def nearest(word: str, known: Sequence[str]) -> tuple[str, ...]:
    """Up to three of the known words that `word` may have been meant to be, best first."""
    return tuple(get_close_matches(word[:_LONGEST_WORD], known))


def suggestion(word: str, known: Sequence[str], otherwise: str) -> str:
    """The question whether the nearest of the known words was meant, or `otherwise` where none is near."""
    meant = nearest(word, known)
    return f"did you mean {meant[0]!r}?" if meant else otherwise
