"""`hygiene gitignore`: what the ignore files lack, as a difference; with `--write` in the files themselves."""

from dataclasses import dataclass
from pathlib import Path

import click

from hygiene import wiring
from hygiene.adapters.discovery import Reader
from hygiene.cli.options import (
    allow_incomplete_option,
    baseline_option,
    config_option,
    max_size_option,
    no_config_option,
    policy_rev_option,
    quiet_option,
    repository_argument,
    rules_option,
)
from hygiene.cli.request import judging
from hygiene.cli.terminal import progress, write_out
from hygiene.cli.untrack_options import confidence_option, select_option
from hygiene.errors import ExitStatus
from hygiene.model.criterion import Aspect, Criterion
from hygiene.ports import HistoricRepository
from hygiene.report.gitignore_text import review_text, written_text
from hygiene.untrack.ignore_review import IgnoreReview
from hygiene.untrack.scene import Asked
from hygiene.wiring.gitignore import ignore_review, write_edits


@dataclass(frozen=True)
class _Options:
    """The options of one call, under the names that click gives them."""

    repository: Path
    criteria: tuple[Criterion, ...]
    confidence: str | None
    write: bool
    config: Path | None
    no_config: bool
    policy_rev: str | None
    rules: tuple[Path, ...]
    max_size: int | None
    baseline: Path | None
    allow_incomplete: bool
    quiet: bool

    @property
    def asked(self) -> tuple[Criterion, ...]:
        """All that limits or names what is to be ignored."""
        least = () if self.confidence is None else (Criterion(Aspect.CONFIDENCE, self.confidence),)
        return (*self.criteria, *least)


@click.command(short_help="Add what the ignore files lack, and find idle lines.")
@repository_argument
@select_option
@confidence_option
@click.option("--write", is_flag=True, help="Change the files on disk; without it, nothing is changed.")
@config_option
@no_config_option
@policy_rev_option
@rules_option
@max_size_option
@baseline_option
@allow_incomplete_option
@quiet_option
@click.pass_context
def gitignore(context: click.Context, /, **given: object) -> None:
    """Show what the ignore files of the repository at or above REPO lack, so that what is to leave stays away.

    Prints a difference, then the lines that do nothing, and what is tracked although it is ignored. No file that stays
    tracked becomes ignored. The files are taken as they are on disk; --write changes them there, and stages nothing.
    """
    options = _Options(**given)  # type: ignore[arg-type]  # click has checked each against the declarations above
    opened = wiring.repository(options.repository, Reader.AUTO)
    review = _review(options, opened)
    write_out(review_text(review))
    if options.write:
        write_edits(opened, review.edits)
        write_out(written_text(review.edits))
    is_whole = options.allow_incomplete or not review.incomplete
    context.exit(ExitStatus.CLEAN if is_whole else ExitStatus.INCOMPLETE)


def _review(options: _Options, opened: HistoricRepository) -> IgnoreReview:
    decided, request = judging(options, opened, options.criteria)
    auditor = wiring.auditor(opened, decided, progress(quiet=options.quiet))
    return ignore_review(opened, auditor, request, Asked(options.asked, decided.settings.placeholders, deletes=False))
