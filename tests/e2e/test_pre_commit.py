"""Our hooks under the real pre-commit, from a clone of this project, in a real `git commit`."""

import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from fixtures.repositories import run_git
from tests.e2e.bytecode import PYC
from tests.e2e.command import environment
from tests.e2e.programs import network
from tests.e2e.project import AUTHOR
from tests.e2e.yaml_file import load, mapping, sequence

ROOT = Path(__file__).parents[2]


class Ended(NamedTuple):
    status: int
    log: str


class Project:
    """Somebody's repository that uses our hooks; git and pre-commit run in it as they do for its author."""

    def __init__(self, path: Path, config: str, env: dict[str, str]) -> None:
        self.path = path
        self._env = env
        run_git(path.parent, "init", "-q", "-b", "main", "--template=", str(path))
        self.write(".pre-commit-config.yaml", config.encode())
        self.write("a.py", b"print()\n")
        self.run("git", "add", "--all")
        self.run("git", "commit", "--quiet", "--message=first")

    def write(self, name: str, content: bytes) -> None:
        place = self.path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)

    def run(self, *command: str) -> Ended:
        done = subprocess.run(
            command, cwd=self.path, env=self._env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
        )
        return Ended(done.returncode, done.stdout.decode())

    def pre_commit(self, *arguments: str) -> Ended:
        return self.run(sys.executable, "-m", "pre_commit", *arguments)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """This checkout, or what was unpacked from our source archive, as a repository with one commit; and that commit."""
    copy = tmp_path_factory.mktemp("published") / "hygiene"
    run_git(copy.parent, "init", "-q", "-b", "main", "--template=", str(copy))
    ours = run_git(
        ROOT, f"--git-dir={copy / '.git'}", "--work-tree=.", "ls-files", "-z", "--others", "--exclude-standard"
    )
    for name in ours.decode().split("\0"):
        if (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            (copy / name).write_bytes((ROOT / name).read_bytes())
    run_git(copy, "add", "--all", "--force")
    run_git(copy, "commit", "-q", "-m", "release")
    return copy, run_git(copy, "rev-parse", "HEAD").decode().strip()


@pytest.fixture(scope="module")
def env(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """One store of pre-commit for all tests here: the environment of our hooks is built once, with pip."""
    store = str(tmp_path_factory.mktemp("pre-commit"))
    given = environment(PRE_COMMIT_HOME=store, PRE_COMMIT_COLOR="never", **network(), **AUTHOR)
    del given["PYTHONPATH"]
    return given


@pytest.fixture
def project(tmp_path: Path, published: tuple[Path, str], env: dict[str, str]) -> Project:
    place, commit = published
    config = f"repos:\n- repo: file://{place}\n  rev: {commit}\n  hooks:\n"
    config += "  - id: hygiene-audit-staged\n  - id: hygiene-audit\n"
    return Project(tmp_path / "project", config, env)


def test_the_hooks_are_what_pre_commit_asks_for() -> None:
    manifest = ROOT / ".pre-commit-hooks.yaml"
    done = subprocess.run([sys.executable, "-m", "pre_commit", "validate-manifest", manifest], check=False)
    assert done.returncode == 0
    hooks = {each["id"]: each for each in map(mapping, sequence(load(manifest)))}
    assert {str(name): each["stages"] for name, each in hooks.items()} == {
        "hygiene-audit-staged": ["pre-commit"],
        "hygiene-audit": ["pre-push", "manual"],
    }
    for each in hooks.values():
        assert (each["pass_filenames"], each["always_run"], each["require_serial"]) == (False, True, True)
        assert each["minimum_pre_commit_version"] == "3.2.0"


def test_pre_commit_run_passes_what_is_clean_and_names_what_is_not(project: Project) -> None:
    assert project.pre_commit("run").status == 0
    project.write("pkg/__pycache__/b.cpython-312.pyc", PYC)
    assert project.pre_commit("run").status == 0, "what is not staged is not looked at"
    project.run("git", "add", "--force", "pkg")
    ended = project.pre_commit("run")
    assert ended.status == 1
    assert "pkg/__pycache__" in ended.log


def test_a_real_commit_is_refused_for_new_clutter_and_made_when_clean(project: Project) -> None:
    assert project.pre_commit("install").status == 0
    project.write("new.pyc", PYC)
    project.run("git", "add", "--force", "new.pyc")
    ended = project.run("git", "commit", "--message=clutter")
    assert ended.status != 0
    assert "new.pyc" in ended.log
    project.run("git", "rm", "--quiet", "--cached", "new.pyc")
    project.write("a.py", b"print(1)\n")
    assert project.run("git", "commit", "--all", "--message=clean").status == 0
    assert run_git(project.path, "log", "-1", "--format=%s") == b"clean\n"


def test_commit_all_is_judged_by_the_index_that_it_makes(project: Project) -> None:
    """`git commit --all` shows its hooks an index of its own, which is not yet the repository's."""
    project.write("data.txt", b"small\n")
    project.run("git", "add", "data.txt")
    project.run("git", "commit", "--quiet", "--message=data")
    project.pre_commit("install")
    project.write("data.txt", b"line\n" * 1_200_000)
    ended = project.run("git", "commit", "--all", "--message=grown")
    assert ended.status != 0
    assert "data.txt" in ended.log
    assert run_git(project.path, "log", "-1", "--format=%s") == b"data\n"


def test_the_whole_repository_is_judged_before_a_push(project: Project, tmp_path: Path) -> None:
    run_git(tmp_path, "init", "-q", "--bare", "-b", "main", "remote.git")
    project.run("git", "remote", "add", "origin", str(tmp_path / "remote.git"))
    project.write("old.pyc", PYC)
    project.run("git", "add", "--force", "old.pyc")
    project.run("git", "commit", "--quiet", "--message=before there were hooks")
    assert project.pre_commit("install", "--hook-type=pre-push").status == 0
    ended = project.run("git", "push", "origin", "main")
    assert ended.status != 0
    assert "old.pyc" in ended.log
    assert run_git(tmp_path / "remote.git", "for-each-ref") == b""
