"""What the rules deny a release, and what only a waiver lets in."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from hygiene.model.finding import Finding
from hygiene.model.packaging import Refusal, RefusalKind
from hygiene.model.paths import RepoPath
from hygiene.model.permit import Waived, Waiver
from hygiene.model.report import AuditReport
from hygiene.model.rule import Category, Release, Rule, RuleId
from hygiene.policy.waivers import SpeakingWaivers

_HELP = "Untrack it, exclude it, or let it pass with `hygiene waive PATH --rule {rule} --reason WHY`."
_HELP_CREDENTIAL = "Take it out, and change what it gives away; `hygiene waive` if it opens nothing."

Exempt = Callable[[RuleId, RepoPath], bool]
"""Whether a rule has nothing to say of a path."""


def no_exemption(rule: RuleId, path: RepoPath) -> bool:  # noqa: ARG001 - whichever they are
    """Every rule has its say of every path."""
    return False


class Denial(NamedTuple):
    """The findings about the files of a package, by what they mean for it.

    Attributes:
        refused: what forbids the package: of a file one for each rule that denies it.
        waived: what would, but for a waiver of that very rule.
        undecided: what a release may hold if somebody decides so.
    """

    refused: Sequence[Refusal]
    waived: Sequence[Waived]
    undecided: Sequence[Finding]


class Denier:
    """Says what of an audit forbids a release.

    The audit must have let nothing pass: a waiver lets a file in under its own rule, and under none of the others that
    the file meets as well.
    """

    def __init__(self, waivers: Iterable[Waiver], today: date, exempt: Exempt = no_exemption) -> None:
        given = list(waivers)
        self._in_force = SpeakingWaivers(each for each in given if each.holds_on(today))
        self._over = SpeakingWaivers(each for each in given if not each.holds_on(today))
        self._exempt = exempt

    def denial(self, report: AuditReport, packaged: Collection[RepoPath]) -> Denial:
        """Every finding about one of these paths counts, however unsure."""
        refused: list[Refusal] = []
        waived: list[Waived] = []
        undecided: list[Finding] = []
        for finding in report.findings:
            if finding.path not in packaged:
                continue
            denying = list(self._denying(finding, report.rules))
            for rule in denying:
                permits = self._in_force.of(rule.id, finding.path, finding.blob)
                if permits:
                    waived.append(Waived(finding, permits[0]))
                else:
                    refused.append(self._refusal(finding, rule))
            if finding.release is Release.DECIDE and not denying and not self._is_permitted(finding):
                undecided.append(finding)
        return Denial(refused, waived, undecided)

    def _denying(self, finding: Finding, rules: Mapping[RuleId, Rule]) -> Iterator[Rule]:
        """The rules by which no release may hold the file: those that deny it, and all about credentials."""
        met = (rules[rule] for rule in (finding.rule, *finding.also) if rule in rules)
        for rule in met:
            is_denying = rule.release is Release.DENY or rule.category is Category.CREDENTIAL
            if is_denying and not self._exempt(rule.id, finding.path):
                yield rule

    def _is_permitted(self, finding: Finding) -> bool:
        return bool(self._in_force.of(finding.rule, finding.path, finding.blob))

    def _refusal(self, finding: Finding, rule: Rule) -> Refusal:
        is_credential = rule.category is Category.CREDENTIAL
        kind = RefusalKind.CREDENTIAL if is_credential else RefusalKind.DENIED
        help_text = _HELP_CREDENTIAL if is_credential else _HELP.format(rule=rule.id)
        return Refusal(kind, finding.path, self._why(finding, rule), help_text, rule.id)

    def _why(self, finding: Finding, rule: Rule) -> str:
        over = self._over.of(rule.id, finding.path, finding.blob)
        once = f"; its waiver at {over[0].origin} expired on {over[0].expires}" if over else ""
        if rule.id != finding.rule:
            return f"{rule.id} denies it, besides {finding.rule}{once}"
        because = f": {finding.evidence[0].text}" if finding.evidence else ""
        return f"{rule.id} denies it ({finding.confidence}){because}{once}"


def unjudged(report: AuditReport, packaged: Collection[RepoPath], help_text: str) -> Iterator[Refusal]:
    """What nobody could look into may be what no release may hold. What is not packaged may be anything."""
    for each in report.unreadable:
        if each.path in packaged:
            yield Refusal(RefusalKind.MISSING, each.path, f"it could not be judged: {each.reason}", help_text)
