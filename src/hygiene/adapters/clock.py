"""The day and the time, by the system's clock."""

from datetime import UTC, date, datetime


class SystemClock:
    """Tells the day. `ports.Clock` says what it promises."""

    def today(self) -> date:
        """The day in UTC."""
        return datetime.now(UTC).date()

    def now(self) -> datetime:
        """The time in UTC."""
        return datetime.now(UTC)
