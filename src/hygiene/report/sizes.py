"""Numbers of bytes for people."""

_UNITS = ("KiB", "MiB", "GiB", "TiB", "PiB", "EiB")


def human(size: int) -> str:
    """The size in the largest binary unit that leaves at least 1.0, with one decimal: `512 B`, `1.2 MiB`."""
    if size < 1024:
        return f"{size} B"
    value, unit = size / 1024, 0
    while round(value, 1) >= 1024 and unit < len(_UNITS) - 1:
        value, unit = value / 1024, unit + 1
    return f"{value:.1f} {_UNITS[unit]}"


def human_known(size: int, files: int, unsized: int) -> str:
    """The size of files of which `unsized` have none that is known: `at least` says that it is a lower bound."""
    if unsized and unsized == files:
        return "size unknown"
    return f"at least {human(size)}" if unsized else human(size)


def human_short(size: int, files: int, unsized: int) -> str:
    """The same for a table: `≥` says that it is a lower bound, and `?` that nothing is known."""
    if unsized and unsized == files:
        return "?"
    return f"≥ {human(size)}" if unsized else human(size)
