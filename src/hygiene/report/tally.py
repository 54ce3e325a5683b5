"""What a report adds up to: files and bytes by category, findings by confidence, and the outcome."""

from collections.abc import Iterable
from dataclasses import dataclass

from hygiene.model.finding import Finding
from hygiene.model.gate import Gate
from hygiene.model.report import AuditReport, Outcome
from hygiene.model.rule import Category, Confidence


@dataclass(frozen=True, slots=True)
class Tally:
    """Findings in numbers: a file with two of them is one file, and its bytes count once.

    Attributes:
        files: how many paths they name.
        size: bytes of the paths whose size is known.
        unsized: how many paths have no known size.
        certain: how many findings are; so `likely` and `review`.
    """

    files: int
    size: int
    unsized: int
    certain: int
    likely: int
    review: int


def tally(findings: Iterable[Finding]) -> Tally:
    """All of these findings in numbers."""
    found = list(findings)
    sizes = {finding.path: finding.size for finding in found}
    known = [size for size in sizes.values() if size is not None]
    sure = [finding.confidence for finding in found]
    return Tally(
        files=len(sizes),
        size=sum(known),
        unsized=len(sizes) - len(known),
        certain=sure.count(Confidence.CERTAIN),
        likely=sure.count(Confidence.LIKELY),
        review=sure.count(Confidence.REVIEW),
    )


def tally_by_category(findings: Iterable[Finding]) -> dict[Category, Tally]:
    """The categories that have findings, in the order in which `Category` lists them."""
    by_category: dict[Category, list[Finding]] = {category: [] for category in Category}
    for finding in findings:
        by_category[finding.category].append(finding)
    return {category: tally(found) for category, found in by_category.items() if found}


def outcome_of(report: AuditReport, gate: Gate) -> Outcome:
    """What the audit amounts to: a finding that fails it outweighs a gap, and a gap is never clean."""
    if any(map(gate.fails, report.findings)):
        return Outcome.FINDINGS
    return Outcome.INCOMPLETE if report.incomplete else Outcome.CLEAN
