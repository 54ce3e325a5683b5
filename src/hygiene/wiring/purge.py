"""Joins what the plan of a purge needs: an audit of the history, and a look at what a rewriting would meet."""

from collections.abc import Sequence
from typing import NamedTuple

from hygiene.audit.court import Court
from hygiene.audit.engine import AuditRequest
from hygiene.history.purge_ground import PastSources, ground_of, reach_in
from hygiene.history.purge_plan import Chosen
from hygiene.history.purge_plan import purge_plan as plan_of
from hygiene.history.purge_reach import Rewriting
from hygiene.history.purge_selection import selected
from hygiene.model.criterion import Criterion
from hygiene.model.history import RootsAsked
from hygiene.model.purge import PurgePlan, PurgeTool
from hygiene.wiring.history import BegunReading, Historian


class PurgeAsked(NamedTuple):
    """What the command line says of a purge: of which history, what is to go, and which program is to do it."""

    roots: RootsAsked
    criteria: Sequence[Criterion]
    tool: PurgeTool


def purge_plan(historian: Historian, asked: PurgeAsked, court: Court, request: AuditRequest) -> PurgePlan:
    """The whole plan. Raises what reading a history raises, `NothingSelected` and `BadPattern`."""

    def plan(begun: BegunReading) -> PurgePlan:
        reading = begun.finish()
        report = historian.report(reading, court, request)
        chosen = Chosen(asked.criteria, selected(report, asked.criteria), asked.tool)
        paths = frozenset(finding.path for finding in chosen.findings)
        head = [entry for entry in reading.ever.present.entries if entry.path in paths]
        historian.progress.step("looking at what a purge would change")
        every = reading.history.every_root()
        sources = PastSources(historian.opened, reading.history, reading.ever.index, reading.roots.commits, every)
        ground = ground_of(sources, paths, head)
        reach = reach_in(sources, Rewriting(asked.tool, ground.givers))
        historian.progress.done()
        return plan_of(report, chosen, ground, reach)

    return historian.with_reading(asked.roots, plan)
