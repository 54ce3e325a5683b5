"""Reports for the tests of first settings: findings of the built-in rules, made on the spot."""

from hygiene.model.finding import Finding
from hygiene.model.inventory import Gap
from hygiene.model.paths import RepoPath
from hygiene.model.report import AuditReport, TopLevel
from hygiene.model.rule import Confidence
from hygiene.policy.rules.catalogue import load_catalogue
from tests.fakes.reports import plain_finding, plain_report

CATALOGUE = load_catalogue()


def met(rule: str, path: str, size: int | None = 1, confidence: Confidence | None = None) -> Finding:
    """A finding of a built-in rule, as sure as the rule unless told."""
    by = CATALOGUE.get(rule)
    return plain_finding(by, path, size=size, confidence=by.confidence if confidence is None else confidence)


def report(
    *findings: Finding, tracked: int = 100, gaps: tuple[Gap, ...] = (), at_root: tuple[str, ...] = ()
) -> AuditReport:
    """The report of an audit that found these, worst first."""
    return plain_report(
        findings,
        tracked=tracked,
        rules={each.rule: CATALOGUE.get(each.rule) for each in findings},
        incomplete=gaps,
        top_level=tuple(TopLevel(RepoPath(path), 1) for path in at_root),
    )
