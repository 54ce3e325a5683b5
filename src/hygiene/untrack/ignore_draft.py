"""Ignore files with the changes found so far, and what the files will then say."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from hygiene.model.paths import RepoPath
from hygiene.model.rule import Category
from hygiene.model.untracking import CategoryLines, IgnoreChange, ReplacedLine
from hygiene.patterns.ignore import IgnoreFile, IgnoreRules, parse_ignore_file
from hygiene.untrack.ignore_text import changed_text

Additions = Mapping[RepoPath, Sequence[CategoryLines]]
"""The groups of lines that each ignore file gets at its end."""


class IgnoreDraft:
    """The changes of some ignore files. Lines that open folders are kept apart from those that shut something out."""

    def __init__(self, files: Mapping[RepoPath, bytes]) -> None:
        self._files = files
        self._replaced: dict[RepoPath, dict[str, tuple[str, ...]]] = {}
        self._opening: dict[RepoPath, list[_Group]] = {}

    def has_line(self, path: RepoPath, text: str) -> bool:
        """Whether the file as it is has this very line."""
        content = self._files.get(path, b"").removeprefix(b"\xef\xbb\xbf")
        wanted = text.encode("utf-8", "surrogateescape")
        return wanted in (line.removesuffix(b"\r") for line in content.split(b"\n"))

    def replace(self, path: RepoPath, old: str, new: tuple[str, ...]) -> None:
        """Have other lines stand where this line stands."""
        self._replaced.setdefault(path, {})[old] = new

    def shut_out(self, path: RepoPath, category: Category, lines: Sequence[str]) -> None:
        """Have these lines at the file's end, with others of their category: nothing there speaks of the same yet."""
        groups = self._opening.setdefault(path, [])
        _take_in(groups, [group for group in groups if group.category is category], _Group(category, [*lines]))

    def open(self, path: RepoPath, category: Category, lines: Sequence[str]) -> None:
        """Have these lines at the file's end, none twice; all of them last if they are there and have no effect."""
        groups = self._opening.setdefault(path, [])
        if all(any(line in group.lines for group in groups) for line in lines):
            for group in groups:
                group.lines[:] = [line for line in group.lines if line not in lines]
        related = [group for group in groups if not set(lines).isdisjoint(group.lines)]
        alike = [group for group in groups[-1:] if group.category is category]
        _take_in(groups, related or alike, _Group(category, [*lines]))

    def changes(self, additions: Additions | None = None) -> list[IgnoreChange]:
        """What changes, by path, with these lines added."""
        added = additions or {}
        changes = [self._change(path, added.get(path, ())) for path in {*self._replaced, *self._opening, *added}]
        return sorted((each for each in changes if each.replaced or each.added), key=lambda each: each.path)

    def rules(self, additions: Additions | None = None) -> IgnoreRules:
        """What the files will say, with these lines added."""
        parsed = dict(self._parsed)
        for change in self.changes(additions):
            parsed[change.path] = parse_ignore_file(change.path, changed_text(change, self._files.get(change.path)))
        return IgnoreRules(parsed.values())

    def _change(self, path: RepoPath, added: Sequence[CategoryLines]) -> IgnoreChange:
        replaced = self._replaced.get(path, {})
        together = _merged(self._opening.get(path, []), added)
        return IgnoreChange(path, tuple(ReplacedLine(old, new) for old, new in replaced.items()), together)

    @cached_property
    def _parsed(self) -> Mapping[RepoPath, IgnoreFile]:
        return {path: parse_ignore_file(path, content) for path, content in self._files.items()}


class _Group(NamedTuple):
    """Lines for one category that are still being found."""

    category: Category
    lines: list[str]


def _take_in(groups: list[_Group], alike: Sequence[_Group], new: _Group) -> None:
    """Put the new lines at the end of the first of those alike, or by themselves at the very end."""
    if not alike:
        groups.append(new)
        return
    held, last = alike[0].lines, new.lines[-1]
    held += [line for line in new.lines[:-1] if line not in held]
    if last in held:
        held.remove(last)
    held.append(last)


def _merged(opening: Sequence[_Group], added: Sequence[CategoryLines]) -> tuple[CategoryLines, ...]:
    """Both together: what opens folders comes first, with what else its category brings."""
    groups = [CategoryLines(category, tuple(lines)) for category, lines in opening if lines]
    if any(line.startswith("!") for group in added for line in group.lines):
        return (*groups, *added)  # their order means something
    rest = {group.category: group.lines for group in added}
    merged = [CategoryLines(category, (*lines, *rest.pop(category, ()))) for category, lines in groups]
    return (*merged, *(group for group in added if group.category in rest))
