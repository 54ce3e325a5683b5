"""What the steps of one audit write down beside the findings."""

from dataclasses import dataclass, field

from hygiene.model.finding import Cleared, Unreadable
from hygiene.model.inventory import Gap


@dataclass
class Ledger:
    """What was cleared, what could not be looked into, and what else is missing from the answer; in any order."""

    cleared: list[Cleared] = field(default_factory=list)
    unreadable: list[Unreadable] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
