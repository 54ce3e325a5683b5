"""Finds out what a purge of some paths would meet, also in references that the audit left out."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

from hygiene.history.purge_reach import Rewriting, reach_of
from hygiene.model.history import REMOVED, Change, CommitId, Root, Roots, Version
from hygiene.model.inventory import Entry, Gap, Sizes
from hygiene.model.paths import BlobId, RepoPath, ancestors
from hygiene.model.purge import Ground, PurgeTool, Reach
from hygiene.ports import History, HistoryIndex, Repository


class PastSources(NamedTuple):
    """What tells of a history that was audited: `known` holds all that can be reached from `scanned`."""

    repository: Repository
    history: History
    known: HistoryIndex
    scanned: Collection[Root]


def survey(
    sources: PastSources, paths: Collection[RepoPath], head: Iterable[Entry], tool: PurgeTool
) -> tuple[Ground, Reach]:
    """What a purge of these paths meets, and what gets new ids by it. `head` are their entries at HEAD.

    A rewriting takes hold of all references of a mirror clone, so all of them are looked at, whatever was audited.
    """
    roots = sources.history.every_root()
    beyond = _Beyond(frozenset(paths))
    beyond.read(sources, roots)
    ground = _ground(sources, beyond.paths, beyond)._replace(
        at_head=frozenset(entry.blob for entry in head),
        gaps=(*roots.gaps, *beyond.gaps),
    )
    listing = sources.history.list_commits(_tips((*roots.commits, *sources.scanned)))
    lineages = sources.history.lineages([commit.id for commit in listing.commits])
    reach = reach_of(Rewriting(tool, ground.givers), lineages, roots.commits)
    return ground._replace(gaps=(*ground.gaps, *listing.gaps)), reach


@dataclass
class _Beyond:
    """What commits hold that the audit left out: of the paths to be purged all, of the others one for each blob."""

    paths: frozenset[RepoPath]
    touched: list[Change] = field(default_factory=list)
    others: dict[BlobId, RepoPath] = field(default_factory=dict)
    folders: set[RepoPath] = field(default_factory=set)
    gaps: list[Gap] = field(default_factory=list)

    def read(self, sources: PastSources, roots: Roots) -> None:
        """Goes through all commits that the audit left out, and keeps as little as it can: there may be many."""
        listing = sources.history.list_commits(_tips(roots.commits), without=_tips(sources.scanned))
        self.gaps += listing.gaps
        parts = sources.history.changes([commit.id for commit in listing.commits]) if listing.commits else ()
        for part in parts:
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
        self.folders.update(folder for folder in ancestors(path) if folder in self.paths)


def _ground(sources: PastSources, paths: frozenset[RepoPath], beyond: _Beyond) -> Ground:
    known = sources.known
    sizes = sources.repository.sizes(each.blob for each in beyond.touched)
    versions = [*known.versions_of(paths), *(_version(each, sizes) for each in beyond.touched)]
    blobs = frozenset(version.blob for version in versions)
    held = chain(
        ((each.blob, each.path) for each in known.holding(blobs)),
        ((each.blob, each.path) for each in beyond.touched),
        ((blob, path) for blob, path in beyond.others.items() if blob in blobs),
    )
    folders = (folder for each in known.latest() for folder in ancestors(each.path) if folder in paths)
    return Ground(
        versions=versions,
        holders=_by_blob(held),
        folders=frozenset(beyond.folders.union(folders)),
        givers=known.givers(paths) | {each.commit for each in beyond.touched},
        at_head=frozenset(),
        stored=sources.history.stored_sizes(blobs),
    )


def _version(change: Change, sizes: Sizes) -> Version:
    """What a commit beyond the audit holds; nobody will ask for its time."""
    return Version(change.path, change.mode, change.blob, sizes.get(change.blob), change.commit, 0)


def _by_blob(held: Iterable[tuple[BlobId, RepoPath]]) -> dict[BlobId, frozenset[RepoPath]]:
    paths: dict[BlobId, set[RepoPath]] = {}
    for blob, path in held:
        paths.setdefault(blob, set()).add(path)
    return {blob: frozenset(found) for blob, found in paths.items()}


def _tips(roots: Iterable[Root]) -> frozenset[CommitId]:
    return frozenset(CommitId(root.object_id) for root in roots)
