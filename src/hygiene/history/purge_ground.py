"""Finds out what a purge of some paths would meet, also in references that the audit left out."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from hygiene.history.purge_reach import Rewriting, reach_of
from hygiene.model.history import REMOVED, Change, Changes, CommitId, Root, Roots, Version
from hygiene.model.inventory import Entry, Gap
from hygiene.model.paths import BlobId, RepoPath, ancestors
from hygiene.model.purge import Ground, Reach
from hygiene.ports import History, HistoryIndex, Repository


class PastSources(NamedTuple):
    """What tells of a history that was audited.

    Attributes:
        known: holds all that can be reached from `scanned`.
        every: what a rewriting takes hold of, whatever was audited: every root of a mirror clone.
    """

    repository: Repository
    history: History
    known: HistoryIndex
    scanned: Collection[Root]
    every: Roots


def ground_of(sources: PastSources, paths: Collection[RepoPath], head: Iterable[Entry]) -> Ground:
    """What a purge of these paths meets. `head` are their entries at HEAD."""
    known, beyond = sources.known, _Beyond(frozenset(paths))
    beyond.read(sources)
    versions = [*known.versions_of(paths), *_versions(beyond.touched, sources.repository)]
    blobs = frozenset(version.blob for version in versions)
    return Ground(
        versions=versions,
        holders=_by_blob(_held(known, beyond, blobs)),
        folders=frozenset(beyond.folders.union(_folders(known, beyond.paths))),
        givers=known.givers(paths) | {each.commit for each in beyond.touched},
        at_head=frozenset(entry.blob for entry in head),
        stored=sources.history.stored_sizes(blobs),
        gaps=(*sources.every.gaps, *beyond.gaps),
    )


def reach_in(sources: PastSources, rewriting: Rewriting) -> Reach:
    """What gets new ids by a rewriting."""
    listing = sources.history.list_commits(_tips((*sources.every.commits, *sources.scanned)))
    lineages = sources.history.lineages([commit.id for commit in listing.commits])
    return reach_of(rewriting, lineages, sources.every.commits)._replace(gaps=listing.gaps)


@dataclass
class _Beyond:
    """What the audit left out: of the paths to be purged all that they held, of the others one for each blob."""

    paths: frozenset[RepoPath]
    touched: list[Change] = field(default_factory=list)
    others: dict[BlobId, RepoPath] = field(default_factory=dict)
    folders: set[RepoPath] = field(default_factory=set)
    gaps: list[Gap] = field(default_factory=list)

    def read(self, sources: PastSources) -> None:
        """Goes through all that was left out, and keeps as little as it can: there may be much."""
        listing = sources.history.list_commits(_tips(sources.every.commits), without=_tips(sources.scanned))
        self.gaps += listing.gaps
        parts = sources.history.changes([commit.id for commit in listing.commits]) if listing.commits else ()
        for part in (*parts, *map(partial(_whole, sources.repository), sources.every.trees)):
            self.gaps += part.gaps
            for change in part.changes:
                if change.mode != REMOVED:
                    self._add(change)

    def _add(self, change: Change) -> None:
        path = change.path
        if path in self.paths:
            self.touched.append(change)
            return
        # The least of the paths, as the parts come in any order.
        self.others[change.blob] = min(self.others.get(change.blob, path), path)
        self.folders.update(self.paths.intersection(ancestors(path)))


def _whole(repository: Repository, tree: Root) -> Changes:
    """All that a tree without a commit holds, as if one had brought it in."""
    inventory, name = repository.list_revision(tree.object_id), CommitId(tree.object_id)
    changes = [Change(name, entry.mode, entry.blob, entry.path) for entry in inventory.entries]
    return Changes((), changes, inventory.gaps)


def _held(known: HistoryIndex, beyond: _Beyond, blobs: Collection[BlobId]) -> Iterator[tuple[BlobId, RepoPath]]:
    """Each of the blobs with every path that held it."""
    yield from ((each.blob, each.path) for each in known.holding(blobs))
    yield from ((each.blob, each.path) for each in beyond.touched)
    yield from ((blob, path) for blob, path in beyond.others.items() if blob in blobs)


def _folders(known: HistoryIndex, paths: Collection[RepoPath]) -> Iterator[RepoPath]:
    """Those of the paths below which others lay."""
    return (folder for each in known.latest() for folder in ancestors(each.path) if folder in paths)


def _versions(touched: Sequence[Change], repository: Repository) -> Iterator[Version]:
    """What commits beyond the audit hold; nobody will ask for its time."""
    sizes = repository.sizes(each.blob for each in touched)
    return (Version(each.path, each.mode, each.blob, sizes.get(each.blob), each.commit, 0) for each in touched)


def _by_blob(held: Iterable[tuple[BlobId, RepoPath]]) -> dict[BlobId, frozenset[RepoPath]]:
    paths: dict[BlobId, set[RepoPath]] = {}
    for blob, path in held:
        paths.setdefault(blob, set()).add(path)
    return {blob: frozenset(found) for blob, found in paths.items()}


def _tips(roots: Iterable[Root]) -> frozenset[CommitId]:
    return frozenset(CommitId(root.object_id) for root in roots)
