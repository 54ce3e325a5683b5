"""`hygiene untrack` from the outside."""

import json
import os
import pty
import subprocess
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from fixtures.repositories import RepositoryBuilder, run_git
from hygiene.report.receipts_json import receipts_schema
from hygiene.report.untrack_json import untrack_schema
from tests.e2e.bytecode import PYC
from tests.e2e.command import Ended, command, environment, hygiene

CACHE = "src/__pycache__/a.cpython-312.pyc"
KEPT = "data/report.md"


@pytest.fixture
def cluttered(tmp_path: Path) -> RepositoryBuilder:
    built = RepositoryBuilder(tmp_path / "project")
    built.file("src/a.py", b"print()\n")
    built.file(CACHE, PYC)
    built.file("Input/clip.mp4", b"\0\0\0\x18ftypmp42" + b"\0" * 500)
    built.file(".gitignore", b"Input/\n")
    built.commit("all of it")
    built.check_out()
    built.config("user.name", "A. Maintainer")
    built.config("user.email", "maintainer@example.com")
    return built


def untrack(built: RepositoryBuilder, *options: str | Path) -> Ended:
    return hygiene("untrack", built.path, *options)


def tracked(built: RepositoryBuilder, revision: str | None = None) -> list[str]:
    words = ("ls-files", "-z") if revision is None else ("ls-tree", "-r", "-z", "--name-only", revision)
    return built.git(*words).decode().split("\0")[:-1]


def world(built: RepositoryBuilder) -> tuple[bytes, ...]:
    """The index, every reference, and the state of the work tree."""
    index = (built.git_dir / "index").read_bytes()
    status = built.git("--no-optional-locks", "status", "--porcelain", "--ignored")
    return index, built.git("for-each-ref"), status


CLEAN = [".gitignore", "Input/.gitkeep", "src/a.py"]
ALL = [".gitignore", "Input/clip.mp4", CACHE, "src/a.py"]


def test_without_yes_nothing_is_changed_and_nobody_is_asked(cluttered: RepositoryBuilder) -> None:
    before = world(cluttered)
    ended = untrack(cluttered)
    assert (ended.status, ended.err) == (0, "")
    assert "2 files in 2 folders" in ended.out
    assert world(cluttered) == before


def test_yes_does_it_and_says_what_was_done(cluttered: RepositoryBuilder) -> None:
    ended = untrack(cluttered, "--yes")
    assert (ended.status, ended.err) == (0, "")
    assert "untracked 2 files: " in ended.out
    assert "hygiene untrack --undo" in ended.out
    assert tracked(cluttered) == CLEAN
    assert (cluttered.path / CACHE).read_bytes() == PYC


def test_a_commit_holds_the_clean_up_and_nothing_else_that_is_staged(cluttered: RepositoryBuilder) -> None:
    cluttered.file("other.py", b"mine\n")
    (cluttered.path / "other.py").write_bytes(b"mine\n")
    assert untrack(cluttered, "--yes", "--commit").status == 0
    assert tracked(cluttered, "HEAD") == CLEAN
    assert tracked(cluttered) == [".gitignore", "Input/.gitkeep", "other.py", "src/a.py"]
    assert cluttered.git("status", "--porcelain") == b"A  other.py\n"
    message = cluttered.git("log", "-1", "--format=%an%n%B").decode()
    assert message.startswith("A. Maintainer\nUntrack 2 ")
    assert "cache: 1 file" in message


def test_a_branch_gets_the_commit_and_all_else_stays(cluttered: RepositoryBuilder, tmp_path: Path) -> None:
    index, _, status = world(cluttered)
    ended = untrack(cluttered, "--yes", "--branch", "clean-up", "--body", tmp_path / "PR.md")
    assert (ended.status, ended.err) == (0, "")
    assert tracked(cluttered, "clean-up") == CLEAN
    assert tracked(cluttered, "main") == tracked(cluttered) == ALL
    assert (world(cluttered)[0], world(cluttered)[2]) == (index, status)
    assert "hygiene untrack --undo" in (tmp_path / "PR.md").read_text()
    assert untrack(cluttered, "--undo").status == 0
    assert cluttered.git("branch", "--list", "clean-up") == b""


