"""The job summary of GitHub Actions for a history: what it costs, and as many rules' paths as fit."""

from collections.abc import Iterator

from hygiene.model.past import HistoryReport
from hygiene.report.github_summary import BUDGET
from hygiene.report.history_markdown import overview, path_sections
from hygiene.report.markdown_closing import closing_sections
from hygiene.report.markdown_parts import paragraphs
from hygiene.report.style import TextStyle
from hygiene.report.wording import counted


def render_history_summary(report: HistoryReport, style: TextStyle) -> str:
    """The parts of the Markdown report that a reviewer needs first, then paths as far as they fit into `BUDGET`."""
    head = paragraphs(*overview(report, style), *closing_sections(report.audit))
    return paragraphs(head, *_fitting(report, BUDGET - len(head.encode()))) + "\n"


def _fitting(report: HistoryReport, room: int) -> Iterator[str]:
    sections = list(path_sections(report))
    for number, section in enumerate(sections):
        room -= len(section.encode()) + 2
        if room < 0:
            left = counted(len(sections) - number, "rule")
            yield f"The paths of {left} more did not fit; `--format markdown` lists all."
            return
        yield section
