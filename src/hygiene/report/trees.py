"""Large folders that leave as a whole: lists name them once, where naming each of their files would help nobody."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hygiene.model.paths import ROOT, RepoPath, folder_of
from hygiene.patterns.ignore import IgnoreRules
from hygiene.untrack.ignore_lines import ignore_rules

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
    """The folders that a deny list names, by the paths in them."""

    def __init__(self, patterns: Iterable[str]) -> None:
        self._rules: IgnoreRules = ignore_rules(patterns)
        self._trees: dict[RepoPath, RepoPath] = {}

    def split(self, paths: Iterable[RepoPath]) -> Split:
        """The paths with those apart that lie in a tree of more than 200 of them."""
        homes = {path: self._tree_around(folder_of(path)) for path in paths}
        large = {tree: files for tree, files in Counter(homes.values()).items() if tree and files > _LARGE}
        return Split([path for path, tree in homes.items() if tree not in large], large)

    def _tree_around(self, folder: RepoPath) -> RepoPath:
        """The highest folder at or above this one that the deny list names; the root where it names none."""
        if folder not in self._trees:
            verdict = self._rules.folder_verdict(folder)
            self._trees[folder] = RepoPath(f"{verdict.at}/") if verdict and verdict.ignored else ROOT
        return self._trees[folder]
