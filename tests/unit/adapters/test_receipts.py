"""Receipts on the disk: only this user's own count, wherever else they come from."""

import json
import os
import time
from dataclasses import replace
from pathlib import Path

import pytest

from fixtures.repositories import RepositoryBuilder
from hygiene.adapters.discovery import open_repository
from hygiene.adapters.git_files import work_tree_name
from hygiene.adapters.receipts import SealedReceipts, open_receipts
from hygiene.errors import UnwritableOutput
from hygiene.model.paths import BlobId, RepoPath
from hygiene.model.rule import Category
from hygiene.model.untracking import FileEdit, Held, IndexEdit, Operation, Receipt, ReceiptState

ID = "20261121-115500-3f9a"


@pytest.fixture
def builder(tmp_path: Path) -> RepositoryBuilder:
    return RepositoryBuilder(tmp_path / "r")


@pytest.fixture
def receipts(builder: RepositoryBuilder, tmp_path: Path) -> SealedReceipts:
    return open_receipts(open_repository(builder.path).facts, tmp_path / "state")


@pytest.fixture
def receipt(builder: RepositoryBuilder) -> Receipt:
    operation = Operation((IndexEdit(RepoPath("a"), Held("100644", BlobId("1" * 40)), None),))
    counts = ((Category.CACHE, 1),)
    git_dir = work_tree_name(open_repository(builder.path).facts.git_dir)
    time = "2026-11-21T11:55:00Z"
    return Receipt(ID, "1", git_dir, time, ReceiptState.DONE, None, operation, "2" * 40, counts)


def file_of(builder: RepositoryBuilder) -> Path:
    return builder.git_dir / "hygiene" / "untrack" / f"{ID}.json"


def test_a_receipt_is_json_for_people(builder: RepositoryBuilder, receipts: SealedReceipts, receipt: Receipt) -> None:
    receipts.save(receipt)
    read = json.loads(file_of(builder).read_bytes())
    assert (read["schema"], read["state"], read["index"][0]["path"]) == ("hygiene.kept-operation/1", "done", "a")
    assert list(read)[-1] == "seal"
    assert receipts.all() == [receipt]


@pytest.mark.parametrize("position", range(0, 600, 40))
def test_a_receipt_that_somebody_has_changed_is_a_stranger(
    builder: RepositoryBuilder, receipts: SealedReceipts, receipt: Receipt, position: int
) -> None:
    receipts.save(receipt)
    content = bytearray(file_of(builder).read_bytes())
    content[position % len(content)] ^= 1
    file_of(builder).write_bytes(content)
    assert receipts.all() == []
    assert receipts.strangers() == [f"{ID}.json"]


def test_the_receipt_of_another_user_is_a_stranger(
    builder: RepositoryBuilder, receipts: SealedReceipts, receipt: Receipt, tmp_path: Path
) -> None:
    receipts.save(receipt)
    others = open_receipts(open_repository(builder.path).facts, tmp_path / "other")
    assert (others.all(), others.strangers()) == ([], [f"{ID}.json"])
    others.save(replace(receipt, id="mine"))
    assert (others.strangers(), receipts.strangers()) == ([f"{ID}.json"], ["mine.json"])


def test_a_receipt_under_another_name_is_a_stranger(
    builder: RepositoryBuilder, receipts: SealedReceipts, receipt: Receipt
) -> None:
    receipts.save(receipt)
    file_of(builder).rename(file_of(builder).with_name("copy.json"))
    assert (receipts.all(), receipts.strangers()) == ([], ["copy.json"])


def test_a_receipt_of_another_work_tree_is_not_told(receipts: SealedReceipts, receipt: Receipt) -> None:
    receipts.save(replace(receipt, git_dir="/elsewhere/.git"))
    assert (receipts.all(), receipts.strangers()) == ([], [])


@pytest.mark.parametrize("path", ["../outside", "/etc/passwd", "a/../../b", ".git/hooks/pre-commit", "sub/.GIT/config"])
def test_no_path_of_a_receipt_leads_out_of_the_work_tree(receipts: SealedReceipts, receipt: Receipt, path: str) -> None:
    receipts.save(replace(receipt, operation=Operation(files=(FileEdit(RepoPath(path), None, b""),))))
    assert receipts.all() == []


def test_what_is_no_regular_file_is_a_stranger(builder: RepositoryBuilder, receipts: SealedReceipts) -> None:
    file_of(builder).parent.mkdir(parents=True)
    os.mkfifo(file_of(builder))
    file_of(builder).with_name("link.json").symlink_to("/etc/passwd")
    assert receipts.strangers() == [f"{ID}.json", "link.json"]


@pytest.mark.parametrize("planted", ["hygiene", "hygiene/untrack"])
def test_a_planted_link_leads_nowhere(
    builder: RepositoryBuilder, receipts: SealedReceipts, receipt: Receipt, planted: str, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    (outside / "untrack").mkdir(parents=True)
    place = builder.git_dir / planted
    place.parent.mkdir(exist_ok=True)
    place.symlink_to(outside)
    with pytest.raises(UnwritableOutput):
        receipts.save(receipt)
    assert list(outside.rglob("*")) == [outside / "untrack"]
    assert receipts.all() == []


def test_without_a_place_for_the_key_nothing_is_saved(builder: RepositoryBuilder, receipt: Receipt) -> None:
    unsealed = SealedReceipts(builder.git_dir, None)
    with pytest.raises(UnwritableOutput, match="HOME"):
        unsealed.save(receipt)
    assert not (builder.git_dir / "hygiene").exists()
    assert unsealed.all() == []


def test_a_name_that_is_a_path_is_refused(receipts: SealedReceipts, receipt: Receipt) -> None:
    with pytest.raises(ValueError, match="no receipt can be called"):
        receipts.save(replace(receipt, id="../x"))


def test_50_000_paths_are_saved_and_read_in_a_moment(receipts: SealedReceipts, receipt: Receipt) -> None:
    paths = [RepoPath(f"folder{number % 300}/file{number}") for number in range(50_000)]
    held = Held("100644", BlobId("1" * 40))
    large = replace(receipt, operation=Operation(tuple(IndexEdit(path, held, None) for path in paths)))
    began = time.process_time()
    receipts.save(large)
    assert receipts.all() == [large]
    assert time.process_time() - began < 2  # a third of a second on an idle machine
