"""Which findings a person means who names categories, rules, paths or a confidence."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType

from hygiene.errors import NothingSelected
from hygiene.model.criterion import Aspect, Criterion
from hygiene.model.finding import Finding
from hygiene.model.rule import Confidence
from hygiene.patterns.covering import Covering
from hygiene.patterns.glob import parse_bare_pattern

_Meets = Callable[[Finding], bool]


def naming(criteria: Iterable[Criterion]) -> Sequence[Criterion]:
    """The criteria that name findings: all but confidences, which only limit."""
    return [each for each in criteria if each.aspect is not Aspect.CONFIDENCE]


def least_confidence(criteria: Iterable[Criterion], otherwise: Confidence) -> Confidence:
    """The least of the confidences that the criteria name."""
    words = {each.value for each in criteria if each.aspect is Aspect.CONFIDENCE}
    return min((sure for sure in Confidence if sure.word in words), default=otherwise)


def named_by(findings: Sequence[Finding], criteria: Iterable[Criterion]) -> list[Finding]:
    """The findings that at least one of the criteria names, in their order.

    Raises:
        NothingSelected: one of the criteria names none of them.
        BadPattern: a path is a pattern that cannot be used.
    """
    met: set[Finding] = set()
    for criterion in criteria:
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
