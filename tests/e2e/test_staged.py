"""`hygiene audit --staged` from the outside: the holes of check-added-large-files, and a real `git commit`."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from fixtures.repositories import RepositoryBuilder
from tests.e2e.bytecode import PYC
from tests.e2e.command import SOURCE, Ended, environment, hygiene
from tests.e2e.project import AUTHOR

TWO_MEGABYTES = bytes(range(256)) * 8192


def add(repository: RepositoryBuilder, name: str, content: bytes) -> None:
    place = repository.path / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content)
    repository.git("add", "--", name)


def staged(repository: RepositoryBuilder, *options: str) -> Ended:
    return hygiene("audit", "--staged", *options, folder=repository.path)


def test_a_clean_change_passes(repository: RepositoryBuilder) -> None:
    add(repository, "src/a.py", b"print(1)\n")
    ended = staged(repository)
    assert (ended.status, ended.err) == (0, "")
    assert "Audit of what is staged: 1 tracked file" in ended.out


def test_nothing_staged_passes(repository: RepositoryBuilder) -> None:
    ended = staged(repository)
    assert (ended.status, ended.err) == (0, "")


@pytest.mark.parametrize("reader", ["git", "libgit2"])
def test_new_clutter_fails_and_is_named(repository: RepositoryBuilder, reader: str) -> None:
    add(repository, "src/__pycache__/a.cpython-312.pyc", PYC)
    ended = staged(repository, "--reader", reader)
    assert ended.status == 1
    assert "src/__pycache__/a.cpython-312.pyc" in ended.out


def test_clutter_that_was_there_before_passes(repository: RepositoryBuilder) -> None:
    add(repository, "old.pyc", PYC)
    repository.commit()
    add(repository, "src/a.py", b"print(2)\n")
    assert staged(repository).status == 0


def test_hole_1_a_large_file_whose_name_git_quotes_is_found(repository: RepositoryBuilder) -> None:
    add(repository, "café.bin", TWO_MEGABYTES)
    ended = staged(repository, "--max-size", "500KiB")
    assert ended.status == 1
    assert "café.bin" in ended.out
    assert "oversized-file" in ended.out


def test_hole_2_a_tracked_file_that_grows_is_found(repository: RepositoryBuilder) -> None:
    add(repository, "src/table.py", b"x = 1\n")
    repository.commit()
    add(repository, "src/table.py", b"x = 1\n" * 400_000)
    ended = staged(repository, "--max-size", "500KiB")
    assert ended.status == 1
    assert "src/table.py" in ended.out


def test_hole_3_what_is_staged_counts_and_not_the_truncated_file(repository: RepositoryBuilder) -> None:
    add(repository, "src/table.py", b"x = 1\n" * 400_000)
    (repository.path / "src/table.py").write_bytes(b"")
    ended = staged(repository, "--max-size", "500KiB")
    assert ended.status == 1
    assert "src/table.py" in ended.out


def test_hole_4_a_symlink_is_as_large_as_its_target_is_long(repository: RepositoryBuilder) -> None:
    (repository.path / "large.bin").write_bytes(TWO_MEGABYTES)
    (repository.path / "link").symlink_to("large.bin")
    repository.git("add", "--", "link")
    ended = staged(repository, "--max-size", "500KiB", "--fail-on", "review")
    assert ended.status == 0
    assert "oversized" not in ended.out


def test_a_file_only_in_the_work_tree_is_not_looked_at(repository: RepositoryBuilder) -> None:
    (repository.path / "x.pyc").write_bytes(PYC)
    assert staged(repository).status == 0


def test_a_first_commit_is_judged_whole(tmp_path: Path) -> None:
    repository = RepositoryBuilder(tmp_path / "new")
    add(repository, "a.pyc", PYC)
    assert staged(repository).status == 1


def hook(repository: RepositoryBuilder) -> None:
    place = repository.git_dir / "hooks" / "pre-commit"
    place.parent.mkdir(exist_ok=True)
    place.write_text(f'#!/bin/sh\nPYTHONPATH="{SOURCE}" exec "{sys.executable}" -P -m hygiene audit --staged\n')
    place.chmod(0o755)


def commit(repository: RepositoryBuilder, *arguments: str) -> Ended:
    done = subprocess.run(
        ["git", "commit", "-q", "-m", "x", *arguments],
        cwd=repository.path,
        env=environment(**AUTHOR),
        capture_output=True,
        check=False,
    )
    return Ended(done.returncode, done.stdout.decode(), done.stderr.decode())


def test_a_hook_sees_the_index_that_commit_dash_a_is_making(repository: RepositoryBuilder) -> None:
    """git writes that index to a file of its own, names it in GIT_INDEX_FILE, and leaves the old one as it was."""
    add(repository, "src/table.py", b"x = 1\n")
    repository.commit()
    hook(repository)
    (repository.path / "src/table.py").write_bytes(b"x = 1\n" * 1_000_000)
    assert staged(repository).status == 0  # the index on the disk does not hold it
    ended = commit(repository, "-a")
    assert ended.status == 1
    assert "src/table.py" in ended.out + ended.err
    (repository.path / "src/table.py").write_bytes(b"x = 2\n")
    assert commit(repository, "-a").status == 0


def test_a_hook_that_goes_elsewhere_still_finds_the_index(repository: RepositoryBuilder) -> None:
    """git names the index from the top of the work tree, where hooks start."""
    hook(repository)
    place = repository.git_dir / "hooks" / "pre-commit"
    place.write_text(place.read_text().replace("PYTHONPATH", "cd src\nPYTHONPATH", 1))
    add(repository, "src/.DS_Store", b"x")
    assert commit(repository).status == 1


@pytest.mark.parametrize("reader", ["git", "libgit2"])
def test_a_named_index_that_is_not_there_or_a_pipe_is_refused(repository: RepositoryBuilder, reader: str) -> None:
    os.mkfifo(repository.path / "pipe")
    for name in ("/nonexistent", "pipe"):
        named = environment(GIT_INDEX_FILE=name)
        ended = hygiene("audit", "--staged", "--reader", reader, folder=repository.path, env=named)
        assert (ended.status, "GIT_INDEX_FILE" in ended.err) == (4, True)


def test_the_first_commit_may_be_empty(tmp_path: Path) -> None:
    new = RepositoryBuilder(tmp_path / "new")
    hook(new)
    assert commit(new, "--allow-empty").status == 0


def test_what_is_only_announced_is_not_in_the_commit(repository: RepositoryBuilder) -> None:
    (repository.path / ".DS_Store").write_bytes(b"x")
    repository.git("add", "--intent-to-add", "--force", ".DS_Store")
    add(repository, "src/a.py", b"print(4)\n")
    assert staged(repository).status == 0


@pytest.mark.parametrize("reader", ["git", "libgit2"])
def test_paths_in_conflict_make_the_answer_incomplete(repository: RepositoryBuilder, reader: str) -> None:
    repository.conflict(".DS_Store", base=None, ours=b"1", theirs=b"2")
    ended = staged(repository, "--reader", reader)
    assert ended.status == 4
    assert "1 path is unmerged" in ended.out


def test_files_that_become_copies_are_told(repository: RepositoryBuilder) -> None:
    for number in range(4):
        add(repository, f"src/m{number}.py", b"x = %d\n" % number)
        add(repository, f"old/m{number}.py", b"y = %d\n" % number)
    repository.commit()
    for number in range(4):
        add(repository, f"old/m{number}.py", b"x = %d\n" % number)
    ended = staged(repository)
    assert ended.status == 1
    assert "copied-source-tree" in ended.out


def test_a_hook_judges_only_the_paths_that_are_committed(repository: RepositoryBuilder) -> None:
    hook(repository)
    add(repository, "junk.pyc", PYC)
    (repository.path / "src/a.py").write_bytes(b"print(3)\n")
    assert commit(repository, "src/a.py").status == 0  # `--only`: the .pyc stays staged, and is not in this commit
    assert commit(repository).status == 1


@pytest.mark.parametrize("reader", ["git", "libgit2"])
def test_another_index_file_is_read_by_either_reader(repository: RepositoryBuilder, reader: str) -> None:
    other = repository.git_dir / "other-index"
    other.write_bytes((repository.git_dir / "index").read_bytes())
    add(repository, "junk.pyc", PYC)
    arguments = ("audit", "--staged", "--reader", reader)
    assert hygiene(*arguments, folder=repository.path).status == 1
    named = environment(GIT_INDEX_FILE=str(other))
    assert hygiene(*arguments, folder=repository.path, env=named).status == 0
    assert hygiene("audit", "--reader", reader, folder=repository.path, env=named).status == 1


@pytest.mark.parametrize("reader", ["git", "libgit2"])
@pytest.mark.parametrize("content", [b"", b"DIRC garbage", b"#!/bin/sh\n"])
def test_what_is_no_index_is_refused(repository: RepositoryBuilder, reader: str, content: bytes) -> None:
    other = repository.path / "no-index"
    other.write_bytes(content)
    named = environment(GIT_INDEX_FILE=str(other))
    ended = hygiene("audit", "--staged", "--reader", reader, folder=repository.path, env=named)
    assert ended.status == 4
    assert ended.err.startswith("error: cannot read")


@pytest.mark.parametrize(
    "options", [["--rev", "HEAD"], ["--write-baseline"], ["--ratchet"]], ids=lambda options: options[0]
)
def test_what_contradicts_it_is_refused(repository: RepositoryBuilder, options: list[str]) -> None:
    ended = staged(repository, *options)
    assert ended.status == 2
    assert "--staged" in ended.err


def test_nothing_is_written(repository: RepositoryBuilder) -> None:
    add(repository, "x.pyc", PYC)
    before = {path: path.stat().st_mtime_ns for path in repository.path.rglob("*")}
    staged(repository)
    assert {path: path.stat().st_mtime_ns for path in repository.path.rglob("*")} == before


def test_changes_in_an_unknown_form_are_not_taken_for_none(repository: RepositoryBuilder, tmp_path: Path) -> None:
    other = tmp_path / "bin" / "git"
    other.parent.mkdir()
    real = shutil.which("git")
    other.write_text(f'#!/bin/sh\ncase "$*" in *diff-index*) printf "new form\\0" ;; *) exec {real} "$@" ;; esac\n')
    other.chmod(0o755)
    env = environment(PATH=f"{other.parent}{os.pathsep}{os.environ['PATH']}")
    ended = hygiene("audit", "--staged", folder=repository.path, env=env)
    assert ended.status == 4
    assert "in a form that is not known here" in ended.err
