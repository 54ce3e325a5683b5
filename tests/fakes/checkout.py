"""A work tree in memory: `ports.checkout`, all of it on one small world that tests can change and look at."""

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from hygiene.errors import BusyPlace, ChangedMeanwhile, IndexLocked, UnusableFile, UnwritableOutput
from hygiene.model.inventory import Entry, Inventory
from hygiene.model.paths import BlobId, RepoPath
from hygiene.model.untracking import (
    FileEdit,
    Flag,
    Held,
    IndexEdit,
    Move,
    OnDisk,
    Operation,
    Place,
    Receipt,
    RefEdit,
    Standing,
)

Index = dict[RepoPath, Held]


def blob_of(content: bytes) -> BlobId:
    """The id that Git gives to a content."""
    return BlobId(hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest())


@dataclass
class FakeWorld:
    """What there is. `fail_at` makes the n-th step from now fail, which has then changed nothing."""

    index: Index = field(default_factory=dict)
    files: dict[RepoPath, bytes] = field(default_factory=dict)
    trash: dict[tuple[str, RepoPath], bytes] = field(default_factory=dict)
    refs: dict[str, str] = field(default_factory=dict)
    branch: str | None = "refs/heads/main"
    head_tree: Index = field(default_factory=dict)
    under_way: tuple[str, ...] = ()
    lock: str | None = None
    prepared: dict[str, Index] = field(default_factory=dict)
    is_busy: bool = False
    fail_at: int = 0
    commits: int = 0
    backups: dict[Path, dict[RepoPath, bytes]] = field(default_factory=dict)

    # What a test does to it

    def file(self, path: str, content: bytes = b"") -> Held:
        """A tracked file that is on disk."""
        self.files[RepoPath(path)] = content
        return self.stage(path, content)

    def stage(self, path: str, content: bytes = b"") -> Held:
        held = Held("100644", blob_of(content))
        self.index[RepoPath(path)] = held
        return held

    def commit(self) -> str:
        self.head_tree = dict(self.index)
        commit = self.other_commit()
        self.refs[self.branch or "HEAD"] = commit
        return commit

    def other_commit(self) -> str:
        """A commit that no reference leads to."""
        self.commits += 1
        return f"{self.commits:040x}"

    # What its parts share

    def step(self) -> None:
        self.fail_at -= 1
        if self.fail_at == 0:
            raise UnwritableOutput("this step", "it was told to fail")

    @property
    def visible(self) -> tuple[object, ...]:
        """All that counts, to be compared."""
        kept = {path: content for (_, path), content in self.trash.items()}
        return dict(self.index), dict(self.files), kept, dict(self.refs), self.lock, dict(self.prepared)


class FakeCheckout:
    def __init__(self, world: FakeWorld) -> None:
        self._world = world
        self.marked: dict[RepoPath, Flag] = {}

    def standing(self) -> Standing:
        world = self._world
        digest = hashlib.sha256(repr(sorted(world.index.items())).encode("utf-8", "surrogateescape")).hexdigest()
        head = world.refs.get(world.branch or "HEAD")
        return Standing(head, world.branch, digest, world.under_way, world.lock is not None)

    def flags(self) -> Mapping[RepoPath, Flag]:
        return self.marked

    def on_disk(self, paths: Collection[RepoPath]) -> Mapping[RepoPath, OnDisk]:
        return {path: self._at(path) for path in paths}

    def unsaved(self, entries: Collection[Entry]) -> frozenset[RepoPath]:
        return frozenset(entry.path for entry in entries if not self._is_saved(entry))

    def read_file(self, path: RepoPath, limit: int) -> bytes | None:
        content = self._world.files.get(path)
        if content is not None and len(content) > limit:
            raise UnusableFile(path, f"has more than {limit} bytes")
        return content

    def inventory(self) -> Inventory:
        entries = [Entry(held.mode, held.blob, path) for path, held in sorted(self._world.index.items())]
        return Inventory("the index", None, entries)

    def _at(self, path: RepoPath) -> OnDisk:
        if path in self._world.files:
            return OnDisk.FILE
        is_folder = any(other.startswith(f"{path}/") for other in self._world.files)
        return OnDisk.FOLDER if is_folder else OnDisk.ABSENT

    def _is_saved(self, entry: Entry) -> bool:
        head, content = self._world.head_tree.get(entry.path), self._world.files.get(entry.path)
        on_disk = set() if content is None else {blob_of(content), blob_of(content.replace(b"\r\n", b"\n"))}
        return (head is not None and head.blob == entry.blob) or entry.blob in on_disk


