"""Days as people type them on a command line."""

import re
from datetime import date

import click

_WRITTEN_SO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MEANT = "write the day as 2027-01-31"


class Day(click.ParamType):  # type: ignore[type-arg]  # a generic only since click 8.4
    """A day such as `2027-01-31`."""

    name = "day"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day; a usage error that says how to write one otherwise."""
        if isinstance(value, date):
            return value
        text = str(value)
        if not _WRITTEN_SO.fullmatch(text):
            self.fail(f"{text!r} is no day; {_MEANT}", param, ctx)
        try:
            return date.fromisoformat(text)
        except ValueError:
            self.fail(f"the calendar has no {text}; {_MEANT}", param, ctx)
