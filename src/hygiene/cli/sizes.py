"""Sizes as people type them on a command line."""

import re

import click

_UNITS = {"": 1, "b": 1, "k": 1024, "kib": 1024, "kb": 1000, "m": 1024**2, "mib": 1024**2, "mb": 1000**2}
_UNITS |= {"g": 1024**3, "gib": 1024**3, "gb": 1000**3}
_SIZE = re.compile(r"([0-9]{1,15})(?:\.([0-9]{1,3}))?\s*([A-Za-z]*)\Z")


class ByteSize(click.ParamType):  # type: ignore[type-arg]  # a generic only since click 8.4
    """A number of bytes such as `5MiB`, `500k` or `1.5 GB`: binary units, decimal ones where the unit says so."""

    name = "size"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The size in bytes; a usage error that names the text otherwise."""
        if isinstance(value, int):
            return value
        found = _SIZE.match(str(value).strip())
        if found is None or found[3].lower() not in _UNITS:
            self.fail(f"{str(value)!r} is not a size; write it as 5MiB, 500k or 1.5GB", param, ctx)
        size = int(float(f"{found[1]}.{found[2] or 0}") * _UNITS[found[3].lower()])
        if not size:
            self.fail("a cap of nothing would object to every file", param, ctx)
        return size
