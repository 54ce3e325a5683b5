"""Which rules a path meets by its name: the catalogue compiled once, no file opened."""

from collections.abc import Collection, Iterator, Sequence
from enum import Enum
from typing import NamedTuple

from hygiene.audit.survey import Folders
from hygiene.model.finding import Evidence
from hygiene.model.inventory import Entry
from hygiene.model.paths import ancestors, folder_of, name_of
from hygiene.model.rule import Category, Rule, RuleId
from hygiene.patterns.glob import Pattern, parse_pattern
from hygiene.patterns.names import EXTENSION, lines_of
from hygiene.patterns.table import PatternTable
from hygiene.policy.never import never_table
from hygiene.policy.rules.catalogue import Catalogue

_INSTALLED = (Category.DEPENDENCY, Category.ENVIRONMENT)
"""Trees of other people's files: below their own top folder nothing is ours, not even a placeholder."""


class Told(Enum):
    """Which part of a path told. An ending promises a content, a folder or a pattern promises a place."""

    NAME = "name"
    FOLDER = "folder"
    PLACE = "place"
    CONTENT = "content"


class Hit(NamedTuple):
    """A rule that a file meets, and the evidence so far."""

    rule: Rule
    told: Told
    evidence: tuple[Evidence, ...]


class Candidate(NamedTuple):
    """A file that meets at least one rule; hits are in the order of the catalogue, one a rule."""

    entry: Entry
    hits: tuple[Hit, ...]


class Namer:
    """The names of a catalogue's rules in dictionaries, and its patterns in one table."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._names: dict[str, list[Hit]] = {}
        self._suffixes: dict[str, list[tuple[str, Hit]]] = {}
        self._folders: dict[str, list[Hit]] = {}
        self._glob_hits: list[Hit] = []
        self._exempt: dict[RuleId, PatternTable] = {}
        self._below: dict[str, tuple[Hit, ...]] = {"": ()}
        self._never = never_table()
        self._met_above: dict[tuple[int, str], bool] = {}
        patterns: list[Pattern] = []
        for rule in catalogue.rules:
            patterns += self._compile(rule)
        self._globs = PatternTable(patterns)

    def rules_for(self, path: str) -> tuple[Rule, ...]:
        """The rules that a file at `path` meets by its name, in the order of the catalogue."""
        folder = folder_of(path)
        return tuple(hit.rule for hit in self._hits(folder, path[len(folder) + 1 if folder else 0 :]))

    def is_exempt(self, rule: Rule, folder: str, name: str) -> bool:
        """Whether the rule says itself that it never meets the file `name` in `folder`."""
        table = self._exempt.get(rule.id)
        return table is not None and self._meets(table, folder, name)

    def candidates(self, folders: Folders) -> Iterator[Candidate]:
        """Every file that meets a rule by its name. Symlinks and other repositories are not judged by name."""
        for folder, entries in folders.items():
            if self._may_meet(folder, entries.keys()):
                for name, entry in entries.items():
                    hits = self._hits(folder, name) if entry.is_file else ()
                    if hits:
                        yield Candidate(entry, hits)

    def _may_meet(self, folder: str, names: Collection[str]) -> bool:
        """Whether any file of the folder could meet a rule: nearly every folder of nearly every repository says no."""
        if self._hits_below(folder) or not self._names.keys().isdisjoint(names):
            return True
        lines = lines_of(names)
        if not self._suffixes.keys().isdisjoint(EXTENSION.findall(lines.lower())):
            return True
        return self._globs.may_meet(folder, names, lines)

    def _compile(self, rule: Rule) -> list[Pattern]:
        match = rule.match
        if match is None:
            return []
        for name in match.names:
            self._names.setdefault(name, []).append(_hit(rule, Told.NAME, f"its name is {name!r}"))
        for suffix in match.suffixes:
            hit = _hit(rule, Told.NAME, f"its name ends in {suffix!r}")
            self._suffixes.setdefault(suffix[suffix.rfind(".") :].lower(), []).append((suffix.lower(), hit))
        for name in match.folders:
            self._folders.setdefault(name, []).append(_hit(rule, Told.FOLDER, f"it lies in a folder {name!r}"))
        if match.exempt:
            self._exempt[rule.id] = PatternTable(_patterns(match.exempt))
        globs = _patterns(match.globs)
        self._glob_hits += [_hit(rule, _told_by(glob), f"its path matches {glob.text!r}") for glob in globs]
        return globs

    def _hits(self, folder: str, name: str) -> tuple[Hit, ...]:
        found = [*self._names.get(name, ()), *self._by_suffix(name)]
        found += [self._glob_hits[index] for index in self._globs.of_file(folder, name)]
        found += self._hits_below(folder)
        if found and self._meets(self._never, folder, name):
            found = [hit for hit in self._hits_below(folder_of(folder)) if hit.rule.category in _INSTALLED]
        first = {hit.rule.id: hit for hit in reversed(found)}
        kept = [hit for hit in first.values() if not self.is_exempt(hit.rule, folder, name)]
        return tuple(sorted(kept, key=lambda hit: hit.rule.id))

    def _by_suffix(self, name: str) -> list[Hit]:
        lower = name.lower()
        dot = lower.rfind(".")
        endings = self._suffixes.get(lower[dot:], ()) if dot >= 0 else ()
        return [hit for ending, hit in endings if lower.endswith(ending)]

    def _hits_below(self, folder: str) -> tuple[Hit, ...]:
        """What every file below `folder` meets because of where it lies."""
        # From the nearest known folder downward: a path may be deeper than a call stack.
        unknown: list[str] = []
        while (known := self._below.get(folder)) is None:
            unknown.append(folder)
            folder = folder_of(folder)
        for below in reversed(unknown):
            own = [
                *self._folders.get(name_of(below), ()),
                *map(self._glob_hits.__getitem__, self._globs.of_folder(below)),
            ]
            known = self._below[below] = (*known, *own) if own else known
        return known

    def _meets(self, table: PatternTable, folder: str, name: str) -> bool:
        """Whether a pattern matches the file or a folder above it; what holds for a folder is found out once."""
        if table.of_file(folder, name):
            return True
        key = (id(table), folder)
        if key not in self._met_above:
            self._met_above[key] = any(table.of_folder(above) for above in (folder, *ancestors(folder)) if above)
        return self._met_above[key]


def _hit(rule: Rule, told: Told, text: str) -> Hit:
    return Hit(rule, told, (Evidence("name" if told is Told.NAME else "place", text),))


def _told_by(glob: Pattern) -> Told:
    """A pattern whose last part says something of the file (`*.log`) speaks of its name; others of its place."""
    last = glob.text.rpartition("/")[2]
    return Told.PLACE if glob.folders_only or last in ("*", "**") else Told.NAME


def _patterns(globs: Sequence[str]) -> list[Pattern]:
    return [pattern for glob in globs if (pattern := parse_pattern(glob)) is not None]
