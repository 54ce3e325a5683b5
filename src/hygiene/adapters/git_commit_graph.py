"""How commits hang together, told by git in one process."""

from collections.abc import Iterator, Sequence

from hygiene.adapters.process import Git, GitFailed
from hygiene.model.history import CommitId, Parents

_REV_LIST = (
    "-c",
    "core.commitGraph=false",  # the commits count, not what a cache says of them
    "rev-list",
    "--no-walk=unsorted",
    "--parents",
    "--stdin",
)


def read_parents(git: Git, commits: Sequence[CommitId]) -> Iterator[Parents]:
    """Each commit with its parents, in the order asked, by `git rev-list`, which parses each once and walks nowhere.

    Raises `GitFailed` where one of the commits is not there.
    """
    if not commits:  # git would answer with HEAD
        return
    asked = "".join(f"{commit}\n" for commit in commits).encode("ascii")
    told = 0
    with git.stream(*_REV_LIST, stdin=asked) as lines:
        for line in lines:
            told += 1
            commit, *parents = map(CommitId, line.decode("ascii").split())
            yield Parents(commit, tuple(parents))
    if told < len(frozenset(commits)):
        raise GitFailed(str(git.git_dir), 0, f"it told of {told} commits where {len(commits)} were asked for")
