"""Sizes as people write them."""

import re

_UNITS = {"": 1, "b": 1, "k": 1024, "kib": 1024, "kb": 1000, "m": 1024**2, "mib": 1024**2, "mb": 1000**2}
_UNITS |= {"g": 1024**3, "gib": 1024**3, "gb": 1000**3}
_SIZE = re.compile(r"([0-9]{1,15})(?:\.([0-9]{1,3}))?\s*([A-Za-z]*)\Z")

WRITTEN_SO = "write it as 5MiB, 500k or 1.5GB"
"""What a person is told whose size is none."""


def parse_size(text: str) -> int | None:
    """The bytes that `5MiB`, `500k` or `1.5 GB` means; None where it is no size.

    Units are binary, and decimal where the unit says so (`kB`, `MB`, `GB`), without regard to case.
    """
    found = _SIZE.match(text.strip())
    if found is None or found[3].lower() not in _UNITS:
        return None
    return int(float(f"{found[1]}.{found[2] or 0}") * _UNITS[found[3].lower()])


def size_text(size: int) -> str:
    """The shortest text that `parse_size` reads as exactly so many bytes."""
    for unit in ("GiB", "MiB", "KiB"):
        if size and size % _UNITS[unit.lower()] == 0:
            return f"{size // _UNITS[unit.lower()]}{unit}"
    return str(size)
