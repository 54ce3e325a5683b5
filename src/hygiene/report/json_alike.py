"""What the JSON reports of an audit and of a history say alike, worked out once."""

from collections import Counter
from typing import TypedDict

from hygiene.model.gate import Gate
from hygiene.model.report import AuditReport, Outcome
from hygiene.model.rule import Disposition
from hygiene.report import json_parts as parts
from hygiene.report import shape_v1 as shape
from hygiene.report.quoting import json_text
from hygiene.report.tally import outcome_of, tally


# Not a struct that both inherit: msgspec writes what is inherited first, and the order of the keys is promised.
class Alike(TypedDict):
    """The fields that both documents have."""

    tool: shape.Tool
    repository: shape.Repository
    findings: tuple[shape.FileFinding, ...]
    groups: tuple[shape.FolderGroup, ...]
    cleared: tuple[shape.ClearedFile, ...]
    waived: tuple[shape.WaivedFinding, ...]
    baselined: tuple[shape.FileFinding, ...]
    unreadable: tuple[shape.UnreadableFile, ...]
    incomplete: tuple[shape.Gap, ...]
    notes: tuple[str, ...]
    policy: tuple[str, ...]


class AlikeInSum(TypedDict):
    """The fields that both summaries have."""

    outcome: Outcome
    findings: int
    by_confidence: shape.ByConfidence
    by_disposition: dict[str, int]
    cleared: int
    waived: int
    baselined: int
    unreadable: int


def alike(audit: AuditReport) -> Alike:
    """What either document says of what was found, let pass and not read."""
    shaped = parts.finding_shaper()
    return Alike(
        tool=shape.Tool(name="hygiene", version=audit.tool_version),
        repository=parts.repository(audit.facts),
        findings=tuple(map(shaped, audit.findings)),
        groups=tuple(map(parts.group, audit.groups)),
        cleared=tuple(map(parts.cleared, audit.cleared)),
        waived=tuple(parts.waived(each, shaped) for each in audit.waived),
        baselined=tuple(map(shaped, audit.baselined)),
        unreadable=tuple(map(parts.unreadable, audit.unreadable)),
        incomplete=tuple(map(parts.gap, audit.incomplete)),
        notes=tuple(map(json_text, audit.notes)),
        policy=tuple(map(json_text, audit.policy)),
    )


def alike_in_sum(audit: AuditReport, gate: Gate) -> AlikeInSum:
    """What either summary says of it."""
    total = tally(audit.findings)
    to_do = Counter(finding.disposition for finding in audit.findings)
    return AlikeInSum(
        outcome=outcome_of(audit, gate),
        findings=len(audit.findings),
        by_confidence=shape.ByConfidence(certain=total.certain, likely=total.likely, review=total.review),
        by_disposition={each.value: to_do[each] for each in Disposition},
        cleared=len(audit.cleared),
        waived=len(audit.waived),
        baselined=len(audit.baselined),
        unreadable=len(audit.unreadable),
    )
