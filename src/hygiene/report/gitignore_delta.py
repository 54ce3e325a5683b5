"""The lines that a repository's `.gitignore` lacks, so that nothing that leaves comes back."""

from collections.abc import Iterable, Iterator, Sequence

from hygiene.model.finding import Finding
from hygiene.model.paths import RepoPath
from hygiene.model.report import AuditReport
from hygiene.model.rule import Category, Rule
from hygiene.model.untracking import CategoryLines
from hygiene.patterns.glob import Kind, parse_pattern
from hygiene.report.firmness import is_firm, is_ignored, leaves
from hygiene.untrack.exact_lines import exact_line
from hygiene.untrack.ignore_lines import IgnoreLines, by_rule, ignore_rules, is_covered

_PLACEHOLDER = ".gitkeep"


def gitignore_delta(report: AuditReport, ignore_lines: IgnoreLines) -> list[CategoryLines]:
    """What to add at the end of the root's `.gitignore`, category by category, no line twice.

    Together the lines match every file that firmly is to leave and that no line matches yet; each that is no
    negation matches such a file.
    """
    missing = [each for each in report.findings if is_firm(each) and leaves(each) and not is_ignored(each)]
    found = by_rule(report.rules, missing)
    seen: set[str] = set()
    delta = []
    for category in Category:
        rules = [(rule, alike) for rule, alike in found.items() if rule.category is category]
        lines = [line for rule, alike in rules for line in _lines(rule, alike, ignore_lines.covering(rule, alike))]
        delta.append(CategoryLines(category, _unseen(lines, seen)))
    return [each for each in (*delta, *_brought_back(delta, missing)) if each.lines]


def _brought_back(delta: Sequence[CategoryLines], missing: Iterable[Finding]) -> Iterator[CategoryLines]:
    """Lines for the files that a negation brings back, such as a placeholder that is to leave itself."""
    found = [line for each in delta for line in each.lines]
    if not any(line.startswith("!") for line in found):
        return
    rules = ignore_rules(found)
    lost = [finding for finding in missing if not is_covered(rules, finding.path)]
    for category in dict.fromkeys(finding.category for finding in lost):
        lines = (exact_line(finding.path) for finding in lost if finding.category is category)
        yield CategoryLines(category, tuple(dict.fromkeys(lines)))


def _unseen(lines: Iterable[str], seen: set[str]) -> tuple[str, ...]:
    fresh = tuple(line for line in dict.fromkeys(lines) if line not in seen)
    seen.update(fresh)
    return fresh


def _lines(rule: Rule, findings: Sequence[Finding], lines: Sequence[str]) -> Iterator[str]:
    """The lines with what lets a placeholder keep a folder of input, and with the rule's negations that work."""
    for line in lines:
        if rule.category is Category.INPUT and line.endswith("/"):
            yield from _keeping_the_folder(line, findings)
        else:
            yield line
    yield from (line for line in rule.gitignore if line.startswith("!") and _works(line, lines))


def _works(negation: str, lines: Sequence[str]) -> bool:
    """Whether the negation can bring back what a line ignores: not below a folder that is ignored itself."""
    path = RepoPath(negation.removeprefix("!").lstrip("/"))
    patterns = [pattern for line in lines if (pattern := parse_pattern(line)) is not None]
    return bool(patterns) and ("*" in path or any(pattern.matches(path, Kind.FILE) for pattern in patterns))


def _keeping_the_folder(line: str, findings: Sequence[Finding]) -> tuple[str, str]:
    """Lines that ignore what is in a folder and let a placeholder keep the folder itself.

    Git never looks below an ignored folder, so a placeholder in one cannot be brought back: the content is ignored
    instead. With a slash in its middle a pattern is bound to the root, which `**/` undoes where a finding lies deeper.
    """
    name = line.strip("/")
    deeper = not line.startswith("/") and any(f"/{name}/" in finding.path for finding in findings)
    folder = f"**/{name}" if deeper else line.rstrip("/")
    return f"{folder}/*", f"!{folder}/{_PLACEHOLDER}"
