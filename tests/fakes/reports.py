"""Rules, findings and reports with plain contents, for tests to bend: the one place that knows all their fields."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from hygiene.model.finding import Finding
from hygiene.model.inventory import RepositoryFacts
from hygiene.model.paths import BlobId, RepoPath
from hygiene.model.report import AuditReport
from hygiene.model.rule import Bucket, Category, Confidence, Disposition, Examples, Release, Rule, RuleId, Severity


def plain_rule(name: str, **changes: object) -> Rule:
    """A rule that judges nothing yet, except for the fields that are given."""
    plain = Rule(
        id=RuleId(name),
        summary=name,
        why="Because.",
        producer="a tool",
        category=Category.BUILD,
        bucket=Bucket.CACHE,
        confidence=Confidence.REVIEW,
        severity=Severity.LOW,
        disposition=Disposition.DELETE_AND_UNTRACK,
        release=Release.DENY,
        examples=Examples((), ()),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]  # the callers name fields of Rule


def plain_finding(rule: Rule, path: str, **changes: object) -> Finding:
    """A finding of one byte, as sure as its rule and without evidence, except for the fields that are given."""
    plain = Finding(
        rule=rule.id,
        category=rule.category,
        bucket=rule.bucket,
        confidence=rule.confidence,
        severity=rule.severity,
        disposition=rule.disposition,
        release=rule.release,
        path=RepoPath(path),
        mode="100644",
        blob=BlobId("a" * 40),
        size=1,
        evidence=(),
        also=(),
        fingerprint="0" * 16,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]  # the callers name fields of Finding


def plain_report(findings: Iterable[Finding], **changes: object) -> AuditReport:
    """The report of an audit that found these, worst first, except for the fields that are given."""
    plain = AuditReport(
        tool_version="0.0.0",
        facts=RepositoryFacts(
            Path("/somewhere/.git"),
            Path("/somewhere"),
            "sha1",
            "c0ffee" + "0" * 34,
            shallow=False,
            partial=False,
            reader="git",
        ),
        revision="the index",
        roots=("index",),
        tracked=100,
        tracked_size=0,
        findings=sorted(findings, key=lambda each: (-each.confidence, -each.severity, each.path)),
        groups=(),
        rules={},
        cleared=(),
        unreadable=(),
        incomplete=(),
        notes=(),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]  # the callers name fields of AuditReport
