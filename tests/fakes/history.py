"""The commits of a `FakeRepository`: `ports.History`, by comparing whole trees."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from hygiene.errors import UnknownRevision
from hygiene.model.history import (
    REFERENCE_FOLDERS,
    REMOVED,
    Change,
    Changes,
    Commit,
    CommitId,
    CommitListing,
    Lineage,
    ListedCommit,
    Root,
    RootKind,
    Roots,
)
from hygiene.model.inventory import Gap, Sizes
from hygiene.model.paths import BlobId, RepoPath
from tests.fakes.repository import FakeRepository

DAY = 86_400


class FakeHistory:
    """Each commit is made a day after the one before it; `missing` and `unreadable` commits are what they are called.

    Attributes:
        asked: every commit whose changes were asked for, in order.
    """

    def __init__(self, repository: FakeRepository) -> None:
        self._repository = repository
        self.asked: list[str] = []
        self.missing: set[str] = set()
        self.unreadable: set[str] = set()

    def roots(self, kinds: Collection[RootKind]) -> Roots:
        """Every name without a folder is a branch; the others are what Git says that they are."""
        return self.named_roots(sorted(name for name in self._repository._refs if _is_of(name, kinds)))

    def every_root(self) -> Roots:
        return self.named_roots(sorted(self._repository._refs))

    def named_roots(self, revisions: Sequence[str]) -> Roots:
        found = [Root(name, self._repository._find(name)) for name in revisions]
        commits, trees = self._repository._commits, self._repository._trees
        for root in found:
            if root.object_id not in {**commits, **trees, **self._repository._blobs}:
                raise UnknownRevision(root.name)
        return Roots(
            [root for root in found if root.object_id in commits],
            [root for root in found if root.object_id in trees],
            [root for root in found if root.object_id in self._repository._blobs],
        )

    def present(self, commits: Collection[CommitId]) -> frozenset[CommitId]:
        return frozenset(name for name in commits if name in self._repository._commits and name not in self.missing)

    def begin(self, tips: Collection[CommitId], without: Collection[CommitId]) -> None:
        pass

    def end(self) -> None:
        pass

    def list_commits(self, tips: Collection[CommitId], without: Collection[CommitId] = ()) -> CommitListing:
        reached = self._reached(tips) - self._reached(without)
        listed = [
            ListedCommit(CommitId(name), self._time(name))
            for name in self._repository._commits
            if name in reached and name not in self.missing
        ]
        return CommitListing(listed, [Gap(f"commit {name} is missing", "") for name in sorted(reached & self.missing)])

    def lineages(self, commits: Sequence[CommitId]) -> Iterator[Lineage]:
        for name in commits:
            yield Lineage(name, tuple(map(CommitId, self._repository._commits[name].parents)), is_plain=True)

    def changes(self, commits: Sequence[CommitId]) -> Iterator[Changes]:
        for name in commits:
            self.asked.append(name)
            if name in self.unreadable:
                yield Changes((), (), [Gap(f"tree of {name} cannot be read", "")])
            else:
                yield Changes((name,), list(self._changes(name)))

    def describe(self, commits: Collection[CommitId]) -> Mapping[CommitId, Commit]:
        known = self._repository._commits
        return {
            name: Commit(name, f"Author {self._position(name)} <a@example.org>", self._time(name), "what it did")
            for name in commits
            if name in known
        }

    def stored_sizes(self, blobs: Collection[BlobId]) -> Sizes:
        """Half of each."""
        return {blob: (size + 1) // 2 for blob, size in self._repository.sizes(blobs).items()}

    def _changes(self, name: CommitId) -> Iterator[Change]:
        commit = self._repository._commits[name]
        parents = [set(self._repository._commits[parent].tree) for parent in commit.parents]
        paths = [{entry.path for entry in tree} for tree in parents]
        for entry in commit.tree:
            if not any(entry in tree for tree in parents):
                yield Change(name, entry.mode, entry.blob, entry.path)
        gone = set.intersection(*paths) if paths else set()
        for path in sorted(gone - {entry.path for entry in commit.tree}):
            yield Change(name, REMOVED, BlobId("0" * 40), RepoPath(path))

    def _reached(self, tips: Collection[str]) -> set[str]:
        return {name for tip in tips for name in self._repository._ancestry(tip)}

    def _position(self, name: str) -> int:
        return list(self._repository._commits).index(name)

    def _time(self, name: str) -> int:
        return DAY * self._position(name)


def _is_of(name: str, kinds: Collection[RootKind]) -> bool:
    if "/" not in name:
        return RootKind.BRANCHES in kinds
    return name.startswith(tuple(folder for kind in kinds for folder in REFERENCE_FOLDERS.get(kind, ())))
