"""Days of the calendar, for every time that a commit may claim."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygiene.model.days import day


@pytest.mark.parametrize(
    ("time", "expected"),
    [
        (0, "1970-01-01"),
        (-1, "1969-12-31"),
        (86_399, "1970-01-01"),
        (86_400, "1970-01-02"),
        (1_614_556_800, "2021-03-01"),
        (951_782_400, "2000-02-29"),
        (253_402_300_799, "9999-12-31"),
        (253_402_300_800, "9999-12-31"),
        (2**64, "9999-12-31"),
        (-(2**63), "0001-01-01"),
        (10**400, "9999-12-31"),
    ],
)
def test_a_time_has_its_day_and_the_nearest_where_the_calendar_ends(time: int, expected: str) -> None:
    assert day(time) == expected


@given(st.datetimes(timezones=st.just(UTC), allow_imaginary=False))
def test_it_is_the_day_in_utc(moment: datetime) -> None:
    assert day(int(moment.replace(microsecond=0).timestamp())) == moment.date().isoformat()


@given(st.integers())
def test_every_number_has_a_day_that_can_be_read_back(time: int) -> None:
    assert date.fromisoformat(day(time)).isoformat() == day(time)
