"""Tells what commits changed by comparing trees ourselves, where git does not do it; goes on past what is missing."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from hygiene.adapters.commit_walk import linking
from hygiene.adapters.raw_objects import RawObjects
from hygiene.adapters.tree_comparison import TreeComparison
from hygiene.model.history import Change, Changes, CommitId
from hygiene.model.inventory import Gap
from hygiene.model.paths import RepoPath

_LINKS_REMEMBERED = 1 << 15
_TOLD_ONE_BY_ONE = 50
_HELP = "Run `git fsck`, or fetch the missing objects."


class CommitComparison:
    """Compares commits with all of their parents."""

    def __init__(self, objects: RawObjects, shallow: Collection[str], id_length: int) -> None:
        """`shallow` commits have no parents; `id_length` is that of an id in bytes."""
        self._links = lru_cache(_LINKS_REMEMBERED)(linking(objects, shallow))
        self._trees = TreeComparison(objects, id_length)
        self._told = 0

    def changes(self, commits: Sequence[CommitId]) -> Changes:
        """What these commits changed; a parent, or a tree of it, that cannot be read counts as holding nothing."""
        missing = _Missing()
        changes = [change for commit in commits for change in self._compare(commit, missing)]
        whole = [commit for commit in commits if commit not in missing.commits]
        gaps = list(missing.gaps(_TOLD_ONE_BY_ONE - self._told))
        self._told += len(gaps)
        return Changes(whole, changes, gaps)

    def _compare(self, commit: CommitId, missing: "_Missing") -> Iterator[Change]:
        links = self._links(commit)
        if links is None:
            missing.add(commit, f"commit {commit}", commit)
            return
        parents = {parent: self._links(parent) for parent in links.parents}
        for parent in (parent for parent, found in parents.items() if found is None):
            missing.add(commit, f"commit {parent}", parent)
        compared = self._trees.compare(links.tree, [found.tree for found in parents.values() if found])
        for unread in compared.unread:
            missing.add(commit, f"the tree of {unread.folder or 'the root folder'}", unread.tree, unread.folder)
        for mode, blob, path in compared.differences:
            yield Change(commit, mode, blob, path)


@dataclass(slots=True)
class _Lost:
    """An object that cannot be read, and how many commits that concerns."""

    what: str
    folder: RepoPath | None
    first: CommitId
    commits: int = 0

    def gap(self) -> Gap:
        more = f" and {self.commits - 1} more" if self.commits > 1 else ""
        reason = f"{self.what} is missing or broken: what commit {self.first}{more} changed is not known exactly"
        return Gap(reason, _HELP, self.folder)


@dataclass(slots=True)
class _Missing:
    """What could not be read of some commits, by object: one may be missed by many commits."""

    commits: set[CommitId] = field(default_factory=set)
    _lost: dict[str, _Lost] = field(default_factory=dict)

    def add(self, commit: CommitId, what: str, object_id: str, folder: RepoPath | None = None) -> None:
        self.commits.add(commit)
        self._lost.setdefault(object_id, _Lost(what, folder, commit)).commits += 1

    def gaps(self, limit: int) -> Iterator[Gap]:
        """One for each of the first `limit` objects, and one for all the others."""
        told = max(limit, 0)
        yield from (lost.gap() for lost in islice(self._lost.values(), told))
        if len(self._lost) > told:
            reason = f"{len(self._lost) - told} more objects are missing or broken that commits changed"
            yield Gap(reason, _HELP)
