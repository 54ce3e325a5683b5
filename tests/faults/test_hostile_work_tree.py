"""Looking at a work tree starts no program that its repository names, although everyday git does."""

from pathlib import Path

import pytest

from hygiene.adapters.discovery import open_repository
from hygiene.adapters.work_tree_state import open_work_tree
from tests.faults.hostile_items import ITEMS, Item, Trap


@pytest.mark.parametrize("item", ITEMS, ids=[item.name for item in ITEMS])
def test_trap_18_a_look_at_the_work_tree_starts_nothing(trap: Trap, mark: Path, item: Item) -> None:
    item.plant(trap)
    item.fire(trap)
    assert mark.exists(), "plain git did not start the program: this test would prove nothing"
    mark.unlink()
    (trap.builder.path / "a.txt").write_bytes(b"something else\n")
    (trap.builder.path / "new.txt").touch()
    state = open_work_tree(open_repository(trap.builder.path)).state()
    assert "a.txt" in state.modified
    assert "new.txt" in state.untracked
    assert not mark.exists()


def test_trap_18_a_look_at_the_work_tree_changes_no_byte(trap: Trap) -> None:
    def bytes_on_disk() -> dict[Path, tuple[int, bytes]]:
        files = (path for path in trap.builder.path.rglob("*") if path.is_file())
        return {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in files}

    before = bytes_on_disk()
    open_work_tree(open_repository(trap.builder.path)).state()
    assert bytes_on_disk() == before
