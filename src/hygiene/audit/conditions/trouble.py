"""What stops audits altogether, as conditions; and what all conditions together make an audit end with."""

from collections.abc import Iterable, Iterator

from hygiene.errors import ExitStatus, HygieneError
from hygiene.model.condition import Condition, Standing, Topic


def broken(topic: Topic, what: str, trouble: HygieneError) -> Iterator[Condition]:
    """Each problem that the error tells as one condition, the next step with the last of them."""
    headline, *problems = trouble.message.split("\n")
    told = [problem.strip() for problem in problems] or [headline]
    for number, problem in enumerate(told, start=1):
        help_ = trouble.hint if number == len(told) else ""
        yield Condition(topic, what, Standing.BROKEN, problem, help=help_, status=trouble.status)


def gravest(conditions: Iterable[Condition]) -> ExitStatus:
    """The status of the first that is broken, else of the first that makes audits incomplete, else 0."""
    first: dict[Standing, ExitStatus] = {}
    for condition in conditions:
        first.setdefault(condition.standing, condition.status)
    return first.get(Standing.BROKEN, first.get(Standing.INCOMPLETE, ExitStatus.CLEAN))
