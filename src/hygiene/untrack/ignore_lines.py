"""Lines in gitignore syntax that match given files: a rule's own where they do, else the folders and files found."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache

from hygiene.errors import BadPattern
from hygiene.model.finding import Finding
from hygiene.model.paths import ROOT, RepoPath, folder_of
from hygiene.model.rule import Category, Rule, RuleId
from hygiene.patterns.covering import Covering
from hygiene.patterns.glob import Pattern, parse_pattern
from hygiene.patterns.ignore import IgnoreRules, parse_ignore_file
from hygiene.untrack.exact_lines import exact_line
from hygiene.untrack.members import Members

Refusal = Callable[[str], bool]
"""Whether a line must not be used, as it would take too much."""

# A folder that one of these words names is as often source as it is not: away from the root it stays possible.
_WORD = re.compile(r"[A-Za-z]+/")
# Trees that a tool makes whole: what marks one speaks for all below it.
_TREES = (Category.ENVIRONMENT, Category.DEPENDENCY, Category.CACHE)


class IgnoreLines:
    """Finds lines for findings of these rules, which make up these groups."""

    def __init__(self, rules: Mapping[RuleId, Rule], members: Members) -> None:
        # The folder that several findings of one rule fill, for each of them.
        self._wholes = {
            (each.rule, each.path): place
            for (*_, place), inside in members.items()
            if len(inside) > 1
            for each in inside
        }
        # Asked for the ignore file and for the deny list.
        lines = {rule.id: _own_lines(rule) for rule in rules.values()}
        self._own = {rule: cache(covering.of_file) for rule, covering in lines.items()}
        self._of_folder = {rule: cache(covering.of_folder) for rule, covering in lines.items()}

    def covering(self, rule: Rule, findings: Sequence[Finding], refused: Refusal = lambda _: False) -> tuple[str, ...]:
        """Lines that between them match each of these findings of the rule, every line at least one of them.

        None of them is refused, unless it names a file that nothing else matches.
        """
        met: dict[str, list[RepoPath]] = {line: [] for line in rule.gitignore}
        whole = {line for line in met if not _WORD.fullmatch(line) and not refused(line)}
        for finding in findings:
            # Once every line has met something, a line for the whole folder is enough: nothing else would be added.
            lines: Sequence[str] = self._of_folder[rule.id](folder_of(finding.path))
            if not (all(met.values()) and whole.intersection(lines)):
                lines = self.own(finding)
            for line in lines:
                met[line].append(finding.path)
        used = dict(form for line, paths in met.items() for form in _form(line, paths, refused))
        covered = {path for paths in used.values() for path in paths}
        rest = [finding for finding in findings if finding.path not in covered]
        return (*used, *dict.fromkeys(self._as_found(rule, finding, refused) for finding in rest))

    def own(self, finding: Finding) -> Sequence[str]:
        """The lines of the finding's rule that match it."""
        return self._own[finding.rule](finding.path)

    def _as_found(self, rule: Rule, finding: Finding, refused: Refusal) -> str:
        lines = (exact_line(place) for place in self._places(rule, finding))
        return next((line for line in lines if not refused(line)), exact_line(finding.path))

    def _places(self, rule: Rule, finding: Finding) -> Iterator[str]:
        """The folders that stand for the finding: the tree that a tool marked, then the one that its group fills.

        A folder that holds only files of certain names today may hold source tomorrow: names stand for themselves.
        """
        marks = (each.path for each in finding.evidence if each.kind == "tool-marker" and each.path)
        tree = next((folder for mark in marks if (folder := folder_of(mark))), None)
        if tree and rule.category in _TREES:
            yield f"{tree}/"
        whole = self._wholes.get((finding.rule, finding.path), ROOT)
        is_by_name = any(each.kind == "name" for each in finding.evidence)
        if whole.endswith("/") and not is_by_name:
            yield whole


def compiled(lines: Iterable[str]) -> Covering[str]:
    """The lines, by what each would match if it stood alone; what is no pattern of ours matches nothing."""
    return Covering((pattern, line) for line in lines if (pattern := parsed(line)) is not None)


def parsed(line: str) -> Pattern | None:
    """The line as a pattern; None where it is none, or over a limit of ours."""
    try:
        return parse_pattern(line)
    except BadPattern:
        return None


def ignore_rules(lines: Iterable[str]) -> IgnoreRules:
    """The lines as the only ignore file of a repository, at its root."""
    text = "\n".join(lines).encode("utf-8", "surrogateescape")
    return IgnoreRules([parse_ignore_file(RepoPath(".gitignore"), text)])


def is_covered(rules: IgnoreRules, path: RepoPath) -> bool:
    """Whether the rules ignore the file."""
    verdict = rules.verdict(path)
    return verdict is not None and verdict.ignored


def by_rule(rules: Mapping[RuleId, Rule], findings: Iterable[Finding]) -> Mapping[Rule, list[Finding]]:
    """The findings by their rule, the rules in the order of their ids."""
    found: dict[RuleId, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.rule, []).append(finding)
    return {rules[rule_id]: found[rule_id] for rule_id in sorted(found)}


def _form(line: str, paths: Sequence[RepoPath], refused: Refusal) -> Iterator[tuple[str, Sequence[RepoPath]]]:
    """The form in which a rule's line may be used, if any, and those of the paths that it then is for.

    It is bound to the root where an everyday word names a folder that was met there alone, or may only stand there.
    """
    at_root = [path for path in paths if path.startswith(line)] if _WORD.fullmatch(line) else []
    if len(at_root) < len(paths) and not refused(line):
        yield line, paths
    elif at_root and not refused(f"/{line}"):
        yield f"/{line}", at_root


def _own_lines(rule: Rule) -> Covering[str]:
    """The rule's own lines; its negations match nothing by themselves."""
    return compiled(line for line in rule.gitignore if not line.startswith("!"))
