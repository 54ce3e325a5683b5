"""`hygiene purge-plan` from the outside."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from fixtures.repositories import RepositoryBuilder, run_git
from hygiene.report.purge_json import purge_schema
from tests.e2e.bytecode import PYC
from tests.e2e.command import Ended, environment, hygiene

CLUTTER = ["src/__pycache__/a.cpython-312.pyc", "src/__pycache__/b c==>d.pyc", "#x/__pycache__/\nd.pyc"]


@pytest.fixture
def cluttered(tmp_path: Path) -> RepositoryBuilder:
    """Bytecode came and went; the empty file among it is also elsewhere; a pull request holds more of it."""
    built = RepositoryBuilder(tmp_path / "project")
    built.file("src/a.py", b"print()\n")
    built.file("src/__init__.py", b"")
    built.commit("first")
    built.tag("v0")
    for number, name in enumerate(CLUTTER):
        built.file(name, PYC + bytes([number]) * 500)
    built.file("src/__pycache__/empty.pyc", b"")
    built.commit("clutter comes")
    built.tag("v1")
    built.git("update-ref", "refs/pull/12/head", "HEAD")
    for name in [*CLUTTER, "src/__pycache__/empty.pyc"]:
        built.remove(name)
    built.commit("clutter goes")
    return built


def planned(built: RepositoryBuilder, folder: Path, *options: str) -> Ended:
    return hygiene("purge-plan", built.path, "--output", folder, "--no-index", *options)


def told(folder: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((folder / "plan.json").read_text())
    jsonschema.validate(document, json.loads(purge_schema()))
    return document


def test_the_usual_plan_purges_what_is_certain(cluttered: RepositoryBuilder, tmp_path: Path) -> None:
    folder = tmp_path / "plans" / "new"
    ended = planned(cluttered, folder)
    assert (ended.status, ended.err) == (0, "")
    assert sorted(file.name for file in folder.iterdir()) == ["PLAN.md", "paths.txt", "plan.json"]
    assert "Next: read PLAN.md" in ended.out
    document = told(folder)
    assert {each["path"] for each in document["paths"]} >= set(CLUTTER)
    assert [each["name"] for each in document["pull_requests"]] == ["refs/pull/12/head"]
    assert [each["name"] for each in document["references"]] == ["HEAD", "refs/heads/main", "refs/tags/v1"]
    assert (document["rewritten"], document["commits"]) == (2, 3)
    assert not any(each["at_head"] for each in document["paths"])


def test_git_filter_repo_does_what_the_plan_says(cluttered: RepositoryBuilder, tmp_path: Path) -> None:
    folder, clone = tmp_path / "plan", tmp_path / "purged.git"
    planned(cluttered, folder)
    tree = cluttered.git("ls-tree", "-r", "-z", "main")
    run_git(tmp_path, "clone", "-q", "--mirror", cluttered.path.as_uri(), str(clone))
    command = [
        sys.executable,
        "-m",
        "git_filter_repo",
        "--invert-paths",
        "--paths-from-file",
        str(folder / "paths.txt"),
    ]
    configuration = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(command, cwd=clone, env=environment(**configuration), capture_output=True, check=True)
    assert run_git(clone, "ls-tree", "-r", "-z", "main") == tree
    assert run_git(clone, "ls-tree", "-r", "-z", "v1") == tree
    assert hygiene("audit", clone, "--history", "--no-index").status == 0
    assert hygiene("audit", cluttered.path, "--history", "--no-index").status == 1


def test_the_bfg_is_told_of_blobs_that_nothing_else_holds(cluttered: RepositoryBuilder, tmp_path: Path) -> None:
    folder = tmp_path / "plan"
    assert planned(cluttered, folder, "--for", "bfg", "--select", "path:__pycache__/").status == 0
    clutter = {cluttered.id_of(f"v1:{name}") for name in CLUTTER}
    assert set((folder / "blobs.txt").read_text().split()) == clutter
    (spared,) = told(folder)["spared"]
    assert (spared["why"], spared["other"]) == ("shared", "src/__init__.py")


@pytest.mark.parametrize("reader", ["git", "libgit2"])
@pytest.mark.parametrize("name", ["refs/pull-requests/7/from", "refs/original/refs/heads/main"])
def test_the_bfg_is_told_of_nothing_that_any_reference_holds(
    cluttered: RepositoryBuilder, tmp_path: Path, name: str, reader: str
) -> None:
    cluttered.file("fixtures/innocent.bin", PYC + bytes([0]) * 500)
    cluttered.commit("the same content under another name")
    cluttered.git("update-ref", name, "HEAD")
    cluttered.git("update-ref", "refs/heads/main", "HEAD~1")
    planned(cluttered, tmp_path / "plan", "--for", "bfg", "--reader", reader)
    assert cluttered.id_of(f"v1:{CLUTTER[0]}") not in (tmp_path / "plan" / "blobs.txt").read_text()
    assert "fixtures/innocent.bin" in [each.get("other") for each in told(tmp_path / "plan")["spared"]]


def test_one_plan_replaces_another_and_nothing_else(cluttered: RepositoryBuilder, tmp_path: Path) -> None:
    folder = tmp_path / "plan"
    assert planned(cluttered, folder).status == 0
    first = (folder / "PLAN.md").read_bytes()
    assert planned(cluttered, folder).status == 0
    assert (folder / "PLAN.md").read_bytes() == first
    other = planned(cluttered, folder, "--for", "bfg")
    assert other.status == 5
    assert "paths.txt" in other.err
    assert not (folder / "blobs.txt").exists()


@pytest.mark.parametrize("place", [".git", ".git/hygiene", ".git/new/deep"])
def test_no_plan_goes_into_a_git_directory(cluttered: RepositoryBuilder, tmp_path: Path, place: str) -> None:
    before = sorted(cluttered.git_dir.rglob("*"))
    assert planned(cluttered, cluttered.path / place).status == 5
    bare = cluttered.bare_clone(tmp_path / "bare")
    assert hygiene("purge-plan", bare, "--output", bare / "plan").status == 5
    (tmp_path / "link").symlink_to(cluttered.git_dir)
    assert planned(cluttered, tmp_path / "link" / "plan").status == 5
    assert sorted(cluttered.git_dir.rglob("*")) == before


def test_a_file_in_the_place_of_the_folder_stays(cluttered: RepositoryBuilder, tmp_path: Path) -> None:
    (tmp_path / "plan").write_text("precious")
    ended = planned(cluttered, tmp_path / "plan")
    assert ended.status == 5
    assert "it is no folder" in ended.err
    assert (tmp_path / "plan").read_text() == "precious"


@pytest.mark.parametrize(
    ("select", "status", "says"),
    [
        ("category:media", 2, "--select category:media meets no finding"),
        ("path:nothing/", 2, "--select path:nothing/ meets no finding"),
        ("rule:no-such-rule", 2, "no rule is called"),
        ("category:film", 2, "'film' is no category"),
        ("confidence:sure", 2, "certain, likely, review"),
        ("author:x", 2, "category:…"),
        ("path:", 2, "category:…"),
    ],
)
def test_what_selects_nothing_is_an_error_that_names_it(
    cluttered: RepositoryBuilder, tmp_path: Path, select: str, status: int, says: str
) -> None:
    ended = planned(cluttered, tmp_path / "plan", "--select", select)
    assert ended.status == status
    assert says in ended.err
    assert not (tmp_path / "plan").exists()


def test_a_clean_history_has_nothing_to_purge(tmp_path: Path) -> None:
    built = RepositoryBuilder(tmp_path / "clean")
    built.file("a.py", b"print()\n")
    built.commit()
    assert planned(built, tmp_path / "plan").status == 3


def test_what_head_still_holds_is_warned_of(cluttered: RepositoryBuilder, tmp_path: Path) -> None:
    cluttered.file(CLUTTER[0], PYC)
    cluttered.commit("clutter comes back")
    ended = planned(cluttered, tmp_path / "plan")
    assert "warning: HEAD still holds 1 of the paths" in ended.out
    assert "### Still at HEAD" in (tmp_path / "plan" / "PLAN.md").read_text()


def test_a_shallow_clone_makes_no_whole_plan(cluttered: RepositoryBuilder, tmp_path: Path) -> None:
    cluttered.file(CLUTTER[0], PYC)
    cluttered.commit("clutter comes back")
    clone = cluttered.shallow_clone(tmp_path / "shallow")
    ended = hygiene("purge-plan", clone, "--output", tmp_path / "plan", "--no-index")
    assert ended.status == 4
    assert "git fetch --unshallow" in ended.out
    assert told(tmp_path / "plan")["incomplete"]


def test_both_readers_make_the_same_plan(cluttered: RepositoryBuilder, tmp_path: Path) -> None:
    for reader in ("git", "libgit2"):
        assert planned(cluttered, tmp_path / reader, "--reader", reader).status == 0
    for file in (tmp_path / "git").iterdir():
        assert file.read_bytes() == (tmp_path / "libgit2" / file.name).read_bytes()
