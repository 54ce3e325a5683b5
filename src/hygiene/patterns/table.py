"""Many patterns at once, indexed so that one path asks only the few that can match it."""

from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from hygiene.model.paths import folder_of, name_of
from hygiene.patterns.glob import Kind, Pattern
from hygiene.patterns.names import Entry, NameIndex
from hygiene.patterns.places import PlaceIndex
from hygiene.patterns.shape import ANYWHERE, shape_of
from hygiene.patterns.tokens import byte_text

Finder = Callable[[str], Sequence[int]]
"""From a name in one folder to the numbers of the patterns that match it there, ascending."""


class PatternTable:
    """Patterns by number: their places in the sequence given. It remembers what it worked out for each folder asked."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        anywhere: list[Entry] = []
        self._places = PlaceIndex()
        for number, pattern in enumerate(patterns):
            place, name = shape_of(pattern)
            if place == ANYWHERE:
                anywhere.append((number, name))
            else:
                self._places.add(place, (number, name))
        self._anywhere = NameIndex(anywhere)
        self._folders_only = frozenset(number for number, pattern in enumerate(patterns) if pattern.folders_only)
        self._find_anywhere = self._anywhere.of
        self._finders: dict[str, Finder] = {}

    def of(self, path: str, kind: Kind) -> Sequence[int]:
        """The patterns that match this very path, ascending; the root is the empty path, and none match it."""
        return self.of_folder(path) if kind is Kind.FOLDER else self.of_file(folder_of(path), name_of(path))

    def of_folder(self, folder: str) -> tuple[int, ...]:
        """The patterns that match this folder itself, not one above it, ascending; none match the root."""
        return tuple(self.finder(folder_of(folder))(name_of(folder))) if folder else ()

    def of_file(self, folder: str, name: str) -> Sequence[int]:
        """The patterns that match the file `name` in `folder` itself, ascending; the root is the empty folder."""
        numbers = self.finder(folder)(name)
        return [number for number in numbers if number not in self._folders_only] if numbers else ()

    def finder(self, folder: str) -> Finder:
        """What finds the patterns for a name in this folder, as if the name were a folder's: quick for many names."""
        return self._finders.get(folder) or self._new_finder(folder)

    def may_meet(self, folder: str, names: Collection[str], lines: str) -> bool:
        """Whether any pattern could match any of the names in this folder; `lines` is `lines_of` them."""
        here = self.finder(folder)
        return here is not self._find_anywhere or self._anywhere.may_meet(names, lines)

    def _new_finder(self, folder: str) -> Finder:
        entries = self._places.of(byte_text(folder))
        finder = _Both(self._anywhere, NameIndex(entries)).of if entries else self._find_anywhere
        self._finders[folder] = finder
        return finder


class _Both(NamedTuple):
    """What is looked for everywhere, and what is looked for in one folder."""

    anywhere: NameIndex
    here: NameIndex

    def of(self, name: str) -> Sequence[int]:
        here = self.here.of(name)
        return sorted((*self.anywhere.of(name), *here)) if here else self.anywhere.of(name)
