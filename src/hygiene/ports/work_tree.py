"""What packaging asks of the files on the disk: how far they are from what is committed."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from hygiene.model.paths import RepoPath


class TreeState(NamedTuple):
    """How a work tree differs from a commit, as far as a packager should say.

    Attributes:
        staged: how many paths the index holds otherwise.
        modified: the tracked files that have changed on the disk since they were staged, sorted.
        untracked: files that are neither tracked nor ignored, sorted; of a repository in there only its folder, with a
            `/` at its end.
        is_known: whether anybody could look.
    """

    staged: int = 0
    modified: Sequence[RepoPath] = ()
    untracked: Sequence[RepoPath] = ()
    is_known: bool = True


class WorkTree(Protocol):
    """The work tree beside a repository, looked at without running anything that the repository names."""

    def state(self) -> TreeState:
        """How it differs from HEAD at this moment, by sizes and times; only a file that these do not settle is read.

        What nobody can tell is no difference: a file of which only the time differs, and that a filter may have made.
        """
        ...
