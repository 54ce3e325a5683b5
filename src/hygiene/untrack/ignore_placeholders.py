"""The lines that shut a folder's content out and still let its placeholder in.

Git never looks below an ignored folder, so a placeholder in one cannot be brought back: the content is ignored instead.
"""

from collections.abc import Collection, Iterator, Sequence
from functools import cached_property

from hygiene.model.paths import ROOT, RepoPath, ancestors, folder_of, join, name_of
from hygiene.model.rule import Category
from hygiene.patterns.ignore import Verdict
from hygiene.untrack.exact_lines import spelled
from hygiene.untrack.ignore_draft import IgnoreDraft
from hygiene.untrack.ignore_ground import ROOT_FILE, IgnoreGround, below

Banned = Collection[tuple[RepoPath, str]]
"""Lines that must not be written, each with its file: they would take something that stays."""

_ANY_NAME = "any name that no rule knows"
_ROUNDS = 100
"""Far more than folders are nested: each round opens one level of every folder."""


class PlaceKeeper:
    """Writes into a draft what the placeholders of a ground need."""

    def __init__(self, draft: IgnoreDraft, ground: IgnoreGround, banned: Banned) -> None:
        self._draft = draft
        self._ground = ground
        self._banned = banned

    def keep(self) -> None:
        """Let every placeholder in, and shut out what else is in their folders, from the highest down."""
        self._let_in()
        waiting = [path for path in self._ground.placeholders if folder_of(path) and not self._is_shared(path)]
        while waiting:
            folders = {folder_of(path) for path in waiting}
            highest = [path for path in waiting if folders.isdisjoint(ancestors(folder_of(path)))]
            self._shut_out(highest)
            self._let_in()
            waiting = [path for path in waiting if path not in highest]

    def _is_shared(self, placeholder: RepoPath) -> bool:
        """Whether something in the folder stays, other than placeholders."""
        return folder_of(placeholder) in self._staying_folders

    def _shut_out(self, placeholders: Sequence[RepoPath]) -> None:
        rules = self._draft.rules()
        for path in placeholders:
            verdict = rules.verdict(join(folder_of(path), _ANY_NAME))
            if verdict is None or not verdict.ignored:
                source = verdict.source if verdict else ROOT_FILE
                if source == ROOT_FILE and not self._ground.has_root_file:
                    continue
                folder = _written(below(source, folder_of(path)))
                lines = [f"{folder}/*", f"!{folder}/{spelled(name_of(path))}"]
                if self._is_allowed(source, lines):
                    self._draft.shut_out(source, self._category(path), lines)

    def _let_in(self) -> None:
        for _ in range(_ROUNDS):
            rules = self._draft.rules()
            shut = [(path, found) for path in self._ground.placeholders if (found := rules.verdict(path))]
            shut = [(path, verdict) for path, verdict in shut if verdict.ignored]
            if not shut:
                return
            self._change_what_shuts(shut)

    def _change_what_shuts(self, shut: Sequence[tuple[RepoPath, Verdict]]) -> None:
        """One step for each placeholder, but none where the same line has just been replaced for another."""
        replaced = set()
        for path, verdict in shut:
            line = verdict.source, verdict.pattern.text
            if line in replaced:
                continue
            new = self._in_its_place(path, verdict)
            if new and self._is_allowed(verdict.source, new):
                self._draft.replace(*line, new)
                replaced.add(line)
            else:
                lines = list(_opening(path, verdict))
                if self._is_allowed(verdict.source, lines):
                    self._draft.open(verdict.source, self._category(path), lines)

    def _is_allowed(self, source: RepoPath, lines: Sequence[str]) -> bool:
        return not any((source, line) in self._banned for line in lines)

    def _in_its_place(self, placeholder: RepoPath, verdict: Verdict) -> tuple[str, ...] | None:
        """What may stand instead of a line that names the folder and nothing else; None where it is another line."""
        folder, pattern = folder_of(placeholder), verdict.pattern
        is_plain = verdict.at == folder and [type(token) for token in pattern.tokens] == [str]
        if not is_plain or not self._draft.has_line(verdict.source, verdict.pattern.text):
            return None
        here = below(verdict.source, folder)
        if not pattern.anchored and self._shuts_elsewhere(verdict):
            start = f"**/{spelled(name_of(folder))}"
        else:
            start = f"/{spelled(here)}" if verdict.pattern.text.startswith("/") else _written(here)
        let_in = f"!{start}/{spelled(name_of(placeholder))}"
        is_there = self._draft.has_line(verdict.source, let_in)  # and has been without effect until now
        return (f"{start}/*",) if is_there else (f"{start}/*", let_in)

    def _shuts_elsewhere(self, verdict: Verdict) -> bool:
        """Whether the line is what keeps something out of a folder of the same name that lies somewhere else."""
        rules, inside = self._draft.rules(), f"/{name_of(verdict.at)}/"
        elsewhere = (path for path in self._known if inside in path and not path.startswith(f"{verdict.at}/"))
        deciding = (found for path in elsewhere if (found := rules.verdict(path)))
        return any((found.source, found.pattern) == (verdict.source, verdict.pattern) for found in deciding)

    def _category(self, placeholder: RepoPath) -> Category:
        """What leaves the folder, or what its name promises."""
        start = f"{folder_of(placeholder)}/"
        inside = (each.category for each in self._ground.leaving if each.path.startswith(start))
        return next(inside, _by_name(name_of(folder_of(placeholder))))

    @cached_property
    def _staying_folders(self) -> frozenset[RepoPath]:
        return frozenset(_folders_above(self._ground.staying))

    @cached_property
    def _known(self) -> Sequence[RepoPath]:
        return [*(finding.path for finding in self._ground.leaving), *self._ground.staying]


def _opening(placeholder: RepoPath, verdict: Verdict) -> Iterator[str]:
    """What undoes a line for the folders from the one that it shuts down to the placeholder, and for nothing else."""
    here = below(verdict.source, placeholder)
    if verdict.at == placeholder:
        is_bare = "/" in here and not verdict.pattern.text.startswith("/")
        yield f"!{_written(here)}" if is_bare else f"!/{spelled(here)}"
        return
    shut = below(verdict.source, verdict.at)
    for folder in [*ancestors(here)][::-1]:
        if len(folder) >= len(shut):
            yield f"!/{spelled(folder)}/"
            yield f"/{spelled(folder)}/*"
    yield f"!/{spelled(here)}"


def _folders_above(paths: Collection[RepoPath] | Iterator[RepoPath]) -> Iterator[RepoPath]:
    """Every folder that holds one of the paths, at any depth."""
    for folder in {folder_of(path) for path in paths}:
        if folder != ROOT:
            yield folder
            yield from ancestors(folder)


def _written(path: str) -> str:
    """The start of a line for a path that goes on; a slash keeps its first character from having a meaning."""
    text = spelled(path)
    return f"/{text}" if text.startswith(("#", "!")) else text


def _by_name(folder: str) -> Category:
    return Category.INPUT if any(word in folder.lower() for word in ("input", "upload")) else Category.SCRATCH
