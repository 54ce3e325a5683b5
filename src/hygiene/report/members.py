"""Which findings make up each group of a report."""

from collections.abc import Iterator

from hygiene.model.finding import Finding, Group
from hygiene.model.paths import RepoPath, ancestors
from hygiene.model.report import AuditReport
from hygiene.model.rule import Confidence, Disposition, RuleId

GroupKey = tuple[RuleId, Confidence, Disposition, RepoPath]
"""What tells a group from the others: what its findings have in common, and where it lies."""


def key_of(group: Group) -> GroupKey:
    """The key of a group."""
    return group.rule, group.confidence, group.disposition, group.path


def members(report: AuditReport) -> dict[GroupKey, list[Finding]]:
    """The findings of every group, in the report's order."""
    by_group: dict[GroupKey, list[Finding]] = {key_of(group): [] for group in report.groups}
    for finding in report.findings:
        key = next((key for key in _keys(finding) if key in by_group), None)
        if key is not None:
            by_group[key].append(finding)
    return by_group


def _keys(finding: Finding) -> Iterator[GroupKey]:
    """The keys of the groups that could hold the finding: the file itself, or a folder above it."""
    rule, confidence, disposition = finding.rule, finding.confidence, finding.disposition
    yield rule, confidence, disposition, finding.path
    for folder in ancestors(finding.path):
        yield rule, confidence, disposition, RepoPath(f"{folder}/")
