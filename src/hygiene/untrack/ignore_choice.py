"""Chooses the lines that ignore what leaves; told what was wrong with a choice, it makes the next best one."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from enum import IntEnum

from hygiene.model.finding import Finding
from hygiene.model.paths import RepoPath, folder_of
from hygiene.model.rule import Category, Rule
from hygiene.model.untracking import CategoryLines
from hygiene.patterns.covering import Covering
from hygiene.patterns.glob import Kind
from hygiene.patterns.ignore import IgnoreRules, Verdict
from hygiene.untrack.exact_lines import exact_line, narrow_line
from hygiene.untrack.ignore_draft import Additions
from hygiene.untrack.ignore_ground import ROOT_FILE, IgnoreGround, below
from hygiene.untrack.ignore_lines import IgnoreLines, by_rule, compiled, parsed
from hygiene.untrack.members import members_of

_Negation = tuple[str, str]
"""A negation of a rule, and the line beside it that takes too much without it."""


class _Stage(IntEnum):
    """How far the search for a finding's line has come."""

    SHARED = 0
    EXACT = 1
    NARROW = 2
    GIVEN_UP = 3


class LineChoice:
    """The lines for findings that no ignore file covers yet."""

    def __init__(self, ground: IgnoreGround, findings: Sequence[Finding]) -> None:
        self._rules = ground.rules
        self._findings: list[Finding] = []
        self._lines = IgnoreLines(ground.rules, members_of(ground.groups, ground.leaving))
        self._file: dict[RepoPath, RepoPath] = {}
        self._stage: dict[RepoPath, _Stage] = {}
        for finding in findings:
            self._take_in(finding, _Stage.SHARED if ground.has_root_file else _Stage.GIVEN_UP)
        self._refused: set[tuple[RepoPath, str]] = set()
        self._negations: dict[_Negation, None] = {}

    @property
    def hopeful(self) -> Sequence[Finding]:
        """The findings that have not been given up."""
        return [each for each in self._findings if self._stage[each.path] is not _Stage.GIVEN_UP]

    @property
    def given_up(self) -> Sequence[Finding]:
        """The others."""
        return [each for each in self._findings if self._stage[each.path] is _Stage.GIVEN_UP]

    @property
    def brings_back(self) -> bool:
        """Whether a negation is among the lines, which may let in what others had kept out."""
        return bool(self._negations)

    def is_refused(self, path: RepoPath) -> bool:
        """Whether a line for this very path was refused, as it would take something else."""
        lines = exact_line(below(self._file[path], path)), narrow_line(below(self._file[path], path))
        return any((self._file[path], line) in self._refused for line in lines)

    def additions(self) -> Additions:
        """The choice: by ignore file its groups of lines, in the order of categories, those for single paths last."""
        files: dict[RepoPath, list[Finding]] = {}
        for finding in self.hopeful:
            files.setdefault(self._file[finding.path], []).append(finding)
        return {path: groups for path, found in files.items() if (groups := list(self._groups(path, found)))}

    def refuse(self, taken: Collection[RepoPath], additions: Additions) -> bool:
        """Never again propose a line that covers one of these paths, unless a negation of its rule helps.

        Returns whether that changes the choice.
        """
        before = len(self._refused) + len(self._negations)
        for file, groups in additions.items():
            covering = compiled(line for group in groups for line in group.lines if not line.startswith("!"))
            base = folder_of(file)
            for path in taken:
                if not base or path.startswith(f"{base}/"):
                    self._refuse_at(file, path, covering)
        return len(self._refused) + len(self._negations) > before

    def move_on(self, lost: Sequence[Finding], rules: IgnoreRules) -> bool:
        """Look for other lines for findings that the rules, with this choice in them, do not ignore.

        Returns whether there was any but those that have been given up.
        """
        hopeful = [each for each in lost if self._stage.get(each.path) is not _Stage.GIVEN_UP]
        for finding in hopeful:
            if finding.path in self._stage:
                self._move_on(finding.path, rules.revived(finding.path))
            else:  # other lines have ignored it all along, and one of our negations undoes them
                self._take_in(finding, _Stage.EXACT)
        return bool(hopeful)

    def _take_in(self, finding: Finding, stage: _Stage) -> None:
        self._findings.append(finding)
        self._file[finding.path] = ROOT_FILE
        self._stage[finding.path] = stage

    def _move_on(self, path: RepoPath, revived: Verdict | None) -> None:
        """To the same line in the deeper file whose negation lets the path in, or else to a narrower line."""
        if revived is not None and len(revived.source) > len(self._file[path]):
            self._file[path] = revived.source
        else:
            self._stage[path] = _Stage(self._stage[path] + 1)

    def _refuse_at(self, file: RepoPath, path: RepoPath, covering: Covering[str]) -> None:
        for line in covering.of_file(below(file, path)):
            negations = self._helping(line, path) if file == ROOT_FILE else {}
            if negations.keys() <= self._negations.keys():
                self._refused.add((file, line))
            self._negations.update(negations)

    def _helping(self, line: str, path: RepoPath) -> dict[_Negation, None]:
        """The negations that a rule has beside this line for this very file."""
        if not _meets(line, path):
            return {}  # the folder above it is what the line names: nothing can be brought back
        rules = [rule for rule in self._rules.values() if line in rule.gitignore]
        negations = (each for rule in rules for each in rule.gitignore if each.startswith("!"))
        return {(each, line): None for each in negations if _meets(each, path)}

    def _groups(self, file: RepoPath, findings: Sequence[Finding]) -> Iterator[CategoryLines]:
        shared = by_rule(self._rules, (each for each in findings if self._stage[each.path] is _Stage.SHARED))
        found = [(rule.category, self._shared_lines(file, rule, alike)) for rule, alike in shared.items()]
        rest = [each for each in findings if self._stage[each.path] is not _Stage.SHARED]
        single = [(each.category, [self._single_line(file, each.path)]) for each in rest]
        if not self._negations:
            yield from self._in_order(file, [*found, *single])
        else:  # a negation could bring back what a single line is for
            yield from self._in_order(file, found)
            yield from self._in_order(file, single)

    def _in_order(self, file: RepoPath, found: Iterable[tuple[Category, Sequence[str]]]) -> Iterator[CategoryLines]:
        """One group a category, no line twice, and none that was refused."""
        lines: dict[Category, dict[str, None]] = {}
        for category, some in found:
            lines.setdefault(category, {}).update(dict.fromkeys(some))
        seen: set[str] = set()
        for category in filter(lines.__contains__, Category):
            fresh = tuple(each for each in lines[category] if each not in seen and (file, each) not in self._refused)
            seen.update(fresh)
            if fresh:
                yield CategoryLines(category, fresh)

    def _shared_lines(self, file: RepoPath, rule: Rule, findings: Sequence[Finding]) -> Sequence[str]:
        if file != ROOT_FILE:
            return [line for finding in findings for line in self._lines_below(file, finding)]
        lines = self._lines.covering(rule, findings, lambda line: (file, line) in self._refused)
        used = set(lines)
        return [*lines, *(negation for negation, line in self._negations if line in used and line in rule.gitignore)]

    def _lines_below(self, file: RepoPath, finding: Finding) -> Sequence[str]:
        """The rule's lines that mean the same in a deeper file, or else the one for this path."""
        shared = [line for line in self._lines.own(finding) if "/" not in line[:-1]]
        usable = [line for line in shared if (file, line) not in self._refused]
        return usable or [exact_line(below(file, finding.path))]

    def _single_line(self, file: RepoPath, path: RepoPath) -> str:
        here = below(file, path)
        return exact_line(here) if self._stage[path] is _Stage.EXACT else narrow_line(here)


def _meets(line: str, path: RepoPath) -> bool:
    pattern = parsed(line)
    return pattern is not None and pattern.matches(path, Kind.FILE)
