"""Negations in ignore files that provably bring nothing back."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from hygiene.model.paths import RepoPath, folder_of, join
from hygiene.patterns.glob import Pattern
from hygiene.patterns.ignore_file import IgnoreFile
from hygiene.patterns.overlap import Overlaps
from hygiene.patterns.shape import shape_of
from hygiene.patterns.tokens import Token, Wild, byte_text, joined, path_text
from hygiene.patterns.verdicts import IgnoreRules

_STEPS = 250_000
"""About a second. When they are used up, no more negations are proved useless; their authors have the benefit."""


class DeadNegation(NamedTuple):
    """A `!` line without effect.

    Attributes:
        reason: why, complete in itself.
        is_shut_out: it fails at what it was written for, below an ignored folder; otherwise it is only idle.
    """

    source: RepoPath
    pattern: Pattern
    reason: str
    is_shut_out: bool


def dead_negations(files: Iterable[IgnoreFile]) -> list[DeadNegation]:
    """The negations that provably do nothing, whatever files there are; by path of the ignore file, then by line.

    Either all that it matches lies below a folder that is ignored, where Git looks at no negation; or no earlier
    pattern, here or in a folder above, matches anything that it matches. The second kind may still undo a user's own
    excludes, which no repository knows.
    """
    by_path = {file.path: file for file in files}
    rules = IgnoreRules(by_path.values())
    proofs = _Proofs(by_path.values())
    dead: list[DeadNegation] = []
    for path, file in sorted(by_path.items()):
        for number, pattern in enumerate(file.patterns):
            if pattern.negated and proofs.is_sure(file):
                shut_out = _shut_out(rules, file, pattern)
                reason = shut_out or proofs.pointless(file, number)
                dead += [DeadNegation(path, pattern, reason, bool(shut_out))] if reason else []
    return dead


def _shut_out(rules: IgnoreRules, file: IgnoreFile, negation: Pattern) -> str | None:
    """Why nothing that the negation matches can be reached; None where that is not certain."""
    verdict = rules.folder_verdict(_common_folder(file, negation))
    if verdict is None or not verdict.ignored:
        return None
    decider = f"{verdict.source}:{verdict.pattern.line} ({verdict.pattern.text})"
    return f"{decider} ignores the folder {verdict.at}/, and nothing in an ignored folder can be brought back"


def _common_folder(file: IgnoreFile, pattern: Pattern) -> RepoPath:
    """The deepest folder that surely holds everything the pattern matches."""
    first = pattern.tokens[0]
    literal = first if pattern.anchored and isinstance(first, str) else ""
    inside = path_text(literal.rpartition("/")[0])
    base = folder_of(file.path)
    return join(base, inside) if inside else base


class _Proofs:
    """Compares negations with the earlier patterns that ignore something."""

    def __init__(self, files: Iterable[IgnoreFile]) -> None:
        self._files = {folder_of(file.path): file for file in files}
        self._ignoring = {file.path: list(_ignoring(file)) for file in self._files.values()}
        self._overlaps = Overlaps(_STEPS)

    def is_sure(self, file: IgnoreFile) -> bool:
        """Whether every line is known that bears on this file's: a line over a limit could say anything."""
        return not any(each.skipped for each in (file, *self._above(file)))

    def pointless(self, file: IgnoreFile, number: int) -> str | None:
        """Why the negation with this number undoes nothing; None where it may, or where finding out takes too long."""
        negation = _Placed(file, file.patterns[number])
        if any(self._may_meet(negation, earlier) for earlier in self._earlier(file, number)):
            return None
        return "no earlier pattern of the repository ignores anything that it matches"

    def _earlier(self, file: IgnoreFile, number: int) -> Iterator["_Placed"]:
        """What a negation could undo."""
        for earlier, pattern in self._ignoring[file.path]:
            if earlier > number:
                break
            yield _Placed(file, pattern)
        for each in self._above(file):
            yield from (_Placed(each, pattern) for _, pattern in self._ignoring[each.path])

    def _above(self, file: IgnoreFile) -> Iterator[IgnoreFile]:
        folder = folder_of(file.path)
        while folder:
            folder = folder_of(folder)
            if folder in self._files:
                yield self._files[folder]

    def _may_meet(self, one: "_Placed", other: "_Placed") -> bool:
        """Whether one path may match both. The names are compared first, as they mostly settle it."""
        names = shape_of(one.pattern).name, shape_of(other.pattern).name
        return self._overlaps.may_meet(*names) and self._overlaps.may_meet(one.whole_path(), other.whole_path())


def _ignoring(file: IgnoreFile) -> Iterator[tuple[int, Pattern]]:
    return ((number, pattern) for number, pattern in enumerate(file.patterns) if not pattern.negated)


class _Placed(NamedTuple):
    """A pattern with the file that it stands in."""

    file: IgnoreFile
    pattern: Pattern

    def whole_path(self) -> tuple[Token, ...]:
        """The same pattern, said of paths from the repository's root."""
        base = folder_of(self.file.path)
        start = (byte_text(base) + "/",) if base else ()
        anywhere = () if self.pattern.anchored else (Wild.FOLDERS,)
        return joined((*start, *anywhere, *self.pattern.tokens))
