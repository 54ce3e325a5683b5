"""One finding as machine-read formats see it: how loud it is, where it points, what it is called, what it says."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from functools import cache
from itertools import repeat

from hygiene.model.finding import Evidence, Finding
from hygiene.model.gate import Gate
from hygiene.model.past import KINDS_OF_PAST
from hygiene.model.report import AuditReport
from hygiene.model.rule import Confidence, Disposition, Rule, RuleId
from hygiene.report.quoting import plain
from hygiene.report.wording import TO_DO, strongest


class Level(Enum):
    """How loud a finding is, the loudest first."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


def by_level(report: AuditReport, gate: Gate) -> dict[Level, list[Finding]]:
    """The findings by how loud they are, the loudest first, else in the report's order.

    An error is what fails the audit, and nothing else is; a note is what is only worth a look.
    """
    found: dict[Level, list[Finding]] = {level: [] for level in Level}
    errors, warnings, notes = found.values()
    for finding in report.findings:
        if gate.fails(finding):
            errors.append(finding)
        else:
            (notes if finding.confidence is Confidence.REVIEW else warnings).append(finding)
    return found


def loudest_first(report: AuditReport, gate: Gate) -> list[tuple[Finding, Level]]:
    """The same in one list, each finding with its level."""
    return [each for level, findings in by_level(report, gate).items() for each in zip(findings, repeat(level))]


def line_of(finding: Finding) -> int:
    """The line of the file that the finding is about; 1 where it is about the whole file."""
    return next((each.line for each in finding.evidence if each.line and each.path == finding.path), 1)


class Sentences:
    """What the findings of a report say; most findings of a rule have the same evidence, and say the same."""

    def __init__(self, rules: Mapping[RuleId, Rule]) -> None:
        self._rules = rules
        self._said = cache(self._sentence)

    def of(self, finding: Finding) -> str:
        """What it is, why, how sure that is and what to do, on one line that is safe to print."""
        return self._said(finding.rule, finding.confidence, finding.disposition, finding.evidence)

    def _sentence(
        self, rule: RuleId, confidence: Confidence, disposition: Disposition, evidence: Sequence[Evidence]
    ) -> str:
        reason = strongest(evidence, confidence)
        because = f": {reason.text}" if reason else ""
        past = "".join(f"; {each.text}" for each in evidence if each.kind in KINDS_OF_PAST)
        return plain(f"{self._rules[rule].summary}{because}{past} ({confidence}; {TO_DO[disposition]})")


def identities(findings: Iterable[Finding]) -> Iterator[str]:
    """For each finding 32 hex digits over its rule and path, so that they stay while the file changes.

    No two are the same: of several findings of one rule in one file, the second and later ones are counted too.
    """
    seen: dict[str, int] = {}
    for finding in findings:
        identity = identity_of(finding.rule, finding.path)
        seen[identity] = count = seen.get(identity, 0) + 1
        yield identity if count == 1 else identity_of(finding.rule, finding.path, str(count))


def identity_of(*parts: str) -> str:
    """32 hex digits that stand for these words."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
