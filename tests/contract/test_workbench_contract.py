"""What every work tree keeps to that is changed through `ports.checkout`: one suite, run on the fake and on git's."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import pytest

from fixtures.repositories import RepositoryBuilder
from hygiene.adapters.discovery import open_repository
from hygiene.adapters.git_checkout import open_checkout
from hygiene.adapters.git_files import work_tree_name
from hygiene.adapters.git_workbench import open_workbench
from hygiene.adapters.receipts import open_receipts
from hygiene.errors import ChangedMeanwhile, IndexLocked, UnusableFile
from hygiene.model.inventory import Entry
from hygiene.model.paths import RepoPath
from hygiene.model.untracking import (
    FileEdit,
    Held,
    IndexEdit,
    Move,
    OnDisk,
    Operation,
    Place,
    Receipt,
    ReceiptState,
    RefEdit,
    Standing,
)
from hygiene.ports.checkout import Checkout, Receipts, Workbench
from tests.fakes.checkout import FakeCheckout, FakeReceipts, FakeWorkbench, FakeWorld, blob_of
from tests.untracking import see

A, B, NEW = RepoPath("folder/a"), RepoPath("b"), RepoPath("new/.gitkeep")
MAIN = "refs/heads/main"
ID = "20261121-115500-3f9a"
_NOTHING = Operation()


class Bench(Protocol):
    """A work tree with what looks at it and what changes it, and the ways in which a test does."""

    checkout: Checkout
    workbench: Workbench
    receipts: Receipts
    git_dir: str

    def stage(self, path: RepoPath, content: bytes) -> Held: ...
    def write(self, path: RepoPath, content: bytes) -> None: ...
    def commit(self) -> str: ...
    def other_commit(self) -> str: ...
    def hold_lock(self) -> None: ...
    def seen(self) -> object: ...
    def tracked(self) -> dict[RepoPath, Held]: ...
    def commit_on(self, ref: str) -> str | None: ...


class FakeBench(FakeWorld):
    def __init__(self, _folder: Path) -> None:
        super().__init__()
        self.checkout = FakeCheckout(self)
        self.workbench = FakeWorkbench(self)
        self.receipts = FakeReceipts(self)
        self.git_dir = "."

    def write(self, path: RepoPath, content: bytes) -> None:
        self.files[path] = content

    def hold_lock(self) -> None:
        self.lock = "somebody"

    def seen(self) -> object:
        return self.visible[:-1]

    def tracked(self) -> dict[RepoPath, Held]:
        return self.index

    def commit_on(self, ref: str) -> str | None:
        return self.refs.get(ref)


class GitBench:
    def __init__(self, folder: Path) -> None:
        self.builder = RepositoryBuilder(folder / "r")
        facts = open_repository(self.builder.path).facts
        self.checkout = open_checkout(facts)
        self.workbench = open_workbench(facts)
        self.receipts = open_receipts(facts, folder / "state")
        self.git_dir = work_tree_name(facts.git_dir)

    def stage(self, path: RepoPath, content: bytes) -> Held:
        self.builder.file(path, content)
        return Held("100644", blob_of(content))

    def write(self, path: RepoPath, content: bytes) -> None:
        place = self.builder.path / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)

    def commit(self) -> str:
        return self.builder.commit()

    def other_commit(self) -> str:
        return self.builder.orphan()

    def hold_lock(self) -> None:
        (self.builder.git_dir / "index.lock").touch()

    def seen(self) -> object:
        return see(self.builder.path), (self.builder.git_dir / "index.lock").exists()

    def tracked(self) -> dict[RepoPath, Held]:
        entries = open_repository(self.builder.path).list_index().entries
        return {entry.path: Held(entry.mode, entry.blob) for entry in entries}

    def commit_on(self, ref: str) -> str | None:
        return self.builder.git("for-each-ref", "--format=%(objectname)", ref).decode().strip() or None


@pytest.fixture(params=[FakeBench, GitBench])
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bench]:
    """With two files that are tracked, committed and on disk."""
    make: Callable[[Path], Bench] = request.param
    bench = make(tmp_path)
    for path in (A, B):
        bench.stage(path, path.encode())
        bench.write(path, path.encode())
    bench.commit()
    with bench.workbench.alone():
        yield bench


def held(content: bytes) -> Held:
    return Held("100644", blob_of(content))


def removal() -> tuple[IndexEdit, ...]:
    return (IndexEdit(A, held(A.encode()), None), IndexEdit(NEW, None, held(b"")))


def receipt_of(bench: Bench, operation: Operation = _NOTHING, name: str = ID) -> Receipt:
    head = bench.checkout.standing().head
    return Receipt(name, "1", bench.git_dir, "2026-11-21T11:55:00Z", ReceiptState.BEGUN, head, operation)


def ready(bench: Bench) -> None:
    """With the index prepared that `removal` comes to."""
    assert bench.workbench.add_blobs([b""]) == [blob_of(b"")]
    bench.workbench.prepare_index(ID, removal(), None)


def test_blobs_are_named_as_git_names_them_in_the_order_given(bench: Bench) -> None:
    contents = [b"x", b"", b"a\r\nb", b"x"]
    assert bench.workbench.add_blobs(contents) == [blob_of(content) for content in contents]


def test_preparing_an_index_changes_nothing_that_can_be_seen(bench: Bench) -> None:
    before, standing = bench.seen(), bench.checkout.standing()
    ready(bench)
    ready(bench)
    assert (bench.seen(), bench.checkout.standing()) == (before, standing)
    bench.workbench.take_back(ID, None)
    bench.workbench.take_back(ID, None)
    assert bench.seen() == before


@pytest.mark.parametrize(
    "edit",
    [
        IndexEdit(A, held(b"other"), None),
        IndexEdit(A, None, held(b"")),
        IndexEdit(RepoPath("nowhere"), held(b""), None),
        IndexEdit(A, Held("100755", blob_of(A.encode())), None),
    ],
)
def test_an_index_that_holds_something_else_is_not_edited(bench: Bench, edit: IndexEdit) -> None:
    before = bench.seen()
    bench.workbench.add_blobs([b""])
    with pytest.raises(ChangedMeanwhile):
        bench.workbench.prepare_index(ID, (edit,), None)
    assert bench.seen() == before


def test_publishing_puts_the_index_and_the_reference_in_place(bench: Bench) -> None:
    standing, commit = bench.checkout.standing(), bench.other_commit()
    ref = RefEdit(MAIN, standing.head, commit)
    ready(bench)
    receipt = receipt_of(bench)
    assert bench.workbench.has_happened(receipt, removal(), ref) is False
    bench.workbench.publish(ID, standing, ref)
    assert bench.workbench.has_happened(receipt, removal(), ref) is True
    assert bench.tracked() == {B: held(B.encode()), NEW: held(b"")}
    assert bench.commit_on(MAIN) == commit
    assert not bench.checkout.standing().is_locked


def test_the_other_paths_tell_where_one_was_changed_since(bench: Bench) -> None:
    bench.stage(A, b"something else")
    assert bench.workbench.has_happened(receipt_of(bench), removal(), None) is False
    (alone,) = (edit for edit in removal() if edit.path == A)
    assert bench.workbench.has_happened(receipt_of(bench), (alone,), None) is None


def test_a_lock_of_somebody_else_is_respected(bench: Bench) -> None:
    standing = bench.checkout.standing()
    ready(bench)
    bench.hold_lock()
    before = bench.seen()
    with pytest.raises(IndexLocked):
        bench.workbench.publish(ID, standing, RefEdit(MAIN, standing.head, bench.other_commit()))
    bench.workbench.take_back(ID, None)
    assert bench.seen() == before
    assert bench.checkout.standing().is_locked


@pytest.mark.parametrize(
    "otherwise",
    [
        lambda standing: replace(standing, index="other"),
        lambda standing: replace(standing, head="1" * 40),
        lambda standing: replace(standing, branch=None),
        lambda standing: replace(standing, under_way=("a merge",)),
    ],
)
def test_another_standing_than_expected_is_refused(bench: Bench, otherwise: Callable[[Standing], Standing]) -> None:
    standing = bench.checkout.standing()
    ready(bench)
    before = bench.seen()
    with pytest.raises(ChangedMeanwhile):
        bench.workbench.publish(ID, otherwise(standing), RefEdit(MAIN, standing.head, bench.other_commit()))
    assert bench.seen() == before
    assert not bench.checkout.standing().is_locked


def test_a_reference_that_is_elsewhere_is_not_moved_nor_the_index_published(bench: Bench) -> None:
    standing = bench.checkout.standing()
    ready(bench)
    before = bench.seen()
    with pytest.raises(ChangedMeanwhile):
        bench.workbench.publish(ID, standing, RefEdit(MAIN, bench.other_commit(), "1" * 40))
    assert bench.seen() == before


def test_a_reference_alone_comes_and_goes(bench: Bench) -> None:
    before, commit = bench.seen(), bench.other_commit()
    ref = RefEdit("refs/heads/clean", None, commit)
    receipt = receipt_of(bench)
    assert bench.workbench.has_happened(receipt, (), ref) is False
    for _ in range(2):
        bench.workbench.publish(ID, bench.checkout.standing(), ref)
    assert bench.commit_on("refs/heads/clean") == commit
    assert bench.workbench.has_happened(receipt, (), ref) is True
    bench.workbench.take_back(ID, ref)
    assert bench.commit_on("refs/heads/clean") == commit  # it has happened: who moves it now has said so
    bench.workbench.publish(ID, bench.checkout.standing(), RefEdit(ref.name, commit, None))
    assert bench.seen() == before


@pytest.mark.parametrize("content", [b"", b"line\r\n"])
def test_a_file_is_written_replaced_and_removed(bench: Bench, content: bytes) -> None:
    before = bench.seen()
    for edit in (FileEdit(NEW, None, content), FileEdit(NEW, content, b"other"), FileEdit(B, b"b", content)):
        for _ in range(2):
            assert bench.workbench.hindrances(Operation(files=(edit,)), ID) == []
            bench.workbench.put(edit)
            assert bench.checkout.read_file(edit.path, 99) == edit.after
    for edit in (FileEdit(NEW, b"other", None), FileEdit(B, content, b"b")):
        for _ in range(2):
            bench.workbench.put(edit)
    assert bench.seen() == before


def test_a_file_that_somebody_has_changed_is_theirs(bench: Bench) -> None:
    before = bench.seen()
    for edit in (FileEdit(B, b"other", b"x"), FileEdit(B, None, b"x"), FileEdit(B, b"other", None)):
        assert bench.workbench.hindrances(Operation(files=(edit,)), ID) == ["b was changed since"]
        with pytest.raises(ChangedMeanwhile):
            bench.workbench.put(edit)
    with pytest.raises(ChangedMeanwhile):
        bench.workbench.put(FileEdit(NEW, b"was there", b"x"))
    assert bench.seen() == before


def test_a_file_goes_to_the_trash_and_comes_back(bench: Bench) -> None:
    before = bench.seen()
    there, back = Move(A, Place.WORK_TREE, Place.TRASH), Move(A, Place.TRASH, Place.WORK_TREE)
    for _ in range(2):
        assert bench.workbench.hindrances(Operation(moves=(there,)), ID) == []
        bench.workbench.move(there, ID)
    assert bench.checkout.on_disk([A, RepoPath("folder")]) == {A: OnDisk.ABSENT, "folder": OnDisk.ABSENT}
    for _ in range(2):
        assert bench.workbench.hindrances(Operation(moves=(back,)), ID) == []
        bench.workbench.move(back, ID)
    assert bench.seen() == before


def test_nothing_is_overwritten_on_the_way_back(bench: Bench) -> None:
    bench.workbench.move(Move(A, Place.WORK_TREE, Place.TRASH), ID)
    bench.write(A, b"made since")
    before, back = bench.seen(), Move(A, Place.TRASH, Place.WORK_TREE)
    assert len(bench.workbench.hindrances(Operation(moves=(back,)), ID)) == 1
    with pytest.raises(ChangedMeanwhile):
        bench.workbench.move(back, ID)
    assert bench.seen() == before


def test_what_is_nowhere_cannot_be_moved(bench: Bench) -> None:
    before, move = bench.seen(), Move(RepoPath("no/where"), Place.WORK_TREE, Place.TRASH)
    assert len(bench.workbench.hindrances(Operation(moves=(move,)), ID)) == 1
    with pytest.raises(ChangedMeanwhile):
        bench.workbench.move(move, ID)
    assert bench.seen() == before


def test_an_emptied_trash_is_gone_and_no_other(bench: Bench) -> None:
    bench.workbench.move(Move(A, Place.WORK_TREE, Place.TRASH), ID)
    bench.workbench.move(Move(B, Place.WORK_TREE, Place.TRASH), "other")
    assert bench.workbench.empty_trash(ID) == 1
    assert bench.workbench.empty_trash(ID) == 0
    assert len(bench.workbench.hindrances(Operation(moves=(Move(A, Place.TRASH, Place.WORK_TREE),)), ID)) == 1
    assert bench.workbench.hindrances(Operation(moves=(Move(B, Place.TRASH, Place.WORK_TREE),)), "other") == []


def test_content_that_only_the_index_leads_to_is_unsaved(bench: Bench) -> None:
    staged = {B: bench.stage(B, b"staged"), NEW: bench.stage(NEW, b"a\nb\n")}
    bench.write(NEW, b"a\r\nb\r\n")
    entries = [Entry(*each, path) for path, each in (*staged.items(), (A, held(A.encode())))]
    assert bench.checkout.unsaved(entries) == {B}


def test_a_long_file_is_not_read(bench: Bench) -> None:
    assert bench.checkout.read_file(A, len(A)) == A.encode()
    assert bench.checkout.read_file(NEW, 0) is None
    with pytest.raises(UnusableFile):
        bench.checkout.read_file(A, len(A) - 1)


def test_receipts_are_kept_by_their_time_and_replaced_by_their_name(bench: Bench) -> None:
    odd = RepoPath("odd\udcff\n")
    operation = Operation(
        (IndexEdit(odd, held(b""), None),),
        (FileEdit(odd, None, b"\x00\xff"),),
        (Move(odd, Place.WORK_TREE, Place.TRASH),),
        RefEdit("refs/heads/odd\udcff", None, "1" * 40),
        ((blob_of(b"x"), b"x"),),
    )
    first, second = receipt_of(bench, operation, "z"), replace(receipt_of(bench, name="a"), time="2026-11-22T00:00:00Z")
    for receipt in (second, first, replace(second, purged=True, state=ReceiptState.DONE)):
        bench.receipts.save(receipt)
    assert bench.receipts.all() == [first, replace(second, purged=True, state=ReceiptState.DONE)]
    assert list(bench.receipts.strangers()) == []
