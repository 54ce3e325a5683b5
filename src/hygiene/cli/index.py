"""`hygiene index`: what is kept of a repository's history between two audits."""

from pathlib import Path

import click

from hygiene import wiring
from hygiene.adapters.discovery import Reader
from hygiene.cli.options import reader_option, repository_argument
from hygiene.cli.terminal import write_out
from hygiene.report.quoting import shown
from hygiene.wiring.history import clear_index


@click.group(short_help="Clear what is kept of the history.")
def index() -> None:
    """What is kept of the history, so that the next audit of it reads only what is new."""


@index.command("clear", short_help="Remove the kept index of the history.")
@repository_argument
@reader_option
def clear(repository: Path, reader: str) -> None:
    """Remove what is kept of the history of the repository at or above REPO; the next audit reads all of it again."""
    file, was_there = clear_index(wiring.repository(repository, Reader(reader)))
    write_out(f"removed {shown(str(file))}\n" if was_there else f"there is no {shown(str(file))}\n")
