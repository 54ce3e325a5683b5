"""Which findings a person means to untrack, and why the others stay."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from hygiene.model.criterion import Aspect, Criterion
from hygiene.model.finding import Finding
from hygiene.model.paths import name_of
from hygiene.model.report import AuditReport
from hygiene.model.rule import Confidence, Disposition
from hygiene.model.untracking import Staying, StayReason
from hygiene.policy.criteria import least_confidence, named_by, naming
from hygiene.untrack.placeholders import is_placeholder

_CLEANED_UP = frozenset({Disposition.DELETE_AND_UNTRACK, Disposition.UNTRACK})

_STEERING = frozenset({".gitignore", ".gitattributes", ".gitmodules"})
"""Files that tell Git what to do. What a rule has to say of them is about a line, and no reason to untrack them."""


class Selection(NamedTuple):
    """What leaves, one finding a path, by path; and what stays, one a path, by path."""

    leaving: Sequence[Finding]
    staying: Sequence[Staying]


def select(report: AuditReport, criteria: Sequence[Criterion]) -> Selection:
    """What the criteria name of an audit's findings.

    Without a category, rule or path it is what is to be untracked anyway. It has to be certain, unless the criteria
    name another confidence, or a rule or path: who names those has looked. Only a category, rule or path reaches what
    somebody has to decide. What the baseline accepts leaves like all else; what a waiver lets pass never does.

    Raises:
        NothingSelected: a category, rule or path names nothing that could leave.
        BadPattern: a path is a pattern that cannot be used.
    """
    together = (*report.findings, *report.baselined)
    leaving = {each.path: each for each in reversed(_chosen([f for f in together if _may_leave(f)], criteria))}
    floor = least_confidence(criteria, Confidence.CERTAIN)
    staying = {each.finding.path: each for each in reversed([*_left(together, floor), *_waived(report)])}
    return Selection(
        [leaving[path] for path in sorted(leaving)],
        [staying[path] for path in sorted(staying.keys() - leaving.keys())],
    )


def least_asked(criteria: Sequence[Criterion]) -> Confidence:
    """The least confidence that any finding had to have: who names a rule or path asks for none."""
    is_exact = any(each.aspect is not Aspect.CATEGORY for each in naming(criteria))
    return least_confidence(criteria, Confidence.REVIEW if is_exact else Confidence.CERTAIN)


def _chosen(possible: Sequence[Finding], criteria: Sequence[Criterion]) -> list[Finding]:
    named = naming(criteria)
    usual, exact = least_confidence(criteria, Confidence.CERTAIN), least_confidence(criteria, Confidence.REVIEW)
    if not named:
        return [each for each in possible if each.confidence >= usual and each.disposition in _CLEANED_UP]
    by_category = [each for each in named if each.aspect is Aspect.CATEGORY]
    by_name = [each for each in named if each.aspect is not Aspect.CATEGORY]
    chosen = {*_named(possible, by_category, usual), *_named(possible, by_name, exact)}
    return [each for each in possible if each in chosen]


def _named(possible: Sequence[Finding], criteria: Sequence[Criterion], floor: Confidence) -> list[Finding]:
    return named_by([each for each in possible if each.confidence >= floor], criteria)


def _may_leave(finding: Finding) -> bool:
    if finding.disposition in _CLEANED_UP:
        return True
    is_needed = is_placeholder(finding.path) or name_of(finding.path) in _STEERING
    return finding.disposition is not Disposition.KEEP and not is_needed


def _left(findings: Iterable[Finding], floor: Confidence) -> Iterator[Staying]:
    return (Staying(each, _why(each, floor)) for each in findings)


def _why(finding: Finding, floor: Confidence) -> StayReason:
    if not _may_leave(finding):
        return StayReason.KEEP
    if finding.disposition is Disposition.DECIDE:
        return StayReason.DECIDE
    return StayReason.UNSURE if finding.confidence < floor else StayReason.UNSELECTED


def _waived(report: AuditReport) -> Iterator[Staying]:
    return (Staying(each.finding, StayReason.WAIVED, each.waiver.reason) for each in report.waived)
