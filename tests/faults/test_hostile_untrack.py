"""Untracking and undoing in a repository of anybody's start no program that it names, although everyday git does."""

import os
import shutil
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from hygiene.adapters.discovery import open_repository
from hygiene.adapters.git_checkout import open_checkout
from hygiene.errors import CannotUndo, ChangedMeanwhile, UntrackRefused, UnusableFile, UnwritableOutput
from hygiene.model.paths import BlobId, RepoPath
from hygiene.model.untracking import FileEdit, Held, IndexEdit, Operation, ReceiptState, RefEdit
from hygiene.untrack.apply import apply
from hygiene.untrack.undo import undo
from tests.faults.hostile_items import ITEMS, Item, Trap
from tests.untracking import apply_at, leaving, present_at, receipt_for, tools_for, undo_at

_HOOKS = ("post-index-change", "reference-transaction", "pre-commit", "post-commit", "update", "post-checkout")


def operation_in(trap: Trap) -> Operation:
    """Removals, a new file in the index and on disk, and a commit."""
    builder = trap.builder
    empty = BlobId(builder.blob(b""))
    head = builder.git("rev-parse", "HEAD").decode().strip()
    commit = builder.git("commit-tree", "-p", head, "-m", "untrack", f"{head}^{{tree}}").decode().strip()
    new = RepoPath("new/.gitkeep")
    edits = (*leaving(builder.path, "a.txt"), IndexEdit(new, None, Held("100644", empty)))
    return Operation(edits, (FileEdit(new, None, b""),), (), RefEdit("refs/heads/main", head, commit), ((empty, b""),))


@pytest.mark.parametrize("item", ITEMS, ids=[item.name for item in ITEMS])
def test_nothing_is_started(trap: Trap, mark: Path, item: Item) -> None:
    operation = operation_in(trap)
    item.plant(trap)
    item.fire(trap)
    assert mark.exists(), "plain git did not start the program: this test would prove nothing"
    mark.unlink()
    (trap.builder.path / "a.txt").touch()
    present = present_at(trap.builder.path)
    # What plain git did just now may have brought HEAD or the index further.
    held = {entry.path: Held(entry.mode, entry.blob) for entry in present.tracked.entries}
    edits = tuple(edit._replace(before=held.get(edit.path)) for edit in operation.index)
    ref = RefEdit(
        present.standing.branch or "HEAD", present.standing.head, operation.ref.after if operation.ref else None
    )
    state = trap.program.with_name("state")
    checkout = open_checkout(open_repository(trap.builder.path).facts)
    checkout.flags()
    checkout.unsaved(present.tracked.entries)
    apply_at(trap.builder.path, state, replace(operation, index=edits, ref=ref))
    undo_at(trap.builder.path, state)
    assert not mark.exists()


def test_no_hook_runs(trap: Trap, mark: Path) -> None:
    operation = operation_in(trap)
    hooks = trap.builder.git_dir / "hooks"
    hooks.mkdir(exist_ok=True)
    for name in _HOOKS:
        (hooks / name).symlink_to(trap.program)
    trap.git("update-index", "--force-remove", "lost.txt", variables={})
    assert mark.exists(), "plain git did not start the program: this test would prove nothing"
    mark.unlink()
    state = trap.program.with_name("state")
    apply_at(trap.builder.path, state, operation)
    undo_at(trap.builder.path, state)
    assert not mark.exists()


def test_a_tracked_path_that_is_called_like_a_file_of_git_is_not_looked_at_there(trap: Trap, mark: Path) -> None:
    """When git writes an index, it runs filters on entries as young as that; it looks for them where it works."""
    builder, young = trap.builder, (1_700_000_000, 1_700_000_000)
    places = (builder.path / "description", builder.git_dir / "description")
    builder.file("description", b"described\n")
    for place in places:
        place.write_bytes(b"described\n")
        os.utime(place, young)
    builder.config("core.checkStat", "minimal")
    builder.check_out()
    os.utime(places[0], young)
    builder.git("update-index", "--add", "description")
    (builder.git_dir / "info").mkdir(exist_ok=True)
    (builder.git_dir / "info/attributes").write_text("description filter=trap\n")
    builder.config("filter.trap.clean", str(trap.program))
    index = builder.git_dir / "index"
    os.utime(index, young)
    copy = Path(shutil.copy2(index, builder.git_dir / "copy"))
    inside = ("-C", str(builder.git_dir), f"--git-dir={builder.git_dir}", f"--work-tree={builder.git_dir}")
    trap.git(*inside, "update-index", "--force-remove", "a.txt", variables={"GIT_INDEX_FILE": str(copy)})
    assert mark.exists(), "plain git did not start the program: this test would prove nothing"
    mark.unlink()
    state = trap.program.with_name("state")
    apply_at(builder.path, state, Operation(leaving(builder.path, "a.txt")))
    os.utime(index, young)
    undo_at(builder.path, state)
    assert not mark.exists()


