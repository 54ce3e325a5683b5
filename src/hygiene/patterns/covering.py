"""Patterns as lists of places: which of them cover a path, each by matching it or a folder above it."""

from collections.abc import Sequence

from hygiene.model.paths import RepoPath, ancestors, folder_of, name_of
from hygiene.patterns.glob import Pattern
from hygiene.patterns.table import PatternTable


class Covering:
    """Patterns by number: their places in the sequence given. Whether one is negated is not looked at.

    One pattern covers exactly the files that Git would ignore if it stood alone in the root's ignore file.
    """

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self._table = PatternTable(patterns)
        self._of_folders: dict[RepoPath, frozenset[int]] = {}

    def of_file(self, path: RepoPath) -> Sequence[int]:
        """The patterns that cover this file, ascending."""
        folder = folder_of(path)
        return sorted({*self._table.of_file(folder, name_of(path)), *self._of_folder(folder)})

    def _of_folder(self, folder: RepoPath) -> frozenset[int]:
        if folder not in self._of_folders:
            places = (folder, *ancestors(folder))
            self._of_folders[folder] = frozenset(number for place in places for number in self._table.of_folder(place))
        return self._of_folders[folder]
