"""Reading a repository starts no program that its configuration names, although everyday git does."""

from pathlib import Path

import pytest

from hygiene.adapters.discovery import Reader, open_repository
from hygiene.errors import UnreadableRepository
from hygiene.ports import Repository
from tests.faults.hostile_items import ITEMS, Item, Trap

READERS = [Reader.GIT, Reader.LIBGIT2]


def read_everything(repository: Repository) -> list[str]:
    """Calls all that a reader has; returns the paths of the index."""
    index, tree = repository.list_index(), repository.list_revision("HEAD")
    blobs = [entry.blob for entry in (*index.entries, *tree.entries)]
    assert repository.sizes(blobs)
    assert repository.heads(blobs, 8192)
    assert list(repository.contents(blobs))
    assert repository.merge_base("HEAD", "HEAD") == repository.facts.head
    return [entry.path for entry in index.entries]


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("item", ITEMS, ids=[item.name for item in ITEMS])
def test_trap_18_nothing_is_started(trap: Trap, mark: Path, item: Item, reader: Reader) -> None:
    item.plant(trap)
    item.fire(trap)
    assert mark.exists(), "plain git did not start the program: this test would prove nothing"
    mark.unlink()
    (trap.builder.path / "a.txt").touch()
    assert "a.txt" in read_everything(open_repository(trap.builder.path, reader))
    assert not mark.exists()


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    "variables",
    [
        {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "core.fsmonitor", "GIT_CONFIG_VALUE_0": "{program}"},
        {"GIT_CONFIG_PARAMETERS": "'core.fsmonitor'='{program}'"},
        {"GIT_CONFIG_GLOBAL": "{folder}/outside.config"},
        {"GIT_CONFIG_SYSTEM": "{folder}/outside.config", "GIT_CONFIG_NOSYSTEM": "0"},
    ],
    ids=lambda variables: next(iter(variables)),
)
def test_trap_18_nothing_is_started_by_the_environment(
    trap: Trap, mark: Path, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], reader: Reader
) -> None:
    folder = trap.builder.path.parent
    (folder / "outside.config").write_text(f"[core]\n\tfsmonitor = {trap.program}\n")
    filled = {name: value.format(program=trap.program, folder=folder) for name, value in variables.items()}
    trap.git("status", variables=filled)
    assert mark.exists()
    mark.unlink()
    for name, value in filled.items():
        monkeypatch.setenv(name, value)
    assert "a.txt" in read_everything(open_repository(trap.builder.path, reader))
    assert not mark.exists()


@pytest.mark.parametrize("reader", READERS)
def test_trap_18_a_buried_repository_starts_nothing_even_when_it_is_named(
    trap: Trap, mark: Path, reader: Reader
) -> None:
    next(item for item in ITEMS if item.name == "buried-repository").plant(trap)
    trap.git("-C", "buried", "status")
    assert mark.exists()
    mark.unlink()
    repository = open_repository(trap.builder.path / "buried", reader)
    assert list(repository.list_index().entries) == []
    assert repository.facts.head is None
    assert not mark.exists()


@pytest.mark.parametrize("reader", READERS)
def test_trap_18_a_work_tree_elsewhere_is_not_looked_at(trap: Trap, reader: Reader) -> None:
    elsewhere = trap.builder.path.parent / "elsewhere"
    elsewhere.mkdir()
    trap.builder.config("core.worktree", str(elsewhere))
    for place in (trap.builder.path, trap.builder.git_dir):
        assert read_everything(open_repository(place, reader)) == ["a.txt", "lost.txt"]
    assert list(elsewhere.iterdir()) == []


@pytest.mark.parametrize("reader", READERS)
def test_a_work_tree_around_the_git_directory_narrows_no_listing(trap: Trap, reader: Reader) -> None:
    trap.builder.config("core.worktree", "..")
    assert read_everything(open_repository(trap.builder.path, reader)) == ["a.txt", "lost.txt"]


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("elsewhere", ["../../nowhere", "../a.txt"])
def test_a_work_tree_that_cannot_be_is_said(trap: Trap, reader: Reader, elsewhere: str) -> None:
    trap.builder.config("core.worktree", elsewhere)
    for place in (trap.builder.path, trap.builder.git_dir):
        with pytest.raises(UnreadableRepository):
            open_repository(place, reader)


@pytest.mark.parametrize("reader", READERS)
def test_reading_changes_no_byte_of_the_repository(trap: Trap, reader: Reader) -> None:
    def state() -> dict[Path, tuple[int, bytes]]:
        files = (path for path in trap.builder.path.rglob("*") if path.is_file())
        return {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in files}

    before = state()
    read_everything(open_repository(trap.builder.path, reader))
    assert state() == before
