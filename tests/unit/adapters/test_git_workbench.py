"""What only a real work tree has: symlinks, permissions, file systems, interrupted programs."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from fixtures.repositories import RepositoryBuilder
from hygiene.adapters.discovery import open_repository
from hygiene.adapters.git_workbench import GitWorkbench, open_workbench
from hygiene.errors import (
    ChangedMeanwhile,
    IndexLocked,
    NoPlaceForBackup,
    NoWorkTree,
    UntrackRefused,
    UnusableFile,
    UnwritableOutput,
)
from hygiene.model.paths import BlobId, RepoPath
from hygiene.model.untracking import FileEdit, Held, IndexEdit, Move, Operation, Place
from hygiene.untrack.apply import apply
from tests.untracking import (
    RECEIPT,
    apply_at,
    files_in,
    leaving,
    present_at,
    receipt_for,
    see,
    small_operation,
    small_repository,
    tools_for,
    undo_at,
)


@pytest.fixture
def builder(tmp_path: Path) -> RepositoryBuilder:
    return small_repository(tmp_path / "r")


@pytest.fixture
def workbench(builder: RepositoryBuilder) -> GitWorkbench:
    return open_workbench(open_repository(builder.path).facts)


@pytest.fixture
def outside(tmp_path: Path, builder: RepositoryBuilder) -> Path:
    """A folder with a file, to which a symlink in the work tree leads."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "file").write_bytes(b"theirs")
    (builder.path / "link").symlink_to(outside)
    return outside


def test_no_symlink_is_followed_to_a_file(workbench: GitWorkbench, outside: Path) -> None:
    path = RepoPath("link/file")
    there = Move(path, Place.WORK_TREE, Place.TRASH)
    assert workbench.hindrances(Operation(moves=(there,)), RECEIPT) != []
    with pytest.raises((UnusableFile, UnwritableOutput)):
        workbench.move(there, RECEIPT)
    for edit in (FileEdit(path, b"theirs", b"ours"), FileEdit(path, b"theirs", None)):
        with pytest.raises(UnusableFile):
            workbench.put(edit)
    with pytest.raises(UnusableFile):
        workbench.put(FileEdit(RepoPath("link/new/file"), None, b"ours"))
    assert [(each.name, each.read_bytes()) for each in outside.iterdir()] == [("file", b"theirs")]


def test_a_symlink_itself_can_be_moved_and_comes_back(
    workbench: GitWorkbench, builder: RepositoryBuilder, outside: Path
) -> None:
    workbench.move(Move(RepoPath("link"), Place.WORK_TREE, Place.TRASH), RECEIPT)
    assert not os.path.lexists(builder.path / "link")
    workbench.move(Move(RepoPath("link"), Place.TRASH, Place.WORK_TREE), RECEIPT)
    assert (builder.path / "link").readlink() == outside


def test_a_symlink_is_no_file_to_be_edited(workbench: GitWorkbench, outside: Path, builder: RepositoryBuilder) -> None:
    (builder.path / "file link").symlink_to(outside / "file")
    with pytest.raises(UnwritableOutput):
        workbench.put(FileEdit(RepoPath("file link"), b"theirs", b"ours"))
    assert (outside / "file").read_bytes() == b"theirs"


@pytest.mark.parametrize("path", ["../r2", ".git/config", "a/../../x", "/etc/x", "a//b", "sub/.git/hooks/x"])
def test_no_path_leads_out_of_the_work_tree(workbench: GitWorkbench, path: str) -> None:
    with pytest.raises(UnusableFile, match="no path inside"):
        workbench.put(FileEdit(RepoPath(path), None, b""))
    with pytest.raises(UnusableFile, match="no path inside"):
        workbench.move(Move(RepoPath(path), Place.WORK_TREE, Place.TRASH), RECEIPT)


