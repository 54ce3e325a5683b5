"""Where reports go: the terminal, files, and the job summary of GitHub Actions."""

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import click

from hygiene.adapters.disk_store import append_to, write_atomically
from hygiene.cli.terminal import STABLE_WIDTH, palette, width, write_out
from hygiene.errors import NoJobSummary
from hygiene.model.gate import Gate
from hygiene.report import FORMATS
from hygiene.report.style import TextStyle

_SUMMARY = "github-summary"
_TO_STDOUT = ("github",)
"""What goes to stdout where no file is named: the runner reads it there."""


TextIn = Callable[[str, TextStyle], str]
"""The text of what is to be reported, in the format of that name."""


class Destination(NamedTuple):
    """One more report: its format, and its file; None for the place that its format has of its own."""

    format_name: str
    file: Path | None


class ReportOption(click.ParamType):  # type: ignore[type-arg]  # a generic only since click 8.4
    """`FORMAT=FILE`, or `FORMAT` alone where the format has a place of its own."""

    name = "report"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Destination:
        """The destination; a usage error that names what is wrong."""
        if isinstance(value, Destination):
            return value
        name, equals, file = str(value).partition("=")
        if name not in FORMATS:
            self.fail(f"{name!r} is no format; the formats are {', '.join(FORMATS)}", param, ctx)
        if not file and (equals or name not in (_SUMMARY, *_TO_STDOUT)):
            self.fail(f"{name} needs a file: {name}=FILE", param, ctx)
        return Destination(name, Path(file) if file else None)

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str:  # noqa: ARG002  # click's
        """How the help names it."""
        return "FORMAT[=FILE]"


class Delivery(NamedTuple):
    """The reports that were asked for: the main one, and more.

    `environment` is that of the process: the job summary's file, and what it says of colours.
    """

    main: Destination
    others: Sequence[Destination]
    color: str
    environment: Mapping[str, str]

    def require_places(self) -> None:
        """Raises `NoJobSummary` before any work is done for a summary that has nowhere to go."""
        wants_summary = any(each.format_name == _SUMMARY and each.file is None for each in self.others)
        if wants_summary and not self.environment.get("GITHUB_STEP_SUMMARY"):
            raise NoJobSummary

    def deliver(self, text_in: TextIn, gate: Gate) -> None:
        """Writes every report; the main one first. Raises `UnwritableOutput`."""
        stable = TextStyle(width=STABLE_WIDTH, gate=gate)
        if self.main.file is None:
            write_out(text_in(self.main.format_name, self._at_terminal(gate)))
        else:
            write_atomically(self.main.file, text_in(self.main.format_name, stable).encode("utf-8"))
        for each in self.others:
            self._deliver(text_in(each.format_name, stable), each)

    def _at_terminal(self, gate: Gate) -> TextStyle:
        return TextStyle(palette(self.color, sys.stdout, self.environment), width(sys.stdout), gate=gate)

    def _deliver(self, text: str, place: Destination) -> None:
        if place.file is not None:
            write_atomically(place.file, text.encode("utf-8"))
        elif place.format_name == _SUMMARY:
            append_to(Path(self.environment["GITHUB_STEP_SUMMARY"]), text.encode("utf-8"))
        else:
            write_out(text)
