"""The groups of a report gathered for people: all places where one rule says the same thing stand together."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from hygiene.model.finding import Evidence, Group
from hygiene.model.rule import Category, Confidence, Disposition, RuleId, Severity
from hygiene.report.wording import strongest


@dataclass(frozen=True)
class Places:
    """The groups of one rule, confidence and disposition, largest first. There is at least one."""

    groups: Sequence[Group]

    @property
    def rule(self) -> RuleId:
        """The rule that they all meet."""
        return self.groups[0].rule

    @property
    def category(self) -> Category:
        """The category of the rule."""
        return self.groups[0].category

    @property
    def confidence(self) -> Confidence:
        """How sure we are of each."""
        return self.groups[0].confidence

    @property
    def disposition(self) -> Disposition:
        """What should become of each."""
        return self.groups[0].disposition

    @property
    def severity(self) -> Severity:
        """The worst among them."""
        return max(group.severity for group in self.groups)

    @property
    def files(self) -> int:
        """How many files lie in them."""
        return sum(group.count for group in self.groups)

    @property
    def size(self) -> int:
        """Bytes of the files whose size is known."""
        return sum(group.size for group in self.groups)

    @property
    def unsized(self) -> int:
        """How many files have no known size."""
        return sum(group.unsized for group in self.groups)

    @property
    def reason(self) -> Evidence | None:
        """The strongest evidence of the largest place."""
        return strongest(self.groups[0].evidence)

    def reasons(self, limit: int) -> Iterator[str]:
        """The strongest evidence of each place in words, the largest place's first, no words twice, `limit` at most."""
        words = dict.fromkeys(found.text for group in self.groups if (found := strongest(group.evidence)))
        return islice(words, limit)


def gather(groups: Iterable[Group]) -> list[Places]:
    """All groups by rule, confidence and disposition: worst first (confidence, severity, bytes), then by rule."""
    together: dict[tuple[RuleId, Confidence, Disposition], list[Group]] = {}
    for group in groups:
        together.setdefault((group.rule, group.confidence, group.disposition), []).append(group)
    gathered = [Places(sorted(alike, key=_largest_first)) for alike in together.values()]
    return sorted(gathered, key=_worst_first)


def _largest_first(group: Group) -> tuple[int, int, str]:
    return -group.size, -group.count, group.path


def _worst_first(places: Places) -> tuple[int, int, int, str, str]:
    return -places.confidence, -places.severity, -places.size, places.rule, places.disposition
