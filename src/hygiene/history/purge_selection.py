"""Which findings of a history a person means to remove."""

from collections.abc import Sequence

from hygiene.errors import NothingSelected, NothingToPurge
from hygiene.model.criterion import Criterion
from hygiene.model.finding import Finding
from hygiene.model.past import HistoryReport
from hygiene.model.rule import Confidence, Disposition
from hygiene.policy.criteria import least_confidence, named_by, naming

_CLEANED_UP = frozenset({Disposition.DELETE_AND_UNTRACK, Disposition.UNTRACK})


def selected(report: HistoryReport, criteria: Sequence[Criterion]) -> Sequence[Finding]:
    """The findings that are to go, by path; at least one.

    Categories, rules and paths add up, and the least of the confidences named limits them all. Where no category, rule
    or path is named, it is everything that is to be untracked anyway, and certain unless a confidence is named. What a
    waiver lets pass is never among them; what the baseline accepts only where a category, rule or path names it.

    Raises:
        NothingSelected: one of the criteria meets no finding, or nothing is left.
        NothingToPurge: there are no criteria, and nothing is certain.
        BadPattern: a path is a pattern that cannot be used.
    """
    named = naming(criteria)
    floor = least_confidence(criteria, Confidence.REVIEW if named else Confidence.CERTAIN)
    possible = _possible(report) if named else [f for f in report.audit.findings if f.disposition in _CLEANED_UP]
    sure = [each for each in possible if each.confidence >= floor]
    chosen = {each.path: each for each in reversed(named_by(sure, named) if named else sure)}  # the worst of each path
    if not chosen:
        raise NothingSelected([str(each) for each in criteria]) if criteria else NothingToPurge
    return [chosen[path] for path in sorted(chosen)]


def _possible(report: HistoryReport) -> list[Finding]:
    together = (*report.audit.findings, *report.audit.baselined)
    return [finding for finding in together if finding.disposition is not Disposition.KEEP]
