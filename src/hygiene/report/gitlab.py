"""GitLab's Code Quality report: a JSON array, one object a finding."""

from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from hygiene.model.finding import Finding
from hygiene.model.json_path import json_path
from hygiene.model.report import AuditReport
from hygiene.model.rule import Severity
from hygiene.report.ascii_json import encoded
from hygiene.report.results import Level, Sentences, identities, identity_of, line_of, loudest_first
from hygiene.report.style import TextStyle
from hygiene.report.wording import gap_words, permitted_sentence

_SEVERITIES: Final = {
    Severity.INFO: "info",
    Severity.LOW: "minor",
    Severity.MEDIUM: "major",
    Severity.HIGH: "critical",
    Severity.CRITICAL: "blocker",
}
_NOWHERE: Final = ".gitignore"  # the format wants a file for everything, also for what is about none


class Lines(Struct, frozen=True):
    """Where in a file."""

    begin: int


class Location(Struct, frozen=True):
    """A file from the repository's root, and where in it."""

    path: str
    lines: Lines


class Issue(Struct, frozen=True):
    """One entry of the report. GitLab takes two with one fingerprint for the same."""

    description: str
    check_name: str
    fingerprint: str
    severity: str
    location: Location


def render_gitlab(report: AuditReport, style: TextStyle) -> str:
    """Every finding, the loudest first. What could not be read is a blocker; what was let pass is one remark."""
    return encoded([*_gaps(report), *_findings(report, style), *_remark(report)], indent=1)


def _findings(report: AuditReport, style: TextStyle) -> Iterator[Issue]:
    found, sentences = loudest_first(report, style.gate), Sentences(report.rules)
    named = identities(finding for finding, _ in found)
    for (finding, level), identity in zip(found, named, strict=True):
        where = _location(finding.path, line_of(finding))
        yield Issue(sentences.of(finding), finding.rule, identity, _severity(finding, level), where)


def _severity(finding: Finding, level: Level) -> str:
    return "info" if level is Level.NOTE else _SEVERITIES[finding.severity]


def _gaps(report: AuditReport) -> Iterator[Issue]:
    for gap in dict.fromkeys(report.incomplete):
        identity = identity_of("incomplete-audit", gap.reason, gap.path or "")
        words, where = f"the audit is incomplete: {gap_words(gap)}", _location(gap.path or _NOWHERE)
        yield Issue(words, "incomplete-audit", identity, "blocker", where)


def _remark(report: AuditReport) -> Iterator[Issue]:
    """What waivers and the baseline let pass. Its fingerprint stays, so that no merge request is said to bring it."""
    if words := permitted_sentence(report):
        yield Issue(words, "permitted-findings", identity_of("permitted-findings"), "info", _location(_NOWHERE))


def _location(path: str, line: int = 1) -> Location:
    return Location(json_path(path).text, Lines(line))
