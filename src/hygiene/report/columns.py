"""Fitting text into a number of terminal columns: its width there, cuts with an ellipsis, bars, and tables."""

import re
from collections.abc import Iterable, Sequence
from enum import Enum, auto
from typing import NamedTuple

_EIGHTHS = " ▏▎▍▌▋▊▉"
_ELLIPSIS = "…"
_PAINT = re.compile(r"\033\[[0-9;]*m")


class Side(Enum):
    """Where a cell stands in its column."""

    LEFT = auto()
    RIGHT = auto()


class Column(NamedTuple):
    """One column of a table; its cells may be painted."""

    header: str
    cells: Sequence[str]
    side: Side = Side.LEFT

    @property
    def width(self) -> int:
        """How many terminal columns it takes."""
        return max(width_of(self.header), *(width_of(_PAINT.sub("", cell)) for cell in self.cells))

    @property
    def lines(self) -> list[str]:
        """The header, a rule under it and the cells, each as wide as the column."""
        width = self.width
        return [_padded(text, width, self.side) for text in (self.header, "-" * width, *self.cells)]


def width_of(text: str) -> int:
    """How many columns a printable text takes."""
    if text.isascii():
        return len(text)
    # Imported here: its tables take as long to load as judging a small commit, and most reports are ASCII.
    from wcwidth import wcswidth  # noqa: PLC0415

    return max(wcswidth(text), 0)


def cut_end(text: str, width: int) -> str:
    """The text, its end replaced by an ellipsis where it is wider than `width`."""
    return text if width_of(text) <= width else _fitting(text, width - 1) + _ELLIPSIS


def cut_middle(text: str, width: int) -> str:
    """The text, its middle replaced by an ellipsis where it is wider than `width`; of a path the end tells most.

    The last part of a path stays whole if it fits, so that the names in one folder can be told apart.
    """
    if width_of(text) <= width:
        return text
    name = text[text.rstrip("/").rfind("/") :]
    head = max(0, min((width - 1) // 3, width - 1 - width_of(name)))
    tail = _fitting(reversed(text), width - 1 - head)[::-1]
    return _fitting(text, head) + _ELLIPSIS + tail


def wrapped(text: str, width: int) -> list[str]:
    """The text in lines of that width, broken at spaces; a word that is wider stands alone."""
    lines: list[str] = []
    line = None
    for word in text.split(" "):
        longer = word if line is None else f"{line} {word}"
        if line is not None and width_of(longer) > width:
            lines.append(line)
            longer = word
        line = longer
    return [*lines, line or ""]


def bar(share: float, width: int) -> str:
    """A bar for a share between 0 and 1, in eighths of a column; a share above 0 is never invisible."""
    eighths = max(round(share * width * 8), 1 if share > 0 else 0)
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()


def in_columns(columns: Sequence[Column]) -> list[str]:
    """The table line by line, two spaces between cells, none at a line's end."""
    return ["  ".join(cells).rstrip() for cells in zip(*(column.lines for column in columns), strict=True)]


def _padded(text: str, width: int, side: Side) -> str:
    gap = " " * (width - width_of(_PAINT.sub("", text)))
    return gap + text if side is Side.RIGHT else text + gap


def _fitting(characters: Iterable[str], width: int) -> str:
    """As many of the characters, from the first, as fit."""
    from wcwidth import wcwidth  # noqa: PLC0415  # as above

    fit, used = [], 0
    for character in characters:
        used += max(wcwidth(character), 0)
        if used > width:
            break
        fit.append(character)
    return "".join(fit)
