"""How a package differs from an earlier one, for people at a terminal: what grew most first, and what it adds up to."""

from collections import Counter
from collections.abc import Iterator, Sequence

from hygiene.model.package_proof import Delta, DeltaKind, PackageDiff
from hygiene.report.columns import Column, Side, cut_middle, in_columns
from hygiene.report.quoting import plain, shown
from hygiene.report.sizes import human
from hygiene.report.style import Ink, TextStyle
from hygiene.report.text_parts import cut, painted, paragraph
from hygiene.report.wording import counted

_LISTED = 100  # paths; the JSON has all of them
_NARROWEST_PATH = 20  # columns
_BETWEEN = 2  # columns between two cells

_INKS = {DeltaKind.ADDED: Ink.GOOD, DeltaKind.REMOVED: Ink.CERTAIN, DeltaKind.CHANGED: Ink.LIKELY}


def render_package_diff_text(diff: PackageDiff, style: TextStyle) -> str:
    """The paths that are not as they were, and the totals; a long list is cut and says so."""
    return "\n\n".join(_paragraphs(diff, style)) + "\n"


def _paragraphs(diff: PackageDiff, style: TextStyle) -> Iterator[str]:
    yield painted(Ink.HEADING, f"{shown(diff.old)} -> {shown(diff.new)}: {_numbers(diff)}", style)
    if diff.deltas:
        yield "\n".join([*_table(diff.deltas[:_LISTED], style), *cut([], diff.deltas[_LISTED:])])
    yield paragraph(_total(diff), style)


def _numbers(diff: PackageDiff) -> str:
    number = Counter(each.kind for each in diff.deltas)
    told = [f"{number[kind]:,} {kind}" for kind in DeltaKind if number[kind]]
    return ", ".join([*told, f"{diff.unchanged:,} unchanged"])


def _table(deltas: Sequence[Delta], style: TextStyle) -> list[str]:
    columns = [
        Column("", [style.palette.paint(_INKS[each.kind], each.kind) for each in deltas]),
        Column("before", [_size(each.before) for each in deltas], Side.RIGHT),
        Column("after", [_size(each.after) for each in deltas], Side.RIGHT),
        Column("grown by", [_grown(each) for each in deltas], Side.RIGHT),
    ]
    room = max(style.width - sum(each.width + _BETWEEN for each in columns), _NARROWEST_PATH)
    return in_columns([*columns, Column("path", [_path(each, room) for each in deltas])])


def _size(size: int | None) -> str:
    return "-" if size is None else human(size)


def _grown(delta: Delta) -> str:
    """Not told of a file whose size now is unknown: that it is there, its kind says."""
    if delta.after is None and delta.kind is not DeltaKind.REMOVED:
        return "?"
    return _signed((delta.after or 0) - (delta.before or 0))


def _signed(difference: int) -> str:
    if not difference:
        return "0 B"
    return f"{'+' if difference > 0 else '-'}{human(abs(difference))}"


def _path(delta: Delta, room: int) -> str:
    mode = f" (mode {plain(delta.mode)})" if delta.mode and delta.kind is DeltaKind.CHANGED else ""
    return cut_middle(shown(delta.path), max(room - len(mode), _NARROWEST_PATH)) + mode


def _total(diff: PackageDiff) -> str:
    files = counted(
        sum(each.kind is not DeltaKind.REMOVED for each in diff.deltas) + diff.unchanged, "entry", "entries"
    )
    grown = f"{_signed(diff.after - diff.before)}{_percent(diff)}"
    return f"{files} now; {human(diff.before)} before, {human(diff.after)} after: {grown}"


def _percent(diff: PackageDiff) -> str:
    return f" ({(diff.after - diff.before) / diff.before:+.1%})" if diff.before else ""
