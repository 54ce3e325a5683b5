"""The commands that a pull request's text gives to collaborators, run as they stand in a clone."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from fixtures.repositories import RepositoryBuilder
from hygiene.model.untracking import Standing
from hygiene.report.pull_request import pull_request_body
from tests.fakes.untracking import DATABASE, found, plain_plan

PATH = "data/live/auth.db"
SHELL = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture
def upstream(tmp_path: Path) -> RepositoryBuilder:
    built = RepositoryBuilder(tmp_path / "upstream")
    built.file(PATH, b"as committed\n")
    built.file("README.md", b"x\n")
    built.commit()
    return built


@pytest.fixture
def clone(upstream: RepositoryBuilder) -> Path:
    """Made before the change, which is upstream by now."""
    place = upstream.path.with_name("clone")
    run(upstream.path, f"git clone -q . {place}")
    return place


def run(folder: Path, script: str) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    own = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1"}
    done = subprocess.run(["sh", "-euc", script], cwd=folder, env=environment | own, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def commands(upstream: RepositoryBuilder) -> tuple[str, str]:
    """The commands for before and after the pull, for a change that is made now."""
    head = upstream.git("rev-parse", "HEAD").decode().strip()
    plan = plain_plan([found(DATABASE, PATH)], standing=Standing(head, "refs/heads/main", ""))
    upstream.remove(PATH)
    upstream.file(".gitignore", b"*.db\n")
    upstream.commit()
    before, after = SHELL.findall(pull_request_body(plan))
    return before, after


def untracked(clone: Path) -> bool:
    listed = subprocess.run(["git", "ls-files"], cwd=clone, capture_output=True, check=True, text=True).stdout
    return PATH not in listed.splitlines()


def test_what_is_put_aside_before_the_pull_is_there_afterwards(upstream: RepositoryBuilder, clone: Path) -> None:
    before, _ = commands(upstream)
    (clone / PATH).write_text("changed by a run\n")
    run(clone, before)
    assert (clone / PATH).read_text() == "changed by a run\n"
    assert untracked(clone)


def test_what_was_committed_can_be_fetched_after_the_pull(upstream: RepositoryBuilder, clone: Path) -> None:
    _, after = commands(upstream)
    run(clone, "git pull -q")
    assert not (clone / PATH).exists()
    run(clone, after)
    assert (clone / PATH).read_text() == "as committed\n"
    assert untracked(clone)


def test_a_changed_file_stops_the_pull_as_the_text_says(upstream: RepositoryBuilder, clone: Path) -> None:
    commands(upstream)
    (clone / PATH).write_text("changed by a run\n")
    run(clone, "! git pull -q")
    assert (clone / PATH).read_text() == "changed by a run\n"
    assert not untracked(clone)
