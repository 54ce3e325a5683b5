"""`hygiene purge-plan`: writes what a rewriting tool needs to take findings out of the history; rewrites nothing."""

from dataclasses import dataclass
from pathlib import Path

import click

from hygiene import wiring
from hygiene.adapters.discovery import Reader
from hygiene.adapters.plan_folder import require_place, write_plan
from hygiene.cli.criteria import CriterionOption
from hygiene.cli.history_options import no_index_option, roots_of, roots_option
from hygiene.cli.options import (
    allow_incomplete_option,
    baseline_option,
    config_option,
    max_size_option,
    no_config_option,
    policy_rev_option,
    quiet_option,
    reader_option,
    repository_argument,
    rules_option,
)
from hygiene.cli.request import judging
from hygiene.cli.terminal import progress, write_out
from hygiene.errors import ExitStatus
from hygiene.model.criterion import Criterion
from hygiene.model.history import RootsAsked
from hygiene.model.purge import PurgePlan, PurgeTool
from hygiene.ports import HistoricRepository
from hygiene.report.purge_files import file_names, purge_files
from hygiene.report.purge_text import plan_summary
from hygiene.wiring.history import Historian
from hygiene.wiring.purge import PurgeAsked
from hygiene.wiring.purge import purge_plan as planned_by


@dataclass(frozen=True)
class _Options:
    """The options of one call, under the names that click gives them."""

    repository: Path
    criteria: tuple[Criterion, ...]
    tool: str
    output: Path
    roots: RootsAsked | None
    no_index: bool
    config: Path | None
    no_config: bool
    policy_rev: str | None
    rules: tuple[Path, ...]
    max_size: int | None
    baseline: Path | None
    allow_incomplete: bool
    reader: str
    quiet: bool


@click.command("purge-plan", short_help="Plan how to remove findings from the history.")
@repository_argument
@click.option(
    "--select",
    "criteria",
    type=CriterionOption(),
    multiple=True,
    metavar="ASPECT:VALUE",
    help="What is to go: category:NAME, rule:ID or path:PATTERN, which add up, and confidence:LEAST, which limits "
    "them; may be repeated.  [default: every certain finding that is to be untracked]",
)
@click.option(
    "--for",
    "tool",
    type=click.Choice([tool.value for tool in PurgeTool]),
    default=PurgeTool.FILTER_REPO.value,
    help="The program that is to rewrite the history.",
    show_default=True,
)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    metavar="DIR",
    help="Write the plan into DIR, which is new, empty or holds an older plan.",
)
@roots_option
@no_index_option
@config_option
@no_config_option
@policy_rev_option
@rules_option
@max_size_option
@baseline_option
@allow_incomplete_option
@reader_option
@quiet_option
@click.pass_context
def purge_plan(context: click.Context, /, **given: object) -> None:
    """Plan how to remove findings from the history of the repository at or above REPO, and rewrite nothing.

    DIR gets the file that the rewriting tool reads, plan.json, and PLAN.md: what goes, what stays and why, what it
    saves, which references and pull requests change, and every step with what to know before it.
    """
    options = _Options(**given)  # type: ignore[arg-type]  # click has checked each against the declarations above
    opened = wiring.repository(options.repository, Reader(options.reader))
    require_place(options.output, file_names(PurgeTool(options.tool)), opened.facts)
    plan = _plan(options, opened)
    write_plan(options.output, purge_files(plan))
    write_out(plan_summary(plan, str(options.output)))
    is_whole = options.allow_incomplete or not plan.incomplete
    context.exit(ExitStatus.CLEAN if is_whole else ExitStatus.INCOMPLETE)


def _plan(options: _Options, opened: HistoricRepository) -> PurgePlan:
    decided, request = judging(options, opened, options.criteria)
    historian = Historian(opened, progress(quiet=options.quiet))
    asked = PurgeAsked(roots_of(options.roots, no_index=options.no_index), options.criteria, PurgeTool(options.tool))
    return planned_by(historian, asked, wiring.court(decided), request)
