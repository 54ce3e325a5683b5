"""Where patterns look: the part of each before its last slash, indexed so that a folder finds those that mean it."""

import re
from collections.abc import Iterator
from functools import cached_property

from hygiene.model.paths import ancestors
from hygiene.patterns.automaton import Glob
from hygiene.patterns.names import Entry
from hygiene.patterns.shape import last_folder, literal_place, place_below
from hygiene.patterns.tokens import Token

_ByFolder = dict[str, list[Entry]]
_Globs = dict[tuple[Token, ...], tuple[Glob, list[Entry]]]
"""Places that are globs, each with what has that place."""


class PlaceIndex:
    """Entries by the folders they are for. Folders are byte text, without a slash at the end; the root is empty."""

    def __init__(self) -> None:
        self._exact: _ByFolder = {}
        self._below: _ByFolder = {}
        self._by_last: dict[str, _Globs] = {}
        self._others: _Globs = {}

    def add(self, place: tuple[Token, ...], entry: Entry) -> None:
        """Take in an entry for the folders that have this place."""
        exact, below = literal_place(place), place_below(place)
        if exact is not None:
            self._exact.setdefault(exact, []).append(entry)
        elif below is not None:
            self._below.setdefault(below, []).append(entry)
        else:
            last = last_folder(place)
            globs = self._others if last is None else self._by_last.setdefault(last, {})
            globs.setdefault(place, (Glob(place), []))[1].append(entry)

    def of(self, folder: str) -> list[Entry]:
        """The entries for this folder, in no order. Each distinct glob is tried once, however many entries share it."""
        found = [*self._exact.get(folder, ())]
        if self._below:
            found += self._entries_above(folder)
        path = folder + "/" if folder else ""
        near = self._by_last.get(folder.rpartition("/")[2], {})
        others = self._others if self._others and self._hint.search(path) else {}
        for globs in filter(None, (near, others)):
            found += (entry for glob, entries in globs.values() if glob.matches(path) for entry in entries)
        return found

    @cached_property
    def _hint(self) -> re.Pattern[str]:
        """What stands in every path that one of the other globs can match: a literal of it."""
        literals = {
            max((token for token in place if isinstance(token, str)), key=len, default="") for place in self._others
        }
        return re.compile("|".join(map(re.escape, sorted(literals))))

    def _entries_above(self, folder: str) -> Iterator[Entry]:
        """By the shorter way: from the places to the folder, or, where these are many, from the folder upward."""
        if len(self._below) <= folder.count("/"):
            within = f"{folder}/"
            places = [place for place in self._below if within.startswith(f"{place}/")]
        else:
            places = [folder, *ancestors(folder)]
        for place in places:
            yield from self._below.get(place, ())
