"""A history index in plain dictionaries, which answers every question by going through all it knows."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime

from hygiene.model.history import (
    REMOVED,
    Changes,
    CommitId,
    Life,
    ListedCommit,
    Month,
    Removal,
    Rewritten,
    Totals,
    Version,
)
from hygiene.model.inventory import Mode, Sizes
from hygiene.model.paths import BlobId, RepoPath
from hygiene.ports import Look

_Row = tuple[int, RepoPath, str, BlobId]
"""Rank of the commit, path, mode, blob."""


def bytewise(path: str) -> bytes:
    """The key by which paths are ordered."""
    return path.encode("utf-8", "surrogateescape")


class FakeHistoryIndex:
    """Knows all that is recorded, until the program ends."""

    def __init__(self) -> None:
        self.notes: Sequence[str] = ()
        self._order: list[ListedCommit] = []
        self._whole: set[CommitId] = set()
        self._rows: dict[tuple[CommitId, RepoPath], tuple[str, BlobId]] = {}
        self._tips: frozenset[CommitId] = frozenset()
        self._left_out: set[CommitId] = set()
        self._sizes: dict[BlobId, int] = {}
        self._looks: dict[BlobId, Look] = {}
        self._silent: tuple[str, frozenset[BlobId]] = "", frozenset()

    def frontier(self) -> frozenset[CommitId]:
        return self._tips

    def known(self) -> frozenset[CommitId]:
        return frozenset(self._whole)

    def known_among(self, commits: Collection[CommitId]) -> frozenset[CommitId]:
        return self.known().intersection(commits)

    def record(self, commits: Sequence[ListedCommit], parts: Iterable[Changes], tips: Collection[CommitId]) -> None:
        read = list(parts)
        new = {commit.id: commit for commit in commits if commit.id not in self._whole}
        self._order = [commit for commit in self._order if commit.id not in new] + list(new.values())
        self._rows = {key: row for key, row in self._rows.items() if key[0] not in new}
        for part in read:
            self._whole.update(new.keys() & set(part.commits))
            self._sizes.update(part.sizes)
            for commit, mode, blob, path in part.changes:
                if commit in new:
                    self._rows[commit, path] = (mode, blob)
        if new.keys() | set(tips) <= self._whole:
            self._tips = frozenset(tips)

    def forget(self) -> None:
        self._order, self._rows, self._tips = [], {}, frozenset()
        self._whole.clear()

    def leave_out(self, commits: Collection[CommitId]) -> None:
        self._left_out.update(commits)

    def latest(self) -> Iterator[Version]:
        for _, rows in sorted(self._contents().items(), key=lambda item: bytewise(item[0])):
            _, _, mode, blob = max(rows, key=lambda row: (row[2] not in (Mode.SYMLINK, Mode.GITLINK), row))
            yield self._version(min(row for row in rows if row[2:] == (mode, blob)))

    def versions_of(self, paths: Collection[RepoPath]) -> Iterator[Version]:
        return (version for version in self._versions() if version.path in paths)

    def holding(self, blobs: Collection[BlobId]) -> Iterator[Version]:
        return (version for version in self._versions() if version.blob in blobs)

    def larger_than(self, size: int) -> Iterator[Version]:
        return (version for version in self._versions() if version.size is not None and version.size > size)

    def largest(self, count: int) -> Sequence[Version]:
        first = self._first_rows()
        rows = sorted(first.values(), key=lambda row: (-self._sizes.get(row[3], -1), row[0], bytewise(row[1])))
        return [self._version(row) for row in rows if row[3] in self._sizes][:count]

    def removals(self, paths: Collection[RepoPath]) -> Mapping[RepoPath, Removal]:
        found: dict[RepoPath, Removal] = {}
        for rank, path, mode, _ in self._told():
            if path in paths and mode == REMOVED:
                found[path] = Removal(self._order[rank].id, is_final=True)
            elif path in found:
                found[path] = found[path]._replace(is_final=False)
        return found

    def lives(self, paths: Collection[RepoPath]) -> Mapping[RepoPath, Sequence[Life]]:
        found: dict[RepoPath, list[Life]] = {path: [] for _, path, _, _ in self._told() if path in paths}
        for rank, path, mode, _ in sorted(self._told()):
            times = found.get(path, [])
            if mode == REMOVED:
                times[-1:] = [life._replace(end=life.end or rank) for life in times[-1:]]
            elif path in found and (not times or times[-1].end is not None):
                times.append(Life(rank, None))
        return found

    def rewrites(self, paths: Collection[RepoPath]) -> Mapping[RepoPath, int]:
        return {path: len(rows) for path, rows in self._contents().items() if path in paths}

    def givers(self, paths: Collection[RepoPath]) -> frozenset[CommitId]:
        return frozenset(
            self._order[rank].id for rank, path, mode, _ in self._told() if mode != REMOVED and path in paths
        )

    def most_rewritten(self, count: int) -> Sequence[Rewritten]:
        counted = [Rewritten(path, len(rows)) for path, rows in self._contents().items()]
        return sorted(counted, key=lambda one: (-one.times, bytewise(one.path)))[:count]

    def months(self) -> Sequence[Month]:
        blobs: Counter[str] = Counter()
        sizes: Counter[str] = Counter()
        for rank, _, mode, blob in self._first_rows().values():
            if mode != Mode.GITLINK:
                month = f"{datetime.fromtimestamp(self._order[rank].time, UTC):%Y-%m}"
                blobs[month] += 1
                sizes[month] += self._sizes.get(blob, 0)
        return [Month(month, blobs[month], sizes[month]) for month in sorted(blobs)]

    def totals(self) -> Totals:
        versions = list(self._versions())
        blobs = {version.blob for version in versions if version.mode != Mode.GITLINK}
        return Totals(
            len(self._whole - self._left_out),
            len(self._contents()),
            len(versions),
            len(blobs),
            sum(self._sizes.get(blob, 0) for blob in blobs),
        )

    def unsized(self) -> Sequence[BlobId]:
        rows = sorted(self._told(), key=lambda row: (bytewise(row[1]), -row[0]))
        blobs = dict.fromkeys(row[3] for row in rows if row[2] not in (REMOVED, Mode.GITLINK))
        return [blob for blob in blobs if blob not in self._sizes]

    def add_sizes(self, sizes: Sizes) -> None:
        self._sizes.update(sizes)

    def looks(self, blobs: Collection[BlobId]) -> Mapping[BlobId, Look]:
        return {blob: self._looks[blob] for blob in blobs if blob in self._looks}

    def add_looks(self, looks: Mapping[BlobId, Look]) -> None:
        self._looks.update(looks)

    def silent_about(self, subject: str, blobs: Collection[BlobId]) -> frozenset[BlobId]:
        known, silent = self._silent
        return silent.intersection(blobs) if known == subject else frozenset()

    def add_silent(self, subject: str, blobs: Collection[BlobId]) -> None:
        if blobs:
            self._silent = subject, self.silent_about(subject, self._silent[1]).union(blobs)

    def close(self) -> None:
        pass

    def _told(self) -> list[_Row]:
        """Every change that counts, from first to last."""
        ranks = {commit.id: rank for rank, commit in enumerate(self._order)}
        rows = self._rows.items()
        return sorted((ranks[commit], path, *row) for (commit, path), row in rows if commit not in self._left_out)

    def _contents(self) -> dict[RepoPath, list[_Row]]:
        contents = defaultdict(list)
        for row in self._told():
            if row[2] != REMOVED:
                contents[row[1]].append(row)
        return contents

    def _first_rows(self) -> dict[BlobId, _Row]:
        """The change that first brought each blob in."""
        rows = [row for row in self._told() if row[2] != REMOVED]
        return {row[3]: row for row in sorted(rows, key=lambda row: (row[0], bytewise(row[1])), reverse=True)}

    def _versions(self) -> Iterator[Version]:
        for _, rows in sorted(self._contents().items(), key=lambda item: bytewise(item[0])):
            first: dict[tuple[str, BlobId], _Row] = {}
            for row in rows:
                first.setdefault((row[2], row[3]), row)
            yield from map(self._version, first.values())

    def _version(self, row: _Row) -> Version:
        rank, path, mode, blob = row
        return Version(path, mode, blob, self._sizes.get(blob), *self._order[rank])
