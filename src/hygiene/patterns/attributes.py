"""What a repository's own `.gitattributes` files say about a path."""

from collections.abc import Container, Iterator, Mapping, Sequence
from typing import NamedTuple

from hygiene.model.paths import ROOT, RepoPath, ancestors, folder_of
from hygiene.patterns.attributes_file import AttributesFile, Setting, State, parse_attributes_file
from hygiene.patterns.glob import Kind, Pattern
from hygiene.patterns.table import PatternTable

_EXPORT_IGNORE = "export-ignore"
_BUILT_IN = {"binary": (Setting("diff", state=False), Setting("merge", state=False), Setting("text", state=False))}
"""The one macro that Git itself defines."""


class AttributeValue(NamedTuple):
    """The last word on one attribute of one path.

    Attributes:
        value: True where it is set, False where it is unset (`-name`), None where a line says that it is unspecified
            (`!name`), else the text after `=`.
        source: the attribute file that has the last word.
        line: its line, from 1.
    """

    value: State
    source: RepoPath
    line: int


class Attributes:
    """Attribute files taken together, as Git takes them: the last matching line of the deepest file wins.

    Within one line the last word wins, and a macro (`binary`, or one that the root's file defines) speaks where its own
    name is set. Answers are those of `git check-attr` where there are only these files.

    Attributes:
        skipped: the lines over a limit, which have no effect here: path of the file, line, and the reason.
    """

    def __init__(self, contents: Mapping[RepoPath, bytes]) -> None:
        """Take the content of every attribute file, by its path."""
        files = [parse_attributes_file(path, content) for path, content in contents.items()]
        self._sources = {folder_of(file.path): _Source(file, PatternTable(file.patterns)) for file in files}
        self._macros: dict[str, Sequence[Setting]] = dict(_BUILT_IN)
        for file in files:
            self._macros.update(file.macros)
        self.skipped = tuple((file.path, line, reason) for file in files for line, reason in file.skipped)
        self._latest: tuple[RepoPath, Mapping[str, AttributeValue]] = (ROOT, {})
        lines = [settings for file in files for settings in (*file.settings, *file.macros.values())]
        self._spoken_of = frozenset(setting.name for settings in lines for setting in settings)
        self._kept_out: dict[RepoPath, AttributeValue | None] = {ROOT: None}

    @property
    def is_silent(self) -> bool:
        """Whether no file says anything of any path."""
        return not self._sources

    def of(self, path: RepoPath, name: str) -> AttributeValue | None:
        """The last word on this attribute of a file; None where no line says anything."""
        if self._latest[0] != path:  # callers ask for several attributes of one path in a row
            self._latest = (path, self._all_of(path, Kind.FILE))
        return self._latest[1].get(name)

    def export_ignored(self, path: RepoPath) -> AttributeValue | None:
        """What leaves a file out of `git archive`: the attribute of the file itself or of a folder above it, or None.

        Unlike other attributes this one counts for a folder too, and then for all that lies in it.
        """
        if _EXPORT_IGNORE not in self._spoken_of:  # most repositories
            return None
        return self._keeping_out(path, Kind.FILE) or self._folder_kept_out(folder_of(path))

    def _folder_kept_out(self, folder: RepoPath) -> AttributeValue | None:
        """The same of a folder; from the nearest known one downward, as a path may be deeper than a call stack."""
        for each in reversed([folder, *ancestors(folder)]):
            if each not in self._kept_out:
                above = self._kept_out[folder_of(each)]
                self._kept_out[each] = self._keeping_out(each, Kind.FOLDER) or above
        return self._kept_out[folder]

    def _keeping_out(self, path: RepoPath, kind: Kind) -> AttributeValue | None:
        value = self._all_of(path, kind).get(_EXPORT_IGNORE)
        return value if value is not None and value.value is True else None

    def _all_of(self, path: RepoPath, kind: Kind) -> Mapping[str, AttributeValue]:
        """The last word on every attribute that some line speaks of."""
        known: dict[str, AttributeValue] = {}
        for source in self._sources_for(path):
            for pattern, settings in source.matching(path, kind):
                for name, state in self._spelled_out(settings, known):
                    known[name] = AttributeValue(state, source.file.path, pattern.line)
        return known

    def _spelled_out(self, settings: Sequence[Setting], known: Container[str]) -> Sequence[Setting]:
        """What a line says of attributes that are not known yet. The last word wins; a macro that is set says more."""
        heard: dict[str, State] = {}
        left = list(settings)
        while left:
            name, state = left.pop()
            if name not in known and name not in heard:
                heard[name] = state
                left += self._macros.get(name, ()) if state is True else ()
        return [Setting(name, state) for name, state in heard.items()]

    def _sources_for(self, path: RepoPath) -> Iterator["_Source"]:
        """The files that hold for this path, strongest first."""
        for folder in (*ancestors(path), ROOT):
            if folder in self._sources:
                yield self._sources[folder]


class _Source(NamedTuple):
    """One attribute file, ready to be asked."""

    file: AttributesFile
    table: PatternTable

    def matching(self, path: RepoPath, kind: Kind) -> Iterator[tuple[Pattern, Sequence[Setting]]]:
        """The lines that match this very path, strongest first."""
        base = folder_of(self.file.path)
        seen = path[len(base) + 1 :] if base else path
        for number in reversed(self.table.of(seen, kind)):
            yield self.file.patterns[number], self.file.settings[number]
