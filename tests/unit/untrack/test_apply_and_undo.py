"""Applying, undoing and recovering: as a whole, not at all, or named as unfinished; in memory, with every failure."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from hygiene.errors import (
    BusyPlace,
    CannotUndo,
    ChangedMeanwhile,
    HygieneError,
    IndexLocked,
    Unfinished,
    UntrackRefused,
)
from hygiene.model.paths import BlobId, RepoPath
from hygiene.model.untracking import (
    FileEdit,
    Held,
    IndexEdit,
    Move,
    Operation,
    Place,
    Receipt,
    ReceiptState,
    RefEdit,
)
from hygiene.untrack.apply import apply
from hygiene.untrack.carrying_out import Tools
from hygiene.untrack.purging import purge
from hygiene.untrack.recovery import Outcome, recover
from hygiene.untrack.undo import Present, undo
from tests.fakes.checkout import FakeCheckout, FakeReceipts, FakeWorkbench, FakeWorld, blob_of

OLD, NEW = b"*.log\n", b"*.log\n*.pyc\n"
BRANCH = "refs/heads/main"


class Scene:
    """A world with bytecode, an ignore file and an input folder, and what untracking comes to in it."""

    def __init__(self) -> None:
        self.world = FakeWorld()
        gone = [(path, self.world.file(path, path.encode())) for path in ("a.pyc", "b.pyc")]
        ignored = self.world.file(".gitignore", OLD)
        head = self.world.commit()
        empty, then = Held("100644", blob_of(b"")), Held("100644", blob_of(NEW))
        self.operation = Operation(
            (
                IndexEdit(RepoPath(".gitignore"), ignored, then),
                IndexEdit(RepoPath("In/.gitkeep"), None, empty),
                *(IndexEdit(RepoPath(path), held, None) for path, held in gone),
            ),
            (FileEdit(RepoPath(".gitignore"), OLD, NEW), FileEdit(RepoPath("In/.gitkeep"), None, b"")),
            (Move(RepoPath("a.pyc"), Place.WORK_TREE, Place.TRASH),),
            RefEdit(BRANCH, head, self.world.other_commit()),
            ((then.blob, NEW), (empty.blob, b"")),
        )
        self.checkout = FakeCheckout(self.world)
        self.receipts = FakeReceipts(self.world)
        self.tools = Tools(FakeWorkbench(self.world), self.receipts)
        self.before = self.world.visible

    def receipt(self) -> Receipt:
        return Receipt("1", "1.0", "/r/.git", "2026-11-21T11:55:00Z", ReceiptState.BEGUN, None, self.operation)

    def apply(self) -> Receipt:
        return apply(self.operation, self.receipt(), self.checkout.standing(), self.tools)

    def undo(self) -> Receipt:
        present = Present(self.checkout.standing(), self.checkout.inventory())
        return undo(self.receipts.all()[-1], lambda: present, self.tools)

    @property
    def states(self) -> list[ReceiptState]:
        return [receipt.state for receipt in self.receipts.all()]


def after() -> tuple[object, ...]:
    scene = Scene()
    scene.apply()
    return scene.world.visible


def test_applying_does_all_of_it_and_keeps_a_receipt() -> None:
    scene = Scene()
    receipt = scene.apply()
    assert receipt.state is ReceiptState.DONE
    assert scene.receipts.all() == [receipt]
    assert sorted(scene.world.index) == [".gitignore", "In/.gitkeep"]
    assert scene.world.files == {".gitignore": NEW, "In/.gitkeep": b"", "b.pyc": b"b.pyc"}
    assert scene.world.trash == {("1", "a.pyc"): b"a.pyc"}
    assert scene.operation.ref is not None
    assert scene.world.refs == {BRANCH: scene.operation.ref.after}


def test_undoing_is_the_way_back() -> None:
    scene = Scene()
    scene.apply()
    assert scene.undo().state is ReceiptState.UNDONE
    assert scene.world.visible == scene.before


def test_an_operation_that_changes_nothing_is_not_done() -> None:
    scene = Scene()
    receipt = apply(Operation(), scene.receipt(), scene.checkout.standing(), scene.tools)
    assert receipt.operation == Operation()
    assert scene.receipts.all() == []


def fail_everywhere(prepare: Callable[[Scene], object], act: Callable[[Scene], object]) -> tuple[int, int]:
    """Lets every single step of an action fail; how often nothing was done, and how often it was left unfinished."""
    nothing, unfinished = 0, 0
    for step in range(1, 100):
        scene = Scene()
        prepare(scene)
        start, state = scene.world.visible, scene.states
        scene.world.fail_at = step
        try:
            act(scene)
        except Unfinished:
            unfinished += 1
            assert scene.states in ([ReceiptState.BEGUN], [ReceiptState.UNDOING])
            assert {one.outcome for one in recover(scene.tools)} == {Outcome.COMPLETED}
            assert scene.world.visible in (scene.before, after())
            assert scene.world.visible != start
        except HygieneError:
            nothing += 1
            assert scene.world.visible == start
            assert scene.states in (state, [ReceiptState.NOT_DONE])
            assert recover(scene.tools) == ()
        else:
            return nothing, unfinished
    raise AssertionError("it never came to its end")


def test_whatever_step_of_an_apply_fails_it_is_done_not_done_or_named_as_unfinished() -> None:
    nothing, unfinished = fail_everywhere(lambda _: None, Scene.apply)
    assert (nothing, unfinished) == (6, 4)


def test_whatever_step_of_an_undo_fails_it_is_done_not_done_or_named_as_unfinished() -> None:
    nothing, unfinished = fail_everywhere(Scene.apply, Scene.undo)
    assert (nothing, unfinished) == (6, 4)


def test_after_a_failure_the_same_can_be_done_again() -> None:
    scene = Scene()
    scene.world.fail_at = 4
    with pytest.raises(HygieneError):
        scene.apply()
    scene.apply()
    assert scene.world.visible == after()


@pytest.mark.parametrize(
    "change",
    [
        lambda world: world.stage("a.pyc", b"other"),
        lambda world: world.stage("new", b""),
        lambda world: world.refs.update({BRANCH: "f" * 40}),
        lambda world: setattr(world, "under_way", ("a merge",)),
    ],
)
def test_a_world_that_has_changed_since_is_left_as_it_is(change: Callable[[FakeWorld], object]) -> None:
    scene = Scene()
    expected = scene.checkout.standing()
    change(scene.world)
    now = scene.world.visible
    with pytest.raises(ChangedMeanwhile):
        apply(scene.operation, scene.receipt(), expected, scene.tools)
    assert scene.world.visible == now
    assert scene.states == [ReceiptState.NOT_DONE]


def test_a_held_lock_is_left_to_its_holder() -> None:
    scene = Scene()
    scene.world.lock = "somebody"
    with pytest.raises(IndexLocked):
        scene.apply()
    assert scene.world.lock == "somebody"
    scene.world.lock = None
    assert scene.world.visible == scene.before


def test_two_programs_never_change_one_repository_at_once() -> None:
    scene = Scene()
    scene.world.is_busy = True
    with pytest.raises(BusyPlace):
        scene.apply()
    assert scene.receipts.all() == []


def test_files_that_cannot_be_moved_stop_it_before_anything_happens() -> None:
    scene = Scene()
    scene.world.trash["1", RepoPath("a.pyc")] = b"in the way"
    with pytest.raises(UntrackRefused, match=r"a\.pyc cannot be moved"):
        scene.apply()
    assert scene.receipts.all() == []


def test_a_file_that_was_edited_since_the_plan_stops_it_before_anything_happens() -> None:
    scene = Scene()
    scene.world.files[RepoPath(".gitignore")] = b"edited\n"
    with pytest.raises(UntrackRefused, match=r"\.gitignore was changed since"):
        scene.apply()
    assert scene.receipts.all() == []


def test_content_that_git_names_otherwise_stops_it() -> None:
    scene = Scene()
    scene.operation = replace(scene.operation, contents=((BlobId("0" * 40), b"x"),))
    with pytest.raises(UntrackRefused, match="another name"):
        scene.apply()
    assert scene.world.visible == scene.before


SPOILERS: list[tuple[Callable[[Scene], object], str]] = [
    (lambda scene: scene.world.stage("a.pyc", b"again"), r"a\.pyc is staged otherwise by now"),
    (lambda scene: scene.world.index.pop(RepoPath("In/.gitkeep")), r"In/\.gitkeep is not staged by now"),
    (lambda scene: scene.world.files.update({RepoPath(".gitignore"): b"edited\n"}), r"\.gitignore was changed since"),
    (lambda scene: scene.world.files.update({RepoPath(".gitignore"): b"x" * 99}), r"\.gitignore was changed since"),
    (lambda scene: scene.world.files.update({RepoPath("a.pyc"): b"new"}), r"a\.pyc cannot be moved"),
    (lambda scene: scene.world.trash.clear(), r"a\.pyc is not there any more"),
    (lambda scene: scene.world.refs.update({BRANCH: "f" * 40}), "HEAD is no longer at the commit"),
    (lambda scene: setattr(scene.world, "branch", "refs/heads/other"), "HEAD is no longer at the commit"),
    (lambda scene: setattr(scene.world, "under_way", ("a rebase",)), "in the middle of a rebase"),
    (lambda scene: setattr(scene.world, "lock", "somebody"), r"index\.lock is there"),
    (lambda scene: purge(scene.receipts.all()[0], scene.tools), "its trash was emptied for good"),
]


@pytest.mark.parametrize(("spoil", "problem"), SPOILERS)
def test_an_undo_that_could_not_do_all_of_it_does_nothing(spoil: Callable[[Scene], object], problem: str) -> None:
    scene = Scene()
    scene.apply()
    spoil(scene)
    now = scene.world.visible
    with pytest.raises(CannotUndo, match=problem):
        scene.undo()
    assert scene.world.visible == now
    assert scene.states == [ReceiptState.DONE]


def test_an_undo_tells_every_problem_at_once() -> None:
    scene = Scene()
    scene.apply()
    scene.world.stage("b.pyc")
    scene.world.files[RepoPath("a.pyc")] = b"new"
    scene.world.refs[BRANCH] = "f" * 40
    with pytest.raises(CannotUndo) as refusal:
        scene.undo()
    assert len(refusal.value.problems) == 3
    assert "git revert" in refusal.value.hint


def test_what_was_undone_is_not_undone_again() -> None:
    scene = Scene()
    scene.apply()
    scene.undo()
    with pytest.raises(CannotUndo, match="undone already"):
        scene.undo()


def test_a_file_that_is_as_before_already_does_not_stop_an_undo() -> None:
    scene = Scene()
    scene.apply()
    scene.world.files[RepoPath(".gitignore")] = OLD
    scene.undo()
    assert scene.world.visible == scene.before


def test_a_branch_of_its_own_is_undone_unless_it_is_in_use_or_has_moved_on() -> None:
    scene = Scene()
    scene.operation = Operation(ref=RefEdit("refs/heads/clean", None, "c" * 40))
    scene.apply()
    scene.world.branch = "refs/heads/clean"
    with pytest.raises(CannotUndo, match="the branch that you are on"):
        scene.undo()
    scene.world.branch = BRANCH
    scene.world.refs["refs/heads/clean"] = "d" * 40
    with pytest.raises(CannotUndo, match="no longer at the commit"):
        scene.undo()
    scene.world.refs["refs/heads/clean"] = "c" * 40
    scene.undo()
    assert scene.world.visible == scene.before


def interrupted(scene: Scene) -> None:
    """It has just happened, and nothing that comes after it was done."""
    scene.world.fail_at = 7
    with pytest.raises(Unfinished):
        scene.apply()


def test_a_recovery_leaves_to_people_what_they_have_changed_since() -> None:
    scene = Scene()
    interrupted(scene)
    scene.receipts.save(replace(scene.receipts.all()[0], state=ReceiptState.BEGUN))
    scene.world.files[RepoPath(".gitignore")] = b"by hand\n"
    (recovered,) = recover(scene.tools)
    assert recovered.outcome is Outcome.COMPLETED
    assert ".gitignore was changed meanwhile" in recovered.notes[0]
    assert scene.world.files[RepoPath(".gitignore")] == b"by hand\n"
    assert recovered.receipt.state is ReceiptState.DONE


def test_a_recovery_that_cannot_do_the_rest_leaves_it_to_the_next_one() -> None:
    scene = Scene()
    interrupted(scene)
    scene.world.fail_at = 2  # after the index beside was cleared away
    (recovered,) = recover(scene.tools)
    assert recovered.outcome is Outcome.STILL_UNFINISHED
    assert scene.states == [ReceiptState.BEGUN]
    assert recover(scene.tools)[0].outcome is Outcome.COMPLETED
    assert scene.world.visible == after()


@pytest.mark.parametrize("step", [1, 2])
def test_a_rolling_back_that_fails_leaves_it_to_the_next_one(step: int) -> None:
    scene = Scene()
    scene.receipts.save(scene.receipt())
    scene.world.fail_at = step
    (recovered,) = recover(scene.tools)
    assert recovered.outcome is Outcome.STILL_UNFINISHED
    assert "it was told to fail" in recovered.notes[0]
    assert recover(scene.tools)[0].outcome is Outcome.ROLLED_BACK
    assert scene.world.visible == scene.before


def test_a_recovery_that_cannot_tell_brings_files_back_and_touches_nothing_else() -> None:
    scene = Scene()
    receipt = scene.receipt()
    moved = receipt.operation.moves[0].path
    receipt = replace(receipt, operation=replace(receipt.operation, index=receipt.operation.index[:1]))
    scene.receipts.save(receipt)
    scene.world.stage(receipt.operation.index[0].path, b"neither before nor after")
    now = scene.world.visible
    scene.world.trash[receipt.id, moved] = scene.world.files.pop(moved)
    (recovered,) = recover(scene.tools)
    assert recovered.outcome is Outcome.CANNOT_TELL
    assert scene.world.visible == now
    assert scene.states == [ReceiptState.NOT_DONE]


def test_what_was_taken_back_by_hand_after_a_kill_leaves_nothing_in_the_trash() -> None:
    scene = Scene()
    before = scene.world.visible
    done = scene.apply()
    scene.receipts.save(replace(done, state=ReceiptState.BEGUN))
    scene.world.index = dict(before[0])  # type: ignore[call-overload]  # of the visible, the index is the first
    scene.world.refs = dict(before[3])  # type: ignore[call-overload]  # and the references the fourth
    (recovered,) = recover(scene.tools)
    assert recovered.outcome is Outcome.ROLLED_BACK
    assert scene.world.visible == before
    assert scene.states == [ReceiptState.NOT_DONE]


@pytest.mark.parametrize("state", [ReceiptState.BEGUN, ReceiptState.UNDOING])
def test_the_trash_of_what_is_unfinished_is_not_purged(state: ReceiptState) -> None:
    scene = Scene()
    unfinished = replace(scene.apply(), state=state)
    scene.receipts.save(unfinished)
    before = scene.world.visible
    with pytest.raises(UntrackRefused, match="needs its trash"):
        purge(unfinished, scene.tools)
    assert scene.world.visible == before


def test_purging_empties_the_trash_of_one_receipt_for_good() -> None:
    scene = Scene()
    scene.world.trash["other", RepoPath("kept")] = b""
    purged = purge(scene.apply(), scene.tools)
    assert purged.files == 1
    assert scene.receipts.all() == [purged.receipt]
    assert purged.receipt.purged
    assert list(scene.world.trash) == [("other", "kept")]


def all_but_told(scene: Scene) -> Receipt:
    """As a kill after everything but the last word leaves it."""
    unfinished = replace(scene.apply(), state=ReceiptState.BEGUN)
    scene.receipts.save(unfinished)
    return unfinished


def test_what_cannot_come_back_from_the_trash_is_not_hidden_there() -> None:
    scene = Scene()
    before = scene.world.visible
    moved = all_but_told(scene).operation.moves[0].path
    scene.world.index = dict(before[0])  # type: ignore[call-overload]  # of the visible, the index is the first
    scene.world.files[moved] = b"checked out anew"
    (recovered,) = recover(scene.tools)
    assert recovered.outcome is Outcome.ROLLED_BACK
    assert any(moved in note for note in recovered.notes)
    assert [each.path for each in recovered.receipt.operation.moves] == [moved]
    assert len(scene.world.trash) == 1


def test_what_somebody_has_tracked_again_since_is_not_moved_away() -> None:
    scene = Scene()
    receipt = all_but_told(scene)
    moved = receipt.operation.moves[0].path
    scene.world.files[moved] = scene.world.trash.pop((receipt.id, moved))
    scene.world.stage(moved, scene.world.files[moved])
    (recovered,) = recover(scene.tools)
    assert recovered.outcome is Outcome.COMPLETED
    assert moved in scene.world.files
    assert not scene.world.trash
    assert recovered.receipt.operation.moves == ()


def test_a_moved_branch_goes_back_although_the_lock_that_proved_it_is_gone() -> None:
    scene = Scene()
    before = scene.world.visible
    receipt = scene.receipt()
    scene.receipts.save(receipt)
    assert receipt.operation.ref is not None
    scene.world.refs[receipt.operation.ref.name] = receipt.operation.ref.after or ""
    (recovered,) = recover(scene.tools)
    assert recovered.outcome is Outcome.ROLLED_BACK
    assert scene.world.visible == before
