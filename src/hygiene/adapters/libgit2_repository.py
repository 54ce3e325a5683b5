"""Reads a repository through libgit2 alone: works where there is no git program, and runs none."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path

import pygit2
from pygit2.enums import ObjectType

from hygiene.adapters.git_files import common_dir
from hygiene.adapters.libgit2_blobs import EMPTY_BLOB, read_blobs
from hygiene.adapters.libgit2_objects import NOT_THERE
from hygiene.adapters.loose_objects import open_objects
from hygiene.adapters.revisions import Resolved, may_be_revision
from hygiene.adapters.tree_walk import Listing, missing_tree, unmerged_paths, unreadable_head, walk
from hygiene.errors import UnknownRevision, UnreadableRepository
from hygiene.model.inventory import THE_INDEX, Entry, Inventory, RepositoryFacts, Sizes, Staged
from hygiene.model.paths import ROOT, BlobId, RepoPath
from hygiene.ports import History

INSTALL_GIT = "Install git, which can read it."

_LARGEST_WHOLE = 64 << 20
"""libgit2 reads a blob whole or not at all; larger ones have no head here."""


class Libgit2Repository:
    """A repository read by libgit2. `ports.Repository` says what the methods promise.

    Blobs of more than 64 MiB are absent from `heads`.
    """

    def __init__(self, repository: pygit2.Repository, index: Path | None = None) -> None:
        """`index` is another index file than the repository's own."""
        self._index_file = index
        repository.set_odb(open_objects(common_dir(Path(repository.path)) / "objects"))
        self._repository = repository
        self._facts = self._read_facts()
        if _has_grafts(repository):
            reason = "its .git/info/grafts changes its history, and libgit2 cannot read past that"
            raise UnreadableRepository(str(self._facts.git_dir), reason, INSTALL_GIT)

    @property
    def facts(self) -> RepositoryFacts:
        """What the repository is."""
        return self._facts

    @cached_property
    def history(self) -> History:
        """Its commits, read by libgit2 too."""
        # Imported here: most commands ask for nothing of the past.
        from hygiene.adapters.libgit2_history import Libgit2History  # noqa: PLC0415

        return Libgit2History(self._repository)

    def list_index(self) -> Inventory:
        """The index. Raises `UnreadableRepository` for a sparse or split one, which libgit2 cannot read."""
        index = self._index()
        conflicts = _settle(index)
        entries = {entry.path: entry for entry in map(_entry, index)}
        entries.update(conflicts)  # each in the place of the first of the path's stages
        return Inventory(THE_INDEX, None, list(entries.values()), list(conflicts))

    def list_staged(self) -> Staged:
        """By comparing the whole index with HEAD's whole tree: libgit2's own comparison hides intent-to-add entries."""
        index = self.list_index()
        head = self.list_revision("HEAD") if self._facts.head else Inventory("nothing", None, ())
        before = {entry.path: entry for entry in head.entries}
        # HEAD without one of its trees is no base: all would seem added below it, and nothing would say so.
        before, gaps = ({}, [unreadable_head()]) if head.gaps else (before, [])
        in_conflict = frozenset(index.unmerged)
        changed = [e for e in index.entries if before.get(e.path) != e and e.path not in in_conflict]
        added = frozenset(entry.path for entry in changed if entry.path not in before)
        gone = (before.keys() - {entry.path for entry in index.entries}) | in_conflict
        return Staged(changed, added, frozenset(gone), [*gaps, *unmerged_paths(len(in_conflict))])

    def begin_listing_staged(self) -> None:
        """Does nothing: two threads in one libgit2 repository wait for each other for ever."""

    def find_in_head(self, paths: Collection[RepoPath]) -> Sequence[Entry]:
        """From the listing of HEAD."""
        entries = self.list_revision("HEAD").entries if self._facts.head else ()
        return [entry for entry in entries if entry.path in paths]

    def list_revision(self, revision: str) -> Inventory:
        """The whole tree that a revision leads to."""
        resolved = self._resolve(revision)
        if resolved is None:
            raise UnknownRevision(revision)
        listing = Listing([], [missing_tree(ROOT)]) if resolved.tree is None else walk(resolved.tree, self._read_trees)
        return Inventory(revision, resolved.name, listing.entries, gaps=listing.gaps)

    def merge_base(self, revision: str, other: str) -> str | None:
        """The best common ancestor, by the commits' own parents."""
        commits = self._commit(revision), self._commit(other)
        try:
            base = self._repository.merge_base(*commits)
        except NOT_THERE:  # history is cut by a missing commit
            return None
        return str(base) if base else None

    def sizes(self, blobs: Iterable[BlobId]) -> Sizes:
        """Sizes from the objects' headers."""
        sizes = ((blob, self._size(blob)) for blob in dict.fromkeys(blobs))
        return {blob: size for blob, size in sizes if size is not None}

    def start_sizing(self, blobs: Collection[BlobId]) -> Callable[[], Sizes]:
        """Sizes them when asked for the result: two threads in one libgit2 repository wait for each other for ever."""
        return lambda: self.sizes(blobs)

    def heads(self, blobs: Iterable[BlobId], limit: int) -> dict[BlobId, bytes]:
        """Heads of the blobs of up to 64 MiB; memory holds one of them at a time."""
        readable = (blob for blob, size in self.sizes(blobs).items() if size <= _LARGEST_WHOLE)
        return {blob: content[:limit] for blob, content in self.contents(readable)}

    def contents(self, blobs: Iterable[BlobId]) -> Iterator[tuple[BlobId, bytes]]:
        """Each blob whole, in the order asked; memory holds one at a time."""
        return read_blobs(self._repository.odb, blobs)

    def _index(self) -> pygit2.Index:
        try:
            # Not `Repository.index` where another file is named: that one is the repository's own, whatever git says.
            return self._repository.index if self._index_file is None else pygit2.Index(str(self._index_file))
        except (pygit2.GitError, OSError) as refusal:
            raise UnreadableRepository(str(self._facts.git_dir), f"its index: {refusal}", INSTALL_GIT) from refusal

    def _size(self, blob: BlobId) -> int | None:
        if blob == EMPTY_BLOB:
            return 0
        try:
            kind, size = self._repository.odb.read_header(blob)
        except NOT_THERE:
            return None
        return size if kind == ObjectType.BLOB else None

    def _read(self, name: str, wanted: ObjectType) -> bytes | None:
        try:
            kind, content = self._repository.odb.read(name)
        except NOT_THERE:
            return None
        return content if kind == wanted else None

    def _read_trees(self, trees: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        for tree in trees:
            raw = self._read(tree, ObjectType.TREE)
            if raw is not None:
                yield tree, raw

    def _resolve(self, revision: str) -> Resolved | None:
        if not may_be_revision(revision):
            return None
        try:
            named = self._repository.revparse_single(revision)
        except NOT_THERE:
            return None
        return _as_commit(named) or _as_tree(named)

    def _commit(self, revision: str) -> str:
        resolved = self._resolve(revision)
        if resolved is None or resolved.kind != "commit":
            raise UnknownRevision(revision, "it names no commit here")
        return resolved.name

    def _read_facts(self) -> RepositoryFacts:
        repository = self._repository
        head = self._resolve("HEAD")
        return RepositoryFacts(
            git_dir=Path(repository.path),
            work_dir=Path(repository.workdir) if repository.workdir else None,
            object_format="sha1",  # libgit2 opens no other
            head=head.name if head else None,
            shallow=repository.is_shallow,
            partial=any(_makes_partial(name, value) for name, value in _settings(repository.config)),
            reader="libgit2",
        )


def _as_commit(named: pygit2.Object) -> Resolved | None:
    try:
        commit = named.peel(pygit2.Commit)
        tree = str(commit.tree_id)
    except NOT_THERE:
        return None
    return Resolved(str(commit.id), "commit", tree)


def _as_tree(named: pygit2.Object) -> Resolved | None:
    try:
        tree = str(named.peel(pygit2.Tree).id)
    except NOT_THERE:
        return None
    return Resolved(tree, "tree", tree)


def _settle(index: pygit2.Index) -> dict[RepoPath, Entry]:
    """One entry for each path in conflict: our side, or theirs, or the base."""
    chosen = (ours or theirs or base for base, ours, theirs in index.conflicts or ())
    return {entry.path: entry for entry in map(_entry, filter(None, chosen))}


def _entry(entry: pygit2.IndexEntry) -> Entry:
    return Entry(f"{int(entry.mode):06o}", BlobId(str(entry.id)), RepoPath(str(entry.path)))


def _has_grafts(repository: pygit2.Repository) -> bool:
    grafts = common_dir(Path(repository.path)) / "info" / "grafts"
    return grafts.is_file() and grafts.stat().st_size > 0


def _settings(config: pygit2.Config) -> Iterator[tuple[bytes, bytes | None]]:
    entries = iter(config)
    while True:
        try:
            entry = next(entries)
        except StopIteration:
            return
        except UnicodeDecodeError:  # a name that pygit2 cannot show; the settings that we ask about are ASCII
            continue
        yield entry.raw_name, entry.raw_value


def _makes_partial(name: bytes, value: bytes | None) -> bool:
    if name.startswith(b"remote.") and name.endswith(b".promisor"):
        return value is None or value.lower() not in (b"false", b"no", b"off", b"0")
    return name == b"extensions.partialclone"
