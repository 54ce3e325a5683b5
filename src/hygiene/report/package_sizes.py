"""The table of what weighs what in a package: its largest folders, and what is large in them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from hygiene.model.packaging import Chosen
from hygiene.report.columns import Column, Side, cut_middle, in_columns
from hygiene.report.quoting import shown
from hygiene.report.sizes import human_short
from hygiene.report.style import TextStyle
from hygiene.report.text_tables import share_column
from hygiene.report.wording import counted

_ROWS = 16  # so that all else fits on the same screen
_WITHIN = 3  # folders that one of the top level shows
_LONGEST_FOLDER = 48  # columns
_TOP = "(top level)"


class Weight(NamedTuple):
    """A folder in numbers.

    Attributes:
        unsized: how many of its files have no known size.
    """

    name: str
    files: int
    size: int
    unsized: int


def size_table(chosen: Sequence[Chosen], style: TextStyle) -> str:
    """Files and bytes by folder of the archive, largest first, with the largest folders in each; there is a file."""
    rows = list(_rows(chosen))
    told = rows[:_ROWS]
    weights = [weight for _, weight in told]
    columns = [
        Column("folder", [cut_middle(name, _LONGEST_FOLDER) for name, _ in told]),
        Column("files", [f"{each.files:,}" for each in weights], Side.RIGHT),
        Column("size", [human_short(each.size, each.files, each.unsized) for each in weights], Side.RIGHT),
        *share_column([each.size for each in weights], style),
    ]
    rest = len(rows) - len(told)
    return "\n".join([*in_columns(columns), *([f"+{counted(rest, 'smaller folder')}"] if rest else [])])


def _rows(chosen: Iterable[Chosen]) -> Iterator[tuple[str, Weight]]:
    """Each folder of the top level under its name, and under it what is in it, indented."""
    by_folder: dict[str, list[Chosen]] = {}
    for each in chosen:
        by_folder.setdefault(_part(each, 0), []).append(each)
    for weight in _largest(by_folder):
        yield _named(weight.name), weight
        within = _within(by_folder[weight.name])
        if weight.name and len(within) > 1:
            for inner in [each for each in _largest(within) if each.name][:_WITHIN]:
                yield f"  {_named(inner.name)}", inner


def _within(files: Iterable[Chosen]) -> dict[str, list[Chosen]]:
    found: dict[str, list[Chosen]] = {}
    for each in files:
        found.setdefault(_part(each, 1), []).append(each)
    return found


def _part(chosen: Chosen, depth: int) -> str:
    """The name of the folder at that depth that the file is in; empty where it is in none that deep."""
    parts = chosen.path.split("/", depth + 1)
    return parts[depth] if len(parts) > depth + 1 else ""


def _largest(folders: dict[str, list[Chosen]]) -> list[Weight]:
    weights = [_weight(name, files) for name, files in folders.items()]
    return sorted(weights, key=lambda each: (-each.size, -each.files, each.name))


def _weight(name: str, files: Sequence[Chosen]) -> Weight:
    known = [each.size for each in files if each.size is not None]
    return Weight(name, len(files), sum(known), len(files) - len(known))


def _named(folder: str) -> str:
    return shown(f"{folder}/") if folder else _TOP