class FakeWorkbench:
    def __init__(self, world: FakeWorld) -> None:
        self._world = world
        self._checkout = FakeCheckout(world)

    @contextmanager
    def alone(self) -> Iterator[None]:
        if self._world.is_busy:
            raise BusyPlace("the receipts")
        self._world.is_busy = True
        try:
            yield
        finally:
            self._world.is_busy = False

    def add_blobs(self, contents: Sequence[bytes]) -> Sequence[BlobId]:
        self._world.step()
        return [blob_of(content) for content in contents]

    def prepare_index(self, receipt: str, edits: Sequence[IndexEdit], head: str | None) -> None:  # noqa: ARG002
        self._world.step()
        index = dict(self._world.index)
        for path, before, after in edits:
            if index.get(path) != before:
                raise ChangedMeanwhile(path)
            if after is None:
                index.pop(path, None)
            else:
                index[path] = after
        self._world.prepared[receipt] = index

    def publish(self, receipt: str, expected: Standing, ref: RefEdit | None) -> None:
        world = self._world
        prepared = world.prepared.get(receipt)
        if prepared is not None:
            world.step()
            if world.lock is not None:
                raise IndexLocked("index.lock")
            world.lock = receipt
        try:
            if replace(self._checkout.standing(), is_locked=False) != replace(expected, is_locked=False):
                raise ChangedMeanwhile("HEAD or the index")
            self._move_ref(ref)
            self._put_in_place(prepared, ref)
        finally:
            if world.lock == receipt:
                world.lock = None
        world.prepared.pop(receipt, None)

    def has_happened(self, receipt: Receipt, edits: Sequence[IndexEdit], ref: RefEdit | None) -> bool | None:
        index = self._world.index
        if self._world.lock == receipt.id:
            return False
        if edits:
            was = sum(index.get(edit.path) == edit.before for edit in edits)
            is_now = sum(index.get(edit.path) == edit.after for edit in edits)
        else:
            now = None if ref is None else self._world.refs.get(ref.name)
            was, is_now = ref is None or now == ref.before, ref is not None and now == ref.after
        return None if was == is_now else is_now > was

    def take_back(self, receipt: str, ref: RefEdit | None) -> None:
        self._world.step()
        if self._world.lock == receipt:
            self._restore(ref)
            self._world.lock = None
        self._world.prepared.pop(receipt, None)

    def restore_ref(self, ref: RefEdit) -> None:
        if ref.name in ("HEAD", self._world.branch):
            self._restore(ref)

    def tracked_among(self, paths: Collection[RepoPath]) -> frozenset[RepoPath]:
        return frozenset(paths) & self._world.index.keys()

    def put(self, edit: FileEdit) -> None:
        self._world.step()
        current = self._world.files.get(edit.path)
        if current == edit.after:
            return
        if current != edit.before:
            raise ChangedMeanwhile(edit.path)
        if edit.after is None:
            del self._world.files[edit.path]
        else:
            self._world.files[edit.path] = edit.after

    def move(self, move: Move, receipt: str) -> None:
        self._world.step()
        files, trash, name = self._world.files, self._world.trash, (receipt, move.path)
        source, target = (move.path in files, name in trash)
        if move.after is Place.WORK_TREE:
            source, target = target, source
        if not source and target:
            return
        if not source or target:
            raise ChangedMeanwhile(move.path)
        if move.after is Place.TRASH:
            trash[name] = files.pop(move.path)
        else:
            files[move.path] = trash.pop(name)

    def back_up(self, paths: Collection[RepoPath], folder: Path) -> None:
        self._world.step()
        self._world.backups[folder] = {path: self._world.files[path] for path in paths if path in self._world.files}

    def hindrances(self, operation: Operation, receipt: str) -> Sequence[str]:
        files = self._world.files
        changed = [edit for edit in operation.files if files.get(edit.path) not in (edit.before, edit.after)]
        moves = (self._hindrance(move, receipt) for move in operation.moves)
        return [*(f"{edit.path} was changed since" for edit in changed), *(why for why in moves if why)]

    def empty_trash(self, receipt: str) -> int:
        self._world.step()
        names = [name for name in self._world.trash if name[0] == receipt]
        for name in names:
            del self._world.trash[name]
        return len(names)

    def _hindrance(self, move: Move, receipt: str) -> str:
        places = [move.path in self._world.files, (receipt, move.path) in self._world.trash]
        source, target = places if move.after is Place.TRASH else reversed(places)
        if source and target:
            return f"{move.path} cannot be moved: something else is in its place"
        return "" if source or target else f"{move.path} is not there any more"

    def _move_ref(self, ref: RefEdit | None) -> None:
        if ref is None or self._world.refs.get(ref.name) == ref.after:
            return
        self._world.step()
        if self._world.refs.get(ref.name) != ref.before:
            raise ChangedMeanwhile(ref.name)
        if ref.after is None:
            del self._world.refs[ref.name]
        else:
            self._world.refs[ref.name] = ref.after

    def _put_in_place(self, prepared: Index | None, ref: RefEdit | None) -> None:
        if prepared is None:
            return
        try:
            self._world.step()
        except UnwritableOutput:
            self._restore(ref)
            raise
        self._world.index = prepared

    def _restore(self, ref: RefEdit | None) -> None:
        if ref is not None and self._world.refs.get(ref.name) == ref.after:
            self._move_ref(RefEdit(ref.name, ref.after, ref.before))


class FakeReceipts:
    """Receipts in memory; `save` is a step of the world."""

    def __init__(self, world: FakeWorld) -> None:
        self._world = world
        self._kept: dict[str, Receipt] = {}
        self.odd: list[str] = []

    def save(self, receipt: Receipt) -> None:
        self._world.step()
        self._kept[receipt.id] = receipt

    def all(self) -> Sequence[Receipt]:
        return sorted(self._kept.values(), key=lambda receipt: (receipt.time, receipt.id))

    def strangers(self) -> Sequence[str]:
        return self.odd
