"""When clutter came in, by month, or by year where the months are too many to read."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from hygiene.model.past import Growth


class Period(NamedTuple):
    """What came in during one month (`2021-03`) or year, in bytes, and the category that most of it is of."""

    name: str
    size: int
    stored: int
    most: str


def periods(growth: Sequence[Growth], limit: int) -> list[Period]:
    """The months in which anything came in, in their order; the years if there are more months than that limit."""
    months = dict.fromkeys(each.month for each in growth)
    by_name: dict[str, list[Growth]] = {}
    for each in growth:
        by_name.setdefault(each.month if len(months) <= limit else _year(each.month), []).append(each)
    return [_period(name, inside) for name, inside in by_name.items()]


def _period(name: str, growth: Sequence[Growth]) -> Period:
    stored: Counter[str] = Counter()
    for each in growth:
        stored[each.category] += each.stored
    most = min(stored, key=lambda category: (-stored[category], category))
    return Period(name, sum(each.size for each in growth), stored.total(), most)


def _year(month: str) -> str:
    return month.rpartition("-")[0]
