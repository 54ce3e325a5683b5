"""The usage page on `hygiene package`: its transcript is replayed, its code computes the digests that it tells."""

import json
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from fixtures.repositories import RepositoryBuilder
from hygiene.cli.main import hygiene as group
from hygiene.model.packaging import RefusalKind
from tests.docs.transcripts import replay
from tests.e2e.bytecode import PYC
from tests.e2e.command import hygiene
from tests.e2e.programs import programs, with_programs
from tests.e2e.project import AUTHOR

PAGE = (Path(__file__).parents[2] / "docs" / "usage.md").read_text(encoding="utf-8")
SECTION = PAGE[PAGE.index("## `hygiene package [REPO]`") : PAGE.index("## `hygiene schema")]


def block(language: str) -> str:
    found = re.search(rf"^```{language}\n(.+?)^```", SECTION, re.MULTILINE | re.DOTALL)
    assert found is not None
    return found[1]


@pytest.fixture
def shop(tmp_path: Path) -> RepositoryBuilder:
    built = RepositoryBuilder(tmp_path / "shop")
    built.file("pyproject.toml", b'[project]\nname = "shop"\nversion = "1.2.0"\n')
    built.file("README.md", b"# Shop\n")
    built.file("scripts/run.sh", b"#!/bin/sh\nexec python3 -m shop.server\n", "100755")
    built.file("src/shop/__init__.py")
    built.file("src/shop/server.py", b"print('open')\n")
    built.file("src/shop/__pycache__/server.cpython-312.pyc", PYC)
    built.file("tests/test_server.py", b"def test_server(): ...\n")
    built.commit()
    built.check_out()
    return built


def test_the_transcript_is_what_is_printed(shop: RepositoryBuilder, tmp_path: Path) -> None:
    steps = replay(SECTION, shop.path, with_programs(programs(tmp_path / "bin"), **AUTHOR))
    assert len(steps) == 7
    for step in steps:
        assert step.agrees, (step.command, step.shown, step.printed)


@pytest.fixture
def packaged(shop: RepositoryBuilder) -> tuple[Path, str]:
    """Where archives of one commit lie, and the content digest that their manifests tell."""
    shop.remove("src/shop/__pycache__/server.cpython-312.pyc")
    shop.file("hygiene.toml", b'[package]\ninclude = ["*"]\n')
    shop.file("na\u00efve Z.txt".encode(), b"text\n")
    shop.commit()
    digests = set()
    for ending in ("zip", "tar.gz"):
        ended = hygiene("package", shop.path, "--output", shop.path / f"shop.{ending}", "--format", "json")
        digests.add(json.loads(ended.out)["content_digest"])
    (digest,) = digests
    return shop.path, digest


def test_the_shown_shell_computes_the_content_digest_of_an_unpacked_folder(packaged: tuple[Path, str]) -> None:
    folder, digest = packaged
    subprocess.run(["tar", "-xzf", "shop.tar.gz"], cwd=folder, check=True)
    done = subprocess.run(["sh", "-c", block("sh")], cwd=folder / "shop-1.2.0", capture_output=True, check=True)
    assert done.stdout.decode().split()[0] == digest


def test_the_shown_python_computes_the_content_digest_of_a_zip(packaged: tuple[Path, str]) -> None:
    folder, digest = packaged
    done = subprocess.run(
        [sys.executable, "-c", block("python"), folder / "shop.zip"], capture_output=True, check=False
    )
    assert done.stdout.decode().strip() == digest, done.stderr


def test_every_kind_of_refusal_is_told_with_a_way_round() -> None:
    rows = re.findall(r"^\| (`.+?) \| (.+) \| (.+) \|$", SECTION, re.MULTILINE)
    told = {kind for first, _, way in rows if way for kind in re.findall(r"`([\w-]+)`", first)}
    assert {str(kind) for kind in RefusalKind} <= told


def test_every_check_of_a_verification_is_told(packaged: tuple[Path, str]) -> None:
    folder, _ = packaged
    ended = hygiene("package", folder, "--verify", folder / "shop.zip", "--format", "json")
    checks = json.loads(ended.out)["checks"]
    assert "container" in {each["what"] for each in checks}
    assert [each["what"] for each in checks if f"\n| {each['what']} | " not in SECTION] == []


def test_every_option_is_told_in_its_section_or_with_the_audit() -> None:
    command = group.get_command(click.Context(group), "package")
    assert command is not None
    options = [name for each in command.params for name in each.opts if name.startswith("--")]
    assert [name for name in options if f"`{name}" not in SECTION] == []
