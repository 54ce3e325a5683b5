"""`hygiene history`: what was ever committed, in numbers."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import click

from hygiene import wiring
from hygiene.adapters.discovery import Reader
from hygiene.cli.history_options import no_index_option, roots_of, roots_option
from hygiene.cli.options import (
    allow_incomplete_option,
    color_option,
    quiet_option,
    reader_option,
    repository_argument,
)
from hygiene.cli.terminal import palette, progress, width, write_out
from hygiene.errors import ExitStatus
from hygiene.model.history import RootsAsked
from hygiene.report import STATS_FORMATS
from hygiene.report.style import TextStyle
from hygiene.wiring.history import Historian
from hygiene.wiring.statistics import history_statistics

_LONGEST_LIST = 1000


@dataclass(frozen=True)
class _Options:
    """The options of one call of `stats`, under the names that click gives them."""

    repository: Path
    format_name: str
    top: int
    roots: RootsAsked | None
    no_index: bool
    allow_incomplete: bool
    reader: str
    color: str
    quiet: bool


@click.group(short_help="Tell what was ever committed, in numbers.")
def history() -> None:
    """Tell what was ever committed, in numbers."""


@history.command("stats", short_help="Show how large the history is, and what is worst in it.")
@repository_argument
@click.option(
    "--format",
    "format_name",
    type=click.Choice(list(STATS_FORMATS)),
    default="table",
    help="Form of the page.",
    show_default=True,
)
@click.option(
    "--top",
    type=click.IntRange(0, _LONGEST_LIST),
    default=10,
    metavar="N",
    help="How many of the largest blobs and of the most rewritten paths to list.",
    show_default=True,
)
@roots_option
@no_index_option
@allow_incomplete_option
@reader_option
@color_option
@quiet_option
@click.pass_context
def stats(context: click.Context, /, **given: object) -> None:
    """Show on one page how large the repository at or above REPO and its history are, and what is worst in it.

    A value that somebody has published a limit for gets up to three marks, and the page says who and why.
    """
    options = _Options(**given)  # type: ignore[arg-type]  # click has checked each against the declarations above
    opened = wiring.repository(options.repository, Reader(options.reader))
    historian = Historian(opened, progress(quiet=options.quiet))
    found = history_statistics(historian, roots_of(options.roots, no_index=options.no_index), options.top)
    style = TextStyle(palette(options.color, sys.stdout, os.environ), width(sys.stdout))
    write_out(STATS_FORMATS[options.format_name](found, style))
    is_whole = options.allow_incomplete or not found.incomplete
    context.exit(ExitStatus.CLEAN if is_whole else ExitStatus.INCOMPLETE)
