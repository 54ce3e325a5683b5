"""Which findings of a history a person means to remove."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType

from hygiene.errors import NothingSelected, NothingToPurge
from hygiene.model.finding import Finding
from hygiene.model.past import HistoryReport
from hygiene.model.purge import Aspect, Criterion
from hygiene.model.rule import Confidence, Disposition
from hygiene.patterns.covering import Covering
from hygiene.patterns.glob import parse_bare_pattern

_CLEANED_UP = frozenset({Disposition.DELETE_AND_UNTRACK, Disposition.UNTRACK})

_Meets = Callable[[Finding], bool]


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
    named = [each for each in criteria if each.aspect is not Aspect.CONFIDENCE]
    floor = _floor(criteria, Confidence.REVIEW if named else Confidence.CERTAIN)
    possible = _possible(report) if named else [f for f in report.audit.findings if f.disposition in _CLEANED_UP]
    sure = [each for each in possible if each.confidence >= floor]
    chosen = {each.path: each for each in reversed(_union(sure, named) if named else sure)}  # the worst of each path
    if not chosen:
        raise NothingSelected([str(each) for each in criteria]) if criteria else NothingToPurge
    return [chosen[path] for path in sorted(chosen)]


def _possible(report: HistoryReport) -> list[Finding]:
    together = (*report.audit.findings, *report.audit.baselined)
    return [finding for finding in together if finding.disposition is not Disposition.KEEP]


def _floor(criteria: Iterable[Criterion], otherwise: Confidence) -> Confidence:
    words = {each.value for each in criteria if each.aspect is Aspect.CONFIDENCE}
    return min((sure for sure in Confidence if sure.word in words), default=otherwise)


def _union(findings: Sequence[Finding], named: Iterable[Criterion]) -> list[Finding]:
    met: set[Finding] = set()
    for criterion in named:
        meets = _TESTS[criterion.aspect](criterion.value)
        found = [finding for finding in findings if meets(finding)]
        if not found:
            raise NothingSelected([str(criterion)])
        met.update(found)
    return [finding for finding in findings if finding in met]


def _of_category(word: str) -> _Meets:
    return lambda finding: finding.category.value == word


def _of_rule(rule: str) -> _Meets:
    return lambda finding: rule in (finding.rule, *finding.also)


def _at_path(text: str) -> _Meets:
    pattern = parse_bare_pattern(text)
    covering = Covering([(pattern, text)] if pattern is not None else [])
    return lambda finding: bool(covering.of_file(finding.path))


_TESTS: Mapping[Aspect, Callable[[str], _Meets]] = MappingProxyType(
    {Aspect.CATEGORY: _of_category, Aspect.RULE: _of_rule, Aspect.PATH: _at_path}
)
