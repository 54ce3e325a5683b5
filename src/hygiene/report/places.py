"""The groups of a report gathered for people: all places where one rule says the same thing stand together."""

import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from hygiene.model.finding import Evidence, Finding, Group
from hygiene.model.paths import RepoPath, folder_of
from hygiene.model.rule import Category, Confidence, Disposition, RuleId, Severity
from hygiene.report.wording import strongest
from hygiene.untrack.members import Members, key_of

Alike = tuple[RuleId, Confidence, Disposition]
"""What the groups that stand together have in common."""


class Grouped(Protocol):
    """Findings, and the groups that they make, as a report has them."""

    @property
    def findings(self) -> Sequence[Finding]:
        """All of them."""
        ...

    @property
    def groups(self) -> Sequence[Group]:
        """The same for people."""
        ...


@dataclass(frozen=True)
class Places:
    """The groups of one rule, confidence and disposition, largest first. There is at least one.

    Attributes:
        findings: of the rule, confidence and disposition, in the report's order.
        wheres: for each group where its files lie: the file, or the deepest folder above them all.
    """

    groups: Sequence[Group]
    findings: Sequence[Finding]
    wheres: Sequence[RepoPath]

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
    def alike(self) -> Alike:
        """What no other places of the report have in common too."""
        return self.rule, self.confidence, self.disposition

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
        """What says most about the largest place."""
        return strongest(self.groups[0].evidence, self.confidence)

    def since(self, number: int) -> "Places":
        """The places from that one on; there is at least one."""
        return Places(self.groups[number:], self.findings, self.wheres[number:])

    def reasons(self, limit: int) -> Iterator[str]:
        """What says most about each place in words, the largest place's first, no words twice, `limit` at most."""
        said = (strongest(group.evidence, self.confidence) for group in self.groups)
        return islice(dict.fromkeys(found.text for found in said if found), limit)


def gather(report: Grouped, members: Members) -> list[Places]:
    """All groups by rule, confidence and disposition: worst first (confidence, severity, bytes), then by rule."""
    together: dict[Alike, list[Group]] = {}
    for group in report.groups:
        together.setdefault((group.rule, group.confidence, group.disposition), []).append(group)
    findings: dict[Alike, list[Finding]] = {}
    for each in report.findings:
        findings.setdefault((each.rule, each.confidence, each.disposition), []).append(each)
    gathered = []
    for key, alike in together.items():
        ordered = sorted(alike, key=_largest_first)
        wheres = [_where(group, members[key_of(group)]) for group in ordered]
        gathered.append(Places(ordered, findings.get(key, []), wheres))
    return sorted(gathered, key=_worst_first)


def _where(group: Group, inside: Sequence[Finding]) -> RepoPath:
    if not (inside and group.path.endswith("/")):
        return group.path
    if len(inside) == 1:
        return inside[0].path
    return RepoPath(posixpath.commonpath([folder_of(finding.path) for finding in inside]) + "/")


def _largest_first(group: Group) -> tuple[int, int, str]:
    return -group.size, -group.count, group.path


def _worst_first(places: Places) -> tuple[int, int, int, str, str]:
    return -places.confidence, -places.severity, -places.size, places.rule, places.disposition
