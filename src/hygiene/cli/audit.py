"""`hygiene audit`: options in, report out, exit status."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import click

from hygiene import wiring
from hygiene.adapters.discovery import Reader
from hygiene.adapters.disk_store import write_atomically
from hygiene.audit.engine import DEFAULT_SIZE_CAP, AuditRequest
from hygiene.cli.sizes import ByteSize
from hygiene.cli.terminal import STABLE_WIDTH, palette, progress, width, write_out
from hygiene.errors import ExitStatus
from hygiene.model.gate import Gate
from hygiene.model.report import AuditReport, Outcome
from hygiene.model.rule import Confidence
from hygiene.report import FORMATS
from hygiene.report.style import TextStyle
from hygiene.report.tally import outcome_of

Function = TypeVar("Function", bound=Callable[..., object])

_STATUS_OF = {
    Outcome.CLEAN: ExitStatus.CLEAN,
    Outcome.FINDINGS: ExitStatus.FINDINGS,
    Outcome.INCOMPLETE: ExitStatus.INCOMPLETE,
}


@dataclass(frozen=True)
class Options:
    """The options of one call, under the names that click gives them."""

    repository: Path
    rev: str | None
    format_name: str
    output: Path | None
    fail_on: str
    exit_zero: bool
    allow_incomplete: bool
    max_size: int
    new_since: str | None
    rules: tuple[Path, ...]
    reader: str
    color: str
    quiet: bool

    @property
    def threshold(self) -> Confidence:
        """The confidence from which on a finding fails the audit."""
        return Confidence[self.fail_on.upper()]


_OPTIONS = [
    click.argument("repository", type=click.Path(path_type=Path, file_okay=False), default=Path(), metavar="[REPO]"),
    click.option("--rev", metavar="REV", help="Audit this commit or tree instead of the index."),
    click.option(
        "--format",
        "format_name",
        type=click.Choice(list(FORMATS)),
        default="table",
        help="Form of the report.",
        show_default=True,
    ),
    click.option(
        "--output",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Write the report to FILE, whole or not at all.",
    ),
    click.option(
        "--fail-on",
        type=click.Choice([str(each) for each in reversed(Confidence)]),
        default="certain",
        help="Least confidence that fails the audit.",
        show_default=True,
    ),
    click.option("--exit-zero", is_flag=True, help="Exit 0 instead of 1 when there are findings."),
    click.option("--allow-incomplete", is_flag=True, help="Exit 0 instead of 4 when something could not be read."),
    click.option(
        "--max-size",
        type=ByteSize(),
        default=DEFAULT_SIZE_CAP,
        metavar="SIZE",
        help="Size cap of one file.  [default: 5MiB]",
    ),
    click.option("--new-since", metavar="REV", help="Cap only files added or grown since the merge base with REV."),
    click.option(
        "--rules",
        type=click.Path(path_type=Path),
        multiple=True,
        metavar="PATH",
        help="More rules: a TOML file, or a folder of them.",
    ),
    click.option(
        "--reader",
        type=click.Choice([r.value for r in Reader]),
        default="auto",
        help="What reads the repository.",
        show_default=True,
    ),
    click.option(
        "--color",
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        help="Colour the table.",
        show_default=True,
    ),
    click.option("--quiet", "-q", is_flag=True, help="Show no progress."),
]


def _with_options(function: Function) -> Function:
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


@click.command()
@_with_options
@click.pass_context
def audit(context: click.Context, /, **given: object) -> None:
    """Say which tracked files are not source, why, how sure that is, and what should become of each.

    Looks at the index of the repository at or above REPO (default: here), and changes nothing.
    """
    options = Options(**given)  # type: ignore[arg-type]  # click has checked each against the declarations above
    auditor = wiring.auditor(
        options.repository, Reader(options.reader), wiring.catalogue(options.rules), progress(quiet=options.quiet)
    )
    report = auditor.audit(AuditRequest(options.rev, options.max_size, options.new_since))
    _deliver(FORMATS[options.format_name](report, _style(options)), options.output)
    context.exit(_status(report, options))


def _style(options: Options) -> TextStyle:
    if options.output is not None:
        return TextStyle(width=STABLE_WIDTH, gate=Gate(options.threshold))
    colours = palette(options.color, sys.stdout, os.environ)
    return TextStyle(palette=colours, width=width(sys.stdout), gate=Gate(options.threshold))


def _deliver(text: str, output: Path | None) -> None:
    if output is None:
        write_out(text)
    else:
        write_atomically(output, text.encode("utf-8"))


def _status(report: AuditReport, options: Options) -> ExitStatus:
    status = _STATUS_OF[outcome_of(report, Gate(options.threshold))]
    forgiven = {ExitStatus.FINDINGS: options.exit_zero, ExitStatus.INCOMPLETE: options.allow_incomplete}
    return ExitStatus.CLEAN if forgiven.get(status) else status
