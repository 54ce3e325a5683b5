"""The tables of a history's report for people: what it costs by category, where it was and until when, when it came."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from hygiene.model.days import day
from hygiene.model.history import Commit
from hygiene.model.past import Account, Accounts
from hygiene.model.rule import Confidence
from hygiene.report.columns import Column, Side, cut_end, cut_middle, in_columns
from hygiene.report.costs import cost_of
from hygiene.report.growth_periods import Period
from hygiene.report.past_places import PastPlace, PastPlaces
from hygiene.report.quoting import plain, shown
from hygiene.report.sizes import human, human_short
from hygiene.report.style import Ink, Palette, TextStyle
from hygiene.report.text_tables import share_column
from hygiene.report.wording import counted, short_id

_WIDE = 110  # columns from which on there is room for commits beside their days
_NARROW = 80  # columns below which there is room for one day and one size only
_NARROWEST = 20  # columns for a place, however narrow the terminal
_BETWEEN = 2  # columns between two cells
_TWIG = 2  # columns

BY_NO_COMMIT = "by no commit"
"""What stands where others have the commit that removed them."""


class Row(NamedTuple):
    """One line of the table of places, its place not yet cut to fit; only a rule's own line has a confidence."""

    where: str
    place: PastPlace
    confidence: Confidence | None = None


def cost_table(accounts: Accounts, style: TextStyle) -> str:
    """What the findings of each category cost, the costliest first, and in the last line of several all together."""
    found = list(accounts.by_category)
    several = [accounts.total._replace(key="total")] if len(found) > 1 else []
    lines = [*found, *several]
    shares = share_column([each.stored for each in found] + [0] * len(several), style)
    unpacked = _numbers("unpacked", lines, lambda each: human_short(each.size, each.blobs, each.unsized))
    return "\n".join(
        in_columns(
            [
                Column("category", [plain(each.key) for each in lines]),
                _numbers("files", lines, lambda each: f"{each.paths:,}"),
                _numbers("versions", lines, lambda each: f"{each.blobs:,}"),
                *([unpacked] if style.width >= _NARROW else []),
                _numbers("on disk", lines, lambda each: human_short(each.stored, each.blobs, each.unsized)),
                _numbers("reclaimable", lines, lambda each: human(each.reclaimable)),
                *shares,
            ]
        )
    )


def past_table(gathered: Sequence[PastPlaces], style: TextStyle) -> str:
    """What was found where, from when until when: each rule with its costliest places, within the style's lines."""
    fit = gathered[: style.rows]
    numbers = _places_shown(fit, style.rows)
    rows = [row for places, number in zip(fit, numbers, strict=True) for row in _rows(places, number)]
    return "\n".join([*_lines(rows, style), *_left_out(gathered[len(fit) :])])


def growth_table(periods: Sequence[Period], style: TextStyle) -> str:
    """What came in during each of these months or years, with a bar beside the worst of them."""
    return "\n".join(
        in_columns(
            [
                Column("brought in", [plain(each.name) for each in periods]),
                Column("unpacked", [human(each.size) for each in periods], Side.RIGHT),
                Column("on disk", [human(each.stored) for each in periods], Side.RIGHT),
                *share_column([each.stored for each in periods], style),
                Column("most of it", [plain(each.most) for each in periods]),
            ]
        )
    )


def _numbers(header: str, accounts: Sequence[Account], written: Callable[[Account], str]) -> Column:
    return Column(header, [written(each) for each in accounts], Side.RIGHT)


def _places_shown(gathered: Sequence[PastPlaces], limit: int) -> list[int]:
    """How many places each rule shows: one more each in turn, the worst rule first, while there are lines left."""
    numbers, room = [0] * len(gathered), limit - len(gathered)
    growing = True
    while growing:
        growing = False
        for at, places in enumerate(gathered):
            shown_now, every = numbers[at], len(places.places)
            more = _needed(shown_now + 1, every) - _needed(shown_now, every)
            if shown_now < every and more <= room:
                numbers[at], room, growing = shown_now + 1, room - more, True
    return numbers


