"""`hygiene waive` as people call it."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from fixtures.repositories import RepositoryBuilder
from tests.e2e.command import environment, hygiene

CACHE = "src/__pycache__/a.cpython-312.pyc"
ARGUMENTS = ("--rule", "python-bytecode", "--reason", "the decompiler's test data")


@pytest.fixture
def built(tmp_path: Path) -> RepositoryBuilder:
    built = RepositoryBuilder(tmp_path / "messy")
    built.file(CACHE, b"\x00code")
    built.file("src/a.py", b"a = 1\n")
    built.file("odd/[a]*.pyc", b"\x00code")
    built.commit()
    built.check_out()
    return built


@pytest.fixture
def repository(built: RepositoryBuilder) -> Path:
    return built.path


def outcome(repository: Path, *arguments: str) -> tuple[int, list[str], int]:
    """The audit's status, the rules that it finds, and how many findings are waived."""
    ended = hygiene("audit", "--format", "json", *arguments, folder=repository)
    report = json.loads(ended.out)
    return ended.status, sorted(finding["rule"] for finding in report["findings"]), len(report["waived"])


def refused(repository: Path, arguments: Sequence[str], status: int) -> str:
    """What is said on stderr; nothing in the work tree may change."""
    before = {path: path.read_bytes() for path in repository.glob("*") if path.is_file()}
    ended = hygiene("waive", *arguments, folder=repository)
    assert (ended.status, ended.out) == (status, "")
    assert {path: path.read_bytes() for path in repository.glob("*") if path.is_file()} == before
    return ended.err


def test_a_waived_finding_fails_no_audit_and_stays_in_the_report(repository: Path) -> None:
    status, rules, _ = outcome(repository)
    assert (status, rules[0]) == (1, "loose-python-bytecode")
    ended = hygiene("waive", CACHE, *ARGUMENTS, folder=repository)
    assert (ended.status, ended.err) == (0, "")
    assert ended.out == f"hygiene.toml: waives python-bytecode for /{CACHE} (1 tracked file)\n"
    assert outcome(repository)[2] == 1


def test_a_name_full_of_signs_is_waived_as_it_is(repository: Path) -> None:
    arguments = ("--rule", "loose-python-bytecode", "--reason", "kept")
    assert hygiene("waive", "[a]*.pyc", *arguments, folder=repository / "odd").status == 0
    assert 'path = "/odd/\\\\[a]\\\\*.pyc"' in (repository / "hygiene.toml").read_text()
    assert "loose-python-bytecode" not in outcome(repository)[1]


def test_comments_and_all_else_stay(repository: Path) -> None:
    text = "# ours\r\n[tool.hygiene] # here\r\n  fixtures = [ 'qa/' ]\r\n\r\n# theirs\r\n[tool.other]\r\nx = 1\r\n"
    config = repository / "pyproject.toml"
    config.write_bytes(text.encode())
    assert hygiene("waive", CACHE, *ARGUMENTS, "--blob", "--owner", "me", folder=repository).status == 0
    written = config.read_bytes().decode()
    head, _, tail = text.partition("\r\n# theirs")
    assert written.startswith(head)
    assert written.endswith(f"\r\n# theirs{tail}")
    assert "[[tool.hygiene.waivers]]\r\n" in written
    assert not (repository / "hygiene.toml").exists()
    assert outcome(repository)[2] == 1


def test_a_pinned_waiver_is_over_when_the_file_changes(built: RepositoryBuilder, repository: Path) -> None:
    assert hygiene("waive", CACHE, *ARGUMENTS, "--blob", folder=repository).status == 0
    built.file(CACHE, b"\x00other")
    status, rules, waived = outcome(repository)
    assert (status, waived) == (1, 0)
    assert "unused-waiver" in rules


def test_the_named_file_is_written(repository: Path) -> None:
    (repository / "team.toml").write_text("# ours\n")
    arguments = ("--config", "team.toml")
    assert hygiene("waive", CACHE, *ARGUMENTS, *arguments, folder=repository).status == 0
    assert not (repository / "hygiene.toml").exists()
    assert outcome(repository, *arguments)[2] == 1


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        ((CACHE, "--rule", "python-bytecod", "--reason", "x"), 2, "Did you mean python-bytecode"),
        ((CACHE, "--rule", "python-bytecode", "--reason", " "), 2, "--reason: says nothing"),
        ((CACHE, "--rule", "python-bytecode"), 2, "Missing option '--reason'"),
        ((CACHE, *ARGUMENTS, "--expires", "2020-01-01"), 2, "2020-01-01 is over"),
        ((CACHE, *ARGUMENTS, "--expires", "soon"), 2, "'soon' does not match"),
        (("nope", *ARGUMENTS), 2, "nope: no tracked file"),
        (("src", *ARGUMENTS, "--blob"), 2, "--blob is for one file"),
        (("\x1b[31m", *ARGUMENTS), 2, "\\033[31m: no tracked file"),
    ],
)
def test_what_cannot_be_meant_is_refused(repository: Path, arguments: Sequence[str], status: int, says: str) -> None:
    assert says in refused(repository, arguments, status)


def test_a_waiver_that_is_there_is_refused(repository: Path) -> None:
    assert hygiene("waive", CACHE, *ARGUMENTS, folder=repository).status == 0
    assert "hygiene.toml:1 waives python-bytecode" in refused(repository, (CACHE, *ARGUMENTS), 5)


def test_a_file_without_a_safe_place_is_left_and_the_lines_are_told(repository: Path) -> None:
    (repository / "pyproject.toml").write_text("[tool]\nhygiene = {size = {max = 1}}\n")
    said = refused(repository, (CACHE, *ARGUMENTS), 5)
    assert said.startswith(
        "error: pyproject.toml has no place where this can be added safely:\n[[tool.hygiene.waivers]]\n"
    )
    assert 'reason = "the decompiler' in said


def test_a_broken_configuration_is_not_written_to(repository: Path) -> None:
    (repository / "hygiene.toml").write_text("[gate]\nfail_onn = 'certain'\n")
    assert "hygiene.toml:2" in refused(repository, (CACHE, *ARGUMENTS), 2)


def test_a_bare_repository_has_no_file_to_write(built: RepositoryBuilder, tmp_path: Path) -> None:
    bare = built.bare_clone(tmp_path / "bare")
    assert "bare repository" in refused(bare, (CACHE, *ARGUMENTS), 5)


def test_no_other_command_pays_for_the_writer_of_configurations() -> None:
    asked = "import sys, hygiene.cli.audit, hygiene.cli.rule; sys.exit('tomlkit' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], env=environment(), check=False).returncode == 0
