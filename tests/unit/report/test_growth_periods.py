"""When clutter came in, by month or year."""

from hygiene.model.history import Month
from hygiene.model.past import Growth
from hygiene.report.growth_periods import Period, by_period, periods

GROWTH = [
    Growth("2020-12", "build", 50, 5),
    Growth("2021-01", "build", 100, 10),
    Growth("2021-01", "cache", 300, 30),
    Growth("2021-07", "build", 900, 25),
]


def test_few_months_are_told_one_by_one() -> None:
    assert periods(GROWTH) == [
        Period("2020-12", 50, 5, "build"),
        Period("2021-01", 400, 40, "cache"),
        Period("2021-07", 900, 25, "build"),
    ]


def test_many_months_are_told_by_year() -> None:
    months = [Growth(f"{year}-{month:02}", "build", 2, 1) for year in (2018, 2019) for month in range(1, 13)]
    assert len(periods(months)) == 24
    assert periods([*months, *GROWTH]) == [
        Period("2018", 24, 12, "build"),
        Period("2019", 24, 12, "build"),
        Period("2020", 50, 5, "build"),
        Period("2021", 1300, 65, "build"),
    ]


def test_the_months_of_any_table_are_told_alike() -> None:
    months = [Month(f"{2000 + number // 12}-{number % 12 + 1:02}", 1, 10) for number in range(25)]
    assert list(by_period(months[:-1])) == [each.month for each in months[:-1]]
    assert list(by_period(months)) == ["2000", "2001", "2002"]
    assert by_period(months)["2001"] == months[12:24]


def test_nothing_has_no_period() -> None:
    assert periods([]) == []
