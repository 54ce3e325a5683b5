"""What of a commit belongs in the archive, each file with the line that says so."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from hygiene.errors import IdleLines
from hygiene.model.inventory import Entry, Mode, Sizes
from hygiene.model.json_path import bytes_of
from hygiene.model.packaging import Chosen, LeftOut, Line, Omission, PackageSettings
from hygiene.model.paths import RepoPath
from hygiene.model.permit import Origin
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


class Out(NamedTuple):
    """Why a path is not chosen, and by which line, if one says so."""

    why: Omission
    by: Line | None = None


class Selector:
    """What one package takes: its lists, its root, and what `.gitattributes` keep out.

    Raises `BadPattern` for a line that is over a limit.
    """

    def __init__(self, settings: PackageSettings, ignored: ExportIgnored) -> None:
        self._settings = settings
        self._ignored = ignored
        self._below = f"{settings.root}/" if settings.root else ""
        self._include, self._exclude = _covering(settings.include), _covering(settings.exclude)
        self._met: set[Line] = set()

    def verdict(self, path: RepoPath) -> Line | Out:
        """The line of the allowlist that chooses a path (of several the last), or why it is left out."""
        if not path.startswith(self._below):
            return Out(Omission.OUTSIDE_ROOT)
        including = self._heard(self._include, path)
        if not including:
            return Out(Omission.NOT_INCLUDED)
        excluding = self._heard(self._exclude, path)
        if excluding:
            return Out(Omission.EXCLUDED, excluding[-1])
        marked = self._ignored(path)
        if marked is not None:
            return Out(Omission.EXPORT_IGNORED, Line(_MARK, Origin(marked.source, marked.line)))
        return including[-1]

    def select(self, entries: Iterable[Entry], sizes: Sizes) -> Selection:
        """All that is tracked, on one side or the other."""
        chosen: list[Chosen] = []
        left_out: list[LeftOut] = []
        for entry in entries:
            size, verdict = sizes.get(entry.blob), self.verdict(entry.path)
            if isinstance(verdict, Out):
                left_out.append(LeftOut(entry.path, verdict.why, size, verdict.by))
            else:
                chosen.append(self._chosen(entry, size, verdict))
        return Selection(sorted(chosen, key=lambda each: bytes_of(each.path)), left_out)

    def require_use(self) -> None:
        """To be asked after all that is tracked has been judged.

        Raises `IdleLines` for lines of the allowlist that name no file below the root, and lines of the exclude list
        that none of the files so chosen meets.
        """
        include, exclude = self._settings.include, self._settings.exclude
        where = f"that is tracked below {self._below}" if self._below else "that is tracked"
        idle = [f"{_named(line)} {where}" for line in include if line not in self._met]
        idle += [f"{_named(line)} of what is included" for line in exclude if line not in self._met]
        if idle:
            raise IdleLines(idle)

    def _chosen(self, entry: Entry, size: int | None, line: Line) -> Chosen:
        path = RepoPath(entry.path[len(self._below) :])
        mode = Mode.FILE if entry.is_file and entry.mode != Mode.EXECUTABLE else entry.mode
        return Chosen(path, entry.path, mode, entry.blob, size, line)

    def _heard(self, lines: Covering[Line], path: RepoPath) -> list[Line]:
        heard = lines.of_file(path)
        self._met.update(heard)
        return heard


def _covering(lines: Sequence[Line]) -> Covering[Line]:
    parsed = ((parse_pattern(line.text), line) for line in lines)
    return Covering((pattern, line) for pattern, line in parsed if pattern is not None)


def _named(line: Line) -> str:
    return f"{line.origin}: {line.text!r} names nothing"
