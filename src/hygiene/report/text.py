"""The report for people at a terminal: what was audited, what was found where, what to do next, and the last word."""

from collections.abc import Iterator

from hygiene.model.inventory import THE_INDEX
from hygiene.model.report import AuditReport
from hygiene.model.rule import Disposition, RuleId
from hygiene.report.firmness import leaves
from hygiene.report.places import gather
from hygiene.report.quoting import plain
from hygiene.report.sizes import human
from hygiene.report.style import Ink, TextStyle
from hygiene.report.tally import tally
from hygiene.report.text_parts import closing, painted, section
from hygiene.report.text_tables import category_table, place_table
from hygiene.report.wording import counted
from hygiene.untrack.members import members_of


def render_text(report: AuditReport, style: TextStyle) -> str:
    """The report in short, worst first. Lists are cut and say so; nothing that could not be read is left unsaid."""
    return "\n\n".join(_paragraphs(report, style)) + "\n"


def _paragraphs(report: AuditReport, style: TextStyle) -> Iterator[str]:
    yield painted(Ink.HEADING, _headline(report), style)
    if report.findings:
        places = gather(report, members_of(report.groups, report.findings))
        yield category_table(report, style)
        yield place_table(places, style)
        yield section("What to do next", _next_steps(report, places[0].rule), style)
    yield from closing(report, style)


def _headline(report: AuditReport) -> str:
    found = (
        f"Audit of {plain(report.revision)}: {counted(report.tracked, 'tracked file')}, {human(report.tracked_size)}"
    )
    if not report.findings:
        return found
    files = counted(tally(report.findings).files, "file")
    return f"{found}; {counted(len(report.findings), 'finding')} in {files}"


def _next_steps(report: AuditReport, worst: RuleId) -> Iterator[str]:
    """Only commands that exist, in a form that is true whatever was audited."""
    yield f"`hygiene rule explain {plain(worst)}` tells what the rule means and what to do about it."
    if report.revision == THE_INDEX and any(map(leaves, report.findings)):
        yield "`hygiene untrack` shows what would leave the index and stay on disk, and does it with `--yes`."
    yield "Add `--format markdown --output CLEANUP.md` to this command for the clean-up plan, with every exact path."
    to_decide = tally(each for each in report.findings if each.disposition is Disposition.DECIDE).files
    if to_decide:
        yield f"{counted(to_decide, 'file')} may be there on purpose: the plan lists what to decide."
