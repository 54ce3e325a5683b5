"""How commits hang together, told by git in one process."""

from collections.abc import Iterator, Sequence

from hygiene.adapters.process import Git, GitFailed
from hygiene.model.history import CommitId
from hygiene.ports import Parents


class GitCommitGraph:
    """A `ports.CommitGraph` read by `git rev-list`, which parses each commit once and walks nowhere."""

    def __init__(self, git: Git) -> None:
        self._git = git

    def parents(self, commits: Sequence[CommitId]) -> Iterator[Parents]:
        """In the order asked. Raises `GitFailed` where one of the commits is not there."""
        if not commits:  # git would answer with HEAD
            return
        asked = "".join(f"{commit}\n" for commit in commits).encode("ascii")
        with self._git.stream("rev-list", "--no-walk=unsorted", "--parents", "--stdin", stdin=asked) as lines:
            told = 0
            for line in lines:
                told += 1
                commit, *parents = map(CommitId, line.decode("ascii").split())
                yield Parents(commit, tuple(parents))
        if told < len(frozenset(commits)):
            raise GitFailed(str(self._git.git_dir), 0, f"it told of {told} commits where {len(commits)} were asked for")
