"""Which characters a person can see."""

import re

INVISIBLE = "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef"
"""As the inside of a regular expression's set: printable for Unicode, and yet nothing to see: fillers, joiners and
variation selectors. `str.isprintable` refuses all the rest: controls (C0, DEL, C1), format characters (bidi, zero
width, BOM), line separators, odd spaces, surrogates."""

_NOTHING_TO_SEE = re.compile(f"[{INVISIBLE}]")


def is_visible(character: str) -> bool:
    """Whether a person sees it, as what it is, wherever it is printed; a space is seen."""
    return character.isprintable() and not _NOTHING_TO_SEE.match(character)


def are_visible(text: str) -> bool:
    """Whether that holds for every character of the text."""
    return text.isprintable() and not _NOTHING_TO_SEE.search(text)
