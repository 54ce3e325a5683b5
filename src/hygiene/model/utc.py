"""Days and months in UTC, of whatever number a commit gives as its time."""

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST = -62_135_596_800
_LAST = 253_402_300_799
"""Seconds since 1970 of the first and the last moment that the calendar knows."""


def utc_day(time: int) -> str:
    """The day as `2021-03-14`. Any number has one: what is out of the calendar is its first or last day."""
    return f"{_moment(time):%Y-%m-%d}".rjust(10, "0")


def utc_month(time: int) -> str:
    """The month as `2021-03`, for any number alike."""
    return utc_day(time)[:7]


def _moment(time: int) -> datetime:
    return _EPOCH + timedelta(seconds=min(max(time, _FIRST), _LAST))
