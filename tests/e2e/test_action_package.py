"""The GitHub Action in the mode `package`: what it builds, how it refuses, and what no input or name makes it do."""

import hashlib
import json
import re
import zipfile
from pathlib import Path

import pytest

from fixtures.repositories import RepositoryBuilder
from tests.e2e.bytecode import PYC
from tests.e2e.project import CLUTTER
from tests.e2e.runner import OUR_REPOSITORY, SERVER, SWITCHES, TO_AUDIT, TO_PACKAGE, WORKFLOW, Runner
from tests.e2e.test_action import pull_request_event

SETTINGS = b'[package]\nname = "demo"\ninclude = ["/src/"]\n\n[package.targets.all]\ninclude = ["*"]\n'
TEXTS = sorted({"path", "rev", "config", "policy-rev", "format", *TO_PACKAGE} - set(SWITCHES))
ERROR = {"exit-code": "2", "outcome": "error"}


@pytest.fixture
def project(repository: RepositoryBuilder) -> RepositoryBuilder:
    repository.file("hygiene.toml", SETTINGS)
    repository.commit()
    repository.tag("v1.0")
    repository.check_out()
    return repository


@pytest.fixture
def runner(project: RepositoryBuilder, tmp_path: Path, bin_folder: Path) -> Runner:
    return Runner(project.path, tmp_path / "runner", bin_folder)


def add(project: RepositoryBuilder, name: str | bytes, data: bytes = PYC) -> None:
    project.file(name, data)
    project.commit()


# --- what it does ---


def test_it_builds_and_verifies_the_archive_and_says_where_everything_lies(
    runner: Runner, project: RepositoryBuilder
) -> None:
    ran = runner.package()
    assert (ran.status, ran.commands) == (0, []), ran.log
    archive = project.path / "dist" / "demo-1.0.zip"
    manifest = json.loads((project.path / ran.outputs["manifest"]).read_text())
    assert ran.outputs == {
        "exit-code": "0",
        "outcome": "clean",
        "archive": "dist/demo-1.0.zip",
        "manifest": "dist/demo-1.0.zip.manifest.json",
        "checksum": "dist/demo-1.0.zip.sha256",
        "archive-sha256": hashlib.sha256(archive.read_bytes()).hexdigest(),
        "content-digest": manifest["content_digest"],
    }
    assert (project.path / ran.outputs["checksum"]).read_text().split()[0] == ran.outputs["archive-sha256"]
    assert zipfile.ZipFile(archive).namelist() == ["demo-1.0/src/a.py"]
    assert re.search(r"commit: held", ran.log)
    assert ran.outputs["content-digest"] in ran.summary


def test_its_inputs_reach_the_package(runner: Runner, project: RepositoryBuilder, tmp_path: Path) -> None:
    given = {"target": "all", "version": "2.0", "output": "../out", "archive-format": "tar.gz", "rev": "v1.0"}
    ran = runner.package(given)
    assert (ran.status, ran.outputs["archive"]) == (0, "../out/demo-all-2.0.tar.gz")
    assert (tmp_path / "out" / "demo-all-2.0.tar.gz").exists()
    assert '"hygiene.package-verify/1"' in runner.package({"format": "json"}).log
    (project.path / "other.toml").write_text('[package]\nname = "other"\ninclude = ["*"]\n')
    assert runner.package({"config": "other.toml"}).outputs["archive"] == "dist/other-1.0.zip"
    assert runner.package({"path": "src"}).status == 0


def test_a_statement_names_the_commit_and_the_workflow(runner: Runner, project: RepositoryBuilder) -> None:
    packaged = project.id_of("HEAD")
    add(project, "src/b.py", b"print()\n")
    ran = runner.package({"attest": "true", "rev": "v1.0"})
    statement = json.loads((project.path / ran.outputs["provenance"]).read_text())["predicate"]
    (source,) = statement["buildDefinition"]["resolvedDependencies"]
    assert source["uri"] == f"git+{SERVER}/{OUR_REPOSITORY}@{packaged}"
    assert source["digest"]["gitCommit"] == packaged
    assert statement["runDetails"]["builder"]["id"] == f"{SERVER}/{WORKFLOW}"


def test_a_refusal_names_every_file_in_log_annotation_and_summary(runner: Runner, project: RepositoryBuilder) -> None:
    add(project, CLUTTER)
    project.symlink("src/link", b"a.py")
    project.commit()
    ran = runner.package()
    assert (ran.status, ran.outputs) == (5, {"exit-code": "5", "outcome": "refused"})
    assert not (project.path / "dist" / "demo-1.0.zip").exists()
    places = [re.match(r"::error file=([^,]+),line=1,title=hygiene%3A ([\w-]+)::", line) for line in ran.commands]
    assert [found and found.groups() for found in places] == [(CLUTTER, "denied"), ("src/link", "symlink")]
    assert "python-bytecode" in ran.log
    assert CLUTTER in ran.summary
    assert "hygiene waive" in ran.summary


def test_annotations_and_summary_can_be_switched_off(runner: Runner, project: RepositoryBuilder) -> None:
    silent = {"annotations": "false", "summary": "false"}
    assert runner.package(silent).summary == ""
    add(project, CLUTTER)
    ran = runner.package(silent)
    assert (ran.status, ran.commands, ran.summary) == (5, [], "")


def test_no_more_annotations_than_are_shown_and_the_rest_is_counted(runner: Runner, project: RepositoryBuilder) -> None:
    for number in range(12):
        project.file(f"src/{number}.pyc", PYC)
    project.commit()
    ran = runner.package()
    assert len(ran.commands) == 10
    assert "and 3 more" in ran.commands[-1]


