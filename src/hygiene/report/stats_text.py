"""The statistics of a history as a page for people at a terminal."""

from collections.abc import Iterator, Sequence

from hygiene.model.history import Month, Rewritten
from hygiene.model.statistics import Concern, HistoryStatistics, LargeBlob, Statistic
from hygiene.report.columns import Column, Side, cut_middle, in_columns
from hygiene.report.quoting import shown
from hygiene.report.sizes import human
from hygiene.report.stats_wording import (
    LEGEND,
    TITLES,
    by_section,
    concerned,
    periods,
    read_sentence,
    value_of,
    worst_of,
)
from hygiene.report.style import Ink, TextStyle
from hygiene.report.text_parts import paragraph, section
from hygiene.report.text_tables import share_column
from hygiene.report.wording import gap_words, located, short_id

_INKS = {Concern.NOTE: Ink.REVIEW, Concern.WARNING: Ink.LIKELY, Concern.ALARM: Ink.CERTAIN}
_LONGEST_PATH = 72  # columns
_NARROWEST_PATH = 16  # columns
_BETWEEN = 2  # columns between two cells


def render_stats_text(found: HistoryStatistics, style: TextStyle) -> str:
    """All of it, within the style's width."""
    return "\n\n".join(part for part in _parts(found, style) if part) + "\n"


def _parts(found: HistoryStatistics, style: TextStyle) -> Iterator[str]:
    yield paragraph(read_sentence(found), style)
    yield _lines(found.lines, style)
    worrying = concerned(found)
    if worrying:
        yield section(LEGEND, (f"{line.concern.marks} {line.label}: {line.reason}" for line in worrying), style)
    yield _largest(found.largest, style) if found.largest else ""
    yield _rewritten(found.rewritten, style) if found.rewritten else ""
    yield _growth(periods(found.months), style) if found.months else ""
    if found.incomplete:
        gaps = (located(gap.path, gap_words(gap), _LONGEST_PATH) for gap in found.incomplete)
        yield section("Incomplete, so that the values are lower bounds", gaps, style)


def _lines(lines: Sequence[Statistic], style: TextStyle) -> str:
    """One table: a line of its own for the title of each section, as wide as the rest."""
    rows: list[tuple[str, Statistic | None]] = []
    for about, inside in by_section(lines):
        rows += [(TITLES[about], None), *((f"  {line.label}", line) for line in inside)]
    told = [line for _, line in rows]
    columns = [
        Column("", [label if line else style.palette.paint(Ink.HEADING, label) for label, line in rows]),
        Column("value", [value_of(line) if line else "" for line in told], Side.RIGHT),
        Column("", [_marks(line, style) if line else "" for line in told]),
    ]
    return "\n".join(
        in_columns([*columns, _fitted("of", [worst_of(line) if line else "" for line in told], columns, style)])
    )


def _marks(line: Statistic, style: TextStyle) -> str:
    ink = _INKS.get(line.concern)
    return style.palette.paint(ink, line.concern.marks) if ink else ""


def _largest(blobs: Sequence[LargeBlob], style: TextStyle) -> str:
    columns = [
        Column("size", [human(each.size) for each in blobs], Side.RIGHT),
        Column("on disk", ["?" if each.stored is None else human(each.stored) for each in blobs], Side.RIGHT),
        Column("first in", [short_id(each.commit) for each in blobs]),
    ]
    return "\n".join(
        in_columns([*columns, _fitted("largest blobs", [shown(each.path) for each in blobs], columns, style)])
    )


def _rewritten(paths: Sequence[Rewritten], style: TextStyle) -> str:
    columns = [Column("commits", [f"{each.times:,}" for each in paths], Side.RIGHT)]
    return "\n".join(
        in_columns([*columns, _fitted("most rewritten", [shown(each.path) for each in paths], columns, style)])
    )


def _growth(months: Sequence[Month], style: TextStyle) -> str:
    return "\n".join(
        in_columns(
            [
                Column("brought in", [each.month for each in months]),
                Column("blobs", [f"{each.blobs:,}" for each in months], Side.RIGHT),
                Column("unpacked", [human(each.size) for each in months], Side.RIGHT),
                *share_column([each.size for each in months], style),
            ]
        )
    )


def _fitted(header: str, paths: Sequence[str], beside: Sequence[Column], style: TextStyle) -> Column:
    """A last column of paths, cut to what the others leave."""
    taken = sum(column.width + _BETWEEN for column in beside)
    room = max(style.width - taken, _NARROWEST_PATH)
    return Column(header, [cut_middle(path, room) for path in paths])
