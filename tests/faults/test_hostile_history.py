"""Reading history starts no program that the configuration names, not even where what it reads is missing."""

from pathlib import Path

import pytest

from fixtures.histories import Snapshot, grow
from hygiene.adapters.discovery import Reader, open_repository
from hygiene.model.history import CommitId, RootKind
from hygiene.model.paths import BlobId
from tests.contract.history_reading import files
from tests.faults.hostile_items import ITEMS, Item, Trap


def lossy_commits(trap: Trap) -> list[CommitId]:
    """Commits on no branch, of which one lacks a tree, one a parent, and all of them a blob."""
    shots = [Snapshot(files(lost="x", folder__a=str(n)), [n - 1] if n else []) for n in range(4)]
    commits = grow(trap.builder, shots)
    for number in range(4):
        trap.builder.git("update-ref", "-d", f"refs/heads/c{number}")
    for name in (f"{commits[0]}:folder", f"{commits[0]}:lost", commits[2]):
        trap.builder.lose(name)
    return [CommitId(commits[number]) for number in (0, 1, 3)]


@pytest.mark.parametrize("reader", [Reader.GIT, Reader.LIBGIT2])
@pytest.mark.parametrize("item", ITEMS, ids=[item.name for item in ITEMS])
def test_nothing_is_started(trap: Trap, mark: Path, item: Item, reader: Reader) -> None:
    commits = lossy_commits(trap)
    item.plant(trap)
    item.fire(trap)
    assert mark.exists(), "plain git did not start the program: this test would prove nothing"
    mark.unlink()
    history = open_repository(trap.builder.path, reader).history
    roots = [CommitId(root.object_id) for root in history.roots(tuple(RootKind)).commits]
    assert history.named_roots(["HEAD"]).commits
    listing = history.list_commits([*roots, *commits])
    assert len(listing.gaps) == 1
    parts = list(history.changes([commit.id for commit in listing.commits]))
    changes = [change for part in parts for change in part.changes]
    assert "a.txt" in {change.path for change in changes}
    assert [gap for part in parts for gap in part.gaps]
    assert history.stored_sizes([*(change.blob for change in changes), BlobId("deadbeef" * 5)])
    assert history.describe([*roots, CommitId("deadbeef" * 5)]).keys() == set(roots)
    assert history.present([*roots, CommitId("deadbeef" * 5)]) == set(roots)
    assert not mark.exists()
