"""Sizes as people type them on a command line."""

import click

from hygiene.policy.configuration.sizes import WRITTEN_SO, bytes_of, wrong_with_cap


class ByteSize(click.ParamType):  # type: ignore[type-arg]  # a generic only since click 8.4
    """A number of bytes such as `5MiB`, `500k` or `1.5 GB`: binary units, decimal ones where the unit says so."""

    name = "size"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The size in bytes; a usage error that names the text otherwise."""
        if isinstance(value, int):
            return value
        wrong = wrong_with_cap(str(value))
        if wrong is not None:
            self.fail(f"{wrong}; {WRITTEN_SO}", param, ctx)
        return bytes_of(str(value))
