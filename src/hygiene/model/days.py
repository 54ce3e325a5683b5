"""Days of the calendar, from the seconds that Git counts."""

from datetime import date

_EPOCH = date(1970, 1, 1).toordinal()
_SECONDS_A_DAY = 86_400


def day(time: int) -> str:
    """The day in UTC on which that second since 1970 lies, as `2021-03-09`; its first seven characters are the month.

    Every number has one: anybody can write any time into a commit, so what lies outside the years 1 to 9999 gets the
    nearest day within them.
    """
    ordinal = _EPOCH + time // _SECONDS_A_DAY
    return date.fromordinal(min(max(ordinal, date.min.toordinal()), date.max.toordinal())).isoformat()
