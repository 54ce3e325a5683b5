"""The two tables of the report for people: what was found by category, and where."""

from collections.abc import Iterator, Sequence
from enum import Enum, auto
from typing import NamedTuple

from tabulate import MIN_PADDING, tabulate

from hygiene.model.finding import AuditReport
from hygiene.model.rule import Category, Confidence
from hygiene.report.columns import bar, cut_end, cut_middle
from hygiene.report.places import Places, gather
from hygiene.report.quoting import plain, shown
from hygiene.report.sizes import human_known
from hygiene.report.style import Ink, Palette, TextStyle
from hygiene.report.tally import Tally, tally_by_category
from hygiene.report.wording import TO_DO, counted

_HEADERS = ["confidence", "where", "files", "size", "what to do"]
_HEADER_LINES = 2
_WIDE = 100  # columns from which on there is room for long bars
_BAR, _SHORT_BAR = 16, 6
_NARROWEST = 20  # columns for a place, however narrow the terminal
_DETAILS = (3, 1, 0)  # how many places a rule shows, if there is room
_PADDING = int(MIN_PADDING)  # columns that tabulate adds to each header
_BETWEEN = 2  # columns that tabulate's `simple` format puts between two cells


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
    to_do: str = ""


def category_table(report: AuditReport, style: TextStyle) -> str:
    """Files, bytes and confidence of each category that has findings, most bytes first."""
    tallies = tally_by_category(report.findings)
    order = sorted(tallies, key=lambda category: (-tallies[category].size, -tallies[category].files, category))
    largest = max(1, *(found.size for found in tallies.values()))
    rows = [_category_row(category, tallies[category], largest, style) for category in order]
    headers = ["category", "files", "size", "", *(str(sure) for sure in reversed(Confidence))]
    return _table(rows, headers, "lrrlrrr")


def place_table(report: AuditReport, style: TextStyle) -> str:
    """What was found where, worst first: for each rule its largest places and the reason, within the style's lines."""
    gathered = gather(report.groups)
    fit = gathered[: style.rows]
    rows = _rows_within(fit, style.rows)
    lines = _table(_cells(rows, style), _HEADERS, "llrrl").split("\n")
    return "\n".join([*_with_reasons(lines, rows, style), *_left_out(gathered[len(fit) :])])


def _rows_within(gathered: Sequence[Places], limit: int) -> list[Row]:
    """A line for each rule; the lines that are left over go to details, worst first."""
    rows: list[Row] = []
    room = limit - len(gathered)
    for places in gathered:
        detailed = next(lines for each in _DETAILS if len(lines := _rows(places, each)) <= room + 1)
        room -= len(detailed) - 1
        rows += detailed
    return rows


def _category_row(category: Category, found: Tally, largest: int, style: TextStyle) -> list[str]:
    numbers = {Ink.CERTAIN: found.certain, Ink.LIKELY: found.likely, Ink.REVIEW: found.review}
    painted = [style.palette.paint(ink if number else Ink.FAINT, f"{number:,}") for ink, number in numbers.items()]
    size = human_known(found.size, found.files, found.unsized)
    share = bar(found.size / largest, _BAR if style.width >= _WIDE else _SHORT_BAR)
    return [category, f"{found.files:,}", size, style.palette.paint(Ink.FAINT, share), *painted]


def _rows(places: Places, detail: int) -> list[Row]:
    """The rule's own line; unless `detail` is 0, also that many of its places, the rest in one line, and the reason."""
    size = human_known(places.size, places.files, places.unsized)
    rule = plain(places.rule)
    head = Row(Kind.RULE, rule, f"{places.files:,}", size, places.confidence, TO_DO[places.disposition])
    if not detail:
        return [head]
    return [head, *_branches([*_place_rows(places, detail), *_reason_rows(places)])]


def _place_rows(places: Places, detail: int) -> list[Row]:
    whole = len(places.groups) <= detail + 1  # one more place takes the line that "+1 more place" would take
    listed = places.groups if whole else places.groups[:detail]
    rows = [
        Row(Kind.PLACE, shown(each.path), f"{each.count:,}", human_known(each.size, each.count, each.unsized))
        for each in listed
    ]
    return rows if whole else [*rows, _rest(Places(places.groups[detail:]))]


def _rest(places: Places) -> Row:
    size = human_known(places.size, places.files, places.unsized)
    return Row(Kind.PLACE, f"+{counted(len(places.groups), 'more place')}", f"{places.files:,}", size)


def _reason_rows(places: Places) -> list[Row]:
    return [Row(Kind.REASON, f"because: {plain(places.reason.text)}")] if places.reason else []


def _branches(rows: list[Row]) -> list[Row]:
    """The rows as branches of a tree under the rule's line."""
    twigs = ["├ "] * (len(rows) - 1) + ["└ "]
    return [row._replace(where=twig + row.where) for twig, row in zip(twigs, rows, strict=True)]


def _cells(rows: list[Row], style: TextStyle) -> list[list[str]]:
    """The rows cut so that the table is as wide as the style says, and painted."""
    width = max(style.width - _taken_by_others(rows), _NARROWEST)
    return [
        [_confidence(row, style.palette), _where(row, width, style.palette), row.files, row.size, row.to_do]
        for row in rows
    ]


def _taken_by_others(rows: list[Row]) -> int:
    """The columns that all but `where` take; none of them holds a name."""
    cells = zip(*((str(row.confidence or ""), row.files, row.size, row.to_do) for row in rows), strict=True)
    headers = [len(header) + _PADDING for header in _HEADERS if header != "where"]
    widths = [max(header, *map(len, column)) for header, column in zip(headers, cells, strict=True)]
    return sum(widths) + _BETWEEN * len(widths)


def _confidence(row: Row, palette: Palette) -> str:
    return "" if row.confidence is None else palette.paint(Ink.of(row.confidence), str(row.confidence))


def _where(row: Row, width: int, palette: Palette) -> str:
    match row.kind:
        case Kind.RULE:
            return palette.paint(Ink.HEADING, cut_end(row.where, width))
        case Kind.PLACE:
            return cut_middle(row.where, width)
        case Kind.REASON:
            return ""


def _with_reasons(lines: list[str], rows: list[Row], style: TextStyle) -> Iterator[str]:
    """The lines of the table; a reason gets its whole line, as no cell stands to its right."""
    indent = lines[0].index("where")
    yield from lines[:_HEADER_LINES]
    for row, line in zip(rows, lines[_HEADER_LINES:], strict=True):
        reason = style.palette.paint(Ink.FAINT, cut_end(row.where, max(style.width - indent, _NARROWEST)))
        yield " " * indent + reason if row.kind is Kind.REASON else line


def _left_out(gathered: Sequence[Places]) -> list[str]:
    if not gathered:
        return []
    files = counted(sum(places.files for places in gathered), "file")
    return [f"+{counted(len(gathered), 'more line')} with {files} (--format json lists every file)"]


def _table(rows: list[list[str]], headers: list[str], align: str) -> str:
    """A table without numbers in it: `1e5` is a file's name, and stays one."""
    sides = ["right" if side == "r" else "left" for side in align]
    return str(tabulate(rows, headers, "simple", disable_numparse=True, colalign=sides))
