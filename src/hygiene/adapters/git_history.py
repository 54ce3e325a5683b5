"""Reads the commits of a repository through git plumbing: git walks and compares, on every core."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace

from hygiene.adapters.cat_file import look_up, only_here, read_objects, read_stored_sizes
from hygiene.adapters.cat_file_objects import CatFileObjects
from hygiene.adapters.commit_comparison import CommitComparison
from hygiene.adapters.commit_object import LARGEST_COMMIT, LATEST, parse_commit
from hygiene.adapters.commit_walk import linking, walk
from hygiene.adapters.diff_tree import compare
from hygiene.adapters.git_files import shallow_commits
from hygiene.adapters.git_roots import read_named_roots, read_roots
from hygiene.adapters.process import Git, GitFailed
from hygiene.model.history import Changes, Commit, CommitId, CommitListing, ListedCommit, RootKind, Roots
from hygiene.model.inventory import RepositoryFacts, Sizes
from hygiene.model.paths import BlobId

_PART = 2000
"""Commits that one process compares: enough to make its start cheap, few enough to keep all cores busy to the end."""

_ID_LENGTH = {"sha1": 20, "sha256": 32}
"""Bytes of an id, by object format."""

_REV_LIST = (
    "-c",
    "core.commitGraph=false",  # the commits count, not what a cache says of them
    "rev-list",
    "--topo-order",
    "--reverse",
    "--timestamp",
    "--stdin",
)


class GitHistory:
    """The commits as git plumbing reads them. `ports.History` says what the methods promise."""

    def __init__(self, git: Git, facts: RepositoryFacts) -> None:
        # No index: git would read it although nothing here is about it, and give up over a broken one.
        self._git = replace(git, index=git.git_dir / "hygiene" / "no-index")
        self._facts = facts

    def roots(self, kinds: Collection[RootKind]) -> Roots:
        """By `git for-each-ref`, and the stash's log."""
        return read_roots(self._git, kinds)

    def named_roots(self, revisions: Sequence[str]) -> Roots:
        """What these revisions lead to."""
        return read_named_roots(self._git, revisions)

    def present(self, commits: Collection[CommitId]) -> frozenset[CommitId]:
        """By the objects' headers, all from one process."""
        found = look_up(self._git, commits)
        return frozenset(commit for commit in commits if commit in found and found[commit].kind == "commit")

    def list_commits(self, tips: Collection[CommitId], without: Collection[CommitId] = ()) -> CommitListing:
        """By `git rev-list`; where it fails, by a walk of our own that tells what is missing."""
        if not tips:  # git would refuse
            return CommitListing([])
        asked = "".join((*(f"{tip}\n" for tip in tips), *(f"^{commit}\n" for commit in without)))
        try:
            words = self._git.run(*_REV_LIST, stdin=asked.encode()).decode().split()
        except GitFailed:
            with CatFileObjects(self._git) as objects:
                return walk(tips, without, linking(objects, shallow_commits(self._git.git_dir)))
        times = (time if time <= LATEST else 0 for time in map(int, words[::2]))
        return CommitListing(list(map(ListedCommit, map(CommitId, words[1::2]), times)))

    def changes(self, commits: Sequence[CommitId]) -> Iterator[Changes]:
        """By `git diff-tree`; a part over which it fails, by comparing trees ourselves.

        No process outlives the iterator.
        """
        parts = (commits[start : start + _PART] for start in range(0, len(commits), _PART))
        with closing(compare(self._git, parts)) as compared, CatFileObjects(self._git) as objects:
            shallow = shallow_commits(self._git.git_dir)
            ourselves = CommitComparison(objects, shallow, _ID_LENGTH[self._facts.object_format])
            for part, changes in compared:
                yield ourselves.changes(part) if changes is None else Changes(part, changes)

    def describe(self, commits: Collection[CommitId]) -> Mapping[CommitId, Commit]:
        """From the commits themselves, all from one process."""
        raw = read_objects(self._git, dict.fromkeys(commits), b"commit", LARGEST_COMMIT)
        described = (parse_commit(CommitId(name), content) for name, content in raw)
        return {commit.id: commit for commit in described if commit is not None}

    def stored_sizes(self, blobs: Collection[BlobId]) -> Sizes:
        """As the packs and loose objects have them, all from one process."""
        return read_stored_sizes(self._git, only_here(self._git, blobs) if self._facts.partial else blobs)
