"""What a report adds up to: files and bytes by category, findings by confidence, and the outcome."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from hygiene.model.finding import Finding
from hygiene.model.gate import Gate
from hygiene.model.paths import RepoPath
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
    sizes: dict[RepoPath, int | None] = {}
    sure: Counter[Confidence] = Counter()
    for finding in findings:
        sizes[finding.path] = finding.size
        sure[finding.confidence] += 1
    return Tally(
        files=len(sizes),
        size=sum(size or 0 for size in sizes.values()),
        unsized=sum(size is None for size in sizes.values()),
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


def outcome_of(report: AuditReport, gate: Gate) -> Outcome:
    """What the audit amounts to: a finding that fails it outweighs a gap, and a gap is never clean."""
    if any(map(gate.fails, report.findings)):
        return Outcome.FINDINGS
    return Outcome.INCOMPLETE if report.incomplete else Outcome.CLEAN
