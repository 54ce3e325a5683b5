"""This project's own source archive: it can be built from this commit, and holds what its users and testers need."""

import json
import subprocess
import tomllib
import zipfile
from pathlib import Path

import pytest

from tests.e2e.command import Ended, hygiene

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(
    not (ROOT / ".git").exists(), reason="there is no commit to package: this is no checkout, as in that archive itself"
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ended]:
    archive = tmp_path_factory.mktemp("dist") / "own.zip"
    return archive, hygiene("package", ROOT, "--rev", "HEAD", "--version", "1", "--output", archive, "--attest")


def entries(archive: Path) -> dict[str, int]:
    """The path of each, without the folder at the top, and its mode."""
    with zipfile.ZipFile(archive) as opened:
        return {each.filename.partition("/")[2]: each.external_attr >> 16 & 0o777 for each in opened.infolist()}


def committed(*paths: str) -> set[str]:
    listed = subprocess.run(
        ["git", "-C", ROOT, "ls-tree", "-r", "-z", "--name-only", "HEAD", "--", *paths], capture_output=True, check=True
    )
    return set(filter(None, listed.stdout.decode().split("\0")))


def test_nothing_forbids_it(built: tuple[Path, Ended]) -> None:
    _, ended = built
    assert ended.status == 0, ended.out + ended.err


def test_it_stands_up_to_its_own_verification(built: tuple[Path, Ended]) -> None:
    archive, _ = built
    ended = hygiene("package", ROOT, "--verify", archive, "--format", "json")
    assert ended.status == 0, ended.out
    checks = {each["what"]: each["state"] for each in json.loads(ended.out)["checks"]}
    assert checks == dict.fromkeys(("container", "names", "checksum", "manifest", "commit", "rules"), "held")


def test_it_holds_what_the_source_distribution_holds(built: tuple[Path, Ended]) -> None:
    archive, _ = built
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [each.lstrip("/") for each in project["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]]
    assert committed(*wanted) <= set(entries(archive))


def test_whoever_unpacks_it_can_run_test_and_lint_it(built: tuple[Path, Ended]) -> None:
    archive, _ = built
    held = entries(archive)
    assert committed("scripts", "templates", ".ci", ".github", "action.yml", "Dockerfile", "hygiene.toml") <= set(held)
    assert {held[f"scripts/{name}"] for name in ("hygiene", "test", "lint")} == {0o755}