def _needed(number: int, every: int) -> int:
    """The lines that so many of the places take: one more for the rest, if there is any."""
    return number if number in (0, every) else number + 1


def _rows(places: PastPlaces, number: int) -> list[Row]:
    """The rule's own line, and as branches of a tree so many of its places and the rest."""
    head = Row(plain(places.alike.rule), places.since(0), places.alike.confidence)
    listed = [Row(shown(place.where), place) for place in places.places[:number]]
    rest = len(places.places) - number
    if number and rest:
        listed.append(Row(f"+{counted(rest, 'more place')}", places.since(number)))
    twigs = ["├ "] * (len(listed) - 1) + ["└ "]
    return [head, *(row._replace(where=twig + row.where) for twig, row in zip(twigs, listed, strict=False))]


def _lines(rows: list[Row], style: TextStyle) -> list[str]:
    """The rows as a table that is as wide as the style says; narrow ones have shorter words, and fewer."""
    sure = Column("confidence" if style.width >= _NARROW else "sure", [_sure(row) for row in rows])
    others = _measures(rows, style)
    width = max(style.width - sum(column.width + _BETWEEN for column in (sure, *others)), _NARROWEST)
    where = Column("rule / where", [_where(row, width, style.palette) for row in rows])
    return in_columns([sure._replace(cells=[_painted(row, style.palette) for row in rows]), where, *others])


def _measures(rows: list[Row], style: TextStyle) -> list[Column]:
    costs = [row.place.cost for row in rows]
    wide, narrow = style.width >= _WIDE, style.width < _NARROW
    files = Column("files", [f"{len(row.place.pasts):,}" for row in rows], Side.RIGHT)
    introduced = Column("introduced", [_introduced(row, style) for row in rows])
    return [
        *([files] if wide else []),
        Column("versions", [f"{cost.versions:,}" for cost in costs], Side.RIGHT),
        Column("on disk", [human_short(cost.stored, cost.versions, cost.unsized) for cost in costs], Side.RIGHT),
        *([] if narrow else [introduced]),
        Column("removed", [_removed(row, style) for row in rows]),
    ]


def _introduced(row: Row, style: TextStyle) -> str:
    return _when(row.place.introduced, style) if row.confidence is None else ""


def _removed(row: Row, style: TextStyle) -> str:
    """Until when the place was there: the last of several removals, unless HEAD holds some of it."""
    place = row.place
    if row.confidence is not None:
        return ""
    if place.at_head:
        return "at HEAD" if place.at_head == len(place.pasts) else f"{place.at_head:,} at HEAD"
    return _when(place.removed, style) if place.removed else BY_NO_COMMIT


def _when(commit: Commit, style: TextStyle) -> str:
    return f"{short_id(commit.id)} {day(commit.time)}" if style.width >= _WIDE else day(commit.time)


def _sure(row: Row) -> str:
    return "" if row.confidence is None else str(row.confidence)


def _painted(row: Row, palette: Palette) -> str:
    return "" if row.confidence is None else palette.paint(Ink.of(row.confidence), _sure(row))


def _where(row: Row, width: int, palette: Palette) -> str:
    if row.confidence is not None:
        return palette.paint(Ink.HEADING, cut_end(row.where, width))
    return row.where[:_TWIG] + cut_middle(row.where[_TWIG:], width - _TWIG)


def _left_out(gathered: Sequence[PastPlaces]) -> list[str]:
    if not gathered:
        return []
    pasts = [past for places in gathered for past in places.since(0).pasts]
    cost = cost_of(pasts)
    size = human_short(cost.stored, cost.versions, cost.unsized)
    files = counted(len({past.path for past in pasts}), "file")
    return [f"+{counted(len(gathered), 'more line')} with {files}, {size} (--format json lists every file)"]
