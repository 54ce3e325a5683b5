"""The lines that a repository's `.gitignore` lacks, as far as its findings tell."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from hygiene.model.finding import AuditReport, Finding
from hygiene.model.rule import Category, Confidence, Disposition, Rule, RuleId

_LEAVES = (Disposition.DELETE_AND_UNTRACK, Disposition.UNTRACK)
_PLACEHOLDER = ".gitkeep"


class IgnoreLines(NamedTuple):
    """Lines in gitignore syntax, in the order in which they must stand, all for one category."""

    category: Category
    lines: tuple[str, ...]


def gitignore_delta(report: AuditReport) -> list[IgnoreLines]:
    """What to add to the root's `.gitignore`, category by category, no line twice.

    A rule brings its lines when a finding of it is certain or likely, is to leave, and is not ignored already.
    """
    missing: dict[RuleId, list[Finding]] = {}
    for finding in report.findings:
        if _leaves(finding) and not _is_ignored(finding):
            missing.setdefault(finding.rule, []).append(finding)
    seen: set[str] = set()
    delta = []
    for category in Category:
        rules = sorted(rule_id for rule_id in missing if report.rules[rule_id].category is category)
        lines = [line for rule_id in rules for line in _lines(report.rules[rule_id], missing[rule_id])]
        delta.append(IgnoreLines(category, _unseen(lines, seen)))
    return [each for each in delta if each.lines]


def _leaves(finding: Finding) -> bool:
    return finding.confidence >= Confidence.LIKELY and finding.disposition in _LEAVES


def _is_ignored(finding: Finding) -> bool:
    return any(evidence.kind == "ignored" for evidence in finding.evidence)


def _unseen(lines: Iterable[str], seen: set[str]) -> tuple[str, ...]:
    fresh = tuple(line for line in dict.fromkeys(lines) if line not in seen)
    seen.update(fresh)
    return fresh


def _lines(rule: Rule, findings: Sequence[Finding]) -> Iterator[str]:
    for line in rule.gitignore:
        if rule.category is Category.INPUT and line.endswith("/") and not line.startswith("!"):
            yield from _keeping_the_folder(line, findings)
        else:
            yield line


def _keeping_the_folder(line: str, findings: Sequence[Finding]) -> tuple[str, str]:
    """Lines that ignore what is in a folder and let a placeholder keep the folder itself.

    Git never looks below an ignored folder, so a placeholder in one cannot be brought back: the content is ignored
    instead. With a slash in its middle a pattern is bound to the root, which `**/` undoes where a finding lies deeper.
    """
    name = line.strip("/")
    deeper = not line.startswith("/") and any(f"/{name}/" in finding.path for finding in findings)
    folder = f"**/{name}" if deeper else line.rstrip("/")
    return f"{folder}/*", f"!{folder}/{_PLACEHOLDER}"
