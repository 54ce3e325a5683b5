"""Plans the changes of ignore files that keep out what leaves, and proves them on the files as they will be."""

from collections.abc import Iterator, Mapping, Sequence

from hygiene.model.finding import Finding
from hygiene.model.paths import RepoPath
from hygiene.model.untracking import IgnorePlan, NotIgnored, StillIgnored
from hygiene.patterns.ignore import IgnoreRules, Verdict
from hygiene.untrack.exact_lines import narrow_line
from hygiene.untrack.ignore_choice import LineChoice
from hygiene.untrack.ignore_draft import Additions, IgnoreDraft
from hygiene.untrack.ignore_ground import ByFolder, IgnoreGround, by_folder
from hygiene.untrack.ignore_lines import parsed
from hygiene.untrack.ignore_placeholders import PlaceKeeper

__all__ = ["IgnoreGround", "plan_ignoring"]


def plan_ignoring(ground: IgnoreGround) -> IgnorePlan:
    """What has to change in ignore files, so that what leaves stays away and nothing else does.

    With the changes made, every path that leaves is ignored, or named in `not_ignored`; no path that stays is ignored
    that was not before; and no placeholder is. Planning again on the changed files changes nothing.
    """
    return _Planner(ground).plan()


class _Planner:
    def __init__(self, ground: IgnoreGround) -> None:
        kept = frozenset(ground.placeholders)
        self._doubled = [finding.path for finding in ground.leaving if finding.path in kept]
        self._ground = ground._replace(leaving=[each for each in ground.leaving if each.path not in kept])
        self._placeholders = by_folder(ground.placeholders)
        self._staying = by_folder(path for path in ground.staying if path not in kept)
        self._before = _ignored(IgnoreDraft(ground.files).rules(), self._staying)

    def plan(self) -> IgnorePlan:
        draft = self._with_places_kept()
        choice = LineChoice(self._ground, _not_among(self._ground.leaving, draft.rules()))
        additions = self._settled(draft, choice)
        rules = draft.rules(additions)
        return IgnorePlan(draft.changes(additions), self._still_ignored(rules), sorted(self._not_ignored(choice)))

    def _with_places_kept(self) -> IgnoreDraft:
        """A draft in which the placeholders have their lines, but none that takes something that stays."""
        banned: set[tuple[RepoPath, str]] = set()
        while True:
            draft = IgnoreDraft(self._ground.files)
            PlaceKeeper(draft, self._ground, banned).keep()
            taken = self._newly_ignored(draft.rules()) if draft.changes() else {}
            blamed = {(verdict.source, verdict.pattern.text) for verdict in taken.values()}
            if blamed <= banned:
                return draft
            banned |= blamed

    def _settled(self, draft: IgnoreDraft, choice: LineChoice) -> Additions:
        """The choice, made again until nothing is wrong with it; every round rules something out for good."""
        while choice.hopeful:
            additions = choice.additions()
            rules = draft.rules(additions)
            if choice.refuse(self._taken(rules), additions):
                continue
            lost = _not_among(self._ground.leaving if choice.brings_back else choice.hopeful, rules)
            if not choice.move_on(lost, rules):
                return additions
        return {}

    def _taken(self, rules: IgnoreRules) -> Sequence[RepoPath]:
        """What the rules ignore that they must not."""
        return [*self._newly_ignored(rules), *_ignored(rules, self._placeholders)]

    def _newly_ignored(self, rules: IgnoreRules) -> Mapping[RepoPath, Verdict]:
        return {path: found for path, found in _ignored(rules, self._staying).items() if path not in self._before}

    def _still_ignored(self, rules: IgnoreRules) -> Sequence[StillIgnored]:
        still = _ignored(rules, by_folder(sorted(self._before)))
        return [
            StillIgnored(path, self._before[path].source, self._before[path].pattern.line) for path in sorted(still)
        ]

    def _not_ignored(self, choice: LineChoice) -> Iterator[NotIgnored]:
        yield from (NotIgnored(path, "it keeps its folder, and stays tracked") for path in self._doubled)
        for finding in choice.given_up:
            yield NotIgnored(finding.path, _why(choice, finding.path))


def _why(choice: LineChoice, path: RepoPath) -> str:
    if parsed(narrow_line(path)) is None:
        return "its name is too long for a line of an ignore file"
    if choice.is_refused(path):
        return "its name cannot be written in a line that matches no file that stays"
    return "no line that can be added has the last word on it"


def _ignored(rules: IgnoreRules, paths: ByFolder) -> dict[RepoPath, Verdict]:
    return dict(rules.ignored_files(paths))


def _not_among(findings: Sequence[Finding], rules: IgnoreRules) -> Sequence[Finding]:
    """The findings that the rules do not ignore."""
    ignored = _ignored(rules, by_folder(finding.path for finding in findings))
    return [finding for finding in findings if finding.path not in ignored]
