"""Reports for the tests of first settings: findings of the built-in rules, made on the spot."""

from pathlib import Path

from hygiene.model.finding import Finding
from hygiene.model.inventory import Gap, RepositoryFacts
from hygiene.model.paths import BlobId, RepoPath
from hygiene.model.report import AuditReport, TopLevel
from hygiene.model.rule import Confidence
from hygiene.policy.rules.catalogue import load_catalogue

CATALOGUE = load_catalogue()

_FACTS = RepositoryFacts(
    Path("/fake/.git"), Path("/fake"), "sha1", "1" * 40, shallow=False, partial=False, reader="fake"
)


def met(rule: str, path: str, size: int | None = 1, confidence: Confidence | None = None) -> Finding:
    """A finding of a built-in rule, as sure as the rule unless told."""
    by = CATALOGUE.get(rule)
    return Finding(
        rule=by.id,
        category=by.category,
        bucket=by.bucket,
        confidence=by.confidence if confidence is None else confidence,
        severity=by.severity,
        disposition=by.disposition,
        release=by.release,
        path=RepoPath(path),
        mode="100644",
        blob=BlobId("a" * 40),
        size=size,
        evidence=(),
        also=(),
        fingerprint="0" * 16,
    )


def report(
    *findings: Finding, tracked: int = 100, gaps: tuple[Gap, ...] = (), at_root: tuple[str, ...] = ()
) -> AuditReport:
    """The report of an audit that found these, worst first."""
    return AuditReport(
        tool_version="0.0.0",
        facts=_FACTS,
        revision="the index",
        roots=("the index",),
        tracked=tracked,
        tracked_size=0,
        findings=sorted(findings, key=lambda each: (-each.confidence, -each.severity, each.path)),
        groups=(),
        rules={each.rule: CATALOGUE.get(each.rule) for each in findings},
        cleared=(),
        unreadable=(),
        incomplete=gaps,
        notes=(),
        top_level=tuple(TopLevel(RepoPath(path), 1) for path in at_root),
    )
