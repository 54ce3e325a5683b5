"""Patterns with what they stand for: which of them cover a path, each by matching it or a folder above it."""

from collections.abc import Iterable
from typing import Generic, TypeVar

from hygiene.model.paths import ROOT, RepoPath, ancestors, folder_of
from hygiene.patterns.glob import Kind, Pattern
from hygiene.patterns.table import PatternTable

T = TypeVar("T")


class Covering(Generic[T]):
    """Pairs of a pattern and a value, in an order that answers keep. Whether a pattern is negated is not looked at.

    One pattern covers exactly the files that Git would ignore if it stood alone in the root's ignore file.
    """

    def __init__(self, pairs: Iterable[tuple[Pattern, T]]) -> None:
        given = list(pairs)
        self._values = [value for _, value in given]
        self._table = PatternTable([pattern for pattern, _ in given])
        self._of_folders: dict[RepoPath, frozenset[int]] = {ROOT: frozenset()}

    def of_file(self, path: RepoPath) -> list[T]:
        """The values of the patterns that cover this file."""
        if not self._values:
            return []
        above, here = self._above(folder_of(path)), self._table.of(path, Kind.FILE)
        return self._in_order(above.union(here) if here else above)

    def of_folder(self, folder: RepoPath) -> list[T]:
        """The values of the patterns that cover all in this folder; none cover the root."""
        return self._in_order(self._above(folder))

    def _in_order(self, numbers: frozenset[int]) -> list[T]:
        return [self._values[number] for number in sorted(numbers)]

    def _above(self, folder: RepoPath) -> frozenset[int]:
        """The patterns that match the folder or one above it, from the highest down: a path may be deep."""
        if folder not in self._of_folders:
            for place in reversed([folder, *ancestors(folder)]):
                if place not in self._of_folders:
                    matched = self._table.of_folder(place)
                    self._of_folders[place] = self._of_folders[folder_of(place)].union(matched)
        return self._of_folders[folder]
