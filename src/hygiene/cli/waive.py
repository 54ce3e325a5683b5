"""`hygiene waive`: adds a reasoned permission to the configuration, and keeps all that people wrote there."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

import click

from hygiene import wiring
from hygiene.adapters.clock import SystemClock
from hygiene.adapters.discovery import Reader
from hygiene.adapters.disk_store import content_of, replace_unchanged
from hygiene.adapters.sole_writer import sole_writer
from hygiene.adoption.waiver_effects import Effect, effects_of
from hygiene.adoption.waiver_plan import PlannedWaiver, WaiverAsked, planned_waivers
from hygiene.adoption.waiver_renewing import with_renewal
from hygiene.adoption.waiver_writing import Table, problems_of, waiver_text, with_waiver
from hygiene.audit.engine import AuditRequest
from hygiene.cli.day import Day
from hygiene.cli.options import config_option
from hygiene.cli.terminal import progress, say, write_out
from hygiene.errors import BadWaiver, WaiverRefused
from hygiene.model.finding import Finding
from hygiene.model.permit import Waiver
from hygiene.model.rule import RuleId
from hygiene.policy.configuration.file import own_table
from hygiene.ports import Repository
from hygiene.report.waiver_text import no_finding_line, notes, written_line

_NEW_FILE = "hygiene.toml"


@dataclass(frozen=True)
class Options:
    """The options of one call, under the names that click gives them."""

    paths: tuple[str, ...]
    rule: str
    reason: str
    blob: bool
    expires: date | None
    owner: str | None
    force: bool
    config: Path | None


class Draft(NamedTuple):
    """What is to be written into the configuration as it is at this moment.

    Attributes:
        there: the waivers that hold today.
        file: where it goes, which people know as `label`.
    """

    policy: wiring.Policy
    plan: Sequence[PlannedWaiver]
    there: Sequence[Waiver]
    file: Path
    label: str


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--rule", required=True, metavar="ID", help="The rule whose findings may pass.")
@click.option("--reason", required=True, metavar="TEXT", help="Why they may; people will read it.")
@click.option("--blob", is_flag=True, help="Only with the present content: a changed file is judged anew.")
@click.option("--expires", type=Day(), metavar="YYYY-MM-DD", help="The last day on which it holds (UTC).")
@click.option("--owner", metavar="WHO", help="Who answers for it.")
@click.option("--force", is_flag=True, help="Write it though there are only findings of other rules.")
@config_option
def waive(**given: object) -> None:
    """Let findings of one rule pass, with a reason, by a waiver in the configuration.

    PATH is a tracked file or folder, or a pattern in gitignore syntax from the repository's root. The waiver goes into
    the configuration file that the audit reads; where there is none, into a new hygiene.toml. One that is there for the
    same and has expired is renewed.
    """
    options = Options(**given)  # type: ignore[arg-type]  # click has checked each against the declarations above
    opened = wiring.repository(Path(), Reader.AUTO)
    if opened.facts.work_dir is None:
        raise WaiverRefused("a bare repository has no configuration file to write to", "Do it in a clone.")
    first = _draft(options, opened, opened.facts.work_dir)  # what cannot be meant is told before it takes time
    findings = _findings(opened, first.policy)
    with sole_writer(first.file):
        # Planned anew: another `hygiene waive` may have written what this one must keep.
        draft = _draft(options, opened, opened.facts.work_dir)
        effects = effects_of(draft.plan, findings, opened.list_index().entries, draft.there)
        if not options.force:
            _refuse_mistaken(effects)
        before = content_of(draft.file)
        text = _with_all((before or b"").decode("utf-8"), draft)
        replace_unchanged(draft.file, before, text.encode("utf-8"))
    write_out("".join(f"{written_line(draft.label, each)}\n" for each in effects))
    for note in (note for each in effects for note in notes(each)):
        say(note)


def _draft(options: Options, opened: Repository, root: Path) -> Draft:
    decided = wiring.policy(opened, wiring.PolicySources(options.config))
    asked = _asked(options, decided.catalogue.get(options.rule).id, root)
    today = SystemClock().today()
    waivers = decided.settings.waivers
    # Where a file is named, it is the one that was read.
    label = str(decided.settings.files[-1]) if decided.settings.files else _NEW_FILE
    return Draft(
        policy=decided,
        plan=planned_waivers(asked, opened.list_index().entries, waivers, today),
        there=[each for each in waivers if each.holds_on(today)],
        file=options.config or root / label,
        label=label,
    )


def _findings(opened: Repository, decided: wiring.Policy) -> Sequence[Finding]:
    """All of them, whatever lets them pass."""
    request = AuditRequest(size_caps=decided.settings.size_caps)
    return wiring.auditor(opened, decided, progress(quiet=False)).audit(request).findings


def _refuse_mistaken(effects: Sequence[Effect]) -> None:
    mistaken = [no_finding_line(each) for each in effects if each.is_mistaken]
    if mistaken:
        hint = "Name the rule of the finding with --rule; --force writes the waiver all the same."
        raise WaiverRefused("\n".join(mistaken), hint)


def _asked(options: Options, rule: RuleId, root: Path) -> WaiverAsked:
    return WaiverAsked(
        paths=[_without_root(path, root) for path in options.paths],
        here=_place_below(root),
        rule=rule,
        reason=options.reason,
        is_pinned=options.blob,
        expires=options.expires,
        owner=options.owner,
    )


def _with_all(text: str, draft: Draft) -> str:
    """The text of the configuration file with every waiver, as an audit accepts it; raises where that cannot be."""
    name = Path(draft.label).name
    home = own_table(name)
    for each in draft.plan:
        text = _with_one(text, each, draft.label, home)
    problems = problems_of(name, text)
    if problems:
        raise BadWaiver(problems)
    return text


def _with_one(text: str, planned: PlannedWaiver, label: str, home: Table) -> str:
    old = planned.renewed
    if old is not None:
        renewed = with_renewal(text, old, planned.waiver, home) if old.origin.file == label else None
        if renewed is None:
            what = f"{old.origin} waives {old.rule} for {old.path} until {old.expires}, and cannot be renewed from here"
            raise WaiverRefused(what, "Change its reason and its day there.")
        return renewed
    added = with_waiver(text, planned.waiver, home)
    if added is None:
        lines = waiver_text(planned.waiver, home).rstrip("\n")
        raise WaiverRefused(f"{label} has no place where this can be added safely:\n{lines}", "Add it by hand.")
    return added


def _place_below(root: Path) -> str:
    """The current folder, from the repository's root; empty where it is the root, or no part of the work tree."""
    here = Path(os.path.realpath(Path.cwd()))
    top = Path(os.path.realpath(root))
    return "/".join(here.relative_to(top).parts) if here.is_relative_to(top) else ""


def _without_root(path: str, root: Path) -> str:
    """A path as it was typed; of one that leads into the work tree from the disk's root, what follows the tree's."""
    tops = (str(root), os.path.realpath(root))
    return next((path.removeprefix(top) for top in tops if path.startswith(f"{top}/")), path)
