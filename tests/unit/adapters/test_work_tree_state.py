"""How a work tree differs from HEAD: what a packager should say, and never more."""

import os
import time
from pathlib import Path

import pytest

from fixtures.repositories import RepositoryBuilder
from hygiene.adapters.discovery import open_repository
from hygiene.adapters.work_tree_state import open_work_tree
from hygiene.ports.work_tree import TreeState

CLEAN = TreeState(0, [], [])


@pytest.fixture(params=["sha1", "sha256"])
def builder(request: pytest.FixtureRequest, tmp_path: Path) -> RepositoryBuilder:
    builder = RepositoryBuilder(tmp_path / "repository", f"--object-format={request.param}")
    builder.file("a.txt", b"one\ntwo\n")
    builder.file("folder/b", b"b")
    builder.file("folder/run", b"#!/bin/sh\n", "100755")
    builder.symlink("link", b"a.txt")
    builder.gitlink("module", "1" * len(builder.blob(b"")))
    builder.commit()
    builder.check_out()
    return builder


def state(builder: RepositoryBuilder) -> TreeState:
    return open_work_tree(open_repository(builder.path)).state()


def touch(place: Path) -> None:
    os.utime(place, (1, 1), follow_symlinks=False)


def test_what_was_just_checked_out_differs_in_nothing(builder: RepositoryBuilder) -> None:
    assert state(builder) == CLEAN


def test_another_time_alone_is_no_change(builder: RepositoryBuilder) -> None:
    for name in ("a.txt", "folder/b", "folder/run", "link"):
        touch(builder.path / name)
    assert state(builder) == CLEAN


def test_other_line_ends_are_no_change(builder: RepositoryBuilder) -> None:
    (builder.path / "a.txt").write_bytes(b"one\r\ntwo\r\n")
    assert state(builder) == CLEAN


def test_other_content_is_a_change_also_of_the_same_size(builder: RepositoryBuilder) -> None:
    (builder.path / "a.txt").write_bytes(b"one\ntwO\n")
    (builder.path / "folder/b").write_bytes(b"much more")
    assert state(builder).modified == ["a.txt", "folder/b"]


