"""Reads the commits of a repository through libgit2: walks and compares by itself, and runs no program."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

import pygit2

from hygiene.adapters.commit_comparison import CommitComparison
from hygiene.adapters.commit_object import parse_commit, parse_lineage
from hygiene.adapters.commit_walk import linking, walk
from hygiene.adapters.git_files import common_dir, head_names, shallow_commits, stash_log
from hygiene.adapters.libgit2_objects import NOT_THERE, Libgit2Objects
from hygiene.adapters.pack_sizes import stored_sizes
from hygiene.adapters.reference_files import Found, ReferenceFiles
from hygiene.adapters.revisions import may_be_revision
from hygiene.adapters.roots import STASH, broken_reference, sorted_roots, with_stash_log, without_aliases
from hygiene.errors import UnknownRevision
from hygiene.model.history import REFERENCE_FOLDERS, Changes, Commit, CommitId, CommitListing, Lineage, RootKind, Roots
from hygiene.model.inventory import Sizes
from hygiene.model.paths import BlobId

_PART = 500
"""Commits that are compared before what they changed is handed on."""

_ID_LENGTH = 20
"""Bytes: libgit2 opens sha1 repositories alone."""


class Libgit2History:
    """The commits as libgit2 reads them. `ports.History` says what the methods promise."""

    def __init__(self, repository: pygit2.Repository) -> None:
        """`repository` has had its objects replaced by `open_objects`."""
        self._repository = repository
        self._git_dir = Path(repository.path)
        self._objects = Libgit2Objects(repository.odb)

    def roots(self, kinds: Collection[RootKind]) -> Roots:
        """From the files of the references, which libgit2 lists without a word about broken ones."""
        files = ReferenceFiles(self._git_dir)
        found = [files.below(folder) for kind in kinds for folder in REFERENCE_FOLDERS.get(kind, ())]
        if RootKind.STASH in kinds:
            found.append(files.named(STASH))
        return self._roots(found, files.named(*head_names(self._git_dir)) if RootKind.HEAD in kinds else Found([], []))

    def every_root(self) -> Roots:
        """From the files of the references, too."""
        files = ReferenceFiles(self._git_dir)
        return self._roots([files.below("refs/")], files.named(*head_names(self._git_dir)))

    def _roots(self, found: Sequence[Found], heads: Found) -> Roots:
        named = without_aliases(reference for each in found for reference in each.references)
        references = [*with_stash_log(named, stash_log(self._git_dir)), *heads.references]
        targets = self._objects.peeled(reference.object_id for reference in references)
        broken = [name for each in (*found, heads) for name in each.broken]
        roots = {reference.name: targets[reference.object_id] for reference in references}
        return sorted_roots(roots, map(broken_reference, broken))

    def named_roots(self, revisions: Sequence[str]) -> Roots:
        """What these revisions lead to."""
        ids = {revision: self._id_of(revision) for revision in revisions}
        targets = self._objects.peeled(ids.values())
        return sorted_roots({revision: targets[object_id] for revision, object_id in ids.items()})

    def present(self, commits: Collection[CommitId]) -> frozenset[CommitId]:
        """By the objects' headers."""
        return frozenset(commit for commit in commits if self._objects.kind(commit) == "commit")

    def begin(self, tips: Collection[CommitId], without: Collection[CommitId]) -> None:
        """Does nothing: two threads in one libgit2 repository wait for each other for ever."""

    def end(self) -> None:
        """Does nothing, as nothing was begun."""

    def list_commits(self, tips: Collection[CommitId], without: Collection[CommitId] = ()) -> CommitListing:
        """By a walk of our own, which tells what is missing."""
        return walk(tips, without, linking(self._objects, shallow_commits(self._git_dir)))

    def lineages(self, commits: Sequence[CommitId]) -> Iterator[Lineage]:
        """From the commits themselves, as they are asked for."""
        for commit in commits:
            raw = self._objects.commit(commit)
            lineage = None if raw is None else parse_lineage(commit, raw)
            if lineage is not None:
                yield lineage

    def changes(self, commits: Sequence[CommitId]) -> Iterator[Changes]:
        """By comparing trees ourselves, as they are asked for."""
        comparison = CommitComparison(self._objects, shallow_commits(self._git_dir), _ID_LENGTH)
        for start in range(0, len(commits), _PART):
            yield comparison.changes(commits[start : start + _PART])

    def describe(self, commits: Collection[CommitId]) -> Mapping[CommitId, Commit]:
        """From the commits themselves."""
        raw = {commit: self._objects.commit(commit) for commit in commits}
        described = (parse_commit(commit, text) for commit, text in raw.items() if text is not None)
        return {commit.id: commit for commit in described if commit is not None}

    def stored_sizes(self, blobs: Collection[BlobId]) -> Sizes:
        """From the indexes of the packs and the loose objects' files, which libgit2 does not tell of."""
        there = [blob for blob in blobs if self._objects.kind(blob) == "blob"]
        return stored_sizes(common_dir(self._git_dir) / "objects", there)

    def _id_of(self, revision: str) -> str:
        if not may_be_revision(revision):
            raise UnknownRevision(revision)
        try:
            return str(self._repository.revparse_single(revision).id)
        except NOT_THERE as unknown:
            raise UnknownRevision(revision) from unknown
