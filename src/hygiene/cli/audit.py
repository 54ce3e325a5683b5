"""`hygiene audit`: options in, reports out, exit status."""

import os
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

import click

from hygiene import wiring
from hygiene.adapters.discovery import Reader
from hygiene.audit.allowing import Permits
from hygiene.audit.court import Court
from hygiene.audit.engine import AuditRequest
from hygiene.cli.audit_options import Options, audit_options, delivery_of
from hygiene.cli.baselining import refuse_incomplete, renew_baseline
from hygiene.cli.delivery import TextIn
from hygiene.cli.request import request_of
from hygiene.cli.terminal import progress
from hygiene.errors import ExitStatus
from hygiene.model.gate import Gate
from hygiene.model.history import RangeAsked, RootsAsked
from hygiene.model.past import HistoryReport
from hygiene.model.report import AuditReport, Outcome
from hygiene.policy.configuration.settings import Settings
from hygiene.ports import HistoricRepository, Repository
from hygiene.report import FORMATS, HISTORY_FORMATS
from hygiene.report.style import TextStyle
from hygiene.report.tally import outcome_of

_STATUS_OF = {
    Outcome.CLEAN: ExitStatus.CLEAN,
    Outcome.FINDINGS: ExitStatus.FINDINGS,
    Outcome.INCOMPLETE: ExitStatus.INCOMPLETE,
}


@click.command(short_help="Find the tracked files that are not source.")
@audit_options
@click.pass_context
def audit(context: click.Context, /, **given: object) -> None:
    """Say which tracked files are not source, why, how sure that is, and what should become of each.

    Looks at the index of the repository at or above REPO (default: here), and changes nothing but the files that
    --output, --report and --write-baseline name. With --history it looks at everything that was ever committed, and
    keeps what it read under the Git directory.
    """
    options = Options(**given)  # type: ignore[arg-type]  # click has checked each against the declarations
    delivery = delivery_of(options)
    delivery.require_places()
    opened = wiring.repository(options.repository, Reader(options.reader), _index(options))
    judged = _audited(options, opened) if options.past is None else _history(options, options.past, opened)
    delivery.deliver(judged.text_in, judged.gate)
    context.exit(_status(judged.report, judged.gate, options))


class _Judged(NamedTuple):
    """What came of an audit, and how each format tells it."""

    report: AuditReport
    gate: Gate
    text_in: TextIn


def _audited(options: Options, opened: Repository) -> _Judged:
    if options.staged:
        opened.begin_listing_staged()
    decided = wiring.policy(opened, _sources(options))
    report = _report(options, opened, decided)
    return _Judged(report, _gate(options, decided.settings), partial(_text, report))


def _report(options: Options, opened: Repository, decided: wiring.Policy) -> AuditReport:
    auditor = wiring.auditor(opened, decided, progress(quiet=options.quiet))
    permits = wiring.permits(opened, decided, _baseline(options))
    report = auditor.audit(_request(options, decided, permits))
    if not options.write_baseline:
        return report
    if report.incomplete and not options.allow_incomplete:
        refuse_incomplete()
        return report
    renew_baseline(report, permits, partial(wiring.write_accepted, opened, decided, options.baseline))
    return auditor.audit(_request(options, decided, wiring.permits(opened, decided, _baseline(options))))


def _history(options: Options, asked: RootsAsked | RangeAsked, opened: HistoricRepository) -> _Judged:
    # Imported here: a hook that judges what is staged has no time for it.
    from hygiene.wiring.history import Historian  # noqa: PLC0415

    decided = cache(partial(wiring.policy, opened, _sources(options)))

    def terms() -> tuple[Court, AuditRequest]:
        permits = wiring.permits(opened, decided(), _baseline(options))
        return wiring.court(decided()), _request(options, decided(), permits)

    past = Historian(opened, progress(quiet=options.quiet)).audit(asked, terms)
    return _Judged(past.audit, _gate(options, decided().settings), partial(_text_of_history, past))


def _text(report: AuditReport, name: str, style: TextStyle) -> str:
    return FORMATS[name](report, style)


def _text_of_history(report: HistoryReport, name: str, style: TextStyle) -> str:
    return HISTORY_FORMATS[name](report, style)


def _index(options: Options) -> Path | None:
    """The index that a running `git commit` is making, which it names to its hooks."""
    named = os.environ.get("GIT_INDEX_FILE") if options.staged else None
    return Path(named) if named else None


def _sources(options: Options) -> wiring.PolicySources:
    return wiring.PolicySources(options.config, not options.no_config, options.policy_rev, options.rules)


def _baseline(options: Options) -> wiring.BaselineAsked:
    is_needed = not options.write_baseline and not options.staged
    return wiring.BaselineAsked(options.baseline, options.ratchet, is_needed)


def _request(options: Options, decided: wiring.Policy, permits: Permits) -> AuditRequest:
    asked = request_of(decided, options.max_size, permits)
    return replace(asked, revision=options.rev, staged=options.staged, new_since=options.new_since)


def _gate(options: Options, settings: Settings) -> Gate:
    return settings.gate if options.threshold is None else replace(settings.gate, fail_on=options.threshold)


def _status(report: AuditReport, gate: Gate, options: Options) -> ExitStatus:
    status = _STATUS_OF[outcome_of(report, gate)]
    forgiven = {ExitStatus.FINDINGS: options.exit_zero, ExitStatus.INCOMPLETE: options.allow_incomplete}
    return ExitStatus.CLEAN if forgiven.get(status) else status
