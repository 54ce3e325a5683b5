"""One report on its way into a format: what several parts of the format ask of it is worked out once."""

from collections.abc import Callable
from typing import TypeVar, cast

from hygiene.model.report import AuditReport

T = TypeVar("T")


class Study:
    """A report, and the answers to what was asked of it so far."""

    def __init__(self, report: AuditReport) -> None:
        self.report = report
        self._answers: dict[Callable[[Study], object], object] = {}

    def ask(self, question: Callable[["Study"], T]) -> T:
        """What the question says of the report; the same object each time. Nobody changes it."""
        if question not in self._answers:
            self._answers[question] = question(self)
        return cast(T, self._answers[question])
