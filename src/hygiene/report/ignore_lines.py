"""Lines in gitignore syntax that match given files: a rule's own where they do, else the folders and files found."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache

from hygiene.errors import BadPattern
from hygiene.model.finding import Finding
from hygiene.model.paths import ROOT, RepoPath, ancestors, folder_of
from hygiene.model.report import AuditReport
from hygiene.model.rule import Category, Rule, RuleId
from hygiene.patterns.glob import Kind, Pattern, parse_pattern
from hygiene.patterns.ignore import IgnoreRules, parse_ignore_file
from hygiene.patterns.table import PatternTable
from hygiene.report.members import members
from hygiene.report.quoting import plain
from hygiene.report.study import Study

Refusal = Callable[[str], bool]
"""Whether a line must not be used, as it would take too much."""

# A folder that one of these words names is as often source as it is not: away from the root it stays possible.
_WORD = re.compile(r"[A-Za-z]+/")
# Trees that a tool makes whole: what marks one speaks for all below it.
_TREES = (Category.ENVIRONMENT, Category.DEPENDENCY, Category.CACHE)


class Matches:
    """Which of several lines match a file or a folder above it; negations are not lines here."""

    def __init__(self, lines: Iterable[str]) -> None:
        parsed = [(line, pattern) for line in lines if (pattern := _parsed(line)) is not None]
        self.lines = [line for line, _ in parsed]
        self._table = PatternTable([pattern for _, pattern in parsed])
        self._folders: dict[RepoPath, frozenset[int]] = {ROOT: frozenset()}

    def of(self, path: RepoPath) -> list[str]:
        """The lines that match the path, in their order."""
        numbers = self._above(folder_of(path)).union(self._table.of(path, Kind.FILE))
        return [self.lines[number] for number in sorted(numbers)]

    def of_folder(self, folder: RepoPath) -> list[str]:
        """The lines that match all in the folder, in their order."""
        return [self.lines[number] for number in sorted(self._above(folder))]

    def _above(self, folder: RepoPath) -> frozenset[int]:
        if folder not in self._folders:
            for each in reversed([folder, *ancestors(folder)]):
                if each not in self._folders:
                    self._folders[each] = self._folders[folder_of(each)].union(self._table.of_folder(each))
        return self._folders[folder]


class _Hits:
    """Which of its rule's own lines match each finding's path, worked out once; negations are not lines here."""

    def __init__(self, _: Study) -> None:
        self._matches: dict[RuleId, Matches] = {}
        self._known: dict[tuple[RuleId, RepoPath], list[str]] = {}

    def of(self, rule: Rule, path: RepoPath) -> list[str]:
        key = rule.id, path
        if key not in self._known:
            self._known[key] = self._lines_of(rule).of(path)
        return self._known[key]

    def _lines_of(self, rule: Rule) -> Matches:
        if rule.id not in self._matches:
            self._matches[rule.id] = Matches(line for line in rule.gitignore if not line.startswith("!"))
        return self._matches[rule.id]


class Covering:
    """Finds lines for the findings of one report."""

    def __init__(self, study: Study, refused: Refusal = lambda _: False) -> None:
        self._wholes = study.ask(_wholes)
        self._refused = cache(refused)
        self._hits = study.ask(_Hits)

    def lines(self, rule: Rule, findings: Sequence[Finding]) -> tuple[str, ...]:
        """Lines that between them match each of these findings of the rule, every line at least one of them."""
        met: dict[str, list[RepoPath]] = {line: [] for line in rule.gitignore if not self._refused(line)}
        found: dict[str, None] = {}
        for finding in findings:
            hits = [line for line in self._hits.of(rule, finding.path) if line in met]
            for line in hits:
                met[line].append(finding.path)
            if not hits:
                found[self._as_found(rule, finding)] = None
        return (*(_bound(line, paths) for line, paths in met.items() if paths), *found)

    def _as_found(self, rule: Rule, finding: Finding) -> str:
        lines = (exact_line(place) for place in self._places(rule, finding))
        return next((line for line in lines if not self._refused(line)), exact_line(finding.path))

    def _places(self, rule: Rule, finding: Finding) -> Iterator[str]:
        """The folders that stand for the finding: the tree that a tool marked, then the one that its group fills."""
        marks = (each.path for each in finding.evidence if each.kind == "tool-marker" and each.path)
        tree = next((folder for mark in marks if (folder := folder_of(mark))), None)
        if tree and rule.category in _TREES:
            yield f"{tree}/"
        whole = self._wholes.get((finding.rule, finding.path), ROOT)
        if whole.endswith("/"):
            yield whole


def _wholes(study: Study) -> Mapping[tuple[RuleId, RepoPath], RepoPath]:
    """The folder that several findings of one rule fill, for each of them."""
    found = study.ask(members).items()
    return {(each.rule, each.path): key[3] for key, inside in found if len(inside) > 1 for each in inside}


def exact_line(path: str) -> str:
    """The line that matches this very file, or this folder (with a `/` at its end), from the root.

    A byte that nobody can see, or that ends a line, is written as `?`.
    """
    return "/" + "".join(map(_literal, path[:-1])) + (_literal(path[-1]) if path[-1] != " " else "\\ ")


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


def _parsed(line: str) -> Pattern | None:
    try:
        return parse_pattern(line)
    except BadPattern:
        return None


def _literal(character: str) -> str:
    if character in "*?[\\":
        return f"\\{character}"
    if plain(character) == character:
        return character
    return "?" * len(character.encode("utf-8", "surrogateescape"))
