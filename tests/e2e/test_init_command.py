"""`hygiene init` from the outside."""

import os
import re
from pathlib import Path

import pytest

from fixtures.repositories import RepositoryBuilder
from tests.e2e.bytecode import PYC
from tests.e2e.command import hygiene

HOSTILE = 'data/\x1b[31m"\n[gate]\nfail_on = "review"\n\u202e.zip'


@pytest.fixture
def repository(tmp_path: Path) -> RepositoryBuilder:
    builder = RepositoryBuilder(tmp_path / "repository")
    builder.file("src/a.py", b"print()\n")
    builder.file("src/__pycache__/a.cpython-312.pyc", PYC)
    builder.file(HOSTILE, b"PK\x05\x06" + bytes(18))
    builder.file(".github/workflows/ci.yml", b"on: push\n")
    builder.commit()
    return builder


def test_a_messy_repository_is_adopted(repository: RepositoryBuilder) -> None:
    ended = hygiene("init", folder=repository.path)
    assert (ended.status, ended.err) == (0, "")
    assert "hygiene audit --write-baseline" in ended.out
    assert "GitHub:" in ended.out
    assert hygiene("audit", repository.path, "--write-baseline").status == 0
    assert hygiene("audit", repository.path).status == 0
    repository.file("b.pyc", PYC)
    assert hygiene("audit", repository.path).status == 1


def test_the_file_is_found_and_the_same_each_time(repository: RepositoryBuilder) -> None:
    printed = hygiene("init", "--dry-run", repository.path)
    assert (printed.status, printed.err) == (0, "")
    assert not (repository.path / "hygiene.toml").exists()
    assert "1 of 4 tracked files is a certain finding" in printed.out
    inside = repository.path / "src"
    inside.mkdir()
    assert hygiene("init", folder=inside).status == 0
    written = repository.path / "hygiene.toml"
    assert written.read_text() == printed.out
    assert str(repository.path) not in printed.out
    assert hygiene("init", "--dry-run", repository.path).out == printed.out


def test_a_hostile_name_stays_in_its_line(repository: RepositoryBuilder) -> None:
    text = hygiene("init", "--dry-run", repository.path).out
    assert text.replace("\n", "").isprintable()
    assert text.count("fail_on = ") == 2  # the setting, and what is a part of the name
    place = repository.path / "hygiene.toml"
    place.write_text(re.sub(r"^#(?=[^ \n])", "", text, flags=re.MULTILINE))
    waived = hygiene("audit", repository.path, "--write-baseline", "--format", "json")
    assert waived.status == 0
    assert "archive-file" in waived.out


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("hygiene.toml", ""),
        ("hygiene.toml", "this is not TOML"),
        (".hygiene.toml", "[gate]\n"),
        ("pyproject.toml", "[tool.hygiene]\n"),
    ],
)
def test_a_configured_repository_is_left_alone(repository: RepositoryBuilder, name: str, text: str) -> None:
    (repository.path / name).write_text(text)
    ended = hygiene("init", repository.path)
    assert (ended.status, ended.out) == (5, "")
    assert f"error: {name} " in ended.err
    assert "help: " in ended.err
    assert (repository.path / name).read_text() == text


def test_another_tools_pyproject_is_no_configuration(repository: RepositoryBuilder) -> None:
    (repository.path / "pyproject.toml").write_text("[tool.other]\n")
    assert hygiene("init", repository.path).status == 0


def test_force_replaces_hygiene_toml_alone(repository: RepositoryBuilder) -> None:
    (repository.path / "hygiene.toml").write_text("# old\n")
    assert hygiene("init", "--force", repository.path).status == 0
    assert "# old" not in (repository.path / "hygiene.toml").read_text()
    (repository.path / "hygiene.toml").unlink()
    (repository.path / "pyproject.toml").write_text("[tool.hygiene]\n")
    assert hygiene("init", "--force", repository.path).status == 5
    assert not (repository.path / "hygiene.toml").exists()


def test_a_pipe_or_a_symlink_is_never_replaced(repository: RepositoryBuilder, tmp_path: Path) -> None:
    place = repository.path / "hygiene.toml"
    os.mkfifo(place)
    assert hygiene("init", "--force", repository.path).status == 5
    place.unlink()
    outside = tmp_path / "outside"
    place.symlink_to(outside)
    assert hygiene("init", "--force", repository.path).status == 5
    outside.write_text("precious")
    assert hygiene("init", "--force", repository.path).status == 5
    assert outside.read_text() == "precious"


def test_a_bare_repository_has_no_place_and_can_be_looked_at(repository: RepositoryBuilder, tmp_path: Path) -> None:
    bare = repository.bare_clone(tmp_path / "bare")
    ended = hygiene("init", bare)
    assert ended.status == 5
    assert "is bare" in ended.err
    assert "tracked files" in hygiene("init", "--dry-run", bare).out


def test_a_new_repository_gets_a_file_too(tmp_path: Path) -> None:
    empty = RepositoryBuilder(tmp_path / "empty")
    ended = hygiene("init", empty.path)
    assert ended.status == 0
    assert "Nothing is tracked yet." in ended.out


def test_outside_a_repository_there_is_nothing_to_do(tmp_path: Path) -> None:
    assert hygiene("init", tmp_path).status == 3
