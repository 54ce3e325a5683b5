"""What a report adds up to: files and bytes by category, by confidence and by disposition, and the outcome."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from hygiene.model.finding import AuditReport, Finding, Outcome
from hygiene.model.rule import Category, Confidence


@dataclass(frozen=True, slots=True)
class Tally:
    """A number of findings, the bytes of those whose size is known, and how many there are of each confidence."""

    files: int
    size: int
    unsized: int
    certain: int
    likely: int
    review: int


def tally(findings: Iterable[Finding]) -> Tally:
    """All of these findings in numbers."""
    counted = list(findings)
    sure = Counter(finding.confidence for finding in counted)
    return Tally(
        files=len(counted),
        size=sum(finding.size or 0 for finding in counted),
        unsized=sum(finding.size is None for finding in counted),
        certain=sure[Confidence.CERTAIN],
        likely=sure[Confidence.LIKELY],
        review=sure[Confidence.REVIEW],
    )


def tally_by_category(findings: Iterable[Finding]) -> dict[Category, Tally]:
    """The categories that have findings, in the order in which `Category` lists them."""
    by_category: dict[Category, list[Finding]] = {category: [] for category in Category}
    for finding in findings:
        by_category[finding.category].append(finding)
    return {category: tally(found) for category, found in by_category.items() if found}


def outcome_of(report: AuditReport, fail_on: Confidence) -> Outcome:
    """What the audit amounts to: a finding that fails it outweighs a gap, and a gap is never clean."""
    if any(finding.confidence >= fail_on for finding in report.findings):
        return Outcome.FINDINGS
    return Outcome.INCOMPLETE if report.incomplete else Outcome.CLEAN
