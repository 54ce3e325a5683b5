"""What commits changed, as a walk over every whole tree of git's finds it."""

from collections.abc import Iterable

from fixtures.repositories import RepositoryBuilder
from hygiene.model.history import REMOVED

Told = tuple[str, str, str, str]
"""A commit, a mode, a blob and a path; the blob is empty where the path was removed."""


class ExhaustiveHistory:
    """All commits that a repository holds, whatever leads to them, by their real parents."""

    def __init__(self, builder: RepositoryBuilder, *cut: str) -> None:
        """The `cut` commits count as having no parents."""
        self._builder = builder
        self._cut = cut
        objects = self._git("cat-file", "--batch-all-objects", "--batch-check=%(objecttype) %(objectname)").split()
        self.commits = [
            name.decode() for kind, name in zip(objects[::2], objects[1::2], strict=True) if kind == b"commit"
        ]
        self._trees: dict[str, dict[str, tuple[str, str]]] = {}

    def changes(self) -> set[Told]:
        """What every commit holds otherwise than all of its parents, and what all of them hold and it does not."""
        return {change for commit in self.commits for change in self._of(commit)}

    def parents(self, commit: str) -> list[str]:
        """The parents that the commit's own lines name."""
        lines = self._git("cat-file", "commit", commit).partition(b"\n\n")[0].splitlines()
        return [] if commit in self._cut else [line[7:].decode() for line in lines if line.startswith(b"parent ")]

    def ancestry(self, commits: Iterable[str]) -> set[str]:
        """These commits and all before them."""
        found: set[str] = set()
        ahead = list(commits)
        while ahead:
            commit = ahead.pop()
            found.add(commit)
            ahead += self.parents(commit)
        return found

    def _of(self, commit: str) -> set[Told]:
        here, others = self._tree(commit), [self._tree(parent) for parent in self.parents(commit)]
        introduced = {
            (commit, *content, path)
            for path, content in here.items()
            if all(other.get(path) != content for other in others)
        }
        held_by_all = set.intersection(*map(set, others)) if others else set()
        return introduced | {(commit, REMOVED, "", path) for path in held_by_all - here.keys()}

    def _tree(self, commit: str) -> dict[str, tuple[str, str]]:
        if commit not in self._trees:
            listing = self._git("ls-tree", "-r", "-z", "--full-tree", commit).decode("utf-8", "surrogateescape")
            records = (record.partition("\t") for record in listing.split("\0")[:-1])
            entries = ((record.split(" "), path) for record, _, path in records)
            self._trees[commit] = {path: (mode, blob) for (mode, _, blob), path in entries}
        return self._trees[commit]

    def _git(self, *arguments: str) -> bytes:
        return self._builder.git("--no-replace-objects", *arguments)
