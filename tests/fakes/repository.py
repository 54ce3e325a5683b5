"""A repository in memory: `ports.Repository`, grown in the same ways as `fixtures.repositories.RepositoryBuilder`."""

import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, Self

from hygiene.errors import UnknownRevision
from hygiene.model.inventory import Entry, Gap, Inventory, RepositoryFacts, Sizes, Staged
from hygiene.model.paths import ROOT, BlobId, RepoPath, ancestors

Tree = tuple[Entry, ...]


class _Commit(NamedTuple):
    tree: Tree
    parents: tuple[str, ...]


class FakeRepository:
    """A repository in memory: `file` and its like change the index, `commit` records it, `lose` removes an object."""

    def __init__(self) -> None:
        self._blobs: dict[str, bytes] = {}
        self._index: dict[RepoPath, Entry] = {}
        self._unmerged: set[RepoPath] = set()
        self._announced: set[RepoPath] = set()
        self._commits: dict[str, _Commit] = {}
        self._refs: dict[str, str] = {}
        self._trees: dict[str, Tree] = {}
        self._lost: set[str] = set()
        self._branch = "main"

    @classmethod
    def holding(cls, files: Mapping[str, bytes]) -> Self:
        """A repository with these files in its index and in one commit."""
        repository = cls()
        for path, content in files.items():
            repository.file(path, content)
        repository.commit()
        return repository

    # What a test does to it

    def file(self, path: str, content: bytes = b"", mode: str = "100644") -> str:
        return self._stage(path, mode, self._store(content))

    def symlink(self, path: str, target: bytes) -> str:
        return self._stage(path, "120000", self._store(target))

    def gitlink(self, path: str, commit: str = "1" * 40) -> str:
        return self._stage(path, "160000", commit)

    def intent_to_add(self, path: str) -> None:
        self.file(path)
        self._announced.add(RepoPath(path))

    def remove(self, path: str) -> None:
        del self._index[RepoPath(path)]

    def conflict(self, path: str, *, base: bytes | None, ours: bytes | None, theirs: bytes | None) -> None:
        for side in (base, theirs, ours):
            if side is not None:
                self.file(path, side)
        self._unmerged.add(RepoPath(path))

    def commit(self, message: str = "commit", *also: str) -> str:
        head = self._refs.get(self._branch)
        commit = _Commit(_sorted(self._index.values()), (*([head] if head else []), *also))
        name = _digest("commit", f"{message} {commit}".encode("utf-8", "surrogateescape"))
        self._commits[name] = commit
        self._refs[self._branch] = name
        self._trees |= {_tree_id(commit.tree, folder): _below(commit.tree, folder) for folder in _folders(commit.tree)}
        return name

    def orphan(self) -> str:
        """An empty commit without parents, on no branch; returns it."""
        name = _digest("commit", b"orphan")
        self._commits[name] = _Commit((), ())
        return name

    def switch(self, branch: str, start: str = "HEAD") -> None:
        name = self._find_commit(start)
        self._branch, self._refs[branch] = branch, name
        self._index = {entry.path: entry for entry in self._commits[name].tree}

    def tag(self, name: str, target: str = "HEAD") -> None:
        self._refs[name] = self._find(target)

    def lose(self, revision: str) -> str:
        name = self._find(revision)
        self._lost.add(name)
        self._blobs.pop(name, None)
        return name

    # What the program asks of it

    @property
    def facts(self) -> RepositoryFacts:
        head = self._refs.get(self._branch)
        return RepositoryFacts(
            Path("/fake/.git"), Path("/fake"), "sha1", head, shallow=False, partial=False, reader="fake"
        )

    def list_index(self) -> Inventory:
        return Inventory("the index", None, _sorted(self._index.values()), sorted(self._unmerged))

    def list_staged(self) -> Staged:
        head = self._refs.get(self._branch)
        tree = self._commits[head].tree if head else ()
        lost = any(_tree_id(tree, folder) in self._lost for folder in _folders(tree))
        before = {} if lost else {entry.path: entry for entry in tree}
        now = [entry for entry in _sorted(self._index.values()) if entry.path not in self._unmerged | self._announced]
        changed = [entry for entry in now if before.get(entry.path) != entry]
        added = frozenset(entry.path for entry in changed if entry.path not in before)
        gone = (before.keys() - self._index.keys()) | self._unmerged
        gaps = [Gap(why, "") for why, is_so in (("lost", lost), ("unmerged", self._unmerged)) if is_so]
        return Staged(changed, added, frozenset(gone), gaps)

    def begin_listing_staged(self) -> None:
        pass

    def find_in_head(self, paths: Collection[RepoPath]) -> Sequence[Entry]:
        return [entry for entry in self.list_revision("HEAD").entries if entry.path in paths] if self.facts.head else []

    def list_revision(self, revision: str) -> Inventory:
        name = self._find(revision)
        if name in self._blobs:
            raise UnknownRevision(revision)
        tree = self._commits[name].tree if name in self._commits else self._trees[name]
        lost = [folder for folder in _folders(tree) if _tree_id(tree, folder) in self._lost]
        top = [folder for folder in lost if not set(ancestors(folder)) & set(lost)]
        there = tuple(entry for entry in tree if not {ROOT, *ancestors(entry.path)} & set(top))
        return Inventory(revision, name, there, gaps=[Gap("lost", "", folder) for folder in top])

    def merge_base(self, revision: str, other: str) -> str | None:
        first, second = (self._ancestry(self._find_commit(name)) for name in (revision, other))
        common = [name for name in first if name in second]
        behind = {older for name in common for older in self._ancestry(name) if older != name}
        return next((name for name in common if name not in behind), None)

    def sizes(self, blobs: Iterable[BlobId]) -> Sizes:
        return {blob: len(content) for blob, content in self.contents(blobs)}

    def start_sizing(self, blobs: Collection[BlobId]) -> Callable[[], Sizes]:
        return lambda: self.sizes(blobs)

    def heads(self, blobs: Iterable[BlobId], limit: int) -> dict[BlobId, bytes]:
        return {blob: content[:limit] for blob, content in self.contents(blobs)}

    def contents(self, blobs: Iterable[BlobId]) -> Iterator[tuple[BlobId, bytes]]:
        for blob in blobs:
            if blob in self._blobs:
                yield blob, self._blobs[blob]

    def _stage(self, path: str, mode: str, object_id: str) -> str:
        self._index[RepoPath(path)] = Entry(mode, BlobId(object_id), RepoPath(path))
        return object_id

    def _store(self, content: bytes) -> str:
        name = _digest("blob", content)
        self._blobs[name] = content
        return name

    def _find(self, revision: str) -> str:
        """The object that a name, `name~2` or `name:path` means."""
        commitish, _, path = revision.partition(":")
        shape = re.fullmatch(r"([^~]+)(?:~(\d+))?", commitish)
        name = self._named(shape[1]) if shape else None
        for _ in range(int(shape[2] or 0) if shape else 0):
            name = next(iter(self._commits[name].parents), None) if name else None
        if name is None:
            raise UnknownRevision(revision)
        return self._inside(name, RepoPath(path)) if ":" in revision else name

    def _named(self, name: str) -> str | None:
        known = self._refs | {"HEAD": self._refs.get(self._branch, "")}
        if known.get(name):
            return known[name]
        return name if name in self._commits or name in self._trees or name in self._blobs else None

    def _inside(self, commit: str, path: RepoPath) -> str:
        tree = self._commits[commit].tree
        return next((str(entry.blob) for entry in tree if entry.path == path), _tree_id(tree, path))

    def _find_commit(self, revision: str) -> str:
        name = self._find(revision)
        if name not in self._commits:
            raise UnknownRevision(revision)
        return name

    def _ancestry(self, name: str) -> list[str]:
        """A commit and all before it, nearest first."""
        seen = [name]
        for commit in seen:
            seen += [parent for parent in self._commits[commit].parents if parent not in seen]
        return seen


def _digest(kind: str, content: bytes) -> str:
    return hashlib.sha1(f"{kind} {len(content)}\0".encode() + content, usedforsecurity=False).hexdigest()


def _sorted(entries: Iterable[Entry]) -> Tree:
    return tuple(sorted(entries, key=lambda entry: entry.path.encode("utf-8", "surrogateescape")))


def _folders(tree: Tree) -> list[RepoPath]:
    return sorted({ROOT, *(folder for entry in tree for folder in ancestors(entry.path))})


def _below(tree: Tree, folder: RepoPath) -> Tree:
    start = f"{folder}/" if folder else ""
    return tuple(
        entry._replace(path=RepoPath(entry.path.removeprefix(start))) for entry in tree if entry.path.startswith(start)
    )


def _tree_id(tree: Tree, folder: RepoPath) -> str:
    return _digest("tree", repr(_below(tree, folder)).encode())
