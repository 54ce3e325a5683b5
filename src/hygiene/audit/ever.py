"""What there is to judge in a history: every path that was ever there, and every content that it had."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from hygiene.model.finding import Finding
from hygiene.model.history import Life, Version
from hygiene.model.inventory import Entry, Gap, Inventory
from hygiene.model.paths import BlobId, RepoPath
from hygiene.ports import HistoryIndex


@dataclass(frozen=True)
class Ever:
    """A history that was read.

    Attributes:
        index: answers for the commits that are to be judged, and no others.
        present: what HEAD holds; what the index knows nothing of is context there, and not judged.
        scope: what was asked for, in words for people.
        gaps: what could not be read of the history.
        notes: what else a reader should know of it.
        before: what was there before what was read: the base of a range.
    """

    index: HistoryIndex
    present: Inventory
    scope: str
    gaps: Sequence[Gap] = ()
    notes: Sequence[str] = ()
    before: Sequence[Entry] = ()

    @cached_property
    def latest(self) -> Sequence[Version]:
        """The last version of each path."""
        return list(self.index.latest())

    @cached_property
    def told(self) -> frozenset[RepoPath]:
        """The paths that the report is about."""
        return frozenset(version.path for version in self.latest)

    @cached_property
    def gone(self) -> frozenset[RepoPath]:
        """Those of them that HEAD does not hold as a file: a database that became a symlink is gone."""
        return self.told - {entry.path for entry in self.present.entries if entry.is_file}

    @cached_property
    def union(self) -> Inventory:
        """Every path that was ever there: as HEAD has it, or as it last was."""
        union = {entry.path: entry for entry in self.present.entries}
        union |= {version.path: version.entry for version in self.latest if version.path in self.gone}
        entries = sorted(union.values(), key=lambda entry: entry.path.encode("utf-8", "surrogateescape"))
        return Inventory(self.scope, None, entries)


class EveryVersion:
    """The contents that paths had over time, read from the index once.

    Attributes:
        sizes: of every content read so far; it grows with what is asked for.
    """

    def __init__(self, ever: Ever) -> None:
        self._index = ever.index
        self._gone = ever.gone
        self._by_path: dict[RepoPath, list[Entry]] = {}
        self._lives: dict[RepoPath, Sequence[Life]] = {}
        self.sizes: dict[BlobId, int] = {}
        self._learn_sizes(ever.latest)

    def of(self, entries: Sequence[Entry]) -> list[Entry]:
        """For each of these entries, all that its path ever held as a file, from first to last."""
        self._read({entry.path for entry in entries})
        return [each for entry in entries for each in self._by_path[entry.path]]

    def committed(self, findings: Sequence[Finding]) -> list[Finding]:
        """Those of the findings whose content was committed: what HEAD holds need not be, if it is no root."""
        self._read({finding.path for finding in findings})
        known = {(entry.path, entry.blob) for entries in self._by_path.values() for entry in entries}
        return [finding for finding in findings if (finding.path, finding.blob) in known]

    def _read(self, paths: set[RepoPath]) -> None:
        unread = paths - self._by_path.keys()
        versions = list(self._index.versions_of(unread)) if unread else []
        self._learn_sizes(versions)
        self._by_path.update((path, []) for path in unread)
        for version in versions:
            if version.entry.is_file:
                self._by_path[version.path].append(version.entry)

    def met(self, path: RepoPath, other: RepoPath) -> bool:
        """Whether both paths were there at some time."""
        if not self._lives:  # one question for all that may be asked about
            self._learn_lives(self._gone)
        self._learn_lives([each for each in (path, other) if each not in self._lives])
        return any(one.overlaps(two) for one in self._lives[path] for two in self._lives[other])

    def _learn_lives(self, paths: Collection[RepoPath]) -> None:
        if paths:
            self._lives |= dict.fromkeys(paths, ()) | dict(self._index.lives(paths))

    def larger_than(self, size: int) -> list[Entry]:
        """Every content of more than `size` bytes that a path ever had."""
        versions = list(self._index.larger_than(size))
        self._learn_sizes(versions)
        return [version.entry for version in versions]

    def _learn_sizes(self, versions: Sequence[Version]) -> None:
        self.sizes.update((version.blob, version.size) for version in versions if version.size is not None)