def test_a_planted_trash_leads_nowhere(workbench: GitWorkbench, builder: RepositoryBuilder, outside: Path) -> None:
    (builder.git_dir / "hygiene").mkdir()
    (builder.git_dir / "hygiene" / "trash").symlink_to(outside)
    before = files_in(os.fsencode(builder.path))
    move = Move(RepoPath("Input/data.bin"), Place.WORK_TREE, Place.TRASH)
    assert workbench.hindrances(Operation(moves=(move,)), RECEIPT) != []
    with pytest.raises(UnusableFile):
        workbench.move(move, RECEIPT)
    assert workbench.empty_trash(RECEIPT) == 0
    assert files_in(os.fsencode(builder.path)) == before
    assert [each.name for each in outside.iterdir()] == ["file"]


def test_emptying_the_trash_follows_no_link(workbench: GitWorkbench, builder: RepositoryBuilder, outside: Path) -> None:
    for path in ("link", "Input/data.bin"):
        workbench.move(Move(RepoPath(path), Place.WORK_TREE, Place.TRASH), RECEIPT)
    assert workbench.empty_trash(RECEIPT) == 2
    assert (outside / "file").read_bytes() == b"theirs"
    assert not (builder.git_dir / "hygiene" / "trash" / RECEIPT).exists()


def test_a_file_keeps_its_permissions(workbench: GitWorkbench, builder: RepositoryBuilder) -> None:
    place = builder.path / "Input/data.bin"
    place.chmod(0o640)
    workbench.put(FileEdit(RepoPath("Input/data.bin"), b"input", b"new"))
    assert place.stat().st_mode & 0o777 == 0o640


def test_a_folder_that_holds_other_files_stays(workbench: GitWorkbench, builder: RepositoryBuilder) -> None:
    (builder.path / "Input/untracked").touch()
    workbench.move(Move(RepoPath("Input/data.bin"), Place.WORK_TREE, Place.TRASH), RECEIPT)
    assert [each.name for each in (builder.path / "Input").iterdir()] == ["untracked"]


def test_an_index_is_not_made_of_contents_that_git_has_lost(
    workbench: GitWorkbench, builder: RepositoryBuilder
) -> None:
    before = see(builder.path)
    lost = IndexEdit(RepoPath("new"), None, Held("100644", BlobId("1" * 40)))
    with pytest.raises(UntrackRefused, match="does not hold its content"):
        workbench.prepare_index(RECEIPT, (lost,), None)
    assert see(builder.path) == before


def test_a_file_where_a_folder_would_have_to_be_stops_the_index(
    workbench: GitWorkbench, builder: RepositoryBuilder
) -> None:
    empty = BlobId(builder.blob(b""))
    with pytest.raises(UnwritableOutput):
        workbench.prepare_index(RECEIPT, (IndexEdit(RepoPath("Input"), None, Held("100644", empty)),), None)
    assert list((builder.git_dir / "hygiene" / "untrack").iterdir()) == []


def test_what_a_killed_program_left_is_cleared_away(builder: RepositoryBuilder, tmp_path: Path) -> None:
    place = builder.git_dir / "hygiene" / "untrack"
    place.mkdir(parents=True)
    for name in (f"{RECEIPT}.json.1.new", f"{RECEIPT}.index", f"{RECEIPT}.index.lock"):
        (place / name).write_bytes(b"left")
    apply_at(builder.path, tmp_path / "state", Operation(leaving(builder.path, ".pyc")))
    assert [each.name for each in place.iterdir()] == [f"{RECEIPT}.json"]


def test_a_reflog_tells_of_it(builder: RepositoryBuilder, tmp_path: Path) -> None:
    apply_at(builder.path, tmp_path / "state", small_operation(builder.path, builder))
    assert b"hygiene: untrack" in builder.git("reflog", "show", "main")
    assert b"hygiene: untrack" in builder.git("reflog", "show", "HEAD")
    undo_at(builder.path, tmp_path / "state")


