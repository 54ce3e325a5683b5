"""What the rules deny a release, and what only a waiver or nobody's word lets in."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from hygiene.model.finding import Finding
from hygiene.model.packaging import Refusal, RefusalKind
from hygiene.model.paths import RepoPath
from hygiene.model.permit import Waived
from hygiene.model.report import AuditReport
from hygiene.model.rule import Category, Release, Rule, RuleId

_HELP = "Untrack it, exclude it, or let it pass with `hygiene waive PATH --rule {rule} --reason WHY`."
_HELP_CREDENTIAL = "Take it out, and change what it gives away; `hygiene waive` if it opens nothing."


class Denial(NamedTuple):
    """The findings about the files of a package, by what they mean for it.

    Attributes:
        refused: what forbids the package.
        waived: what would, but for a waiver.
        undecided: what a release may hold if somebody decides so.
    """

    refused: Sequence[Refusal]
    waived: Sequence[Waived]
    undecided: Sequence[Finding]


def denial(report: AuditReport, packaged: Collection[RepoPath]) -> Denial:
    """Every finding about one of these paths counts, however unsure."""
    stances = _Stances(report.rules)
    found = [each for each in report.findings if each.path in packaged]
    return Denial(
        [refusal for each in found for refusal in stances.refusals(each)],
        [each for each in report.waived if each.finding.path in packaged and stances.is_denied(each.finding)],
        [each for each in found if each.release is Release.DECIDE and not stances.is_denied(each)],
    )


class _Stances(NamedTuple):
    """What the rules of a report say of releases. A finding's own rule comes first, those that it also meets follow."""

    rules: Mapping[RuleId, Rule]

    def is_denied(self, finding: Finding) -> bool:
        return self._denying(finding) is not None

    def refusals(self, finding: Finding) -> Iterator[Refusal]:
        rule = self._denying(finding)
        if rule is None:
            return
        is_credential = self._meets(finding, lambda each: each.category is Category.CREDENTIAL)
        kind = RefusalKind.CREDENTIAL if is_credential else RefusalKind.DENIED
        help_text = _HELP_CREDENTIAL if is_credential else _HELP.format(rule=rule)
        yield Refusal(kind, finding.path, _why(finding, rule), help_text, rule)

    def _denying(self, finding: Finding) -> RuleId | None:
        """The rule by which no release may hold the file: one that denies it, or any about credentials."""
        return self._meets(finding, lambda each: each.release is Release.DENY or each.category is Category.CREDENTIAL)

    def _meets(self, finding: Finding, is_meant: Callable[[Rule], bool]) -> RuleId | None:
        met = (self.rules[rule] for rule in (finding.rule, *finding.also) if rule in self.rules)
        return next((rule.id for rule in met if is_meant(rule)), None)


def _why(finding: Finding, rule: RuleId) -> str:
    because = f": {finding.evidence[0].text}" if finding.evidence else ""
    return f"{rule} denies it ({finding.confidence}){because}"
