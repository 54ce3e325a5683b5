"""The adoption page, replayed; and the gates of the adopted repository, each of which a new `.pyc` must not pass."""

import shlex
import subprocess
from pathlib import Path

import pytest

from fixtures.repositories import RepositoryBuilder
from fixtures.seed_004 import build_inventory
from tests.docs.transcripts import Step, replay
from tests.e2e.bytecode import PYC
from tests.e2e.gitlab import REPORT, run_job
from tests.e2e.programs import programs, with_programs
from tests.e2e.project import AUTHOR
from tests.e2e.runner import Runner
from tests.e2e.yaml_file import load, mapping, sequence, string

ROOT = Path(__file__).parents[2]
CLUTTER = "src/anime_v2/__pycache__/new.cpython-312.pyc"


@pytest.fixture(scope="module")
def messy(tmp_path_factory: pytest.TempPathFactory) -> RepositoryBuilder:
    built = RepositoryBuilder(tmp_path_factory.mktemp("messy") / "anime")
    built.files(build_inventory())
    built.commit()
    built.check_out()
    return built


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return programs(tmp_path_factory.mktemp("installed") / "bin")


@pytest.fixture(scope="module")
def transcript(messy: RepositoryBuilder, installed: Path) -> list[Step]:
    page = (ROOT / "docs" / "adoption.md").read_text("utf-8")
    return replay(page, messy.path, with_programs(installed, **AUTHOR))


def test_every_command_prints_what_the_page_shows(transcript: list[Step]) -> None:
    assert len(transcript) > 10
    for step in transcript:
        assert step.agrees, (step.command, step.shown, step.printed)


def test_the_picture_in_the_readme_is_what_is_printed(tmp_path: Path, installed: Path) -> None:
    built = RepositoryBuilder(tmp_path / "anime")
    built.files(build_inventory())
    built.commit()
    page = (ROOT / "README.md").read_text("utf-8")
    picture = page[page.index("## What it looks like") : page.index("## Use it")]
    (step,) = replay(picture, built.path, with_programs(installed, **AUTHOR))
    assert step.agrees, step.printed


@pytest.fixture
def adopted(transcript: list[Step], messy: RepositoryBuilder) -> RepositoryBuilder:
    """The repository as the page leaves it, all of it committed."""
    assert transcript
    messy.git("add", "hygiene.toml", ".hygiene-baseline.json")
    messy.commit()
    return messy


@pytest.fixture
def cluttered(adopted: RepositoryBuilder) -> RepositoryBuilder:
    adopted.file(CLUTTER, PYC)
    return adopted


def hook(repository: RepositoryBuilder, installed: Path) -> subprocess.CompletedProcess[str]:
    hooks = {string(each["id"]): each for each in map(mapping, sequence(load(ROOT / ".pre-commit-hooks.yaml")))}
    entry = shlex.split(string(hooks["hygiene-audit-staged"]["entry"]))
    env = with_programs(installed, **AUTHOR)
    return subprocess.run(entry, cwd=repository.path, env=env, capture_output=True, text=True, check=False)


def test_the_gates_are_green_after_adoption(adopted: RepositoryBuilder, installed: Path, tmp_path: Path) -> None:
    assert hook(adopted, installed).returncode == 0
    assert run_job(adopted.path, installed).returncode == 0
    assert Runner(adopted.path, tmp_path / "runner", installed).audit().status == 0


def test_new_bytecode_fails_the_hook_and_is_named(cluttered: RepositoryBuilder, installed: Path) -> None:
    done = hook(cluttered, installed)
    assert done.returncode == 1
    assert CLUTTER in done.stdout


def test_new_bytecode_fails_the_job_of_gitlab_and_is_named(cluttered: RepositoryBuilder, installed: Path) -> None:
    done = run_job(cluttered.path, installed)
    assert done.returncode == 1
    assert CLUTTER in done.stdout
    assert CLUTTER in (cluttered.path / REPORT).read_text()


def test_new_bytecode_fails_the_action_and_is_named(
    cluttered: RepositoryBuilder, installed: Path, tmp_path: Path
) -> None:
    ran = Runner(cluttered.path, tmp_path / "runner", installed).audit()
    assert ran.status == 1
    assert any(CLUTTER in command for command in ran.commands)
    assert CLUTTER in ran.summary
