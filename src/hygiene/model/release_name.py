"""What a release, its version and its targets may be called: words that every system takes as part of a file's name."""

import re

LONGEST = 100
"""Characters; an archive's name has two such words and what stands around them, and systems take 255 bytes."""

PATTERN = rf"[A-Za-z0-9]([A-Za-z0-9._+-]{{0,{LONGEST - 2}}}[A-Za-z0-9_+-])?"
"""Such a word, for those that know regular expressions alone: an editor that reads our schema. Windows drops dots at
the end of a name."""

_WORD = re.compile(PATTERN)


def is_release_name(word: str) -> bool:
    """Whether an archive's name can be made of this word."""
    return _WORD.fullmatch(word) is not None
