"""How commits hang together, told by libgit2: works where there is no git program."""

from collections.abc import Iterator, Sequence

import pygit2

from hygiene.model.history import CommitId
from hygiene.ports import Parents


class Libgit2CommitGraph:
    """A `ports.CommitGraph` read by libgit2."""

    def __init__(self, repository: pygit2.Repository) -> None:
        self._repository = repository

    def parents(self, commits: Sequence[CommitId]) -> Iterator[Parents]:
        """In the order asked. Raises `KeyError` where one of the commits is not there."""
        for commit in commits:
            found = self._repository[commit].peel(pygit2.Commit)
            yield Parents(commit, tuple(CommitId(str(each)) for each in found.parent_ids))
