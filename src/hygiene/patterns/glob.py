"""One line in gitignore syntax, and whether it matches a path."""

from collections.abc import Iterable
from enum import Enum
from typing import NamedTuple

from hygiene.errors import BadPattern
from hygiene.model.paths import name_of
from hygiene.patterns.automaton import Glob
from hygiene.patterns.tokens import Token, byte_text, tokenize, within_name

MAX_BYTES = 4096
"""The longest pattern that is read; Linux allows no longer path."""
MAX_STARS = 128
"""The most stars that one pattern may have."""


class Kind(Enum):
    """What a path leads to, as far as patterns care."""

    FILE = "file"
    FOLDER = "folder"


class Pattern(NamedTuple):
    """One pattern. A tuple, not a dataclass: an ignore file may make 200,000 of them.

    Attributes:
        text: the line as written, without its line ending.
        negated: it begins with `!`: it brings back what an earlier pattern ignores.
        folders_only: it ends with a slash.
        anchored: it has a slash elsewhere too, so that it sees the whole path below its file, not only the name.
        line: where it stands in its file, from 1; 0 when it did not come from a file.
        tokens: what the glob itself says, without the marks above.
    """

    text: str
    negated: bool
    folders_only: bool
    anchored: bool
    line: int
    tokens: tuple[Token, ...]

    def matches(self, path: str, kind: Kind) -> bool:
        """Whether this pattern alone matches this very path, seen from the folder of the pattern's file.

        Nothing is said about what lies below a folder that matches. For many paths or patterns use a `PatternTable`.
        """
        if self.folders_only and kind is Kind.FILE:
            return False
        return Glob(self.tokens).matches(byte_text(path if self.anchored else name_of(path)))


def parse_pattern(text: str, line: int = 0) -> Pattern | None:
    """Read one line of an ignore file; None for a blank one, a comment, or a pattern that no path can match.

    Raises:
        BadPattern: the pattern is longer than `MAX_BYTES` bytes, or has more than `MAX_STARS` stars.
    """
    if not text or text[0] == "#":
        return None
    rest = _without_trailing_spaces(text)
    pattern = parse_bare_pattern(rest.removeprefix("!"), line)
    if pattern is None or pattern.text == text:
        return pattern
    return pattern._replace(text=text, negated=rest.startswith("!"))


def parse_patterns(texts: Iterable[str]) -> list[Pattern]:
    """Every one of these lines that is a pattern, in their order. Raises `BadPattern`."""
    return [pattern for pattern in map(parse_pattern, texts) if pattern is not None]


def parse_bare_pattern(text: str, line: int = 0) -> Pattern | None:
    """Read a pattern that stands alone: as `parse_pattern`, but `#`, `!` and spaces have no meaning of their own."""
    body = text.removesuffix("/")
    _refuse_excess(body)
    tokens = tokenize(byte_text(body.removeprefix("/")))
    if not tokens or _has_empty_part(tokens):
        return None
    anchored = "/" in body
    if not anchored:
        tokens = within_name(tokens)
    return Pattern(text, negated=False, folders_only=body != text, anchored=anchored, line=line, tokens=tokens)


def _has_empty_part(tokens: tuple[Token, ...]) -> bool:
    """Whether a part of the path would have to be empty, as for `//a`, `a//b` or `a//`; no path has such a part."""
    first, last = tokens[0], tokens[-1]
    literals = [token for token in tokens if isinstance(token, str)]
    return any("//" in literal for literal in literals) or (
        (isinstance(first, str) and first.startswith("/")) or (isinstance(last, str) and last.endswith("/"))
    )


def _refuse_excess(text: str) -> None:
    try:
        size = len(byte_text(text))
    except UnicodeEncodeError:
        raise BadPattern(text, "it holds a character that no path can hold") from None
    if size > MAX_BYTES:
        raise BadPattern(text, f"it has {size} bytes, and {MAX_BYTES} is the limit")
    if text.count("*") > MAX_STARS:
        raise BadPattern(text, f"it has {text.count('*')} stars, and {MAX_STARS} is the limit")


def _without_trailing_spaces(text: str) -> str:
    """Git drops spaces at the end, but keeps one that a backslash escapes; a tab is not a space."""
    bare = text.rstrip(" ")
    if len(bare) == len(text):
        return text
    backslashes = len(bare) - len(bare.rstrip("\\"))
    return text[: len(bare) + backslashes % 2]
