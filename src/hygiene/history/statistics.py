"""Adds up how large a repository and its history are, and names the worst of it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from hygiene import __version__
from hygiene.history.scales import SCALES
from hygiene.model.history import REFERENCE_FOLDERS, Root, RootKind, Roots
from hygiene.model.inventory import Gap, Inventory, Mode, Sizes
from hygiene.model.paths import ROOT, BlobId, RepoPath, folder_of
from hygiene.model.statistics import (
    Concern,
    Footprint,
    HistoryStatistics,
    LargeBlob,
    Section,
    Statistic,
    Unit,
)
from hygiene.ports import History, HistoryIndex, ObjectStore, Repository


class _Kind(NamedTuple):
    section: Section
    label: str
    unit: Unit = Unit.NUMBER


_LINES = {
    "commits": _Kind(Section.HISTORY, "commits"),
    "paths": _Kind(Section.HISTORY, "paths ever held"),
    "versions": _Kind(Section.HISTORY, "versions of them"),
    "blobs": _Kind(Section.HISTORY, "blobs"),
    "blob-size": _Kind(Section.HISTORY, "blobs, unpacked", Unit.BYTES),
    "largest-blob": _Kind(Section.HISTORY, "largest blob", Unit.BYTES),
    "most-rewritten": _Kind(Section.HISTORY, "most commits to one path"),
    "path-length": _Kind(Section.HISTORY, "longest path, in characters"),
    "path-depth": _Kind(Section.HISTORY, "deepest path, in folders"),
    "branches": _Kind(Section.REFERENCES, "branches"),
    "tags": _Kind(Section.REFERENCES, "tags"),
    "remote-branches": _Kind(Section.REFERENCES, "remote branches"),
    "pull-requests": _Kind(Section.REFERENCES, "of pull requests"),
    "notes": _Kind(Section.REFERENCES, "notes"),
    "files": _Kind(Section.HEAD, "files"),
    "file-size": _Kind(Section.HEAD, "files, checked out", Unit.BYTES),
    "folder-width": _Kind(Section.HEAD, "entries of the fullest folder"),
    "symlinks": _Kind(Section.HEAD, "symlinks"),
    "submodules": _Kind(Section.HEAD, "submodules"),
    "disk-size": _Kind(Section.DISK, "objects, compressed", Unit.BYTES),
    "packs": _Kind(Section.DISK, "packs"),
    "loose-objects": _Kind(Section.DISK, "objects in no pack"),
}
"""What each line is about, by its name."""

_REFERENCES = {
    "branches": RootKind.BRANCHES,
    "tags": RootKind.TAGS,
    "remote-branches": RootKind.REMOTES,
    "pull-requests": RootKind.PULL,
    "notes": RootKind.NOTES,
}
"""Which references each line counts."""


_FETCH = "Run `git fsck`, or fetch the missing objects (`git fetch --refetch --no-filter`)."


class Measured(NamedTuple):
    """What tells how large a repository is. `known` holds the history of `scanned` already, and the sizes it has."""

    repository: Repository
    history: History
    known: HistoryIndex
    store: ObjectStore
    scanned: Sequence[Root]


def statistics(measured: Measured, top: int, gaps: Sequence[Gap] = ()) -> HistoryStatistics:
    """The whole table, with the `top` worst blobs and paths. `gaps` are those that the reading of the history met."""
    head = _at_head(measured.repository)
    every_root = measured.history.every_root()
    largest = _largest(measured, max(top, 1))
    lines = [
        *_of_history(measured),
        *_of_the_worst(measured.known, largest),
        *_of_references(every_root),
        *(_of_head(head) if head is not None else ()),
        *_on_disk(measured.store.footprint()),
    ]
    return HistoryStatistics(
        tool_version=__version__,
        head=measured.repository.facts.head,
        roots=sorted(measured.scanned),
        lines=lines,
        largest=largest[:top],
        rewritten=measured.known.most_rewritten(top),
        months=measured.known.months(),
        incomplete=list(dict.fromkeys([*gaps, *every_root.gaps, *_gaps_at(head), *_unsized(measured.known)])),
    )


class _AtHead(NamedTuple):
    """What HEAD holds, and the sizes of its files as far as they are there."""

    inventory: Inventory
    files: Sequence[BlobId]
    sizes: Sizes


def _at_head(repository: Repository) -> _AtHead | None:
    if repository.facts.head is None:
        return None
    inventory = repository.list_revision("HEAD")
    files = [entry.blob for entry in inventory.entries if entry.is_file]
    return _AtHead(inventory, files, repository.sizes(files))


def _largest(measured: Measured, count: int) -> Sequence[LargeBlob]:
    versions = measured.known.largest(count)
    stored = measured.history.stored_sizes([version.blob for version in versions])
    return [
        LargeBlob(each.path, each.blob, each.size, stored.get(each.blob), each.commit)
        for each in versions
        if each.size is not None
    ]


def _of_history(measured: Measured) -> Iterator[Statistic]:
    totals = measured.known.totals()
    yield _line("commits", totals.commits)
    yield _line("paths", totals.paths)
    yield _line("versions", totals.versions)
    yield _line("blobs", totals.blobs)
    yield _line("blob-size", totals.size)


def _of_the_worst(known: HistoryIndex, largest: Sequence[LargeBlob]) -> Iterator[Statistic]:
    for blob in largest[:1]:
        yield _line("largest-blob", blob.size, blob.path)
    for rewritten in known.most_rewritten(1):
        yield _line("most-rewritten", rewritten.times, rewritten.path)
    longest = deepest = ROOT
    for version in known.latest():
        longest = max(longest, version.path, key=len)
        deepest = max(deepest, version.path, key=_depth)
    if longest:
        yield _line("path-length", len(longest), longest)
        yield _line("path-depth", _depth(deepest), deepest)


def _of_references(roots: Roots) -> Iterator[Statistic]:
    names = {root.name for root in (*roots.commits, *roots.trees, *roots.blobs)}
    for name, kind in _REFERENCES.items():
        yield _line(name, sum(each.startswith(REFERENCE_FOLDERS[kind]) for each in names))


def _of_head(head: _AtHead) -> Iterator[Statistic]:
    entries = head.inventory.entries
    modes = Counter(entry.mode for entry in entries)
    width, folder = _fullest(entry.path for entry in entries)
    yield _line("files", len(head.files))
    yield _line("file-size", sum(head.sizes.get(blob, 0) for blob in head.files))
    yield _line("folder-width", width, folder)
    yield _line("symlinks", modes[Mode.SYMLINK])
    yield _line("submodules", modes[Mode.GITLINK])


def _on_disk(footprint: Footprint) -> Iterator[Statistic]:
    yield _line("disk-size", footprint.packed + footprint.loose_size)
    yield _line("packs", footprint.packs)
    yield _line("loose-objects", footprint.loose)


def _gaps_at(head: _AtHead | None) -> Iterator[Gap]:
    if head is None:
        return
    yield from head.inventory.gaps
    lost = sum(blob not in head.sizes for blob in head.files)
    if lost:
        contents = "the content of a file" if lost == 1 else f"the contents of {lost} files"
        yield Gap(f"no size is known of {contents} at HEAD: missing or broken", _FETCH)


def _unsized(known: HistoryIndex) -> Iterator[Gap]:
    lost = len(known.unsized())
    if lost:
        blobs = "a blob" if lost == 1 else f"{lost} blobs"
        yield Gap(f"no size is known of {blobs} of the history: missing or broken", _FETCH)


def _line(name: str, value: int, worst: RepoPath | None = None) -> Statistic:
    kind, scale = _LINES[name], SCALES.get(name)
    concern = scale.concern(value) if scale is not None else Concern.NONE
    reason = scale.reason if scale is not None and concern else ""
    return Statistic(kind.section, name, kind.label, value, kind.unit, concern, worst, reason)


def _fullest(paths: Iterable[RepoPath]) -> tuple[int, RepoPath]:
    """How many files and folders lie directly in the fullest folder, and which that is; of equals the first."""
    inside: Counter[RepoPath] = Counter()
    seen: set[RepoPath] = set()
    for path in paths:
        place = path
        while place and place not in seen:
            seen.add(place)
            place = folder_of(place)
            inside[place] += 1
    if not inside:
        return 0, ROOT
    folder = min(inside, key=lambda each: (-inside[each], each))
    return inside[folder], RepoPath(f"{folder}/") if folder else ROOT


def _depth(path: RepoPath) -> int:
    return path.count("/")
