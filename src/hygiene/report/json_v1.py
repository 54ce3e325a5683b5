"""The JSON report, `hygiene.audit/1`: every finding with all its evidence, as ASCII."""

from hygiene.model.report import AuditReport
from hygiene.report import json_parts as parts
from hygiene.report import shape_v1 as shape
from hygiene.report.ascii_json import encoded
from hygiene.report.json_alike import alike, alike_in_sum
from hygiene.report.quoting import json_text
from hygiene.report.style import TextStyle
from hygiene.report.tally import tally_by_category


def render_json(report: AuditReport, style: TextStyle) -> str:
    """The report in the shape `hygiene.audit/1`, two spaces a level; the same bytes for the same report."""
    return encoded(_audit(report, style))


def audit_schema() -> str:
    """The JSON Schema (draft 2020-12) of what `render_json` writes, as it is committed in `schemas/`."""
    return parts.schema_of(shape.SCHEMA, shape.Audit)


def _audit(report: AuditReport, style: TextStyle) -> shape.Audit:
    return shape.Audit(
        schema=shape.SCHEMA,
        revision=json_text(report.revision),
        roots=tuple(map(json_text, report.roots)),
        unused_waivers=tuple(map(parts.unused, report.idle_waivers)),
        stale_baseline=tuple(map(parts.entry, report.stale)),
        summary=_summary(report, style),
        **alike(report),
    )


def _summary(report: AuditReport, style: TextStyle) -> shape.Summary:
    return shape.Summary(
        tracked_files=report.tracked,
        tracked_bytes=report.tracked_size,
        by_category={
            category.value: shape.CategoryTotal(files=found.files, bytes=found.size)
            for category, found in tally_by_category(report.findings).items()
        },
        unused_waivers=len(report.idle_waivers),
        stale_baseline=len(report.stale),
        **alike_in_sum(report, style.gate),
    )
