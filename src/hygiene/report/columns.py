"""Fitting text into a number of terminal columns: its width there, cuts with an ellipsis, and bars."""

from collections.abc import Iterable

from wcwidth import wcswidth, wcwidth

_EIGHTHS = " ▏▎▍▌▋▊▉"
_ELLIPSIS = "…"


def width_of(text: str) -> int:
    """How many columns a printable text takes."""
    return len(text) if text.isascii() else max(wcswidth(text), 0)


def cut_end(text: str, width: int) -> str:
    """The text, its end replaced by an ellipsis where it is wider than `width`."""
    return text if width_of(text) <= width else _fitting(text, width - 1) + _ELLIPSIS


def cut_middle(text: str, width: int) -> str:
    """The text, its middle replaced by an ellipsis where it is wider than `width`; of a path the end tells most."""
    if width_of(text) <= width:
        return text
    head = (width - 1) // 3
    tail = _fitting(reversed(text), width - 1 - head)[::-1]
    return _fitting(text, head) + _ELLIPSIS + tail


def bar(share: float, width: int) -> str:
    """A bar for a share between 0 and 1, in eighths of a column; a share above 0 is never invisible."""
    eighths = max(round(share * width * 8), 1 if share > 0 else 0)
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()


def _fitting(characters: Iterable[str], width: int) -> str:
    """As many of the characters, from the first, as fit."""
    fit, used = [], 0
    for character in characters:
        used += max(wcwidth(character), 0)
        if used > width:
            break
        fit.append(character)
    return "".join(fit)
