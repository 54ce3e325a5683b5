"""Lines of an ignore file of which others say all that they say."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from math import inf

from hygiene.model.paths import ROOT, RepoPath, ancestors, folder_of, join
from hygiene.patterns.glob import Kind, Pattern
from hygiene.patterns.ignore import IgnoreFile, IgnoreRules
from hygiene.patterns.shape import is_costly
from hygiene.patterns.table import PatternTable
from hygiene.patterns.tokens import Token, path_text

_Reason = tuple[Pattern, str]

_STEPS = 50_000
"""A fraction of a second. Where looking at a file's lines takes more, their author has the benefit of the doubt."""


def said_again(file: IgnoreFile) -> Iterator[_Reason]:
    """The lines that another line of the file repeats, so that only that one counts, with the reason."""
    opposite = {
        negated: [pattern.line for pattern in file.patterns if pattern.negated is not negated]
        for negated in (False, True)
    }
    earlier: dict[tuple[object, ...], Pattern] = {}
    for pattern in file.patterns:
        before = earlier.get(_meaning(pattern))
        if before is None:
            earlier[_meaning(pattern)] = pattern
        elif _has_between(opposite[pattern.negated], before.line, pattern.line):
            yield before, f"line {pattern.line} says the same again, and has the last word"
            earlier[_meaning(pattern)] = pattern
        else:
            yield pattern, f"line {before.line} says the same"


class Shadows:
    """Finds lines for one name or path that another line covers."""

    def __init__(self, files: Iterable[IgnoreFile]) -> None:
        self._known = {folder_of(file.path): _Known(file) for file in files}

    def is_sure(self, file: IgnoreFile) -> bool:
        """Whether every line is known that bears on this file's: one over a limit could say anything."""
        return not any(known.file.skipped for known in self._chain(file))

    def of(self, file: IgnoreFile) -> Iterator[_Reason]:
        """The lines that ignore nothing by themselves, with the reason."""
        chain = self._chain(file)
        if sum(known.steps for known in chain) > _STEPS:
            return
        for pattern in file.patterns:
            why = None if pattern.negated else self._why_shut(file, pattern) or _why_covered(chain, pattern)
            if why:
                yield pattern, why

    def _chain(self, file: IgnoreFile) -> Sequence["_Known"]:
        """The file and those above it, nearest first."""
        folder = folder_of(file.path)
        places = dict.fromkeys((folder, *ancestors(folder), ROOT))
        return [self._known[place] for place in places if place in self._known]

    @cached_property
    def _rules(self) -> IgnoreRules:
        return IgnoreRules(known.file for known in self._known.values())

    def _why_shut(self, file: IgnoreFile, pattern: Pattern) -> str | None:
        literal = _literal(pattern.tokens) if pattern.anchored else None
        inside = folder_of(literal) if literal else ""
        verdict = self._rules.folder_verdict(join(folder_of(file.path), inside) if inside else folder_of(file.path))
        if verdict is None or not verdict.ignored:
            return None
        return f"{verdict.source}:{verdict.pattern.line} ({verdict.pattern.text}) ignores all of {verdict.at}/"


class _Known:
    """One ignore file, ready to be asked which of its lines cover a name or path."""

    def __init__(self, file: IgnoreFile) -> None:
        self.file = file
        self.folder = folder_of(file.path)
        self.negations = [pattern.line for pattern in file.patterns if pattern.negated]

    @cached_property
    def steps(self) -> int:
        """What it takes to look at every line; its number if that is too many already."""
        lines = len(self.file.patterns)
        return lines if lines > _STEPS else lines * (1 + sum(map(is_costly, self.file.patterns)))

    def covers(self, path: RepoPath | None, name: str, kind: Kind) -> Iterator[Pattern]:
        """The lines that match the path; or every path of that name, where there is no path."""
        lines, table = self._everywhere if path is None else self._all
        yield from (lines[number] for number in table.of(name if path is None else path, kind))

    def is_negated(self, after: int, before: float = inf) -> bool:
        """Whether there is a negation after the one line, and before the other if one is given."""
        return _has_between(self.negations, after, before)

    @cached_property
    def _all(self) -> tuple[Sequence[Pattern], PatternTable]:
        lines = [pattern for pattern in self.file.patterns if not pattern.negated]
        return lines, PatternTable(lines)

    @cached_property
    def _everywhere(self) -> tuple[Sequence[Pattern], PatternTable]:
        lines = [pattern for pattern in self.file.patterns if not (pattern.negated or pattern.anchored)]
        return lines, PatternTable(lines)


def _why_covered(chain: Sequence[_Known], pattern: Pattern) -> str | None:
    """Which line matches all that this one, of the first file, matches, with no negation in between."""
    literal = _literal(pattern.tokens)
    if literal is None:
        return None
    own = chain[0]
    kind = Kind.FOLDER if pattern.folders_only else Kind.FILE  # what matches a file matches a folder too
    for known in chain:
        base = own.folder[len(known.folder) :].lstrip("/")
        path = join(base, literal) if pattern.anchored else None
        for other in known.covers(path, literal, kind):
            if known is not own and not known.is_negated(other.line):
                return f"{known.file.path}:{other.line} ({other.text}) ignores the same"
            if known is own and _meaning(other) != _meaning(pattern) and _covers_here(own, other, pattern):
                return f"line {other.line} ({other.text}) ignores the same"
        if known.negations:
            return None
    return None


def _covers_here(own: _Known, other: Pattern, pattern: Pattern) -> bool:
    return other.line > pattern.line or not own.is_negated(other.line, pattern.line)


def _has_between(lines: Sequence[int], first: int, last: float) -> bool:
    at = bisect_right(lines, first)
    return at < len(lines) and lines[at] < last


def _meaning(pattern: Pattern) -> tuple[object, ...]:
    return pattern.tokens, pattern.negated, pattern.folders_only, pattern.anchored


def _literal(tokens: tuple[Token, ...]) -> RepoPath | None:
    """The one name or path that the tokens match; None where there may be several."""
    only = tokens[0] if len(tokens) == 1 else None
    return RepoPath(path_text(only)) if isinstance(only, str) else None