def test_a_branch_that_was_merged_is_not_taken_back_by_half(cluttered: RepositoryBuilder) -> None:
    untrack(cluttered, "--yes", "--branch", "clean-up")
    cluttered.git("merge", "-q", "--ff-only", "clean-up")
    before = world(cluttered)
    ended = untrack(cluttered, "--undo")
    assert (ended.status, "was merged" in ended.err, "git revert" in ended.err) == (5, True, True)
    assert world(cluttered) == before


def test_a_folder_that_was_there_before_its_placeholder_is_there_after_an_undo(cluttered: RepositoryBuilder) -> None:
    cluttered.file("hygiene.toml", b'[untrack]\nplaceholders = ["Output/"]\n')
    cluttered.check_out()
    (cluttered.path / "Output").mkdir()
    untrack(cluttered, "--yes")
    assert (cluttered.path / "Output/.gitkeep").exists()
    untrack(cluttered, "--undo")
    assert list((cluttered.path / "Output").iterdir()) == []


@pytest.mark.parametrize("name", ["main", "a..b", "-x", "HEAD", "x.lock", "refs/heads/", "a b"])
def test_a_branch_that_is_there_or_cannot_be_is_refused(cluttered: RepositoryBuilder, name: str) -> None:
    before = world(cluttered)
    ended = untrack(cluttered, "--yes", f"--branch={name}")
    assert ended.status in (2, 5)
    assert name in ended.err
    assert world(cluttered) == before


def test_a_saved_plan_is_done_as_it_was_or_not_at_all(cluttered: RepositoryBuilder, tmp_path: Path) -> None:
    plan = tmp_path / "plan.json"
    untrack(cluttered, "--save-plan", plan)
    Draft202012Validator(json.loads(untrack_schema())).validate(json.loads(plan.read_text()))
    cluttered.file("new.py", b"")
    refused = untrack(cluttered, "--yes", "--plan", plan)
    assert refused.status == 5
    assert "another than the one in" in refused.err
    assert CACHE in tracked(cluttered)
    cluttered.remove("new.py")
    untrack(cluttered, "--save-plan", plan)
    assert untrack(cluttered, "--yes", "--plan", plan).status == 0
    assert tracked(cluttered) == CLEAN


def test_a_plan_in_json_stays_json_when_it_is_done(cluttered: RepositoryBuilder) -> None:
    ended = untrack(cluttered, "--yes", "--format", "json")
    assert [each["finding"]["path"] for each in json.loads(ended.out)["leaving"]] == ["Input/clip.mp4", CACHE]
    assert "untracked 2 files" in ended.err


def test_a_backup_holds_every_file_before_anything_is_done(cluttered: RepositoryBuilder, tmp_path: Path) -> None:
    assert untrack(cluttered, "--yes", "--delete", "--backup", tmp_path / "copies").status == 0
    assert (tmp_path / "copies" / CACHE).read_bytes() == PYC
    assert (tmp_path / "copies/Input/clip.mp4").stat().st_size == (cluttered.path / "Input/clip.mp4").stat().st_size
    assert not (cluttered.path / CACHE).exists()
    before = world(cluttered)
    again = untrack(cluttered, "--yes", "--select", "path:*.py", "--backup", tmp_path / "copies")
    assert again.status in (2, 5)
    assert world(cluttered) == before


def test_the_trash_is_listed_and_purged_for_good(cluttered: RepositoryBuilder) -> None:
    untrack(cluttered, "--yes", "--delete")
    listed = json.loads(untrack(cluttered, "--list", "--format", "json").out)
    Draft202012Validator(json.loads(receipts_schema())).validate(listed)
    (receipt,) = listed["receipts"]
    trash = cluttered.git_dir / "hygiene/trash" / receipt["id"]
    assert (trash / CACHE).read_bytes() == PYC
    assert "1 file from the trash" in untrack(cluttered, "--purge", receipt["id"]).out
    assert not trash.exists()
    before = world(cluttered)
    refused = untrack(cluttered, "--undo")
    assert (refused.status, "emptied for good" in refused.err) == (5, True)
    assert world(cluttered) == before


def test_a_script_does_the_same_without_the_program(cluttered: RepositoryBuilder, tmp_path: Path) -> None:
    script = tmp_path / "clean-up.sh"
    script.write_text(untrack(cluttered, "--emit", "sh").out)
    subprocess.run(["sh", script, "--yes"], cwd=cluttered.path, check=True, capture_output=True)
    assert tracked(cluttered) == CLEAN
    run_git(cluttered.path, "check-ignore", "--no-index", "-q", CACHE)


