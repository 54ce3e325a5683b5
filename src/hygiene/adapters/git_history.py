"""Reads the commits of a repository through git plumbing: git walks and compares, on every core."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace

from hygiene.adapters.cat_file import look_up, only_here, read_objects, read_stored_sizes
from hygiene.adapters.cat_file_objects import CatFileObjects
from hygiene.adapters.commit_comparison import CommitComparison
from hygiene.adapters.commit_object import LARGEST_COMMIT, parse_commit, parse_lineage
from hygiene.adapters.commit_walk import linking, walk
from hygiene.adapters.diff_tree import Comparison
from hygiene.adapters.git_files import shallow_commits
from hygiene.adapters.git_roots import read_every_root, read_named_roots, read_roots
from hygiene.adapters.process import Git, GitFailed
from hygiene.adapters.read_ahead import PART, ReadAhead, list_by_rev_list
from hygiene.model.history import Changes, Commit, CommitId, CommitListing, Lineage, RootKind, Roots
from hygiene.model.inventory import RepositoryFacts, Sizes
from hygiene.model.paths import BlobId

_ID_LENGTH = {"sha1": 20, "sha256": 32}
"""Bytes of an id, by object format."""


class GitHistory:
    """The commits as git plumbing reads them. `ports.History` says what the methods promise."""

    def __init__(self, git: Git, facts: RepositoryFacts) -> None:
        # No index: git would read it although nothing here is about it, and give up over a broken one.
        self._git = replace(git, index=git.git_dir / "hygiene" / "no-index")
        self._facts = facts
        self._ahead: ReadAhead | None = None
        self._ahead_compared: Comparison | None = None

    def roots(self, kinds: Collection[RootKind]) -> Roots:
        """By `git for-each-ref`, and the stash's log."""
        return read_roots(self._git, kinds)

    def every_root(self) -> Roots:
        """By `git for-each-ref`, and the stash's log."""
        return read_every_root(self._git)

    def named_roots(self, revisions: Sequence[str]) -> Roots:
        """What these revisions lead to."""
        return read_named_roots(self._git, revisions)

    def present(self, commits: Collection[CommitId]) -> frozenset[CommitId]:
        """By the objects' headers, all from one process."""
        found = look_up(self._git, commits)
        return frozenset(commit for commit in commits if commit in found and found[commit].kind == "commit")

    def begin(self, tips: Collection[CommitId], without: Collection[CommitId]) -> None:
        """Lists and compares from now on: git works in processes of its own, and threads listen to it."""
        self.end()
        self._ahead = ReadAhead(self._git, tips, without) if tips else None

    def end(self) -> None:
        """Ends the processes, and waits for the threads."""
        for work in (self._ahead, self._ahead_compared):
            if work is not None:
                work.stop()
        self._ahead = self._ahead_compared = None

    def list_commits(self, tips: Collection[CommitId], without: Collection[CommitId] = ()) -> CommitListing:
        """By `git rev-list`; where it fails, by a walk of our own that tells what is missing."""
        if not tips:  # git would refuse
            return CommitListing([])
        try:
            if self._ahead is not None and self._ahead.is_of(tips, without):
                return self._ahead.listing()
            return list_by_rev_list(self._git, tips, without)
        except (GitFailed, OSError):  # a commit is missing or broken, or there were too many processes
            self.end()
            with CatFileObjects(self._git) as objects:
                return walk(tips, without, linking(objects, shallow_commits(self._git.git_dir)))

    def lineages(self, commits: Sequence[CommitId]) -> Iterator[Lineage]:
        """From the commits themselves, all from one process."""
        for name, content in read_objects(self._git, commits, b"commit", LARGEST_COMMIT):
            lineage = parse_lineage(CommitId(name), content)
            if lineage is not None:
                yield lineage

    def changes(self, commits: Sequence[CommitId]) -> Iterator[Changes]:
        """By `git diff-tree`; a part over which it fails, by comparing trees ourselves.

        No process outlives the iterator.
        """
        comparison = self._comparison_of(commits)
        with closing(comparison.results()) as compared, CatFileObjects(self._git) as objects:
            shallow = shallow_commits(self._git.git_dir)
            ourselves = CommitComparison(objects, shallow, _ID_LENGTH[self._facts.object_format])
            for part, changes in compared:
                yield ourselves.changes(part) if changes is None else Changes(part, changes)

    def _comparison_of(self, commits: Sequence[CommitId]) -> Comparison:
        if self._ahead is not None and self._ahead.is_about(commits):
            self._ahead_compared, self._ahead = self._ahead.comparison, None
            return self._ahead_compared
        self.end()
        comparison = Comparison(self._git)
        for start in range(0, len(commits), PART):
            comparison.add(commits[start : start + PART])
        comparison.no_more()
        return comparison

    def describe(self, commits: Collection[CommitId]) -> Mapping[CommitId, Commit]:
        """From the commits themselves, all from one process."""
        raw = read_objects(self._git, dict.fromkeys(commits), b"commit", LARGEST_COMMIT)
        described = (parse_commit(CommitId(name), content) for name, content in raw)
        return {commit.id: commit for commit in described if commit is not None}

    def stored_sizes(self, blobs: Collection[BlobId]) -> Sizes:
        """As the packs and loose objects have them, all from one process."""
        return read_stored_sizes(self._git, only_here(self._git, blobs) if self._facts.partial else blobs)
