"""Which findings make up each group."""

from collections.abc import Iterable, Mapping, Sequence

from hygiene.model.finding import Finding, Group
from hygiene.model.paths import RepoPath, ancestors
from hygiene.model.rule import Confidence, Disposition, RuleId

GroupKey = tuple[RuleId, Confidence, Disposition, RepoPath]
"""What tells a group from the others: what its findings have in common, and where it lies."""

Members = Mapping[GroupKey, Sequence[Finding]]
"""The findings of every group, in their order."""

Homes = dict[GroupKey, list[Finding] | None]


def key_of(group: Group) -> GroupKey:
    """The key of a group."""
    return group.rule, group.confidence, group.disposition, group.path


def members_of(groups: Iterable[Group], findings: Iterable[Finding]) -> Members:
    """Which of the findings make up each of the groups; a group may be left with few of its own, or none."""
    by_group: dict[GroupKey, list[Finding]] = {key_of(group): [] for group in groups}
    homes: Homes = {}
    for finding in findings:
        alone = finding.rule, finding.confidence, finding.disposition, finding.path
        home = by_group[alone] if alone in by_group else _home(alone, by_group, homes)
        if home is not None:
            home.append(finding)
    return by_group


def _home(alone: GroupKey, by_group: Mapping[GroupKey, list[Finding]], homes: Homes) -> list[Finding] | None:
    """The members of the nearest group above the file; `homes` tells it for every folder that was asked before."""
    rule, confidence, disposition, path = alone
    home, passed = None, []
    for folder in ancestors(path):
        key = rule, confidence, disposition, RepoPath(f"{folder}/")
        if key in homes:
            home = homes[key]
            break
        passed.append(key)
        if key in by_group:
            home = by_group[key]
            break
    homes.update(dict.fromkeys(passed, home))
    return home