@pytest.mark.parametrize("mark", ["MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "rebase-merge/x", "index.lock"])
def test_what_git_is_in_the_middle_of_refuses_an_apply_and_an_undo(cluttered: RepositoryBuilder, mark: str) -> None:
    place = cluttered.git_dir / mark
    place.parent.mkdir(exist_ok=True)
    place.write_text(f"{cluttered.id_of('HEAD')}\n")
    index = (cluttered.git_dir / "index").read_bytes()
    assert "Apply would refuse now" in untrack(cluttered).out
    ended = untrack(cluttered, "--yes")
    assert ended.status == 5
    assert ended.err.startswith("error: nothing was changed:\n")
    assert "help: " in ended.err
    assert (cluttered.git_dir / "index").read_bytes() == index
    assert place.exists()


@pytest.mark.parametrize(
    "options",
    [
        ("--yes", "--dry-run"),
        ("--undo", "--list"),
        ("--list", "--commit"),
        ("--branch=x", "--delete"),
        ("--run-hooks",),
        ("--emit=sh", "--commit"),
        ("--no-config", "--config=x.toml"),
    ],
)
def test_options_that_contradict_are_a_mistake(cluttered: RepositoryBuilder, options: tuple[str, ...]) -> None:
    before = world(cluttered)
    assert untrack(cluttered, *options).status == 2
    assert world(cluttered) == before


def test_what_there_is_no_receipt_of_cannot_be_undone(cluttered: RepositoryBuilder) -> None:
    assert untrack(cluttered, "--list").out == "nothing was untracked here\n"
    assert untrack(cluttered, "--undo").status == 2
    untrack(cluttered, "--yes", "--delete")
    assert untrack(cluttered, "--purge", "").status == 2
    assert list((cluttered.git_dir / "hygiene/trash").rglob("*.pyc"))
    assert "no receipt '../../x'" in untrack(cluttered, "--undo", "../../x").err


def test_a_bare_repository_has_nothing_to_untrack(tmp_path: Path) -> None:
    ended = hygiene("untrack", RepositoryBuilder(tmp_path / "bare", "--bare").path)
    assert ended.status == 2
    assert "is bare" in ended.err


@pytest.mark.parametrize(("answer", "left"), [("y\n", CLEAN), ("n\n", ALL), ("\n", ALL)])
def test_a_terminal_is_asked_with_the_counts(cluttered: RepositoryBuilder, answer: str, left: list[str]) -> None:
    shown = _at_terminal(cluttered, answer)
    assert "Untrack 2 files, add 1 placeholder and change 1 ignore file? [y/N]" in shown
    assert tracked(cluttered) == left


def test_an_undo_that_cannot_be_whole_does_nothing_and_says_why(
    cluttered: RepositoryBuilder,
) -> None:
    untrack(cluttered, "--yes")
    (cluttered.path / ".gitignore").write_text("mine now\n")
    cluttered.file(CACHE, b"another")
    before = world(cluttered)
    ended = untrack(cluttered, "--undo")
    assert ended.status == 5
    assert ".gitignore was changed since" in ended.err
    assert f"{CACHE} is staged otherwise" in ended.err
    assert world(cluttered) == before


def test_an_object_that_was_missing_all_along_does_not_keep_an_undo_from_putting_its_entry_back(
    cluttered: RepositoryBuilder,
) -> None:
    index = cluttered.git("ls-files", "-s")
    cluttered.lose(f"HEAD:{CACHE}")
    assert untrack(cluttered, "--yes", "--commit").status == 4
    assert CACHE not in tracked(cluttered)
    assert untrack(cluttered, "--undo").status == 0
    assert cluttered.git("ls-files", "-s") == index


def _at_terminal(built: RepositoryBuilder, answer: str) -> str:
    ours, theirs = pty.openpty()
    try:
        words = command("untrack", built.path)
        with subprocess.Popen(words, stdin=theirs, stdout=theirs, stderr=theirs, env=environment()) as running:
            os.write(ours, answer.encode())
            os.close(theirs)
            shown = _all_of(ours)
        return " ".join(shown.split())
    finally:
        os.close(ours)
        assert running.returncode == 0


def _all_of(terminal: int) -> str:
    shown = b""
    while True:
        try:
            more = os.read(terminal, 1 << 16)
        except OSError:  # how Linux says that nobody is at the other end any more
            return shown.decode()
        if not more:
            return shown.decode()
        shown += more
