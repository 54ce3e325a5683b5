"""The two tables of the report for people: what was found by category, and where."""

from collections.abc import Iterator, Sequence
from enum import Enum, auto
from typing import NamedTuple

from hygiene.model.finding import Group
from hygiene.model.report import AuditReport
from hygiene.model.rule import Confidence, Disposition
from hygiene.report.columns import Column, Side, bar, cut_end, cut_middle, in_columns, wrapped
from hygiene.report.places import Places
from hygiene.report.quoting import plain, shown
from hygiene.report.sizes import human_short
from hygiene.report.style import Ink, Palette, TextStyle
from hygiene.report.tally import tally, tally_by_category
from hygiene.report.wording import TO_DO, counted

_WHERE = "rule / where"
_HEADER_LINES = 2
_WIDE = 100  # columns from which on there is room for long bars and long words
_NARROW = 72  # columns below which there is room for neither bars nor what to do
_BAR, _SHORT_BAR = 16, 6
_NARROWEST = 20  # columns for a place, however narrow the terminal
_DETAILS = (1, 1, 3)  # how many places a rule shows, as far as there is room; the first time without the reason
_BETWEEN = 2  # columns between two cells
_REASONS = 3  # reasons of one kind that one place shows
_REASON_LINES = 3  # lines that one of them may take

_SHORT_TO_DO = {
    Disposition.DELETE_AND_UNTRACK: "delete",
    Disposition.UNTRACK: "untrack",
    Disposition.DECIDE: "decide",
    Disposition.KEEP: "keep",
}


class Kind(Enum):
    """What a line of the table of places tells."""

    RULE = auto()
    PLACE = auto()
    REASON = auto()


class Row(NamedTuple):
    """One line of the table of places, its place not yet cut to fit."""

    kind: Kind
    where: str
    files: str = ""
    size: str = ""
    confidence: Confidence | None = None
    to_do: Disposition | None = None


def category_table(report: AuditReport, style: TextStyle) -> str:
    """Files, bytes and confidence of each category that has findings, most bytes first."""
    tallies = tally_by_category(report.findings)
    order = sorted(tallies, key=lambda category: (-tallies[category].size, -tallies[category].files, category))
    found = [tallies[category] for category in order]
    return "\n".join(
        in_columns(
            [
                Column("category", order),
                Column("files", [f"{each.files:,}" for each in found], Side.RIGHT),
                Column("size", [human_short(each.size, each.files, each.unsized) for each in found], Side.RIGHT),
                *share_column([each.size for each in found], style),
                _numbers(Ink.CERTAIN, [each.certain for each in found], style),
                _numbers(Ink.LIKELY, [each.likely for each in found], style),
                _numbers(Ink.REVIEW, [each.review for each in found], style),
            ]
        )
    )


def place_table(places: Sequence[Places], style: TextStyle, to_do: str = "what to do") -> str:
    """What was found where, worst first: for each rule its largest places and the reason, within the style's lines.

    `to_do` is what the column of dispositions is called.
    """
    fit = places[: style.rows]
    rows = _rows_within(fit, style.rows)
    lines = _place_lines(rows, style, to_do)
    return "\n".join([*_with_reasons(lines, rows, style), *_left_out(places[len(fit) :])])


def share_column(amounts: Sequence[int], style: TextStyle) -> Iterator[Column]:
    """A column of bars, each beside the largest amount, where there is room for it and something to show."""
    largest = max(amounts)
    if largest and style.width >= _NARROW:
        width = _BAR if style.width >= _WIDE else _SHORT_BAR
        yield Column("share", [style.palette.paint(Ink.FAINT, bar(each / largest, width)) for each in amounts])


def _numbers(ink: Ink, numbers: Sequence[int], style: TextStyle) -> Column:
    painted = [style.palette.paint(ink if number else Ink.FAINT, f"{number:,}") for number in numbers]
    return Column(ink.name.lower(), painted, Side.RIGHT)


def _rows_within(gathered: Sequence[Places], limit: int) -> list[Row]:
    """A line for each rule; the lines left over show each rule's largest place, and then more of the worst."""
    chosen = [_rows(places, 0) for places in gathered]
    room = limit - len(gathered)
    for detail in range(1, len(_DETAILS) + 1):
        for number, places in enumerate(gathered):
            more = len(rows := _rows(places, detail)) - len(chosen[number])
            if more <= room:
                chosen[number], room = rows, room - more
    return [row for rows in chosen for row in rows]


def _rows(places: Places, detail: int) -> list[Row]:
    """The rule's own line; with detail 1 its largest place too; then as many as `_DETAILS` says, and the reason."""
    head = Row(Kind.RULE, plain(places.rule), *_amounts(places), places.confidence, places.disposition)
    if not detail:
        return [head]
    listed = _DETAILS[detail - 1]
    below = [_largest(places)] if detail == 1 else [*_place_rows(places, listed), *_reason_rows(places)]
    return [head, *_branches(below)]


