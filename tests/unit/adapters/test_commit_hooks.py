"""The repository's hooks around a commit: none runs unasked, and those asked for find what `git commit` gives them."""

import os
import subprocess
from pathlib import Path

import pytest

from fixtures.repositories import RepositoryBuilder
from hygiene.adapters.commit_making import GitCommits
from hygiene.adapters.discovery import Reader, open_repository
from hygiene.adapters.process import Git, find_git
from hygiene.errors import CommitFailed
from hygiene.model.paths import BlobId, RepoPath
from hygiene.model.untracking import Held, IndexEdit
from hygiene.ports.checkout import Commits, Hooks

HOOKS = ["pre-commit", "prepare-commit-msg", "commit-msg", "post-commit"]


@pytest.fixture
def builder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RepositoryBuilder:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "user.config"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    (tmp_path / "user.config").write_text("[user]\n\tname = Una\n\temail = una@example.com\n")
    builder = RepositoryBuilder(tmp_path / "repository")
    builder.file("a.txt", b"a")
    builder.file("x.pyc", b"x")
    builder.commit()
    builder.check_out()
    return builder


def hook(builder: RepositoryBuilder, name: str, script: str) -> None:
    place = builder.git_dir / "hooks" / name
    place.parent.mkdir(exist_ok=True)
    place.write_text(f"#!/bin/sh\n{script}\n")
    place.chmod(0o755)


def commits_of(path: Path, program: Path | None = None) -> Commits:
    git, facts = program or find_git(), open_repository(path, Reader.GIT).facts
    assert git is not None
    return GitCommits(Git(git, facts.git_dir), facts)


def make(builder: RepositoryBuilder, hooks: Hooks, path: Path | None = None) -> str:
    edit = IndexEdit(RepoPath("x.pyc"), Held("100644", BlobId("1" * 40)), None)
    return commits_of(path or builder.path).make(builder.id_of("HEAD"), [edit], "Untrack x\n", hooks)


def names_in(builder: RepositoryBuilder, commit: str) -> list[str]:
    return builder.git("ls-tree", "-r", "--name-only", commit).decode().split()


def message_of(builder: RepositoryBuilder, commit: str) -> str:
    return builder.git("cat-file", "commit", commit).decode().partition("\n\n")[2]


@pytest.mark.parametrize("name", HOOKS)
def test_trap_18_no_hook_runs_unasked(builder: RepositoryBuilder, tmp_path: Path, name: str) -> None:
    mark = tmp_path / "ran"
    hook(builder, name, f"echo {name} >> '{mark}'")
    subprocess.run(["git", "commit", "-q", "--allow-empty", "-m", "plain"], cwd=builder.path, check=True)
    assert mark.read_text() == f"{name}\n", "plain git did not run the hook: this test would prove nothing"
    make(builder, Hooks.SKIP)
    commits_of(builder.path).after(Hooks.SKIP)
    assert mark.read_text() == f"{name}\n"
    make(builder, Hooks.RUN)
    commits_of(builder.path).after(Hooks.RUN)
    assert mark.read_text() == f"{name}\n{name}\n"


def test_hooks_run_in_gits_order_with_gits_arguments(builder: RepositoryBuilder, tmp_path: Path) -> None:
    told = 'echo "$(basename "$0") $# $2 $GIT_EDITOR $(pwd)"'
    for name in HOOKS:
        hook(builder, name, f"{told} >> '{tmp_path}/ran'")
    subprocess.run(["git", "commit", "-q", "--allow-empty", "-m", "plain"], cwd=builder.path, check=True)
    plain = (tmp_path / "ran").read_text()
    (tmp_path / "ran").unlink()
    make(builder, Hooks.RUN)
    commits_of(builder.path).after(Hooks.RUN)
    assert (tmp_path / "ran").read_text() == plain
    assert len(plain.splitlines()) == len(HOOKS)


def test_a_pre_commit_hook_sees_the_index_of_the_commit(builder: RepositoryBuilder, tmp_path: Path) -> None:
    builder.file("staged.txt", b"staged")
    seen = tmp_path / "seen"
    hook(builder, "pre-commit", f"git ls-files > '{seen}'; git diff-files --name-only >> '{seen}'")
    make(builder, Hooks.RUN)
    assert seen.read_text() == "a.txt\n"  # and no file that differs from the work tree


def test_what_a_hook_adds_to_the_index_is_in_the_commit(builder: RepositoryBuilder) -> None:
    hook(builder, "pre-commit", "echo new > new.txt; git add new.txt")
    before = (builder.git_dir / "index").read_bytes()
    assert names_in(builder, make(builder, Hooks.RUN)) == ["a.txt", "new.txt"]
    assert (builder.git_dir / "index").read_bytes() == before


