"""The report for people at a terminal: what was audited, what was found where, what to do next, and the last word."""

from collections.abc import Iterable, Iterator, Sequence

from hygiene.model.finding import Unreadable
from hygiene.model.inventory import Gap
from hygiene.model.report import AuditReport, Outcome
from hygiene.model.rule import Disposition, RuleId
from hygiene.report.columns import wrapped
from hygiene.report.members import members_of
from hygiene.report.places import gather
from hygiene.report.quoting import plain
from hygiene.report.sizes import human
from hygiene.report.style import Ink, TextStyle
from hygiene.report.tally import outcome_of, tally
from hygiene.report.text_tables import category_table, place_table
from hygiene.report.wording import counted, gap_words, located, outcome_sentence, permitted_sentence

_LISTED = 10  # lines that a list under the tables may have
_LONGEST_PATH = 72  # columns, so that the reason behind it is not lost
_AROUND_PATH = 3  # columns that stand before and right behind a path

_OUTCOME_INKS = {Outcome.CLEAN: Ink.GOOD, Outcome.INCOMPLETE: Ink.LIKELY, Outcome.FINDINGS: Ink.CERTAIN}


def render_text(report: AuditReport, style: TextStyle) -> str:
    """The report in short, worst first. Lists are cut and say so; nothing that could not be read is left unsaid."""
    return "\n\n".join(_paragraphs(report, style)) + "\n"


def _paragraphs(report: AuditReport, style: TextStyle) -> Iterator[str]:
    headline = wrapped(_headline(report), style.width)
    yield "\n".join(style.palette.paint(Ink.HEADING, line) for line in headline)
    if report.findings:
        places = gather(report, members_of(report))
        yield category_table(report, style)
        yield place_table(places, style)
        yield _section("What to do next", _next_steps(report, places[0].rule), style)
    if report.cleared:
        yield "\n".join(wrapped(_cleared(report), style.width))
    if permitted := permitted_sentence(report):
        yield "\n".join(wrapped(f"{permitted} (--format json lists them)", style.width))
    if report.notes:
        yield _section("Notes", map(plain, report.notes), style)
    if report.unreadable:
        yield _section("Could not be looked into", _unreadable(report.unreadable, _longest_path(style)), style)
    if report.incomplete:
        yield _section("Incomplete", _gaps(report.incomplete, _longest_path(style)), style)
    ink = _OUTCOME_INKS[outcome_of(report, style.gate)]
    last = wrapped(outcome_sentence(report, style.gate), style.width)
    yield "\n".join(style.palette.paint(ink, line) for line in last)


def _headline(report: AuditReport) -> str:
    found = (
        f"Audit of {plain(report.revision)}: {counted(report.tracked, 'tracked file')}, {human(report.tracked_size)}"
    )
    if not report.findings:
        return found
    files = counted(tally(report.findings).files, "file")
    return f"{found}; {counted(len(report.findings), 'finding')} in {files}"


def _section(title: str, lines: Iterable[str], style: TextStyle) -> str:
    within = [f"  {part}" for line in lines for part in wrapped(line, style.width - 2)]
    return "\n".join([style.palette.paint(Ink.HEADING, title), *within])


def _next_steps(report: AuditReport, worst: RuleId) -> Iterator[str]:
    """Only commands that exist, in a form that is true whatever was audited."""
    yield f"`hygiene rule explain {plain(worst)}` tells what the rule means and what to do about it."
    yield "Add `--format markdown --output CLEANUP.md` to this command for the clean-up plan, with every exact path."
    to_decide = tally(each for each in report.findings if each.disposition is Disposition.DECIDE).files
    if to_decide:
        yield f"{counted(to_decide, 'file')} may be there on purpose: the plan lists what to decide."


def _cleared(report: AuditReport) -> str:
    meet = "file meets a rule and is" if len(report.cleared) == 1 else "files meet a rule and are"
    return f"{len(report.cleared):,} {meet} declared to belong here (--format json tells by what)."


def _longest_path(style: TextStyle) -> int:
    return min(_LONGEST_PATH, style.width - _AROUND_PATH)


def _unreadable(files: Sequence[Unreadable], longest_path: int) -> list[str]:
    return _cut([located(each.path, plain(each.reason), longest_path) for each in files[:_LISTED]], files)


def _gaps(gaps: Sequence[Gap], longest_path: int) -> list[str]:
    return _cut([located(gap.path, gap_words(gap), longest_path) for gap in gaps[:_LISTED]], gaps)


def _cut(lines: list[str], everything: Sequence[object]) -> list[str]:
    rest = len(everything) - len(lines)
    return [*lines, f"+{rest:,} more (--format json lists all)"] if rest else lines
