"""Lines in gitignore syntax that match given files: a rule's own where they do, else the folders and files found."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache

from hygiene.errors import BadPattern
from hygiene.model.finding import Finding
from hygiene.model.json_path import bytes_of
from hygiene.model.paths import ROOT, RepoPath, folder_of
from hygiene.model.report import AuditReport
from hygiene.model.rule import Category, Rule, RuleId
from hygiene.patterns.covering import Covering
from hygiene.patterns.glob import Kind, Pattern, parse_pattern
from hygiene.patterns.ignore import IgnoreRules, parse_ignore_file
from hygiene.patterns.literal import literal_pattern
from hygiene.report.members import Members
from hygiene.report.quoting import plain

Refusal = Callable[[str], bool]
"""Whether a line must not be used, as it would take too much."""

# A folder that one of these words names is as often source as it is not: away from the root it stays possible.
_WORD = re.compile(r"[A-Za-z]+/")
# Trees that a tool makes whole: what marks one speaks for all below it.
_TREES = (Category.ENVIRONMENT, Category.DEPENDENCY, Category.CACHE)


class IgnoreLines:
    """Finds lines for the findings of one report."""

    def __init__(self, report: AuditReport, members: Members) -> None:
        # The folder that several findings of one rule fill, for each of them.
        self._wholes = {
            (each.rule, each.path): place
            for (*_, place), inside in members.items()
            if len(inside) > 1
            for each in inside
        }
        # Asked for the ignore file and for the deny list.
        self._own = {rule.id: cache(_own_lines(rule).of_file) for rule in report.rules.values()}

    def covering(self, rule: Rule, findings: Sequence[Finding], refused: Refusal = lambda _: False) -> tuple[str, ...]:
        """Lines that between them match each of these findings of the rule, every line at least one of them."""
        met: dict[str, list[RepoPath]] = {line: [] for line in rule.gitignore if not refused(line)}
        found: dict[str, None] = {}
        for finding in findings:
            hits = [line for line in self._own[rule.id](finding.path) if line in met]
            for line in hits:
                met[line].append(finding.path)
            if not hits:
                found[self._as_found(rule, finding, refused)] = None
        return (*(_bound(line, paths) for line, paths in met.items() if paths), *found)

    def _as_found(self, rule: Rule, finding: Finding, refused: Refusal) -> str:
        lines = (exact_line(place) for place in self._places(rule, finding))
        return next((line for line in lines if not refused(line)), exact_line(finding.path))

    def _places(self, rule: Rule, finding: Finding) -> Iterator[str]:
        """The folders that stand for the finding: the tree that a tool marked, then the one that its group fills."""
        marks = (each.path for each in finding.evidence if each.kind == "tool-marker" and each.path)
        tree = next((folder for mark in marks if (folder := folder_of(mark))), None)
        if tree and rule.category in _TREES:
            yield f"{tree}/"
        whole = self._wholes.get((finding.rule, finding.path), ROOT)
        if whole.endswith("/"):
            yield whole


def compiled(lines: Iterable[str]) -> Covering[str]:
    """The lines, by what each would match if it stood alone; what is no pattern of ours matches nothing."""
    return Covering((pattern, line) for line in lines if (pattern := _parsed(line)) is not None)


def exact_line(path: str) -> str:
    """The line that matches this very file, or this folder (with a `/` at its end), from the root.

    A byte that nobody can see, or that ends a line, is written as `?`.
    """
    line = literal_pattern(path.removesuffix("/"), Kind.FOLDER if path.endswith("/") else Kind.FILE)
    return line if plain(line) == line else "".join(map(_seen, line))


def ignore_rules(lines: Iterable[str]) -> IgnoreRules:
    """The lines as the only ignore file of a repository, at its root."""
    text = "\n".join(lines).encode("utf-8", "surrogateescape")
    return IgnoreRules([parse_ignore_file(RepoPath(".gitignore"), text)])


def is_covered(rules: IgnoreRules, path: RepoPath) -> bool:
    """Whether the rules ignore the file."""
    verdict = rules.verdict(path)
    return verdict is not None and verdict.ignored


def by_rule(report: AuditReport, findings: Iterable[Finding]) -> Mapping[Rule, list[Finding]]:
    """The findings by their rule, the rules in the order of their ids."""
    found: dict[RuleId, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.rule, []).append(finding)
    return {report.rules[rule_id]: found[rule_id] for rule_id in sorted(found)}


def _bound(line: str, paths: Sequence[RepoPath]) -> str:
    """The line bound to the root where an everyday word names a folder that was met there alone."""
    at_root = _WORD.fullmatch(line) and all(path.startswith(line) for path in paths)
    return f"/{line}" if at_root else line


def _own_lines(rule: Rule) -> Covering[str]:
    """The rule's own lines; its negations match nothing by themselves."""
    return compiled(line for line in rule.gitignore if not line.startswith("!"))


def _parsed(line: str) -> Pattern | None:
    try:
        return parse_pattern(line)
    except BadPattern:
        return None


def _seen(character: str) -> str:
    return character if plain(character) == character else "?" * len(bytes_of(character))
