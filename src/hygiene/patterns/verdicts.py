"""What a repository's own ignore files say about a path, and which line says it."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from hygiene.model.paths import ROOT, RepoPath, ancestors, folder_of, join
from hygiene.patterns.glob import Kind, Pattern
from hygiene.patterns.ignore_file import IgnoreFile
from hygiene.patterns.names import lines_of
from hygiene.patterns.table import PatternTable


class Verdict(NamedTuple):
    """The last word on a path.

    Attributes:
        source: the ignore file that has it.
        ignored: False when the pattern is a negation.
        at: what the pattern matched: the path itself, or the folder above it that decides for all below.
    """

    source: RepoPath
    pattern: Pattern
    ignored: bool
    at: RepoPath


class _Source(NamedTuple):
    """One ignore file, ready to be asked."""

    path: RepoPath
    folder: RepoPath
    patterns: Sequence[Pattern]
    table: PatternTable

    def seen_from_here(self, path: str) -> str:
        """A path at or below this file's folder, as its patterns see it."""
        return path[len(self.folder) + 1 :] if self.folder else path

    def says(self, number: int, at: RepoPath) -> Verdict:
        pattern = self.patterns[number]
        return Verdict(self.path, pattern, not pattern.negated, at)


class _Scope(NamedTuple):
    """What holds for all in one folder: that it is ignored itself; or else the files to ask, strongest first."""

    ignored: Verdict | None
    sources: tuple[_Source, ...]


class IgnoreRules:
    """Ignore files taken together, as Git takes them; of two with the same path the later counts.

    Answers are those of `git check-ignore --no-index -v` where there are only these files: the last matching line of
    the deepest file wins, and below an ignored folder nothing is looked at any more. It remembers what it found out
    about each folder, so that asking many paths of one folder is cheap.
    """

    def __init__(self, files: Iterable[IgnoreFile]) -> None:
        self._sources = {folder_of(file.path): _source(file) for file in files}
        self._scopes = {ROOT: _Scope(None, self._sources_in(ROOT))}
        self._revived_above: dict[RepoPath, Verdict | None] = {}
        self._negates = any(pattern.negated for source in self._sources.values() for pattern in source.patterns)

    def verdict(self, path: RepoPath) -> Verdict | None:
        """The last word on a file; None where no pattern has one."""
        scope = self._scope(folder_of(path))
        return scope.ignored or _last_word(scope, path, Kind.FILE)

    def folder_verdict(self, folder: RepoPath) -> Verdict | None:
        """The last word on a folder; None where no pattern has one, as for the root."""
        if not folder:
            return None
        scope = self._scope(folder_of(folder))
        return scope.ignored or _last_word(scope, folder, Kind.FOLDER)

    def ignored_files(self, by_folder: Mapping[RepoPath, Collection[str]]) -> Iterator[tuple[RepoPath, Verdict]]:
        """Those of many files that are ignored, in the order given. `by_folder` holds the names in each folder."""
        for folder, names in by_folder.items():
            scope = self._scope(folder)
            for name in names if scope.ignored else _met_in(folder, names, scope):
                path = join(folder, name)
                verdict = self.verdict(path)
                if verdict is not None and verdict.ignored:
                    yield path, verdict

    def revived(self, path: RepoPath) -> Verdict | None:
        """The negation that keeps this file, or a folder above it, although an earlier pattern ignores the same.

        The nearest one, seen from the file; None where the file is ignored all the same, or no negation is needed.
        """
        if not self._negates:  # most repositories
            return None
        verdict = self.verdict(path)
        if verdict is not None and verdict.ignored:
            return None
        return self._brought_back(path, Kind.FILE) or self._folder_revived(folder_of(path))

    def _folder_revived(self, folder: RepoPath) -> Verdict | None:
        """The same of a folder that is not ignored."""
        if folder not in self._revived_above:
            found = (self._brought_back(at, Kind.FOLDER) for at in (folder, *ancestors(folder)) if at)
            self._revived_above[folder] = next(filter(None, found), None)
        return self._revived_above[folder]

    def _brought_back(self, path: RepoPath, kind: Kind) -> Verdict | None:
        heard = _heard(self._scope(folder_of(path)), path, kind)
        last = next(heard, None)
        if last is None or last.ignored or not any(earlier.ignored for earlier in heard):
            return None
        return last

    def _scope(self, folder: RepoPath) -> _Scope:
        """The scope of a folder. From the nearest known folder downward, as a path may be deeper than a call stack."""
        unknown: list[RepoPath] = []
        while (scope := self._scopes.get(folder)) is None:
            unknown.append(folder)
            folder = folder_of(folder)
        for below in reversed(unknown):
            scope = self._scopes[below] = self._scope_below(scope, below)
        return scope

    def _scope_below(self, parent: _Scope, folder: RepoPath) -> _Scope:
        if parent.ignored:
            return parent
        verdict = _last_word(parent, folder, Kind.FOLDER)
        if verdict is not None and verdict.ignored:
            return _Scope(verdict, ())
        own = self._sources_in(folder)
        return _Scope(None, own + parent.sources) if own else parent

    def _sources_in(self, folder: RepoPath) -> tuple[_Source, ...]:
        source = self._sources.get(folder)
        return (source,) if source else ()


def _source(file: IgnoreFile) -> _Source:
    patterns = _without_repeats(file.patterns)
    return _Source(file.path, folder_of(file.path), patterns, PatternTable(patterns))


def _without_repeats(patterns: Sequence[Pattern]) -> Sequence[Pattern]:
    """The last of each line that is there more than once: the others never decide, but would each be found."""
    kept: dict[tuple[object, ...], Pattern] = {}
    for pattern in reversed(patterns):
        kept.setdefault((pattern.tokens, pattern.negated, pattern.folders_only, pattern.anchored), pattern)
    return list(reversed(kept.values()))


def _last_word(scope: _Scope, path: RepoPath, kind: Kind) -> Verdict | None:
    for source in scope.sources:
        numbers = source.table.of(source.seen_from_here(path), kind)
        if numbers:
            return source.says(numbers[-1], path)
    return None


def _heard(scope: _Scope, path: RepoPath, kind: Kind) -> Iterator[Verdict]:
    """Every pattern that matches this very path, the strongest first."""
    for source in scope.sources:
        for number in reversed(source.table.of(source.seen_from_here(path), kind)):
            yield source.says(number, path)


def _met_in(folder: RepoPath, names: Collection[str], scope: _Scope) -> Sequence[str]:
    """The names that any pattern matches, in order. Nearly always none: this is where most of the time goes."""
    lines = lines_of(names)
    tables = [(source.table, source.seen_from_here(folder)) for source in scope.sources]
    finders = [table.finder(place) for table, place in tables if table.may_meet(place, names, lines)]
    return [name for name in names if any(find(name) for find in finders)] if finders else ()
