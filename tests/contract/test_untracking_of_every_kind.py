"""Untracking and undoing in every kind of repository: git sees exactly what it should, and then what it saw before."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from fixtures.repositories import RepositoryBuilder, run_git
from hygiene.model.paths import BlobId, RepoPath
from hygiene.model.untracking import Held, IndexEdit, Operation, ReceiptState
from tests.untracking import apply_at, leaving, see, small_operation, small_repository, undo_at


def split(builder: RepositoryBuilder) -> None:
    builder.split_index()


def version_4(builder: RepositoryBuilder) -> None:
    builder.git("update-index", "--index-version", "4")


def flagged(builder: RepositoryBuilder) -> None:
    builder.git("update-index", "--skip-worktree", "pkg/x1.py")
    builder.git("update-index", "--assume-unchanged", "pkg/x1.py")


def with_untracked_cache(builder: RepositoryBuilder) -> None:
    builder.git("update-index", "--force-untracked-cache")
    builder.git("status")


def usual(builder: RepositoryBuilder) -> None:
    builder.git("status")


KINDS: list[Callable[[RepositoryBuilder], None]] = [usual, split, version_4, flagged, with_untracked_cache]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("object_format", ["sha1", "sha256"])
def test_undoing_brings_back_what_there_was(
    tmp_path: Path, kind: Callable[[RepositoryBuilder], None], object_format: str
) -> None:
    builder = small_repository(tmp_path / "r", f"--object-format={object_format}")
    kind(builder)
    operation = small_operation(builder.path, builder)
    before, flags = see(builder.path), builder.git("ls-files", "-v")
    receipt = apply_at(builder.path, tmp_path / "state", operation)
    after = see(builder.path)
    assert receipt.state is ReceiptState.DONE
    assert b".pyc" not in after.listing
    assert b"Input/.gitkeep" in after.listing
    assert sorted(after.trash) == sorted(path for path in before.files if path.endswith(b".pyc"))
    assert builder.id_of("HEAD") == operation.ref.after if operation.ref else None
    assert undo_at(builder.path, tmp_path / "state").state is ReceiptState.UNDONE
    assert see(builder.path) == before
    assert builder.git("ls-files", "-v") == flags
    builder.git("fsck", "--strict")
    builder.git("status")


def test_a_linked_work_tree_has_an_index_and_a_head_of_its_own(tmp_path: Path) -> None:
    builder = small_repository(tmp_path / "r")
    linked = builder.linked_work_tree(tmp_path / "linked")
    main = see(builder.path)
    before = see(linked)
    apply_at(linked, tmp_path / "state", Operation(leaving(linked, ".pyc")))
    assert b".pyc" not in see(linked).listing
    assert see(builder.path) == main
    undo_at(linked, tmp_path / "state")
    assert see(linked) == before


def test_a_sparse_index_is_folded_again_by_git(tmp_path: Path) -> None:
    builder = RepositoryBuilder(tmp_path / "r")
    for path in ("here/a.py", "here/a.pyc", "there/b.py", "there/b.pyc", "there/deep/c.py", "elsewhere/d.py"):
        builder.file(path, path.encode())
    builder.commit()
    builder.sparse_index("here")
    assert b"there/\n" in builder.git("ls-files", "--sparse")
    before, flags = see(builder.path), builder.git("ls-files", "-v")
    apply_at(builder.path, tmp_path / "state", Operation(leaving(builder.path, ".pyc")))
    assert b"pyc" not in see(builder.path).listing
    builder.git("status")
    assert b"elsewhere/\n" in builder.git("ls-files", "--sparse")
    undo_at(builder.path, tmp_path / "state")
    assert see(builder.path) == before
    assert [line for line in builder.git("ls-files", "-v").splitlines() if b"pyc" not in line] == [
        line for line in flags.splitlines() if b"pyc" not in line
    ]


def test_before_the_first_commit_there_may_be_a_placeholder_and_no_index_yet(tmp_path: Path) -> None:
    builder = RepositoryBuilder(tmp_path / "r")
    empty = BlobId(builder.blob(b""))
    operation = Operation((IndexEdit(RepoPath("a/.gitkeep"), None, Held("100644", empty)),))
    apply_at(builder.path, tmp_path / "state", operation)
    assert builder.git("ls-files") == b"a/.gitkeep\n"
    undo_at(builder.path, tmp_path / "state")
    assert builder.git("ls-files") == b""


def test_a_file_that_was_changed_as_the_index_was_written_still_shows_as_changed(tmp_path: Path) -> None:
    """Git knows such files by the index being no younger than they are."""
    builder = RepositoryBuilder(tmp_path / "r")
    builder.file("a.py", b"before")
    builder.file("a.pyc", b"x")
    builder.commit()
    builder.check_out()
    long_ago = 1_600_000_000
    os.utime(builder.path / "a.py", (long_ago, long_ago))
    builder.git("update-index", "-q", "--refresh")
    (builder.path / "a.py").write_bytes(b"after!")
    os.utime(builder.path / "a.py", (long_ago, long_ago))
    os.utime(builder.git_dir / "index", (long_ago, long_ago))
    builder.git("config", "core.trustctime", "false")
    builder.git("config", "core.checkStat", "minimal")
    assert builder.git("-c", "core.untrackedCache=false", "diff-files", "--name-only") == b"a.py\n"
    apply_at(builder.path, tmp_path / "state", Operation(leaving(builder.path, ".pyc")))
    assert builder.git("diff-files", "--name-only") == b"a.py\n"


def test_a_commit_on_another_branch_changes_nothing_else(tmp_path: Path) -> None:
    builder = small_repository(tmp_path / "r")
    whole = small_operation(builder.path, builder)
    assert whole.ref is not None
    before = see(builder.path)
    operation = Operation(ref=whole.ref._replace(name="refs/heads/clean-up", before=None))
    apply_at(builder.path, tmp_path / "state", operation)
    after = see(builder.path)
    assert (after.listing, after.files) == (before.listing, before.files)
    assert builder.id_of("clean-up") == whole.ref.after
    undo_at(builder.path, tmp_path / "state")
    assert see(builder.path) == before


def test_a_detached_head_moves_itself(tmp_path: Path) -> None:
    builder = small_repository(tmp_path / "r")
    operation = small_operation(builder.path, builder)
    run_git(builder.path, "checkout", "-q", "--detach")
    before = see(builder.path)
    assert operation.ref is not None
    detached = Operation(operation.index, operation.files, (), operation.ref._replace(name="HEAD"), operation.contents)
    apply_at(builder.path, tmp_path / "state", detached)
    assert builder.id_of("HEAD") == operation.ref.after
    assert builder.id_of("main") == operation.ref.before
    undo_at(builder.path, tmp_path / "state")
    assert see(builder.path) == before
