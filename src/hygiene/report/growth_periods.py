"""When something came in, by month, or by year where the months are too many to read."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol, TypeVar

from hygiene.model.past import Growth

MOST_PERIODS = 24
"""Months that a table tells one by one."""


class _OfMonth(Protocol):
    @property
    def month(self) -> str: ...


T = TypeVar("T", bound=_OfMonth)


class Period(NamedTuple):
    """What came in during one month (`2021-03`) or year, in bytes, and the category that most of it is of."""

    name: str
    size: int
    stored: int
    most: str


def by_period(growth: Sequence[T]) -> Mapping[str, Sequence[T]]:
    """What came in by month, in their order; by year if there are more months than are told one by one."""
    are_few = len({each.month for each in growth}) <= MOST_PERIODS
    by_name: dict[str, list[T]] = {}
    for each in growth:
        by_name.setdefault(each.month if are_few else _year(each.month), []).append(each)
    return by_name


def periods(growth: Sequence[Growth]) -> list[Period]:
    """What came in of clutter by month or year, in their order."""
    return [_period(name, inside) for name, inside in by_period(growth).items()]


def _period(name: str, growth: Sequence[Growth]) -> Period:
    stored: Counter[str] = Counter()
    for each in growth:
        stored[each.category] += each.stored
    most = min(stored, key=lambda category: (-stored[category], category))
    return Period(name, sum(each.size for each in growth), stored.total(), most)


def _year(month: str) -> str:
    return month.rpartition("-")[0]
