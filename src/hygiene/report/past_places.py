"""The findings of a history gathered for people: by rule and folder, worst and costliest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from hygiene.model.history import Commit
from hygiene.model.past import HistoryReport, Past
from hygiene.model.paths import RepoPath
from hygiene.report.costs import Cost, cost_of
from hygiene.report.places import Places, gather
from hygiene.untrack.members import key_of, members_of


@dataclass(frozen=True, eq=False)
class PastPlace:
    """A folder or a file whose findings have one rule, and what became of them; there is at least one."""

    where: RepoPath
    pasts: Sequence[Past]

    @cached_property
    def cost(self) -> Cost:
        """What they cost together."""
        return cost_of(self.pasts)

    @property
    def introduced(self) -> Commit:
        """The earliest of the commits that brought them in."""
        return min((past.introduced for past in self.pasts), key=_when)

    @property
    def removed(self) -> Commit | None:
        """The latest of the commits that removed any of them."""
        return max((past.removed for past in self.pasts if past.removed), key=_when, default=None)

    @property
    def at_head(self) -> int:
        """How many of them HEAD holds."""
        return sum(past.at_head for past in self.pasts)


@dataclass(frozen=True, eq=False)
class PastPlaces:
    """All places of one rule, confidence and disposition, the costliest first; there is at least one."""

    alike: Places
    places: Sequence[PastPlace]

    def since(self, number: int) -> PastPlace:
        """The places from that one on, as if they were one; there is at least one."""
        return PastPlace(RepoPath(""), [past for place in self.places[number:] for past in place.pasts])

    @cached_property
    def cost(self) -> Cost:
        """What they cost together."""
        return self.since(0).cost


def past_places(report: HistoryReport) -> list[PastPlaces]:
    """All groups by rule, confidence and disposition: worst first (confidence, severity, bytes on the disk)."""
    members = members_of(report.audit.groups, report.audit.findings)
    gathered = []
    for alike in gather(report.audit, members):
        paths = [dict.fromkeys(each.path for each in members[key_of(group)]) for group in alike.groups]
        inside = [[report.pasts[path] for path in each] for each in paths]
        places = [PastPlace(*each) for each in zip(alike.wheres, inside, strict=True)]
        gathered.append(PastPlaces(alike, sorted(places, key=_costliest_first)))
    return sorted(gathered, key=_worst_first)


def _when(commit: Commit) -> tuple[int, str]:
    return commit.time, commit.id


def _costliest_first(place: PastPlace) -> tuple[int, int, str]:
    return -place.cost.stored, -len(place.pasts), place.where


def _worst_first(places: PastPlaces) -> tuple[int, int, int, str, str]:
    alike = places.alike
    return -alike.confidence, -alike.severity, -places.cost.stored, alike.rule, alike.disposition
