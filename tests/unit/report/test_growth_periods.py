"""When clutter came in, by month or year."""

from hygiene.model.past import Growth
from hygiene.report.growth_periods import Period, periods

GROWTH = [
    Growth("2020-12", "build", 50, 5),
    Growth("2021-01", "build", 100, 10),
    Growth("2021-01", "cache", 300, 30),
    Growth("2021-07", "build", 900, 25),
]


def test_few_months_are_told_one_by_one() -> None:
    assert periods(GROWTH, 3) == [
        Period("2020-12", 50, 5, "build"),
        Period("2021-01", 400, 40, "cache"),
        Period("2021-07", 900, 25, "build"),
    ]


def test_many_months_are_told_by_year() -> None:
    assert periods(GROWTH, 2) == [Period("2020", 50, 5, "build"), Period("2021", 1300, 65, "build")]


def test_nothing_has_no_period() -> None:
    assert periods([], 1) == []
