"""Finds out what a purge of some paths would meet, also in references that the audit left out."""

from collections.abc import Collection, Iterable
from itertools import chain
from typing import NamedTuple

from hygiene.history.purge_reach import Rewriting, reach_of
from hygiene.model.history import REMOVED, Change, CommitId, Root, RootKind, Roots, Version
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
    roots = sources.history.roots(frozenset(RootKind))
    beyond = _Beyond.of(sources, roots)
    ground = _ground(sources, frozenset(paths), beyond)._replace(
        at_head=frozenset(entry.blob for entry in head),
        gaps=(*roots.gaps, *beyond.gaps),
    )
    listing = sources.history.list_commits(_tips((*roots.commits, *sources.scanned)))
    lineages = sources.history.lineages([commit.id for commit in listing.commits])
    reach = reach_of(Rewriting(tool, ground.givers), lineages, roots.commits)
    return ground._replace(gaps=(*ground.gaps, *listing.gaps)), reach


class _Beyond(NamedTuple):
    """What commits hold that the audit left out."""

    changes: tuple[Change, ...]
    gaps: tuple[Gap, ...]

    @classmethod
    def of(cls, sources: PastSources, roots: Roots) -> "_Beyond":
        listing = sources.history.list_commits(_tips(roots.commits), without=_tips(sources.scanned))
        parts = list(sources.history.changes([commit.id for commit in listing.commits])) if listing.commits else []
        changes = (each for part in parts for each in part.changes if each.mode != REMOVED)
        return cls(tuple(changes), (*listing.gaps, *(gap for part in parts for gap in part.gaps)))


def _ground(sources: PastSources, paths: frozenset[RepoPath], beyond: _Beyond) -> Ground:
    known = sources.known
    touched = [each for each in beyond.changes if each.path in paths]
    sizes = sources.repository.sizes(each.blob for each in touched)
    versions = [*known.versions_of(paths), *(_version(each, sizes) for each in touched)]
    blobs = frozenset(version.blob for version in versions)
    held = [(each.blob, each.path) for each in known.holding(blobs)]
    held += [(each.blob, each.path) for each in beyond.changes if each.blob in blobs]
    ever = chain((each.path for each in known.latest()), (each.path for each in beyond.changes))
    return Ground(
        versions=versions,
        holders=_by_blob(held),
        folders=frozenset(folder for path in ever for folder in ancestors(path) if folder in paths),
        givers=known.givers(paths) | {each.commit for each in touched},
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
