"""Untracking and undoing in a repository of anybody's start no program that it names, although everyday git does."""

from dataclasses import replace
from pathlib import Path

import pytest

from hygiene.model.paths import BlobId, RepoPath
from hygiene.model.untracking import FileEdit, Held, IndexEdit, Operation, RefEdit
from tests.faults.hostile_items import ITEMS, Item, Trap
from tests.untracking import apply_at, leaving, present_at, undo_at

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
    present.checkout.flags()
    present.checkout.unsaved(present.tracked.entries)
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
