"""What the forms of the statistics say alike: values, the titles of sections, years instead of too many months."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from hygiene.model.history import Month
from hygiene.model.paths import ROOT
from hygiene.model.statistics import Concern, HistoryStatistics, Section, Statistic, Unit
from hygiene.report.growth_periods import by_period
from hygiene.report.quoting import shown
from hygiene.report.sizes import human
from hygiene.report.wording import counted

TITLES = {
    Section.HISTORY: "All that was ever committed",
    Section.REFERENCES: "References",
    Section.HEAD: "At HEAD",
    Section.DISK: "On the disk",
}

LEGEND = "! worth knowing, !! over what is recommended, !!! far over it"


def value_of(line: Statistic) -> str:
    """The value as people read it."""
    return human(line.value) if line.unit is Unit.BYTES else f"{line.value:,}"


def worst_of(line: Statistic) -> str:
    """The path that is meant, safe to print; empty where none is."""
    if line.worst is None:
        return ""
    return "the root itself" if line.worst == ROOT else shown(line.worst)


def by_section(lines: Sequence[Statistic]) -> Iterator[tuple[Section, Sequence[Statistic]]]:
    """The lines of each section together, in their order."""
    return ((section, list(inside)) for section, inside in groupby(lines, key=lambda line: line.section))


def concerned(found: HistoryStatistics) -> Sequence[Statistic]:
    """The lines that should worry somebody, the most first."""
    worrying = [line for line in found.lines if line.concern is not Concern.NONE]
    return sorted(worrying, key=lambda line: -line.concern)


def periods(months: Sequence[Month]) -> Sequence[Month]:
    """The months in which anything came in; their years, if they are too many to read."""
    return [
        Month(name, sum(each.blobs for each in inside), sum(each.size for each in inside))
        for name, inside in by_period(months).items()
    ]


def read_sentence(found: HistoryStatistics) -> str:
    """What the values are about."""
    return f"The history of {counted(len(found.roots), 'root')}" + (f", HEAD at {found.head}" if found.head else "")
