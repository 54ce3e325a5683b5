"""How commits hang together, told by libgit2: works where there is no git program."""

from collections.abc import Iterator, Sequence

import pygit2

from hygiene.model.history import CommitId, Parents


def read_parents(repository: pygit2.Repository, commits: Sequence[CommitId]) -> Iterator[Parents]:
    """Each commit with its parents, in the order asked. Raises `KeyError` where one of the commits is not there."""
    for commit in commits:
        found = repository[commit].peel(pygit2.Commit)
        yield Parents(commit, tuple(CommitId(str(each)) for each in found.parent_ids))