def test_hooks_have_a_say_in_the_message(builder: RepositoryBuilder) -> None:
    hook(builder, "prepare-commit-msg", 'printf "PROJ-1: " | cat - "$1" > "$1.new"; mv "$1.new" "$1"')
    hook(builder, "commit-msg", 'printf "\\n\\n\\nChange-Id: \\303\\251  \\n\\n" >> "$1"')
    assert message_of(builder, make(builder, Hooks.RUN)) == "PROJ-1: Untrack x\n\nChange-Id: \u00e9\n"


@pytest.mark.parametrize("name", HOOKS[:3])
def test_a_hook_that_fails_lets_no_commit_pass(builder: RepositoryBuilder, name: str) -> None:
    hook(builder, name, "echo not like this; echo nor that >&2; exit 3")
    objects = sorted(builder.git_dir.rglob("*"))
    with pytest.raises(CommitFailed) as caught:
        make(builder, Hooks.RUN)
    assert f"the {name} hook ended with status 3:\nnot like this\nnor that" in caught.value.message
    assert "--run-hooks" in (caught.value.hint or "")
    assert sorted(builder.git_dir.rglob("*")) == objects


def test_a_message_that_hooks_emptied_is_none(builder: RepositoryBuilder) -> None:
    hook(builder, "commit-msg", 'printf "\\n \\n" > "$1"')
    with pytest.raises(CommitFailed, match="nothing of its message"):
        make(builder, Hooks.RUN)


def test_a_post_commit_hook_that_fails_changes_nothing(builder: RepositoryBuilder, tmp_path: Path) -> None:
    hook(builder, "post-commit", f"touch '{tmp_path}/ran'; exit 1")
    commits_of(builder.path).after(Hooks.RUN)
    assert (tmp_path / "ran").exists()


def test_the_users_own_hooks_folder_counts(builder: RepositoryBuilder, tmp_path: Path) -> None:
    hook(builder, "pre-commit", f"touch '{tmp_path}/ran'")
    (builder.git_dir / "hooks").rename(tmp_path / "hooks")
    with (tmp_path / "user.config").open("a") as config:
        config.write(f"[core]\n\thooksPath = {tmp_path}/hooks\n")
    make(builder, Hooks.SKIP)
    assert not (tmp_path / "ran").exists()
    make(builder, Hooks.RUN)
    assert (tmp_path / "ran").exists()


def test_hooks_of_a_linked_work_tree_work_there(builder: RepositoryBuilder, tmp_path: Path) -> None:
    hook(builder, "pre-commit", f"pwd > '{tmp_path}/ran'; git rev-parse --show-toplevel >> '{tmp_path}/ran'")
    linked = builder.linked_work_tree(tmp_path / "linked")
    make(builder, Hooks.RUN, linked)
    assert (tmp_path / "ran").read_text() == f"{linked}\n{linked}\n"


@pytest.mark.parametrize("variable", ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY"])
def test_the_environment_leads_no_hook_elsewhere(
    builder: RepositoryBuilder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    hook(builder, "pre-commit", "git ls-files")
    monkeypatch.setenv(variable, str(tmp_path / "elsewhere"))
    monkeypatch.setenv("FAVOURITE", "tea")
    hook(builder, "commit-msg", 'echo "$FAVOURITE" > "$1"')
    made = make(builder, Hooks.RUN)
    assert (message_of(builder, made), names_in(builder, made)) == ("tea\n", ["a.txt"])
    assert not (tmp_path / "elsewhere").exists()


def test_an_old_git_is_told(builder: RepositoryBuilder, tmp_path: Path) -> None:
    old = tmp_path / "git"
    old.write_text(
        f'#!/bin/sh\ncase " $* " in *" version "*) echo git version 2.35.1;; *) exec {find_git()} "$@";; esac\n'
    )
    old.chmod(0o755)
    commits = commits_of(builder.path, old)
    assert commits.make(builder.id_of("HEAD"), [], "m\n", Hooks.SKIP)
    with pytest.raises(CommitFailed, match=r"git version 2\.35\.1 cannot run hooks") as caught:
        commits.make(builder.id_of("HEAD"), [], "m\n", Hooks.RUN)
    assert "2.36" in (caught.value.hint or "")


def test_a_bare_repository_runs_no_hooks(builder: RepositoryBuilder, tmp_path: Path) -> None:
    clone = builder.bare_clone(tmp_path / "bare")
    with pytest.raises(CommitFailed, match="bare"):
        make(builder, Hooks.RUN, clone)
