"""Small audits for the tests of this room: a repository in memory, rules made on the spot."""

from collections.abc import Mapping, Sequence

from hygiene.adapters.sqlite_tables import SqliteTableNames
from hygiene.audit.court import Court
from hygiene.audit.engine import Auditor, AuditRequest
from hygiene.model.finding import Finding
from hygiene.model.report import AuditReport
from hygiene.model.rule import Confidence, Match, Rule, Severity
from hygiene.policy.evidence import EvidencePolicy, evidence_policy
from hygiene.policy.rules.catalogue import Catalogue
from tests.fakes.media_types import FakeMediaTypes
from tests.fakes.reports import plain_rule
from tests.fakes.repository import FakeRepository


class Silence:
    def step(self, what: str) -> None:
        pass

    def count(self, done: int, total: int) -> None:
        pass

    def done(self) -> None:
        pass


def rule(
    name: str,
    match: Match | None = None,
    confidence: Confidence = Confidence.REVIEW,
    severity: Severity = Severity.LOW,
    check: str | None = None,
) -> Rule:
    return plain_rule(name, match=match, confidence=confidence, severity=severity, check=check)


def audit(
    repository: FakeRepository | Mapping[str, bytes],
    *rules: Rule,
    request: AuditRequest | None = None,
    policy: EvidencePolicy | None = None,
) -> AuditReport:
    held = repository if isinstance(repository, FakeRepository) else FakeRepository.holding(repository)
    court = Court(Catalogue(rules), policy or evidence_policy(), FakeMediaTypes(), SqliteTableNames())
    return Auditor(held, court, Silence()).audit(request or AuditRequest())


def by_path(report: AuditReport) -> dict[str, Finding]:
    """The findings by path, where each path has one."""
    found = {str(finding.path): finding for finding in report.findings}
    assert len(found) == len(report.findings)
    return found


def paths(findings: Sequence[Finding]) -> list[str]:
    return [finding.path for finding in findings]


def kinds(finding: Finding) -> list[str]:
    return [evidence.kind for evidence in finding.evidence]
