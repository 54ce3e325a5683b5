"""`hygiene untrack`: a plan by default, and on request all that it says; with the way back."""

import os
import sys

import click

from hygiene import __version__, wiring
from hygiene.adapters.discovery import Reader
from hygiene.adapters.disk_store import content_of, write_atomically
from hygiene.cli.request import judging
from hygiene.cli.terminal import palette, progress, say, width, write_out
from hygiene.cli.untrack_options import LATEST, Options, untrack_options
from hygiene.errors import ExitStatus, PlanChanged
from hygiene.model.untracking import UntrackPlan
from hygiene.ports import HistoricRepository
from hygiene.ports.checkout import Hooks
from hygiene.report import UNTRACK_FORMATS
from hygiene.report.commit_message import commit_message
from hygiene.report.pull_request import pull_request_body
from hygiene.report.receipts_json import receipts_json
from hygiene.report.receipts_text import (
    applied_text,
    besides_text,
    purged_text,
    receipts_table,
    recovered_text,
    undone_text,
)
from hygiene.report.style import TextStyle
from hygiene.report.untrack_json import untrack_json
from hygiene.report.untrack_scripts import EMITTERS, ScriptKind
from hygiene.report.untrack_wording import question
from hygiene.untrack.plan import Prepared
from hygiene.untrack.scene import Asked
from hygiene.wiring.untrack import CommitAsked, Untracker, Way

_FOR_PEOPLE = ("table", "markdown")


@click.command(short_help="Take generated files out of the index, and keep them on disk.")
@untrack_options
@click.pass_context
def untrack(context: click.Context, /, **given: object) -> None:
    """Show what would leave the index of the repository at or above REPO, and what keeps it out; with --yes do it.

    The files stay on disk. Placeholders and ignore rules are written with it, everything in one step that a kill leaves
    done or not done, and --undo takes all of it back.
    """
    options = Options(**given)  # type: ignore[arg-type]  # click has checked each against the declarations
    opened = wiring.repository(options.repository, Reader.AUTO)
    untracker = Untracker(opened, progress(quiet=options.quiet))
    for recovered in untracker.recover():
        _say_lines(recovered_text(recovered))
    if options.list_receipts:
        write_out(_listed(options, untracker))
    elif options.undo is not None:
        write_out(undone_text(untracker.undo(None if options.undo == LATEST else options.undo)))
    elif options.purge is not None:
        purged = untracker.purge(options.purge)
        write_out(purged_text(purged.receipt.id, purged.files))
    else:
        context.exit(_planned(options, opened, untracker))


def _listed(options: Options, untracker: Untracker) -> str:
    receipts, strangers = untracker.receipts(), untracker.strangers()
    if options.format_name == "json":
        return receipts_json(receipts, strangers, __version__)
    return receipts_table(receipts, strangers, _style(options))


def _planned(options: Options, opened: HistoricRepository, untracker: Untracker) -> ExitStatus:
    if options.branch is not None:
        untracker.require_new_branch(options.branch)
    prepared = _prepare(options, opened, untracker)
    plan = prepared.plan
    _require_saved(options, plan)
    _write_files(options, plan)
    if not options.yes or options.format_name not in _FOR_PEOPLE or plan.is_empty:
        write_out(_text(options, plan))
    if not plan.is_empty and _is_wanted(options, plan):
        tell = write_out if options.format_name in _FOR_PEOPLE else _say_lines
        done = untracker.apply(prepared, _way(options, plan))
        tell(applied_text(done) + besides_text(plan, options.backup))
    is_whole = options.allow_incomplete or not plan.incomplete
    return ExitStatus.CLEAN if is_whole else ExitStatus.INCOMPLETE


def _prepare(options: Options, opened: HistoricRepository, untracker: Untracker) -> Prepared:
    decided, request = judging(options, opened, options.criteria)
    auditor = wiring.auditor(opened, decided, progress(quiet=options.quiet))
    asked = Asked(options.asked, decided.settings.placeholders, options.delete)
    return untracker.prepare(auditor, request, asked)


def _require_saved(options: Options, plan: UntrackPlan) -> None:
    """A plan that was saved and looked at is done as it was, or not at all."""
    if options.plan is not None and not (options.plan.is_file() and content_of(options.plan) == _saved(plan)):
        raise PlanChanged(str(options.plan))


def _write_files(options: Options, plan: UntrackPlan) -> None:
    if options.save_plan is not None:
        write_atomically(options.save_plan, _saved(plan))
    if options.body is not None:
        write_atomically(options.body, pull_request_body(plan).encode())


def _saved(plan: UntrackPlan) -> bytes:
    return untrack_json(plan).encode()


def _text(options: Options, plan: UntrackPlan) -> str:
    if options.emit is not None:
        return EMITTERS[ScriptKind(options.emit)](plan)
    return UNTRACK_FORMATS[options.format_name](plan, _style(options))


def _style(options: Options) -> TextStyle:
    return TextStyle(palette(options.color, sys.stdout, os.environ), width(sys.stdout))


def _is_wanted(options: Options, plan: UntrackPlan) -> bool:
    """Whether somebody said yes: on the command line, or at a terminal that shows the plan."""
    if options.yes or options.dry_run or options.emit is not None:
        return options.yes
    is_seen = options.format_name in _FOR_PEOPLE and sys.stdin.isatty() and sys.stdout.isatty()
    return is_seen and not plan.obstacles and click.confirm(question(plan), err=True)


def _way(options: Options, plan: UntrackPlan) -> Way:
    hooks = Hooks.RUN if options.run_hooks else Hooks.SKIP
    commit = CommitAsked(commit_message(plan), options.branch, hooks) if options.makes_commit else None
    return Way(options.backup, commit)


def _say_lines(text: str) -> None:
    """Tells on stderr what would break the JSON on stdout."""
    for line in text.splitlines():
        say(line)
