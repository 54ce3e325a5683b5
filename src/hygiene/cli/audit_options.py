"""The options of `hygiene audit`: declared once, and what they may not say together."""

import os
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import click

from hygiene.cli.delivery import Delivery, Destination, ReportOption
from hygiene.cli.history_options import no_index_option, range_option, roots_of, roots_option
from hygiene.cli.options import (
    allow_incomplete_option,
    baseline_option,
    color_option,
    config_option,
    max_size_option,
    no_config_option,
    policy_rev_option,
    quiet_option,
    reader_option,
    repository_argument,
    rules_option,
)
from hygiene.model.history import RangeAsked, RootsAsked
from hygiene.model.rule import Confidence, ConfidenceWord
from hygiene.report import FORMATS

Function = TypeVar("Function", bound=Callable[..., object])


@dataclass(frozen=True)
class Options:
    """The options of one call, under the names that click gives them. None means that the option was left out."""

    repository: Path
    rev: str | None
    staged: bool
    format_name: str
    output: Path | None
    reports: tuple[Destination, ...]
    config: Path | None
    no_config: bool
    policy_rev: str | None
    rules: tuple[Path, ...]
    fail_on: ConfidenceWord | None
    max_size: int | None
    new_since: str | None
    history: bool
    roots: RootsAsked | None
    commits: RangeAsked | None
    no_index: bool
    baseline: Path | None
    write_baseline: bool
    ratchet: bool | None
    exit_zero: bool
    allow_incomplete: bool
    reader: str
    color: str
    quiet: bool

    def __post_init__(self) -> None:
        """Raises `click.UsageError` for options that contradict each other."""
        for option, is_given in (("--roots", self.roots is not None), ("--no-index", self.no_index)):
            if is_given and not self.history:
                raise click.UsageError(f"{option} says something of --history, which is not given")
        for one, other in self._contradictions():
            raise click.UsageError(f"{one} and {other} cannot be given together")
        for file, number in Counter(self._written()).items():
            if number > 1:
                raise click.UsageError(f"{number} things cannot be written to one file: {file}")

    @property
    def threshold(self) -> Confidence | None:
        """What `--fail-on` says."""
        return None if self.fail_on is None else Confidence.of(self.fail_on)

    @property
    def past(self) -> RootsAsked | RangeAsked | None:
        """Which part of the history is asked about; None where it is not."""
        return roots_of(self.roots, no_index=self.no_index) if self.history else self.commits

    def _written(self) -> list[Path]:
        files = [self.output, *(each.file for each in self.reports), self.baseline if self.write_baseline else None]
        return [file.absolute() for file in files if file is not None]

    def _contradictions(self) -> list[tuple[str, str]]:
        past = [("--history", self.history), ("--range", self.commits is not None)]
        partial = [("--staged", self.staged), ("--new-since", self.new_since is not None), *past]
        other_times = [("--rev", self.rev is not None), ("--staged", self.staged)]
        pairs = [
            (past[0], past[1]),
            (partial[0], other_times[0]),
            *((one, other) for one in past for other in [*other_times, partial[1], ("--ratchet", bool(self.ratchet))]),
            (("--config", self.config is not None), ("--no-config", self.no_config)),
            (("--policy-rev", self.policy_rev is not None), ("--no-config", self.no_config)),
            # A baseline says what was accepted of the whole; it is the work tree's file that is written.
            *((("--write-baseline", self.write_baseline), part) for part in partial),
            (("--write-baseline", self.write_baseline), ("--policy-rev", self.policy_rev is not None)),
            (("--ratchet", bool(self.ratchet)), ("--staged", self.staged)),
        ]
        return [(one, other) for (one, is_one), (other, is_other) in pairs if is_one and is_other]


_WHAT = [
    repository_argument,
    click.option("--rev", metavar="REV", help="Audit this commit or tree instead of the index."),
    click.option("--staged", is_flag=True, help="Judge only what is staged, as a pre-commit hook does."),
    click.option("--new-since", metavar="REV", help="Cap only files added or grown since the merge base with REV."),
    click.option("--history", is_flag=True, help="Judge everything that was ever committed, and tell what it costs."),
    roots_option,
    range_option,
    no_index_option,
]

_REPORTS = [
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
        "--report",
        "reports",
        type=ReportOption(),
        multiple=True,
        metavar="FORMAT[=FILE]",
        help="Another report beside it; may be repeated. `github` goes to stdout and `github-summary` to the job's "
        "summary where no FILE is named.",
    ),
]

_POLICY = [
    config_option,
    no_config_option,
    policy_rev_option,
    rules_option,
    max_size_option,
    baseline_option,
    click.option("--write-baseline", is_flag=True, help="Accept all present findings: write them to the baseline."),
    click.option(
        "--ratchet/--no-ratchet",
        default=None,
        help="Fail when findings or bytes of a category outgrow the baseline.",
    ),
]

_ENDING = [
    click.option(
        "--fail-on",
        type=click.Choice([each.word for each in reversed(Confidence)]),
        help="Least confidence that fails the audit.  [default: certain]",
    ),
    click.option("--exit-zero", is_flag=True, help="Exit 0 instead of 1 when there are findings."),
    allow_incomplete_option,
]

_SURROUNDINGS = [
    reader_option,
    color_option,
    quiet_option,
]


def delivery_of(options: Options) -> Delivery:
    """Where the reports go that these options ask for."""
    return Delivery(Destination(options.format_name, options.output), options.reports, options.color, os.environ)


def audit_options(function: Function) -> Function:
    """Gives a command all of them, in the order of its help."""
    for option in reversed([*_WHAT, *_REPORTS, *_POLICY, *_ENDING, *_SURROUNDINGS]):
        function = option(function)
    return function
