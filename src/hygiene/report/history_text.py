"""The report of a history for people at a terminal: what was found, what it still costs, since when and until when."""

from collections.abc import Iterator, Sequence

from hygiene.model.past import Growth, HistoryReport
from hygiene.model.rule import RuleId
from hygiene.report.costs import Presence, presence_of
from hygiene.report.growth_periods import MOST_PERIODS, periods
from hygiene.report.history_tables import BY_NO_COMMIT, cost_table, growth_table, past_table
from hygiene.report.history_wording import cost_words, found_words, judged_words, next_steps, presence_words
from hygiene.report.past_places import past_places
from hygiene.report.quoting import plain
from hygiene.report.style import Ink, TextStyle
from hygiene.report.text_parts import closing, painted, paragraph, section
from hygiene.report.wording import counted


def render_history_text(report: HistoryReport, style: TextStyle) -> str:
    """The report in short, worst first. Lists are cut and say so; nothing that could not be read is left unsaid."""
    return "\n\n".join(_paragraphs(report, style)) + "\n"


def _paragraphs(report: HistoryReport, style: TextStyle) -> Iterator[str]:
    yield painted(Ink.HEADING, _headline(report), style)
    if report.audit.findings:
        yield from _found(report, style)
    yield from closing(report.audit, style)


def _found(report: HistoryReport, style: TextStyle) -> Iterator[str]:
    presence, places = presence_of(report), past_places(report)
    yield paragraph(f"{presence_words(report, presence)} {cost_words(report)}", style)
    yield cost_table(report.accounts, style)
    yield (table := past_table(places, style))
    if BY_NO_COMMIT in table:
        yield paragraph(f"{BY_NO_COMMIT}: the file is on another root than HEAD, or a merge left it out.", style)
    if report.accounts.growth:
        yield _growth(report.accounts.growth, style)
    yield section("What to do next", _next_steps(report, presence, places[0].alike.rule), style)


def _headline(report: HistoryReport) -> str:
    judged = f"Audit of history ({plain(report.scope)}): {judged_words(report)}"
    return f"{judged}; {found}" if (found := found_words(report)) else judged


def _growth(growth: Sequence[Growth], style: TextStyle) -> str:
    found = periods(growth)
    earlier = found[:-MOST_PERIODS]
    table = growth_table(found[-MOST_PERIODS:], style)
    return f"{table}\n+{counted(len(earlier), 'earlier year')} (--format json lists every month)" if earlier else table


def _next_steps(report: HistoryReport, presence: Presence, worst: RuleId) -> Iterator[str]:
    yield from next_steps(report, presence)
    yield f"`hygiene rule explain {plain(worst)}` tells what the rule means and what to do about it."
    yield "Add `--format markdown --output HISTORY.md` to this command for every path with its commits and authors."