def test_a_change_in_the_moment_of_staging_is_seen(builder: RepositoryBuilder) -> None:
    place = builder.path / "a.txt"
    before = place.stat()
    place.write_bytes(b"one\ntwO\n")
    os.utime(place, ns=(before.st_atime_ns, before.st_mtime_ns))
    os.utime(builder.git_dir / "index", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert state(builder).modified == ["a.txt"]


def test_a_file_of_the_same_size_and_time_is_not_opened(builder: RepositoryBuilder) -> None:
    place = builder.path / "a.txt"
    before = place.stat()
    place.write_bytes(b"one\ntwO\n")
    os.utime(place, ns=(before.st_atime_ns, before.st_mtime_ns))
    later = before.st_mtime_ns + 10**10
    os.utime(builder.git_dir / "index", ns=(later, later))
    assert state(builder) == CLEAN


def test_what_is_gone_or_something_else_is_a_change(builder: RepositoryBuilder) -> None:
    (builder.path / "a.txt").unlink()
    (builder.path / "folder/b").unlink()
    (builder.path / "folder/b").mkdir()
    (builder.path / "link").unlink()
    (builder.path / "link").symlink_to("elsewhere")
    assert state(builder).modified == ["a.txt", "folder/b", "link"]


def test_a_folder_behind_a_link_is_not_looked_into(builder: RepositoryBuilder) -> None:
    (builder.path / "folder").rename(builder.path.parent / "elsewhere")
    (builder.path / "folder").symlink_to(builder.path.parent / "elsewhere")
    assert state(builder).modified == ["folder/b", "folder/run"]


def test_a_pipe_is_not_waited_for(builder: RepositoryBuilder) -> None:
    (builder.path / "a.txt").unlink()
    os.mkfifo(builder.path / "a.txt")
    assert state(builder).modified == ["a.txt"]


def test_an_ignore_file_that_is_a_pipe_does_not_stop_anybody(
    builder: RepositoryBuilder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hygiene.adapters.work_tree_state._LONGEST_LOOK", 0.5)
    (builder.path / "new").mkdir()
    os.mkfifo(builder.path / "new/.gitignore")
    began = time.monotonic()
    assert state(builder).modified == []
    assert time.monotonic() - began < 10


def test_who_may_run_a_file_counts_where_git_says_that_it_can(builder: RepositoryBuilder) -> None:
    (builder.path / "a.txt").chmod(0o755)
    assert state(builder).modified == ["a.txt"]
    builder.config("core.fileMode", "false")
    assert state(builder) == CLEAN


def test_a_link_that_lies_there_as_a_file_is_no_change(builder: RepositoryBuilder) -> None:
    (builder.path / "link").unlink()
    (builder.path / "link").write_bytes(b"a.txt")
    assert state(builder) == CLEAN


def test_what_git_was_told_not_to_look_at_is_no_change(builder: RepositoryBuilder) -> None:
    builder.git("update-index", "--skip-worktree", "a.txt")
    builder.git("update-index", "--assume-unchanged", "folder/b")
    (builder.path / "a.txt").unlink()
    (builder.path / "folder/b").unlink()
    assert state(builder) == CLEAN


def test_what_a_filter_made_is_no_change_until_its_size_is_another(builder: RepositoryBuilder) -> None:
    builder.file("big.bin", b"pointer")
    builder.commit()
    builder.config("filter.big.smudge", "printf 'the whole of it'")
    builder.config("filter.big.clean", "printf pointer")
    builder.file(".gitattributes", b"*.bin filter=big\n")
    builder.commit()
    builder.check_out()
    place = builder.path / "big.bin"
    assert place.read_bytes() == b"the whole of it"
    touch(place)
    assert state(builder) == CLEAN
    place.write_bytes(b"some more than that")
    assert state(builder).modified == ["big.bin"]


def test_a_path_in_conflict_is_a_change_once(builder: RepositoryBuilder) -> None:
    builder.conflict("a.txt", base=b"base", ours=b"one\ntwo\n", theirs=b"3")
    assert state(builder).modified == ["a.txt"]


def test_what_is_staged_is_counted(builder: RepositoryBuilder) -> None:
    builder.file("a.txt", b"staged")
    builder.file("new", b"staged")
    builder.remove("link")
    assert state(builder).staged == 3


def test_what_is_neither_tracked_nor_ignored_is_told(builder: RepositoryBuilder) -> None:
    (builder.path / ".gitignore").write_text("*.log\n/out/\n")
    for name in ("a.log", "out/x", "folder/new", "é", "odd\nname"):
        (builder.path / name).parent.mkdir(exist_ok=True)
        (builder.path / name).touch()
    assert state(builder).untracked == [".gitignore", "folder/new", "odd\nname", "é"]


def test_a_repository_in_there_is_told_by_its_folder(builder: RepositoryBuilder) -> None:
    RepositoryBuilder(builder.path / "nested").file("x")
    assert state(builder).untracked == ["nested/"]


def test_a_split_index_and_a_linked_work_tree_are_read(builder: RepositoryBuilder) -> None:
    builder.split_index()
    assert state(builder) == CLEAN
    there = builder.linked_work_tree(builder.path.parent / "linked")
    (there / "a.txt").write_bytes(b"x")
    assert open_work_tree(open_repository(there)).state().modified == ["a.txt"]
    assert state(builder) == CLEAN


def test_a_bare_repository_differs_in_nothing(builder: RepositoryBuilder) -> None:
    bare = builder.bare_clone(builder.path.parent / "bare")
    assert open_work_tree(open_repository(bare)).state() == TreeState()


def test_without_a_git_program_nothing_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    builder = RepositoryBuilder(tmp_path / "repository")
    builder.file("a", b"1")
    builder.commit()
    monkeypatch.setenv("PATH", str(tmp_path))
    assert open_work_tree(open_repository(builder.path)).state() == TreeState(is_known=False)
