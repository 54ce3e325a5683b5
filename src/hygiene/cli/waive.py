"""`hygiene waive`: adds a reasoned permission to the configuration, and keeps all that people wrote there."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import click

from hygiene import wiring
from hygiene.adapters.clock import SystemClock
from hygiene.adapters.discovery import Reader
from hygiene.adapters.disk_store import write_atomically
from hygiene.adoption.waiver_plan import PlannedWaiver, WaiverAsked, planned_waivers
from hygiene.adoption.waiver_writing import problems_of, waiver_text, with_waiver
from hygiene.cli.options import config_option
from hygiene.cli.terminal import write_out
from hygiene.errors import BadWaiver, WaiverRefused
from hygiene.model.rule import RuleId
from hygiene.policy.configuration.file import own_table
from hygiene.report.quoting import shown

_NEW_FILE = "hygiene.toml"


def _day(_context: click.Context, _option: click.Parameter, value: datetime | None) -> date | None:
    return None if value is None else value.date()


@dataclass(frozen=True)
class Options:
    """The options of one call, under the names that click gives them."""

    paths: tuple[str, ...]
    rule: str
    reason: str
    blob: bool
    expires: date | None
    owner: str | None
    config: Path | None


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--rule", required=True, metavar="ID", help="The rule whose findings may pass.")
@click.option("--reason", required=True, metavar="TEXT", help="Why they may; people will read it.")
@click.option("--blob", is_flag=True, help="Only with the present content: a changed file is judged anew.")
@click.option(
    "--expires",
    type=click.DateTime(["%Y-%m-%d"]),
    callback=_day,
    metavar="YYYY-MM-DD",
    help="The last day on which it holds (UTC).",
)
@click.option("--owner", metavar="WHO", help="Who answers for it.")
@config_option
def waive(**given: object) -> None:
    """Let findings of one rule pass, with a reason, by a waiver in the configuration.

    PATH is a tracked file or folder, or a pattern in gitignore syntax from the repository's root. The waiver goes into
    the configuration file that the audit reads; where there is none, into a new hygiene.toml.
    """
    options = Options(**given)  # type: ignore[arg-type]  # click has checked each against the declarations above
    opened = wiring.repository(Path(), Reader.AUTO)
    root = opened.facts.work_dir
    if root is None:
        raise WaiverRefused("a bare repository has no configuration file to write to", "Do it in a clone.")
    decided = wiring.policy(opened, wiring.PolicySources(options.config))
    asked = _asked(options, decided.catalogue.get(options.rule).id, root)
    plan = planned_waivers(asked, opened.list_index().entries, decided.settings.waivers, SystemClock().today())
    # Where a file is named, it is the one that was read.
    label = (decided.settings.files or (_NEW_FILE,))[-1]
    file = options.config or root / label
    before = file.read_bytes().decode("utf-8") if file.exists() else ""
    write_atomically(file, _with_all(before, label, plan).encode("utf-8"))
    write_out("".join(f"{_told(label, each)}\n" for each in plan))


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


def _with_all(text: str, label: str, plan: Sequence[PlannedWaiver]) -> str:
    """The text of the configuration file with every waiver, as an audit accepts it; raises where that cannot be."""
    name = Path(label).name
    home = own_table(name)
    for each in plan:
        added = with_waiver(text, each.waiver, home)
        if added is None:
            lines = waiver_text(each.waiver, home).rstrip("\n")
            raise WaiverRefused(f"{label} has no place where this can be added safely:\n{lines}", "Add it by hand.")
        text = added
    problems = problems_of(name, text)
    if problems:
        raise BadWaiver(problems)
    return text


def _told(file: str, added: PlannedWaiver) -> str:
    files = "1 tracked file" if added.files == 1 else f"{added.files} tracked files"
    return f"{shown(file)}: waives {added.waiver.rule} for {shown(added.waiver.path)} ({files})"


def _place_below(root: Path) -> str:
    """The current folder, from the repository's root; empty where it is the root, or no part of the work tree."""
    here = Path(os.path.realpath(Path.cwd()))
    top = Path(os.path.realpath(root))
    return "/".join(here.relative_to(top).parts) if here.is_relative_to(top) else ""


def _without_root(path: str, root: Path) -> str:
    """A path as it was typed; of one that leads into the work tree from the disk's root, what follows the tree's."""
    tops = (str(root), os.path.realpath(root))
    return next((path.removeprefix(top) for top in tops if path.startswith(f"{top}/")), path)
