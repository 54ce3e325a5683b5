"""The clean-up that this program grew out of, done by it: the tracked set of its author, and all of it undone."""

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from fixtures.repositories import RepositoryBuilder
from fixtures.seed_004 import UNTRACKED_BY_THE_PLAN, build_inventory, sections
from tests.e2e.command import Ended, environment, hygiene

SETTINGS = b'[untrack]\nplaceholders = ["Input/", "Output/"]\n'
UNTRACKED = {path for section in "ABCEF" for path in sections()[section]}
PLACEHOLDERS = {"Input/.gitkeep", "Output/.gitkeep"}


@pytest.fixture
def repository(tmp_path: Path) -> RepositoryBuilder:
    built = RepositoryBuilder(tmp_path / "anime")
    built.files(build_inventory())
    built.file("hygiene.toml", SETTINGS)
    built.commit()
    built.check_out()
    return built


def person(home: Path) -> dict[str, str]:
    """The environment of somebody who has told Git a name."""
    home.mkdir(exist_ok=True)
    (home / ".gitconfig").write_text("[user]\n\tname = A. Maintainer\n\temail = maintainer@example.com\n")
    return environment(HOME=str(home))


def untrack(repository: RepositoryBuilder, *options: str) -> Ended:
    return hygiene("untrack", repository.path, *options, env=person(repository.path.parent / "home"))


def tracked(repository: RepositoryBuilder) -> set[str]:
    return set(repository.git("ls-files", "-z").decode().removesuffix("\0").split("\0"))


def on_disk(folder: Path) -> Mapping[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file() and ".git" not in path.relative_to(folder).parts)
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def is_ignored(repository: RepositoryBuilder, paths: set[str]) -> set[str]:
    asked = "".join(f"{path}\0" for path in sorted(paths)).encode()
    done = subprocess.run(
        ["git", "-c", "core.excludesFile=/dev/null", "check-ignore", "--no-index", "-z", "--stdin"],
        input=asked,
        cwd=repository.path,
        capture_output=True,
        check=False,
    )
    return set(filter(None, done.stdout.decode().split("\0")))


def audited(repository: RepositoryBuilder) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(hygiene("audit", repository.path, "--format", "json").out)
    return report


def test_the_seed_lists_what_was_untracked() -> None:
    assert len(UNTRACKED) == UNTRACKED_BY_THE_PLAN


def test_a_plan_changes_nothing(repository: RepositoryBuilder) -> None:
    index, files = (repository.git_dir / "index").read_bytes(), on_disk(repository.path)
    ended = untrack(repository)
    assert (ended.status, ended.err) == (0, "")
    assert "296 files" in ended.out
    assert (repository.git_dir / "index").read_bytes() == index
    assert on_disk(repository.path) == files


def test_the_clean_up_leaves_what_its_author_left(repository: RepositoryBuilder) -> None:
    before, files = tracked(repository), on_disk(repository.path)
    ended = untrack(repository, "--yes", "--commit")
    assert (ended.status, ended.err) == (0, "")
    assert tracked(repository) == before - UNTRACKED | PLACEHOLDERS
    assert repository.git("status", "--porcelain") == b""
    changed = {*PLACEHOLDERS, ".gitignore"}
    assert {path: content for path, content in on_disk(repository.path).items() if path not in changed} == {
        path: content for path, content in files.items() if path not in changed
    }


def test_what_is_left_to_the_audit_is_for_people_to_decide(repository: RepositoryBuilder) -> None:
    untrack(repository, "--yes", "--commit")
    report = audited(repository)
    assert {finding["disposition"] for finding in report["findings"]} == {"decide"}
    assert len(report["findings"]) == 6


def test_what_left_is_ignored_and_what_stays_is_not(repository: RepositoryBuilder) -> None:
    untrack(repository, "--yes")
    assert is_ignored(repository, UNTRACKED) == UNTRACKED
    assert is_ignored(repository, tracked(repository)) == set()
    lines = (repository.path / ".gitignore").read_text().splitlines()
    assert {"Input/*", "!Input/.gitkeep", "Output/*", "!Output/.gitkeep"} <= set(lines)
    assert {"Input/", "Output/"}.isdisjoint(lines)


@pytest.mark.parametrize("commit", [(), ("--commit",)])
def test_undoing_restores_the_index_byte_for_byte(repository: RepositoryBuilder, commit: tuple[str, ...]) -> None:
    index, head, files = repository.git("ls-files", "-s"), repository.id_of("HEAD"), on_disk(repository.path)
    untrack(repository, "--yes", *commit)
    assert repository.git("ls-files", "-s") != index
    ended = untrack(repository, "--undo")
    assert (ended.status, ended.err) == (0, "")
    assert repository.git("ls-files", "-s") == index
    assert repository.id_of("HEAD") == head
    assert on_disk(repository.path) == files
    assert repository.git("status", "--porcelain") == b""


def test_a_second_clean_up_has_nothing_to_do(repository: RepositoryBuilder) -> None:
    untrack(repository, "--yes")
    index = (repository.git_dir / "index").read_bytes()
    plan = json.loads(untrack(repository, "--yes", "--format", "json").out)
    assert (plan["leaving"], plan["placeholders"], plan["ignore_changes"]) == ([], [], [])
    assert (repository.git_dir / "index").read_bytes() == index


def test_caches_and_build_output_go_to_the_trash_and_come_back(repository: RepositoryBuilder) -> None:
    files, index = on_disk(repository.path), repository.git("ls-files", "-s")
    untrack(repository, "--yes", "--delete")
    gone = set(files) - set(on_disk(repository.path))
    assert gone == {path for path in UNTRACKED if "__pycache__/" in path or path.startswith("build/")}
    assert not (repository.path / "build").exists()
    untrack(repository, "--undo")
    assert on_disk(repository.path) == files
    assert repository.git("ls-files", "-s") == index
