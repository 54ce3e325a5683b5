"""The JSON report, `hygiene.audit/1`: every finding with all its evidence, as ASCII."""

import json
from collections import Counter
from collections.abc import Callable
from functools import cache, partial
from typing import TypeVar

import msgspec
from msgspec import UNSET, UnsetType

from hygiene.model.finding import Cleared, Evidence, Finding, Group, Unreadable
from hygiene.model.inventory import Gap, RepositoryFacts
from hygiene.model.json_path import json_path
from hygiene.model.paths import RepoPath
from hygiene.model.permit import Accepted, IdleWaiver, Waived, Waiver
from hygiene.model.report import AuditReport
from hygiene.model.rule import Disposition
from hygiene.report import shape_v1 as shape
from hygiene.report.ascii_json import encoded
from hygiene.report.quoting import json_text
from hygiene.report.style import TextStyle
from hygiene.report.tally import outcome_of, tally, tally_by_category

T = TypeVar("T")

Reasons = Callable[[tuple[Evidence, ...]], tuple[shape.Reason, ...]]
FindingShaper = Callable[[Finding], shape.FileFinding]


def render_json(report: AuditReport, style: TextStyle) -> str:
    """The report in the shape `hygiene.audit/1`, two spaces a level; the same bytes for the same report."""
    return encoded(_audit(report, style))


def audit_schema() -> str:
    """The JSON Schema (draft 2020-12) of what `render_json` writes, as it is committed in `schemas/`."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": shape.SCHEMA}
    return json.dumps(schema | msgspec.json.schema(shape.Audit), indent=2) + "\n"


def _audit(report: AuditReport, style: TextStyle) -> shape.Audit:
    # Most findings of one rule have the same evidence.
    shaped = partial(_finding, cache(_reasons))
    return shape.Audit(
        schema=shape.SCHEMA,
        tool=shape.Tool(name="hygiene", version=report.tool_version),
        repository=_repository(report.facts),
        revision=json_text(report.revision),
        roots=tuple(map(json_text, report.roots)),
        findings=tuple(map(shaped, report.findings)),
        groups=tuple(map(_group, report.groups)),
        cleared=tuple(map(_cleared, report.cleared)),
        waived=tuple(_waived(each, shaped) for each in report.waived),
        unused_waivers=tuple(map(_unused, report.idle_waivers)),
        baselined=tuple(map(shaped, report.baselined)),
        stale_baseline=tuple(map(_entry, report.stale)),
        unreadable=tuple(map(_unreadable, report.unreadable)),
        incomplete=tuple(map(_gap, report.incomplete)),
        notes=tuple(map(json_text, report.notes)),
        policy=tuple(map(json_text, report.policy)),
        summary=_summary(report, style),
    )


def _repository(facts: RepositoryFacts) -> shape.Repository:
    return shape.Repository(
        object_format="sha256" if facts.object_format == "sha256" else "sha1",
        bare=facts.work_dir is None,
        shallow=facts.shallow,
        partial=facts.partial,
        head=facts.head,
    )


def _finding(reasons: Reasons, finding: Finding) -> shape.FileFinding:
    path = json_path(finding.path)
    return shape.FileFinding(
        rule=finding.rule,
        category=finding.category,
        bucket=finding.bucket,
        confidence=finding.confidence.word,
        severity=finding.severity.word,
        disposition=finding.disposition,
        release=finding.release,
        path=path.text,
        mode=finding.mode,
        blob=finding.blob,
        size=finding.size,
        evidence=reasons(finding.evidence),
        also=finding.also,
        fingerprint=finding.fingerprint,
        path_b64=_given(path.b64),
    )


def _group(group: Group) -> shape.FolderGroup:
    path = json_path(group.path)
    return shape.FolderGroup(
        path=path.text,
        rule=group.rule,
        category=group.category,
        confidence=group.confidence.word,
        severity=group.severity.word,
        disposition=group.disposition,
        count=group.count,
        size=group.size,
        unsized=group.unsized,
        evidence=_reasons(group.evidence),
        path_b64=_given(path.b64),
    )


def _reasons(evidence: tuple[Evidence, ...]) -> tuple[shape.Reason, ...]:
    return tuple(map(_reason, evidence))


def _reason(evidence: Evidence) -> shape.Reason:
    path, b64 = _where(evidence.path)
    return shape.Reason(
        kind=evidence.kind,
        text=json_text(evidence.text),
        points=evidence.points,
        path=path,
        path_b64=b64,
        line=_given(evidence.line),
    )


def _cleared(cleared: Cleared) -> shape.ClearedFile:
    path = json_path(cleared.path)
    return shape.ClearedFile(path=path.text, path_b64=_given(path.b64), rule=cleared.rule, by=_reason(cleared.by))


def _waived(waived: Waived, shaped: FindingShaper) -> shape.WaivedFinding:
    return shape.WaivedFinding(finding=shaped(waived.finding), waiver=_waiver(waived.waiver))


def _unused(idle: IdleWaiver) -> shape.UnusedWaiver:
    return shape.UnusedWaiver(waiver=_waiver(idle.waiver), why=idle.why)


def _waiver(waiver: Waiver) -> shape.Waiver:
    origin = waiver.origin
    return shape.Waiver(
        rule=waiver.rule,
        path=json_text(waiver.path),
        reason=json_text(waiver.reason),
        blob=_given(waiver.blob),
        expires=UNSET if waiver.expires is None else waiver.expires.isoformat(),
        owner=_given(json_text(waiver.owner) or None),
        file=json_text(origin.file),
        line=_given(origin.line),
        revision=_given(json_text(origin.revision) or None),
    )


def _entry(entry: Accepted) -> shape.BaselineEntry:
    path = json_path(entry.path)
    return shape.BaselineEntry(
        rule=entry.rule,
        path=path.text,
        path_b64=_given(path.b64),
        blob=entry.blob,
        category=entry.category,
        size=entry.size,
    )


def _unreadable(unreadable: Unreadable) -> shape.UnreadableFile:
    path = json_path(unreadable.path)
    return shape.UnreadableFile(path=path.text, path_b64=_given(path.b64), reason=json_text(unreadable.reason))


def _gap(gap: Gap) -> shape.Gap:
    path, b64 = _where(gap.path)
    return shape.Gap(reason=json_text(gap.reason), help=json_text(gap.help), path=path, path_b64=b64)


def _summary(report: AuditReport, style: TextStyle) -> shape.Summary:
    total = tally(report.findings)
    to_do = Counter(finding.disposition for finding in report.findings)
    return shape.Summary(
        outcome=outcome_of(report, style.gate),
        tracked_files=report.tracked,
        tracked_bytes=report.tracked_size,
        findings=len(report.findings),
        by_confidence=shape.ByConfidence(certain=total.certain, likely=total.likely, review=total.review),
        by_category={
            category.value: shape.CategoryTotal(files=found.files, bytes=found.size)
            for category, found in tally_by_category(report.findings).items()
        },
        by_disposition={each.value: to_do[each] for each in Disposition},
        cleared=len(report.cleared),
        waived=len(report.waived),
        unused_waivers=len(report.idle_waivers),
        baselined=len(report.baselined),
        stale_baseline=len(report.stale),
        unreadable=len(report.unreadable),
    )


def _where(path: RepoPath | None) -> tuple[str | UnsetType, str | UnsetType]:
    if path is None:
        return UNSET, UNSET
    text, b64 = json_path(path)
    return text, _given(b64)


def _given(value: T | None) -> T | UnsetType:
    return UNSET if value is None else value