def test_the_same_archive_may_be_there_and_another_one_is_left_alone(
    runner: Runner, project: RepositoryBuilder
) -> None:
    assert runner.package().status == runner.package().status == 0
    archive = project.path / "dist" / "demo-1.0.zip"
    archive.write_bytes(b"another")
    ran = runner.package()
    assert (ran.status, ran.outputs) == (5, {"exit-code": "5", "outcome": "error"})
    assert len(ran.commands) == 1
    assert archive.read_bytes() == b"another"


@pytest.mark.parametrize(
    "inputs", [{"rev": "no-such-revision"}, {"target": "none"}, {"archive-format": "rar"}, {"output": "src/a.py"}]
)
def test_what_cannot_be_done_is_an_error_and_keeps_its_exit_code(runner: Runner, inputs: dict[str, str]) -> None:
    ran = runner.package(inputs)
    assert (ran.status, ran.outputs) == (2, ERROR)
    assert len(ran.commands) == 1


@pytest.mark.parametrize("name", TO_AUDIT)
def test_what_only_an_audit_understands_is_an_error(runner: Runner, name: str) -> None:
    ran = runner.package({name: "true"})
    assert (ran.status, ran.outputs) == (2, ERROR)
    assert name in ran.commands[0]
    assert "'audit'" in ran.commands[0]


@pytest.mark.parametrize("name", ["annotations", "summary", "attest"])
def test_a_switch_that_is_neither_true_nor_false_is_an_error(runner: Runner, name: str) -> None:
    ran = runner.package({name: "yes"})
    assert (ran.status, ran.outputs) == (2, ERROR)
    assert name in ran.commands[0]


def test_a_shallow_checkout_of_the_tag_is_enough(project: RepositoryBuilder, tmp_path: Path, bin_folder: Path) -> None:
    ran = Runner(project.shallow_clone(tmp_path / "clone"), tmp_path / "runner", bin_folder).package({"version": "1.0"})
    assert (ran.status, ran.outputs["archive"]) == (0, "dist/demo-1.0.zip")


# --- pull requests from forks ---


def test_a_fork_cannot_let_in_what_the_base_denies(
    project: RepositoryBuilder, tmp_path: Path, bin_folder: Path
) -> None:
    base = project.id_of("HEAD")
    project.switch("fork")
    project.file("hygiene.toml", SETTINGS + b"[overrides.python-bytecode]\nenabled = false\n")
    add(project, CLUTTER)
    job = Runner(project.shallow_clone(tmp_path / "clone"), tmp_path / "runner", bin_folder)
    assert job.package({}, pull_request_event(base, OUR_REPOSITORY)).status == 0
    assert job.package({}, pull_request_event(base, "stranger/project")).outputs["outcome"] == "refused"


# --- hostile input ---


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("value", ["; touch pwned $(touch pwned) `touch pwned` ' \"", "--init"])
def test_no_input_becomes_a_command_or_an_option(
    runner: Runner, project: RepositoryBuilder, name: str, value: str
) -> None:
    ran = runner.package({name: value})
    assert ran.status == (0 if name == "output" else 3 if name == "path" else 2), ran.log
    assert ran.outputs["exit-code"] == str(ran.status)
    assert not list(project.path.rglob("pwned"))
    assert "include =" not in ran.log


@pytest.mark.parametrize("value", ["--git-dir", "--since=yesterday", "HEAD:src", "--all"])
def test_nothing_but_a_commit_is_attested(runner: Runner, value: str) -> None:
    ran = runner.package({"rev": value, "attest": "true"})
    assert (ran.status, ran.outputs) == (2, ERROR)
    assert "no commit is called" in ran.commands[0]


@pytest.mark.parametrize("name", TEXTS)
def test_a_line_break_in_an_input_forges_no_output(runner: Runner, name: str) -> None:
    ran = runner.package({name: "x\noutcome=clean\n::add-mask::e"})
    assert (ran.status, ran.outputs) == (2, ERROR)
    assert len(ran.commands) == 1
    assert name in ran.commands[0]


def test_no_name_of_a_file_is_a_command_a_property_or_markup(runner: Runner, project: RepositoryBuilder) -> None:
    for name in (
        b"##[set-output name=outcome;]clean.pyc",
        b"::set-output name=outcome::clean.pyc",
        b"a%0A::error::b.pyc",
        b"</pre><img src=x>,line=7.pyc",
        b"new\nline.pyc",
        b"\xff.pyc",
        b"=.pyc",
    ):
        project.file(b"src/" + name, PYC)
    project.commit()
    ran = runner.package()
    assert (ran.status, ran.outputs["outcome"]) == (5, "refused")
    assert all(
        re.match(r"::error (file=[^:,]*,line=1,)?title=hygiene(%3A [\w-]+)?::", line) and "##[" not in line
        for line in ran.commands
    )
    assert "%0A" not in "".join(ran.commands).replace("%250A", "")
    assert "<img" not in ran.summary
    assert ran.summary.count("</pre>") == 1


def test_no_module_is_imported_from_the_workspace(runner: Runner, project: RepositoryBuilder) -> None:
    for name in ("json", "sys", "click", "hygiene", "sitecustomize"):
        (project.path / f"{name}.py").write_text("open('pwned', 'w')\nraise SystemExit('imported')\n")
    assert runner.package().status == 0
    add(project, CLUTTER)
    assert runner.package().outputs["outcome"] == "refused"
    assert not (project.path / "pwned").exists()
