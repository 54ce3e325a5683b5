"""Everything that is asked about the findings of a history, asked once for all of them."""

from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property

from hygiene.model.finding import Finding
from hygiene.model.history import Commit, CommitId, Removal, Version
from hygiene.model.inventory import Sizes
from hygiene.model.paths import BlobId, RepoPath
from hygiene.ports import History, HistoryIndex


@dataclass(frozen=True)
class Books:
    """What history and index know of the paths that are findings.

    Attributes:
        found: by path, the findings of its versions.
        beside: blobs that are held by what was not read, as by the base of a range.
    """

    history: History
    index: HistoryIndex
    found: Mapping[RepoPath, Sequence[Finding]]
    beside: Collection[BlobId] = frozenset()

    @cached_property
    def versions(self) -> Mapping[RepoPath, Sequence[Version]]:
        """The versions of each path that are findings, from first to last, each blob once."""
        met = {(path, finding.blob) for path, findings in self.found.items() for finding in findings}
        first: dict[tuple[RepoPath, BlobId], Version] = {}
        for version in self.index.versions_of(self.found.keys()):
            if (version.path, version.blob) in met:
                first.setdefault((version.path, version.blob), version)
        by_path: dict[RepoPath, list[Version]] = {}
        for version in first.values():
            by_path.setdefault(version.path, []).append(version)
        return by_path

    @cached_property
    def stored(self) -> Sizes:
        """Bytes on the disk of every blob among them."""
        return self.history.stored_sizes(self._blobs)

    @cached_property
    def holders(self) -> Mapping[BlobId, set[RepoPath]]:
        """Every path that ever held one of those blobs, also those that are no findings."""
        holders: dict[BlobId, set[RepoPath]] = {blob: set() for blob in self._blobs}
        for version in self.index.holding(self._blobs):
            holders[version.blob].add(version.path)
        return holders

    def is_held_beside(self, paths: AbstractSet[RepoPath], blob: BlobId) -> bool:
        """Whether anything else than these paths ever held one of those blobs, as far as is known."""
        return blob in self.beside or not self.holders[blob] <= paths

    @cached_property
    def removals(self) -> Mapping[RepoPath, Removal]:
        """Who removed each path last, as far as any commit did."""
        return self.index.removals(self.found.keys())

    @cached_property
    def rewrites(self) -> Mapping[RepoPath, int]:
        """How many commits gave each path a content."""
        return self.index.rewrites(self.found.keys())

    def commit(self, name: CommitId) -> Commit:
        """What a commit says of itself; a tree that a root leads to without any commit says nothing."""
        return self._commits.get(name) or Commit(name, "", 0, "")

    @cached_property
    def _commits(self) -> Mapping[CommitId, Commit]:
        introducing = {version.commit for versions in self.versions.values() for version in versions}
        return self.history.describe(introducing.union(removal.commit for removal in self.removals.values()))

    @cached_property
    def _blobs(self) -> frozenset[BlobId]:
        return frozenset(version.blob for versions in self.versions.values() for version in versions)
