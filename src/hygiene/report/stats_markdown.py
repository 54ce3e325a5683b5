"""The statistics of a history in Markdown."""

from collections.abc import Iterator

from hygiene.model.history import Month
from hygiene.model.paths import ROOT
from hygiene.model.statistics import HistoryStatistics, LargeBlob, Statistic
from hygiene.report.markdown_parts import bullets, gap_item, paragraphs, table
from hygiene.report.markdown_quoting import code_path, code_span, prose
from hygiene.report.sizes import human
from hygiene.report.stats_wording import LEGEND, TITLES, by_section, concerned, periods, read_sentence, value_of
from hygiene.report.style import TextStyle
from hygiene.report.wording import short_id


def render_stats_markdown(found: HistoryStatistics, style: TextStyle) -> str:  # noqa: ARG001  # all forms are asked alike
    """All of it; a name in it stays a name."""
    return paragraphs(*_sections(found)) + "\n"


def _sections(found: HistoryStatistics) -> Iterator[str]:
    yield "# Repository statistics"
    yield f"{prose(read_sentence(found))}. {prose(f'Written by hygiene {found.tool_version}')}."
    for about, lines in by_section(found.lines):
        yield paragraphs(f"## {TITLES[about]}", table(("", "value", "", "of"), map(_row, lines)))
    worrying = [f"**{line.concern.marks}** {line.label}: {prose(line.reason)}" for line in concerned(found)]
    if worrying:
        yield paragraphs("## What should worry somebody", f"{LEGEND}.", bullets(worrying))
    if found.largest:
        headers = ("size", "on the disk", "first in", "path")
        yield paragraphs("## Largest blobs", table(headers, map(_blob, found.largest)))
    if found.rewritten:
        rows = ((f"{each.times:,}", code_path(each.path)) for each in found.rewritten)
        yield paragraphs("## Most rewritten paths", table(("commits", "path"), rows))
    if found.months:
        columns = ("brought in", "blobs", "unpacked")
        yield paragraphs("## Growth", table(columns, map(_month, periods(found.months))))
    if found.incomplete:
        gaps = bullets(map(gap_item, found.incomplete))
        yield paragraphs("## Incomplete, so that the values are lower bounds", gaps)


def _row(line: Statistic) -> tuple[str, ...]:
    return line.label, value_of(line), line.concern.marks, _worst(line)


def _worst(line: Statistic) -> str:
    if line.worst is None:
        return ""
    return "the root itself" if line.worst == ROOT else code_path(line.worst)


def _blob(blob: LargeBlob) -> tuple[str, ...]:
    stored = "?" if blob.stored is None else human(blob.stored)
    return human(blob.size), stored, code_span(short_id(blob.commit)), code_path(blob.path)


def _month(month: Month) -> tuple[str, ...]:
    return month.month, f"{month.blobs:,}", human(month.size)
