"""Commits in memory: `ports.checkout.Commits`, without hooks and signatures."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from hygiene.errors import BadBranch, CommitFailed
from hygiene.model.paths import RepoPath, ancestors
from hygiene.model.untracking import Held, IndexEdit
from hygiene.ports.checkout import Hooks

Tree = Mapping[RepoPath, Held]


class MadeCommit(NamedTuple):
    """What a commit consists of."""

    tree: Tree
    parent: str | None
    message: str
    hooks: Hooks


class FakeCommits:
    """Commits by their ids, which count up; `fail` has the next ones fail."""

    def __init__(self) -> None:
        self.made: dict[str, MadeCommit] = {}
        self.told: list[Hooks] = []
        self._reason = ""
        self.branches: set[str] = set()

    # What a test does to it

    def hold(self, tree: Tree, parent: str | None = None) -> str:
        """A commit that is there already; its id."""
        return self._keep(MadeCommit(tree, parent, "commit\n", Hooks.SKIP))

    def fail(self, reason: str) -> None:
        self._reason = reason

    # What the program asks of it

    def require_new_branch(self, name: str) -> None:
        if name in self.branches or name in ("", "HEAD") or name.startswith("-") or ".." in name or " " in name:
            raise BadBranch(name, "it cannot be")

    def make(self, parent: str | None, edits: Sequence[IndexEdit], message: str, hooks: Hooks) -> str:
        if self._reason or parent not in {None, *self.made}:
            raise CommitFailed(self._reason or f"no such commit: {parent}", "")
        tree = dict(self.made[parent].tree) if parent else {}
        for edit in edits:
            tree.pop(edit.path, None)
        tree |= {edit.path: edit.after for edit in edits if edit.after is not None}
        _require_places(tree)
        return self._keep(MadeCommit(tree, parent, message, hooks))

    def after(self, hooks: Hooks) -> None:
        self.told.append(hooks)

    def _keep(self, commit: MadeCommit) -> str:
        made = f"{len(self.made) + 1:040x}"
        self.made[made] = commit
        return made


def _require_places(tree: Tree) -> None:
    """A path cannot be a file and a folder."""
    for path in tree:
        for folder in ancestors(path):
            if folder in tree:
                raise CommitFailed(f"{folder} is both a file and a folder", "")