def test_a_log_that_is_a_symlink_is_not_written_through(trap: Trap, tmp_path: Path) -> None:
    operation, outside = operation_in(trap), tmp_path / "outside"
    outside.write_bytes(b"theirs")
    logs = trap.builder.git_dir / "logs"
    shutil.rmtree(logs, ignore_errors=True)
    logs.mkdir()
    (logs / "HEAD").symlink_to(outside)
    before = trap.builder.git("ls-files", "-s")
    with pytest.raises(UnusableFile, match="symlink"):
        apply_at(trap.builder.path, trap.program.with_name("state"), operation)
    assert outside.read_bytes() == b"theirs"
    assert trap.builder.git("ls-files", "-s") == before


def test_the_shared_part_of_a_split_index_outlives_a_refused_apply(trap: Trap) -> None:
    builder = trap.builder
    builder.config("splitIndex.sharedIndexExpire", "now")
    builder.config("splitIndex.maxPercentChange", "0")
    builder.split_index()
    operation, before = operation_in(trap), builder.git("ls-files", "-s")
    (builder.git_dir / "refs/heads/main.lock").touch()
    with pytest.raises(UnwritableOutput):
        apply_at(builder.path, trap.program.with_name("state"), operation)
    assert builder.git("ls-files", "-s") == before


@pytest.mark.parametrize("name", ["x.new", "20261121-115500-3f9a.index", "20261121-115500-3f9a.index.lock"])
def test_a_folder_in_the_place_of_a_file_of_ours_is_an_error_that_says_so(trap: Trap, name: str) -> None:
    operation, before = operation_in(trap), trap.builder.git("ls-files", "-s")
    (trap.builder.git_dir / "hygiene/untrack" / name / "in it").mkdir(parents=True)
    with suppress(UnwritableOutput):
        apply_at(trap.builder.path, trap.program.with_name("state"), operation)
        return
    assert trap.builder.git("ls-files", "-s") == before


def test_a_branch_that_some_work_tree_is_on_is_not_taken_away(trap: Trap, tmp_path: Path) -> None:
    commit = trap.builder.id_of("HEAD")
    state = trap.program.with_name("state")
    apply_at(trap.builder.path, state, Operation(ref=RefEdit("refs/heads/clean", None, commit)))
    trap.builder.git("worktree", "add", "-q", str(tmp_path / "linked"), "clean")
    with pytest.raises((CannotUndo, UntrackRefused), match="checked out in"):
        undo_at(trap.builder.path, state)
    assert trap.builder.id_of("refs/heads/clean") == commit


def test_who_comes_second_with_the_same_commit_takes_nothing_back(trap: Trap) -> None:
    """Two programs that commit the same in the same second make the same commit."""
    operation, root = operation_in(trap), trap.builder.path
    expected, tools = present_at(root).standing, tools_for(root, trap.program.with_name("state"))
    first, second = (receipt_for(root, operation, name) for name in ("first", "second"))
    apply(operation, first, expected, tools)
    done = trap.builder.git("ls-files", "-s"), trap.builder.id_of("HEAD")
    with pytest.raises(ChangedMeanwhile):
        apply(operation, second, expected, tools)
    assert (trap.builder.git("ls-files", "-s"), trap.builder.id_of("HEAD")) == done
    assert [each.state for each in tools.receipts.all()] == [ReceiptState.DONE, ReceiptState.NOT_DONE]
    (kept, _) = tools.receipts.all()
    undo(kept, lambda: present_at(root), tools)
    undone = trap.builder.git("ls-files", "-s"), trap.builder.id_of("HEAD")
    with pytest.raises(CannotUndo, match="undone already"):
        undo(kept, lambda: present_at(root), tools)
    assert (trap.builder.git("ls-files", "-s"), trap.builder.id_of("HEAD")) == undone