def _largest(places: Places) -> Row:
    others = len(places.groups) - 1
    row = _place_row(places, 0)
    return row._replace(where=f"{row.where} (+{counted(others, 'more place')})") if others else row


def _place_rows(places: Places, detail: int) -> list[Row]:
    number = len(places.groups)
    whole = number <= detail + 1  # one more place takes the line that "+1 more place" would take
    rows = [_place_row(places, each) for each in range(number if whole else detail)]
    return rows if whole else [*rows, _rest(places, detail)]


def _place_row(places: Places, number: int) -> Row:
    return Row(Kind.PLACE, shown(places.wheres[number]), *_amounts(places.groups[number]))


def _rest(places: Places, listed: int) -> Row:
    rest = places.since(listed)
    return Row(Kind.PLACE, f"+{counted(len(rest.groups), 'more place')}", *_amounts(rest))


def _amounts(of: Places | Group) -> tuple[str, str]:
    files = of.count if isinstance(of, Group) else of.files
    return f"{files:,}", human_short(of.size, files, of.unsized)


def _reason_rows(places: Places) -> list[Row]:
    """What says most; and what else of its kind is said of the same place, as of each waiver in one file."""
    reason = places.reason
    if reason is None:
        return []
    alike = [each.text for each in places.groups[0].evidence if each.kind == reason.kind]
    return [Row(Kind.REASON, f"because: {plain(text)}") for text in alike[:_REASONS]]


def _branches(rows: list[Row]) -> list[Row]:
    """The rows as branches of a tree under the rule's line."""
    twigs = ["├ "] * (len(rows) - 1) + ["└ "]
    return [row._replace(where=twig + row.where) for twig, row in zip(twigs, rows, strict=True)]


def _place_lines(rows: list[Row], style: TextStyle, to_do: str) -> list[str]:
    """The rows as a table that is as wide as the style says; narrow ones have shorter words, and fewer."""
    others = [Column("confidence" if style.width >= _NARROW else "sure", [str(row.confidence or "") for row in rows])]
    others += [Column("files", [row.files for row in rows], Side.RIGHT)]
    others += [Column("size", [row.size for row in rows], Side.RIGHT)]
    if style.width >= _NARROW:
        words = TO_DO if style.width >= _WIDE else _SHORT_TO_DO
        others += [Column(to_do, [words[row.to_do] if row.to_do else "" for row in rows])]
    width = max(style.width - sum(column.width + _BETWEEN for column in others), _NARROWEST)
    where = Column(_WHERE, [_where(row, width, style.palette) for row in rows])
    sure = others[0]._replace(cells=[_confidence(row, style.palette) for row in rows])
    return in_columns([sure, where, *others[1:]])


def _confidence(row: Row, palette: Palette) -> str:
    return "" if row.confidence is None else palette.paint(Ink.of(row.confidence), str(row.confidence))


def _where(row: Row, width: int, palette: Palette) -> str:
    match row.kind:
        case Kind.RULE:
            return palette.paint(Ink.HEADING, cut_end(row.where, width))
        case Kind.PLACE:
            twig, place = row.where[:2], row.where[2:]
            return twig + cut_middle(place, width - len(twig))
        case Kind.REASON:
            return ""


def _with_reasons(lines: list[str], rows: list[Row], style: TextStyle) -> Iterator[str]:
    """The lines of the table; a reason gets whole lines, as no cell stands to its right."""
    indent = lines[0].index(_WHERE)
    yield from lines[:_HEADER_LINES]
    for row, line in zip(rows, lines[_HEADER_LINES:], strict=True):
        if row.kind is Kind.REASON:
            parts = _reason_lines(row.where, max(style.width - indent, _NARROWEST))
            yield from (" " * indent + style.palette.paint(Ink.FAINT, part) for part in parts)
        else:
            yield line


def _reason_lines(reason: str, width: int) -> list[str]:
    """The reason, broken at spaces: what it says at its end is often the number or name that it is about."""
    first, *others = wrapped(reason, width)
    more = wrapped(" ".join(others), width - _BETWEEN) if others else []
    kept = [first, *(" " * _BETWEEN + part for part in more)]
    if len(kept) > _REASON_LINES:
        kept = [
            *kept[: _REASON_LINES - 1],
            " " * _BETWEEN + cut_end(" ".join(more[_REASON_LINES - 2 :]), width - _BETWEEN),
        ]
    return [cut_end(line, width) for line in kept]


def _left_out(gathered: Sequence[Places]) -> list[str]:
    if not gathered:
        return []
    files = counted(tally(each for places in gathered for each in places.findings).files, "file")
    return [f"+{counted(len(gathered), 'more line')} with {files} (--format json lists every file)"]
