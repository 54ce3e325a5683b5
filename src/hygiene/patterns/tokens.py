"""The text of one glob taken apart into tokens, by the rules of Git's wildmatch.

Git matches bytes. Here one character stands for one byte: text that is not ASCII is first turned into the string whose
code points are its bytes (`byte_text`), so that `?` is half an `é`, as it is for Git.

One rule changed in Git's life: before 2.52, `**` right after literal text (`foo**/bar`) was taken for the start of a
path part, so that the pattern also matched `foobar`. Here it means what gitignore(5) and later Gits say: `foo*/bar`.
"""

import re
from collections.abc import Iterable
from enum import Enum

_Reading = tuple["Token", int]
"""A token, and where the text goes on."""


class Wild(Enum):
    """The tokens that stand for any number of bytes."""

    STAR = "*"
    """Any bytes but a slash."""
    DEEP = "**"
    """Any bytes."""
    FOLDERS = "**/"
    """Nothing, or any bytes that end in a slash."""


Token = str | int | Wild
"""Literal text; or a number with a bit for each byte of which one must stand there; or a `Wild`."""

SLASH = 1 << ord("/")
EVERY_BYTE = (1 << 256) - 1
IN_A_NAME = EVERY_BYTE & ~SLASH

_SPECIAL = re.compile(r"[*?\[\\]")


def byte_text(text: str) -> str:
    """`text` with one character for each of its bytes in UTF-8; ASCII text is its own byte text.

    Raises:
        UnicodeEncodeError: for a lone surrogate that does not stand for a byte; no path that Git gave holds one.
    """
    return text if text.isascii() else text.encode("utf-8", "surrogateescape").decode("latin-1")


def path_text(text: str) -> str:
    """The path that this is the byte text of."""
    return text if text.isascii() else text.encode("latin-1").decode("utf-8", "surrogateescape")


def tokenize(glob: str) -> tuple[Token, ...] | None:
    """The tokens of a glob in byte text, in order, no two literals side by side; None where nothing can match it."""
    if not _SPECIAL.search(glob):
        return (glob,) if glob else ()
    tokens: list[Token] = []
    at = 0
    while at < len(glob):
        reading = _read(glob, at)
        if reading is None:
            return None
        token, at = reading
        _append(tokens, token)
    return tuple(tokens)


def within_name(tokens: Iterable[Token]) -> tuple[Token, ...]:
    """The tokens of a glob without a slash, which only ever sees names: `**` is nothing more than `*` there."""
    return tuple(Wild.STAR if token is Wild.DEEP else token for token in tokens)


def joined(tokens: Iterable[Token]) -> tuple[Token, ...]:
    """The same tokens with neighbouring literals made one."""
    together: list[Token] = []
    for token in tokens:
        _append(together, token)
    return tuple(together)


def _append(tokens: list[Token], token: Token) -> None:
    last = tokens[-1] if tokens else None
    if isinstance(token, str) and isinstance(last, str):
        tokens[-1] = last + token
    elif token is not Wild.FOLDERS or last is not Wild.FOLDERS:  # `**/**/` is `**/`
        tokens.append(token)


def _read(glob: str, at: int) -> _Reading | None:
    match glob[at]:
        case "*":
            return _read_stars(glob, at)
        case "?":
            return IN_A_NAME, at + 1
        case "[":
            return _read_set(glob, at + 1)
        case "\\":
            return (glob[at + 1], at + 2) if at + 1 < len(glob) else None
        case _:
            special = _SPECIAL.search(glob, at)
            end = special.start() if special else len(glob)
            return glob[at:end], end


def _read_stars(glob: str, at: int) -> _Reading:
    """A run of stars: it crosses slashes only if there are two or more, and they are a whole part of the path."""
    end = at
    while glob.startswith("*", end):
        end += 1
    opens_part = at == 0 or glob[at - 1] == "/"
    closes_part = end == len(glob) or glob.startswith(("/", "\\/"), end)
    if end - at == 1 or not opens_part or not closes_part:
        return Wild.STAR, end
    if glob.startswith("/", end):
        return Wild.FOLDERS, end + 1
    return Wild.DEEP, end


