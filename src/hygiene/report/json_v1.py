"""The JSON report, `hygiene.audit/1`: every finding with all its evidence, as ASCII."""

from collections import Counter

from hygiene.model.report import AuditReport
from hygiene.model.rule import Disposition
from hygiene.report import json_parts as parts
from hygiene.report import shape_v1 as shape
from hygiene.report.ascii_json import encoded
from hygiene.report.quoting import json_text
from hygiene.report.style import TextStyle
from hygiene.report.tally import outcome_of, tally, tally_by_category


def render_json(report: AuditReport, style: TextStyle) -> str:
    """The report in the shape `hygiene.audit/1`, two spaces a level; the same bytes for the same report."""
    return encoded(_audit(report, style))


def audit_schema() -> str:
    """The JSON Schema (draft 2020-12) of what `render_json` writes, as it is committed in `schemas/`."""
    return parts.schema_of(shape.SCHEMA, shape.Audit)


def _audit(report: AuditReport, style: TextStyle) -> shape.Audit:
    shaped = parts.finding_shaper()
    return shape.Audit(
        schema=shape.SCHEMA,
        tool=shape.Tool(name="hygiene", version=report.tool_version),
        repository=parts.repository(report.facts),
        revision=json_text(report.revision),
        roots=tuple(map(json_text, report.roots)),
        findings=tuple(map(shaped, report.findings)),
        groups=tuple(map(parts.group, report.groups)),
        cleared=tuple(map(parts.cleared, report.cleared)),
        waived=tuple(parts.waived(each, shaped) for each in report.waived),
        unused_waivers=tuple(map(parts.unused, report.idle_waivers)),
        baselined=tuple(map(shaped, report.baselined)),
        stale_baseline=tuple(map(parts.entry, report.stale)),
        unreadable=tuple(map(parts.unreadable, report.unreadable)),
        incomplete=tuple(map(parts.gap, report.incomplete)),
        notes=tuple(map(json_text, report.notes)),
        policy=tuple(map(json_text, report.policy)),
        summary=_summary(report, style),
    )


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
