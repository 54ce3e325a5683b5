"""The gate: which findings make an audit fail."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from hygiene.model.finding import Finding
from hygiene.model.rule import Category, Confidence


@dataclass(frozen=True, slots=True)
class Gate:
    """From which confidence on a finding fails an audit.

    Attributes:
        fail_on: for every category that has no word of its own.
        by_category: for these categories instead; None means that nothing of the category fails.
    """

    fail_on: Confidence = Confidence.CERTAIN
    by_category: Mapping[Category, Confidence | None] = field(default_factory=dict)

    def fails(self, finding: Finding) -> bool:
        """Whether this finding makes the audit fail."""
        least = self.by_category.get(finding.category, self.fail_on)
        return least is not None and finding.confidence >= least
