"""What the steps of one audit write down beside the findings."""

from dataclasses import dataclass, field

from hygiene.audit.survey import Survey
from hygiene.model.finding import Cleared, Unreadable
from hygiene.model.inventory import Gap


@dataclass
class Ledger:
    """What was cleared, what could not be looked into, and what else is missing from the answer; in any order."""

    cleared: list[Cleared] = field(default_factory=list)
    unreadable: list[Unreadable] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def limit_to(self, survey: Survey) -> None:
        """Forgets what is not about the paths that the survey tells of, nor about a folder above them."""
        self.cleared = [each for each in self.cleared if survey.tells(each.path)]
        self.unreadable = [each for each in self.unreadable if survey.tells(each.path)]
        self.gaps = [each for each in self.gaps if each.path is None or survey.depends_on(each.path)]
