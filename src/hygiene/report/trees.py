"""Large folders that leave as a whole: lists name them once, where naming each of their files would help nobody."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hygiene.model.paths import RepoPath
from hygiene.model.report import AuditReport
from hygiene.patterns.ignore import IgnoreRules
from hygiene.report.covering import ignore_rules
from hygiene.report.release_lists import deny_patterns

_LARGE = 200  # files; a smaller tree is listed path by path


@dataclass(frozen=True)
class Split:
    """Paths, those in large trees only counted.

    Attributes:
        exact: the others, in their order.
        trees: how many of the paths lie in each large tree (with a `/` at its end).
    """

    exact: list[RepoPath]
    trees: Mapping[RepoPath, int]


class Trees:
    """The folders that the deny list of a report names, by the paths in them."""

    def __init__(self, report: AuditReport) -> None:
        self._rules: IgnoreRules = ignore_rules(deny_patterns(report))

    def split(self, paths: Iterable[RepoPath]) -> Split:
        """The paths with those apart that lie in a tree of more than 200 of them."""
        homes = {path: self._tree_of(path) for path in paths}
        large = {tree: files for tree, files in Counter(homes.values()).items() if tree and files > _LARGE}
        return Split([path for path, tree in homes.items() if tree not in large], large)

    def _tree_of(self, path: RepoPath) -> RepoPath:
        verdict = self._rules.verdict(path)
        return RepoPath(f"{verdict.at}/") if verdict and verdict.ignored and verdict.at != path else RepoPath("")
