"""`hygiene waive` as people call it."""

import json
import stat
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest

from fixtures.repositories import RepositoryBuilder
from tests.e2e.command import command, environment, hygiene

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
    assert ended.out == f"hygiene.toml: waives python-bytecode for /{CACHE} (1 finding)\n"
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
        ((CACHE, *ARGUMENTS, "--expires", "tomorrow"), 2, "'tomorrow' is no day; write the day as 2027-01-31"),
        ((CACHE, *ARGUMENTS, "--expires", "2027-02-30"), 2, "the calendar has no 2027-02-30"),
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


def test_runs_at_the_same_time_all_keep_their_waivers(built: RepositoryBuilder, repository: Path) -> None:
    names = [f"src/__pycache__/{letter}.cpython-312.pyc" for letter in "bcdefg"]
    for name in names:
        built.file(name, b"\x00code")
    (repository / "hygiene.toml").write_text("# ours\n")
    running = [
        subprocess.Popen(
            command("waive", name, *ARGUMENTS),
            cwd=repository,
            env=environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for name in names
    ]
    statuses = [process.wait() for process in running]
    assert statuses == [0] * len(names)
    text = (repository / "hygiene.toml").read_text()
    assert text.startswith("# ours\n")
    assert sorted(each["path"] for each in tomllib.loads(text)["waivers"]) == [f"/{name}" for name in names]
    assert [path.name for path in repository.glob(".hygiene*")] == []


@pytest.mark.parametrize("signs", ["\x9b31m\x85\u2028", "\u202e\u200b\ufeff\x1b"])
def test_no_sign_that_hides_itself_reaches_the_file(repository: Path, signs: str) -> None:
    given = ("--rule", "python-bytecode", "--reason", f"a{signs}b", "--owner", signs)
    assert hygiene("waive", CACHE, *given, folder=repository).status == 0
    text = (repository / "hygiene.toml").read_bytes().decode()
    assert text.replace("\n", "").isprintable()
    (told,) = tomllib.loads(text)["waivers"]
    assert (told["reason"], told["owner"]) == (f"a{signs}b", signs)
    (repository / "hygiene.toml").write_text("waivers = []\n")
    assert hygiene("waive", CACHE, *given, folder=repository).status == 0
    assert (repository / "hygiene.toml").read_bytes().decode().replace("\n", "").isprintable()


@pytest.mark.parametrize("path", [CACHE, "src"])
def test_the_rule_of_another_finding_is_refused_unless_forced(repository: Path, path: str) -> None:
    arguments = (path, "--rule", "log-file", "--reason", "x")
    said = refused(repository, arguments, 5)
    assert "error: no finding of log-file at /src/" in said
    assert "now; python-bytecode has 1\n" in said
    forced = hygiene("waive", *arguments, "--force", folder=repository)
    assert forced.status == 0
    assert forced.out.endswith("(no finding now)\n")
    assert "warning: no finding of log-file" in forced.err


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("src/a.py", "at /src/a.py now\n"),
        ("*.pyc", "at *.pyc now; loose-python-bytecode has 1 and python-bytecode has 1"),
    ],
)
def test_a_pattern_or_a_clean_file_without_a_finding_is_only_warned_of(repository: Path, path: str, says: str) -> None:
    ended = hygiene("waive", path, "--rule", "log-file", "--reason", "x", folder=repository)
    assert ended.status == 0
    assert f"warning: no finding of log-file {says}" in ended.err


def test_a_waiver_around_or_inside_another_is_told(repository: Path) -> None:
    assert hygiene("waive", CACHE, *ARGUMENTS, folder=repository).err == ""
    wider = hygiene("waive", "src", *ARGUMENTS, folder=repository)
    assert wider.err == f"note: it covers what hygiene.toml:1 (/{CACHE}) lets pass, which can go\n"
    inside = hygiene("waive", "src/__pycache__", *ARGUMENTS, folder=repository)
    assert inside.err == "note: hygiene.toml:6 (/src/) lets all of that pass already\n"


def test_an_expired_waiver_is_renewed_in_its_place(repository: Path) -> None:
    text = f"""# ours
[[waivers]] # the one
rule = 'python-bytecode' # by name
path = "/{CACHE}"
reason = "old"  # why
expires = 2020-01-01 # asked Ann
owner = "docs"

# How large
[size]
max = 1000000
"""
    (repository / "hygiene.toml").write_text(text)
    ended = hygiene("waive", CACHE, *ARGUMENTS, "--expires", "2999-12-31", folder=repository)
    assert ended.out == f"hygiene.toml: renews the waiver of python-bytecode for /{CACHE} (1 finding)\n"
    renewed = text.replace('"old"', '"the decompiler\'s test data"').replace("2020-01-01", "2999-12-31")
    assert (repository / "hygiene.toml").read_text() == renewed
    assert outcome(repository)[2] == 1


@pytest.mark.parametrize("mode", [0o444, 0o600])
def test_the_mode_of_the_file_stays(repository: Path, mode: int) -> None:
    (repository / "hygiene.toml").write_text("# ours\n")
    (repository / "hygiene.toml").chmod(mode)
    assert hygiene("waive", CACHE, *ARGUMENTS, folder=repository).status == 0
    assert stat.S_IMODE((repository / "hygiene.toml").stat().st_mode) == mode


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