def _read_set(glob: str, at: int) -> _Reading | None:
    """A bracket expression, from after its `[`; None where it is never closed, or no byte of a name is in it."""
    negated = glob.startswith(("!", "^"), at)
    members = _Members(glob, at + 1 if negated else at)
    if not members.read():
        return None
    mask = (~members.mask if negated else members.mask) & IN_A_NAME
    if mask == 0:
        return None
    if mask.bit_count() == 1:
        return chr(mask.bit_length() - 1), members.at
    return mask, members.at


class _Members:
    """Reads what stands between the brackets. `left` is the byte that a `-` would make the start of a range."""

    def __init__(self, glob: str, start: int) -> None:
        self.mask = 0
        self.at = start
        self._glob = glob
        self._left = ""

    def read(self) -> bool:
        """Read up to the closing bracket and past it; False where the expression is broken."""
        start = self.at
        while self.at < len(self._glob):
            if self._glob[self.at] == "]" and self.at > start:
                self.at += 1
                return True
            if not self._read_member():
                return False
        return False

    def _read_member(self) -> bool:
        glob, at = self._glob, self.at
        if glob.startswith("[:", at) and not self._is_plain_bracket(at):
            return self._read_class()
        if glob[at] == "-" and self._left and glob[at + 1 : at + 2] not in ("", "]"):
            return self._read_range()
        member = self._read_byte()
        self.mask |= _bits(member, member)
        self._left = member
        return bool(member)

    def _read_byte(self) -> str:
        """One byte, perhaps after a backslash; empty where the backslash is the last of all."""
        if self._glob[self.at] == "\\":
            self.at += 1
        self.at += 1
        return self._glob[self.at - 1 : self.at]

    def _read_range(self) -> bool:
        self.at += 1
        right = self._read_byte()
        self.mask |= _bits(self._left, right)
        self._left = ""
        return bool(right)

    def _is_plain_bracket(self, at: int) -> bool:
        """Whether the `[:` here is closed by something else than `:]`, so that it is only two members."""
        close = self._glob.find("]", at + 2)
        return close == at + 2 or (close > 0 and self._glob[close - 1] != ":")

    def _read_class(self) -> bool:
        close = self._glob.find(":]", self.at + 2)
        members = _CLASSES.get(self._glob[self.at + 2 : close]) if close > 0 else None
        self.at = close + 2
        self.mask |= members or 0
        self._left = ""
        return members is not None


def _bits(first: str, last: str) -> int:
    """The bytes from `first` to `last`; none where one is missing or they are in the wrong order."""
    if not first or not last or first > last:
        return 0
    return (2 << ord(last)) - (1 << ord(first))


def _union(*ranges: str) -> int:
    mask = 0
    for ends in ranges:
        mask |= _bits(ends[0], ends[-1])
    return mask


_DIGIT, _UPPER, _LOWER = "09", "AZ", "az"
# What Git's own table says, in every locale: no vertical tab or form feed is a space, no byte from 0x80 on is anything.
_CLASSES = {
    "alnum": _union(_DIGIT, _UPPER, _LOWER),
    "alpha": _union(_UPPER, _LOWER),
    "blank": _union(" ", "\t"),
    "cntrl": _union("\x01\x1f", "\x7f"),
    "digit": _union(_DIGIT),
    "graph": _union("!~"),
    "lower": _union(_LOWER),
    "print": _union(" ~"),
    "punct": _union("!/", ":@", "[`", "{~"),
    "space": _union("\t\n", "\r", " "),
    "upper": _union(_UPPER),
    "xdigit": _union(_DIGIT, "AF", "af"),
}
