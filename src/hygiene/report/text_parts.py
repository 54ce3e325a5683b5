"""The building blocks of a report for people at a terminal, and the paragraphs that end every one of them."""

from collections.abc import Iterable, Iterator, Sequence

from hygiene.model.finding import Unreadable
from hygiene.model.inventory import Gap
from hygiene.model.report import AuditReport, Outcome
from hygiene.report.columns import wrapped
from hygiene.report.quoting import plain
from hygiene.report.style import Ink, TextStyle
from hygiene.report.tally import outcome_of
from hygiene.report.wording import gap_words, located, outcome_sentence, permitted_sentence

_LISTED = 10  # lines that a list under the tables may have
_LONGEST_PATH = 72  # columns, so that the reason behind it is not lost
_AROUND_PATH = 3  # columns that stand before and right behind a path

_OUTCOME_INKS = {Outcome.CLEAN: Ink.GOOD, Outcome.INCOMPLETE: Ink.LIKELY, Outcome.FINDINGS: Ink.CERTAIN}


def painted(ink: Ink, text: str, style: TextStyle) -> str:
    """The text in lines of the style's width, each in that ink."""
    return "\n".join(style.palette.paint(ink, line) for line in wrapped(text, style.width))


def paragraph(text: str, style: TextStyle) -> str:
    """The text in lines of the style's width."""
    return "\n".join(wrapped(text, style.width))


def section(title: str, lines: Iterable[str], style: TextStyle) -> str:
    """A title and lines under it, indented and broken to the style's width."""
    within = [f"  {part}" for line in lines for part in wrapped(line, style.width - 2)]
    return "\n".join([style.palette.paint(Ink.HEADING, title), *within])


def closing(report: AuditReport, style: TextStyle) -> Iterator[str]:
    """What was let pass, the notes, whatever could not be read, and last the outcome; lists are cut and say so."""
    if report.cleared:
        yield paragraph(_cleared(report), style)
    if permitted := permitted_sentence(report):
        yield paragraph(f"{permitted} (--format json lists them)", style)
    if report.notes:
        yield section("Notes", map(plain, report.notes), style)
    if report.unreadable:
        yield section("Could not be looked into", _unreadable(report.unreadable, longest_path(style)), style)
    if report.incomplete:
        yield section("Incomplete", gap_lines(report.incomplete, style), style)
    ink = _OUTCOME_INKS[outcome_of(report, style.gate)]
    yield painted(ink, outcome_sentence(report, style.gate), style)


def _cleared(report: AuditReport) -> str:
    meet = "file meets a rule and is" if len(report.cleared) == 1 else "files meet a rule and are"
    return f"{len(report.cleared):,} {meet} declared to belong here (--format json tells by what)."


def longest_path(style: TextStyle) -> int:
    """How many columns a path may take, so that there is room for what is said about it."""
    return min(_LONGEST_PATH, style.width - _AROUND_PATH)


def _unreadable(files: Sequence[Unreadable], longest: int) -> list[str]:
    return cut([located(each.path, plain(each.reason), longest) for each in files[:_LISTED]], files)


def gap_lines(gaps: Sequence[Gap], style: TextStyle) -> list[str]:
    """What could not be read and what to do about it, a line each; a long list is cut and says so."""
    return cut([located(gap.path, gap_words(gap), longest_path(style)) for gap in gaps[:_LISTED]], gaps)


def cut(lines: list[str], everything: Sequence[object]) -> list[str]:
    """The lines about the first of everything, and how many more there are."""
    rest = len(everything) - len(lines)
    return [*lines, f"+{rest:,} more (--format json lists all)"] if rest else lines
