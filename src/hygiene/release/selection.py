"""What of a commit belongs in the archive, each file with the line that says so."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from hygiene.errors import IdleLines
from hygiene.model.inventory import Entry, Mode, Sizes
from hygiene.model.json_path import bytes_of
from hygiene.model.paths import RepoPath
from hygiene.model.permit import Origin
from hygiene.model.release import Chosen, LeftOut, Line, Omission, PackageSettings
from hygiene.patterns.attributes import AttributeValue
from hygiene.patterns.covering import Covering
from hygiene.patterns.glob import parse_pattern

ExportIgnored = Callable[[RepoPath], AttributeValue | None]
"""What leaves a file out of `git archive`, if anything does."""


_MARK = "export-ignore"


class Selection(NamedTuple):
    """Every entry of an inventory, on one side or the other.

    Attributes:
        chosen: by the bytes of their paths in the archive.
        left_out: in the inventory's order.
    """

    chosen: Sequence[Chosen]
    left_out: Sequence[LeftOut]


def select(entries: Iterable[Entry], sizes: Sizes, settings: PackageSettings, ignored: ExportIgnored) -> Selection:
    """Takes what the allowlist names, without what anything else leaves out.

    Raises:
        IdleLines: lines of the allowlist that name no file below the root, or lines of the exclude list that none of
            the files so chosen meets.
        BadPattern: a line is over a limit.
    """
    return _Selecting(sizes, settings, ignored).of(entries)


class _Selecting:
    """One selection; it remembers which lines have met something."""

    def __init__(self, sizes: Sizes, settings: PackageSettings, ignored: ExportIgnored) -> None:
        self._sizes = sizes
        self._settings = settings
        self._ignored = ignored
        self._below = f"{settings.root}/" if settings.root else ""
        self._include, self._exclude = _covering(settings.include), _covering(settings.exclude)
        self._met: set[Line] = set()

    def of(self, entries: Iterable[Entry]) -> Selection:
        chosen: list[Chosen] = []
        left_out: list[LeftOut] = []
        for entry in entries:
            found = self._judged(entry)
            if isinstance(found, Chosen):
                chosen.append(found)
            else:
                left_out.append(found)
        self._require_use()
        return Selection(sorted(chosen, key=lambda each: bytes_of(each.path)), left_out)

    def _judged(self, entry: Entry) -> Chosen | LeftOut:
        if not entry.path.startswith(self._below):
            return self._out(entry, Omission.OUTSIDE_ROOT)
        including = self._heard(self._include, entry)
        if not including:
            return self._out(entry, Omission.NOT_INCLUDED)
        excluding = self._heard(self._exclude, entry)
        if excluding:
            return self._out(entry, Omission.EXCLUDED, excluding[-1])
        marked = self._ignored(entry.path) if self._settings.export_ignore else None
        if marked is not None:
            return self._out(entry, Omission.EXPORT_IGNORED, Line(_MARK, Origin(marked.source, marked.line)))
        path = RepoPath(entry.path[len(self._below) :])
        mode = Mode.FILE if entry.is_file and entry.mode != Mode.EXECUTABLE else entry.mode
        return Chosen(path, entry.path, mode, entry.blob, self._sizes.get(entry.blob), including[-1])

    def _heard(self, lines: Covering[Line], entry: Entry) -> list[Line]:
        heard = lines.of_file(entry.path)
        self._met.update(heard)
        return heard

    def _out(self, entry: Entry, why: Omission, by: Line | None = None) -> LeftOut:
        return LeftOut(entry.path, why, self._sizes.get(entry.blob), by)

    def _require_use(self) -> None:
        idle = [line for line in (*self._settings.include, *self._settings.exclude) if line not in self._met]
        if idle:
            excludes = frozenset(self._settings.exclude)
            raise IdleLines([_idle(line, is_exclude=line in excludes) for line in idle])


def _covering(lines: Sequence[Line]) -> Covering[Line]:
    parsed = ((parse_pattern(line.text), line) for line in lines)
    return Covering((pattern, line) for pattern, line in parsed if pattern is not None)


def _idle(line: Line, *, is_exclude: bool) -> str:
    where = "of what is included" if is_exclude else "that is tracked there"
    return f"{line.origin}: {line.text!r} names nothing {where}"
