"""Sizes as people write them."""

import re

LARGEST = 2**63 - 1
"""Bytes: no file system holds a larger file, and TOML no larger number."""

_UNITS = {"": 1, "b": 1, "k": 1024, "kib": 1024, "kb": 1000, "m": 1024**2, "mib": 1024**2, "mb": 1000**2}
_UNITS |= {"g": 1024**3, "gib": 1024**3, "gb": 1000**3}

PATTERN = r"([0-9]{1,15})(\.[0-9]{1,3})?\s*([KMGkmg]([Ii]?[Bb])?|[Bb])?"
"""A size without a blank around it, for those that know regular expressions alone: an editor that reads our schema."""
_SIZE = re.compile(PATTERN)

WRITTEN_SO = "write it as 5MiB, 500k or 1.5GB"
"""What a person is told whose size is none."""


def parse_size(text: str) -> int | None:
    """The bytes that `5MiB`, `500k` or `1.5 GB` means; None where it is no size.

    Units are binary, and decimal where the unit says so (`kB`, `MB`, `GB`), without regard to case.
    """
    found = _SIZE.fullmatch(text.strip())
    return None if found is None else int(float(found[1] + (found[2] or "")) * _UNITS[(found[3] or "").lower()])


def bytes_of(cap: int | str) -> int:
    """The bytes of a size cap with which nothing is wrong: a text, or the number itself."""
    return cap if isinstance(cap, int) else parse_size(cap) or 0


def wrong_with_cap(cap: int | str) -> str | None:
    """Why a number of bytes or a text is no cap of a file's size, for people; None where it is one."""
    if isinstance(cap, str) and parse_size(cap) is None:
        return f"{cap!r} is not a size"
    if bytes_of(cap) < 1:
        return "a size cap must be at least 1 byte"
    return "no file is so large" if bytes_of(cap) > LARGEST else None


def size_text(size: int) -> str:
    """The shortest text that `parse_size` reads as exactly so many bytes."""
    for unit in ("GiB", "MiB", "KiB"):
        if size and size % _UNITS[unit.lower()] == 0:
            return f"{size // _UNITS[unit.lower()]}{unit}"
    return str(size)