def test_a_backup_holds_every_file_with_its_permissions_and_time(
    workbench: GitWorkbench, builder: RepositoryBuilder, tmp_path: Path, outside: Path
) -> None:
    os.utime(builder.path / "Input/data.bin", ns=(10**18, 10**18))
    (builder.path / "Input/data.bin").chmod(0o600)
    odd = RepoPath("odd\udcff.pyc")
    paths = [RepoPath(path) for path in ("Input/data.bin", "link", "link/file", "nowhere/x", "Input", "../x")]
    workbench.back_up([*paths, odd], tmp_path / "new" / "backup")
    backup = tmp_path / "new" / "backup"
    assert sorted(each.name for each in backup.iterdir()) == ["Input", "link", "odd\udcff.pyc"]
    copy = (backup / "Input/data.bin").stat()
    assert (copy.st_mode & 0o777, copy.st_mtime_ns) == (0o600, 10**18)
    assert (backup / odd).read_bytes() == b"fifth"
    assert (backup / "link").readlink() == outside


def test_a_backup_needs_a_folder_of_its_own_outside(
    workbench: GitWorkbench, builder: RepositoryBuilder, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").touch()
    (tmp_path / "inward").symlink_to(builder.path / "Input")
    inside = (builder.path / "backup", builder.git_dir / "backup", tmp_path / "inward" / "x")
    for folder in (tmp_path / "file", tmp_path / "full", *inside):
        with pytest.raises(NoPlaceForBackup):
            workbench.back_up([RepoPath("Input/data.bin")], folder)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["file", "full", "inward", "r"]


def test_a_bare_repository_cannot_be_worked_on(tmp_path: Path) -> None:
    bare = RepositoryBuilder(tmp_path / "bare", "--bare")
    with pytest.raises(NoWorkTree):
        open_workbench(open_repository(bare.path).facts)


def test_a_lock_that_came_after_the_plan_stops_it(builder: RepositoryBuilder, tmp_path: Path) -> None:
    before = see(builder.path)
    (builder.git_dir / "index.lock").write_bytes(b"of git")
    with pytest.raises(IndexLocked):
        apply_at(builder.path, tmp_path / "state", Operation(leaving(builder.path, ".pyc")))
    assert see(builder.path) == before
    assert (builder.git_dir / "index.lock").read_bytes() == b"of git"


def test_a_change_of_the_index_between_plan_and_apply_is_seen(builder: RepositoryBuilder, tmp_path: Path) -> None:
    operation = Operation(leaving(builder.path, ".pyc"))
    standing = present_at(builder.path).standing
    builder.file("staged since", b"")
    before = see(builder.path)
    with pytest.raises(ChangedMeanwhile):
        apply(operation, receipt_for(builder.path, operation), standing, tools_for(builder.path, tmp_path / "state"))
    assert see(builder.path) == before


@pytest.fixture
def far_repository(builder: RepositoryBuilder) -> Iterator[Path]:
    """One whose Git directory is on another file system than its work tree."""
    memory = Path("/dev/shm")  # noqa: S108 - a file system in memory, where there is one
    if not memory.is_dir() or memory.stat().st_dev == builder.path.stat().st_dev:
        pytest.skip("there is no second file system")
    with TemporaryDirectory(dir=memory) as folder:
        shutil.move(builder.git_dir, f"{folder}/git")
        builder.git_dir.write_text(f"gitdir: {folder}/git\n")
        yield builder.path


def test_what_is_on_another_file_system_is_not_moved_but_written(far_repository: Path, tmp_path: Path) -> None:
    path = RepoPath("Input/data.bin")
    before = see(far_repository)
    moving = Operation(leaving(far_repository, ".bin"), moves=(Move(path, Place.WORK_TREE, Place.TRASH),))
    with pytest.raises(UntrackRefused, match="another file system"):
        apply_at(far_repository, tmp_path / "state", moving)
    assert see(far_repository) == before
    writing = Operation(leaving(far_repository, ".bin"), (FileEdit(path, b"input", b"new"),))
    apply_at(far_repository, tmp_path / "state", writing)
    assert see(far_repository).files == before.files | {path.encode(): b"new"}
    undo_at(far_repository, tmp_path / "state")
    assert see(far_repository) == before
