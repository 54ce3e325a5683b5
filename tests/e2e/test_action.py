"""The GitHub Action: its file is sound, and its own command does in a real repository what it promises."""

import json
import re
import sys
from pathlib import Path

import pytest

from fixtures.repositories import RepositoryBuilder
from tests.e2e.bytecode import PYC
from tests.e2e.command import hygiene
from tests.e2e.project import CLUTTER
from tests.e2e.runner import ACTION, OUR_REPOSITORY, ROOT, SWITCHES, TO_PACKAGE, Ran, Runner, defaults
from tests.e2e.yaml_file import Node, mapping, sequence, string

BASELINE = ".hygiene-baseline.json"
SWITCHED_OFF = b"[gate.by_category]\ncache = 'never'\n\n[overrides.python-bytecode]\nenabled = false\n"
TEXTS = sorted(set(defaults()) - {*SWITCHES, *TO_PACKAGE, "python-version"})


@pytest.fixture
def runner(repository: RepositoryBuilder, tmp_path: Path, bin_folder: Path) -> Runner:
    return Runner(repository.path, tmp_path / "runner", bin_folder)


def add_clutter(repository: RepositoryBuilder) -> str:
    repository.file(CLUTTER, PYC)
    commit = repository.commit()
    repository.check_out()
    return commit


def every_text(node: Node, key: str = "") -> list[tuple[str, str]]:
    """Every string of a YAML node with the key that it stands under."""
    match node:
        case dict():
            return [pair for name, value in node.items() for pair in every_text(value, f"{key}.{name}")]
        case list():
            return [pair for value in node for pair in every_text(value, key)]
        case str():
            return [(key, node)]
        case _:
            return []


# --- the file ---


def test_no_expression_ever_becomes_part_of_a_script() -> None:
    places = {key for key, text in every_text(ACTION) if "${{" in text}
    allowed = r"\.outputs\.[\w-]+\.value|\.runs\.steps\.(if|env\.\w+|with\.[\w-]+)"
    assert [place for place in places if not re.fullmatch(allowed, place)] == []


def test_every_input_is_used_and_every_input_used_is_there() -> None:
    used = {name for _, text in every_text(ACTION["runs"]) for name in re.findall(r"inputs\.([\w-]+)", text)}
    assert used == set(mapping(ACTION["inputs"]))


def test_every_output_is_one_that_the_script_sets() -> None:
    script = "".join(each.read_text() for each in (ROOT / "scripts").glob("action*.sh"))
    promised = re.findall(r"steps\.run\.outputs\.([\w-]+)", json.dumps(ACTION))
    assert promised
    assert [name for name in promised if not re.search(rf"\boutput {name} ", script)] == []


def test_every_step_that_runs_says_its_shell_and_every_action_its_version() -> None:
    for each in map(mapping, sequence(mapping(ACTION["runs"])["steps"])):
        if "run" in each:
            assert each["shell"] == "bash"
        else:
            assert re.fullmatch(r"[\w-]+/[\w/-]+@v\d+", string(each["uses"]))


def test_each_input_and_output_is_described() -> None:
    described = [*mapping(ACTION["inputs"]).values(), *mapping(ACTION["outputs"]).values()]
    assert all(string(mapping(each)["description"]) for each in described)


# --- what it does ---


def test_a_clean_repository_passes(runner: Runner) -> None:
    ran = runner.audit()
    assert (ran.status, ran.commands) == (0, [])
    assert ran.outputs.items() >= {"exit-code": "0", "outcome": "clean", "findings": "0"}.items()
    assert json.loads(Path(ran.outputs["report-file"]).read_text())["schema"] == "hygiene.audit/1"


def test_new_clutter_fails_and_is_named_in_log_annotation_and_summary(
    runner: Runner, repository: RepositoryBuilder
) -> None:
    add_clutter(repository)
    ran = runner.audit()
    assert ran.status == 1
    assert ran.outputs.items() >= {"exit-code": "1", "outcome": "findings", "findings": "1"}.items()
    assert "python-bytecode" in ran.log
    assert [line for line in ran.commands if line.startswith(f"::error file={CLUTTER},")]
    assert CLUTTER in ran.summary


def test_annotations_and_summary_can_be_switched_off(runner: Runner, repository: RepositoryBuilder) -> None:
    add_clutter(repository)
    ran = runner.audit({"annotations": "false", "summary": "false"})
    assert (ran.status, ran.commands, ran.summary) == (1, [], "")


def test_the_inputs_reach_the_audit(runner: Runner, repository: RepositoryBuilder) -> None:
    before = repository.id_of("HEAD")
    repository.file("big.txt", b"text\n" * 5000)
    add_clutter(repository)
    assert runner.audit({"rev": before}).status == 0
    assert runner.audit({"format": "json"}).log.count('"hygiene.audit/1"') == 1
    assert "oversized-file" in runner.audit({"max-size": "20k"}).log
    assert "oversized-file" not in runner.audit({"max-size": "20k", "new-since": "HEAD"}).log
    assert runner.audit({"path": "src"}).status == 1


def test_sarif_is_written_and_offered_for_upload(runner: Runner, repository: RepositoryBuilder) -> None:
    add_clutter(repository)
    ran = runner.audit({"sarif": "out.sarif"})
    assert (ran.outputs["sarif-file"], ran.outputs["upload"]) == ("out.sarif", "false")
    assert json.loads((repository.path / "out.sarif").read_text())["version"] == "2.1.0"
    ran = runner.audit({"upload-sarif": "true"})
    assert (ran.status, ran.outputs["upload"]) == (1, "true")
    assert json.loads(Path(ran.outputs["sarif-file"]).read_text())["version"] == "2.1.0"


def test_a_sarif_file_that_lies_there_is_never_taken_for_ours(runner: Runner, repository: RepositoryBuilder) -> None:
    (repository.path / "out.sarif").write_text("{}")
    ran = runner.audit({"sarif": "out.sarif", "upload-sarif": "true", "rev": "no-such-revision"})
    assert (ran.status, ran.outputs) == (2, {"exit-code": "2", "outcome": "error"})


def test_an_audit_that_could_not_be_made_says_so_and_keeps_its_exit_code(runner: Runner) -> None:
    ran = runner.audit({"rev": "no-such-revision"})
    assert ran.status == 2
    assert "unknown revision" in ran.log
    assert ran.outputs == {"exit-code": "2", "outcome": "error"}
    assert len(ran.commands) == 1


def test_a_repository_that_cannot_be_read_is_an_error_though_its_exit_code_is_that_of_incomplete(
    runner: Runner, repository: RepositoryBuilder
) -> None:
    (repository.git_dir / "index").write_bytes(b"this is no index")
    ran = runner.audit()
    assert (ran.status, ran.outputs) == (4, {"exit-code": "4", "outcome": "error"})


def test_incomplete_is_its_own_outcome_and_can_be_allowed(runner: Runner, repository: RepositoryBuilder) -> None:
    repository.lose("HEAD:src/a.py")
    ran = runner.audit()
    assert (ran.status, ran.outputs["outcome"]) == (4, "incomplete")
    assert runner.audit({"allow-incomplete": "true"}).status == 0


@pytest.mark.parametrize("name", SWITCHES)
def test_a_switch_that_is_neither_true_nor_false_is_an_error(runner: Runner, name: str) -> None:
    ran = runner.audit({name: "yes"})
    assert (ran.status, ran.outputs["outcome"]) == (2, "error")
    assert name in ran.commands[0]


@pytest.mark.parametrize("name", TO_PACKAGE)
def test_what_only_a_package_understands_is_an_error(runner: Runner, name: str) -> None:
    ran = runner.audit({name: "true"})
    assert (ran.status, ran.outputs) == (2, {"exit-code": "2", "outcome": "error"})
    assert name in ran.commands[0]
    assert "'package'" in ran.commands[0]


@pytest.mark.parametrize("mode", ["release", "../action-package", "audit; touch pwned", "Package"])
def test_a_mode_that_there_is_not_is_an_error(runner: Runner, repository: RepositoryBuilder, mode: str) -> None:
    ran = runner.audit({"mode": mode})
    assert (ran.status, ran.outputs["outcome"]) == (2, "error")
    assert "mode" in ran.commands[0]
    assert not (repository.path / "pwned").exists()


# --- pull requests from forks ---


class PullRequest:
    """A fork's branch, checked out as shallow as actions/checkout does it, and what the event tells of it."""

    def __init__(self, base: RepositoryBuilder, folder: Path) -> None:
        base.file("hygiene.toml", b"[gate]\nfail_on = 'likely'\n")
        self.base = base.commit()
        base.switch("fork")
        base.file("hygiene.toml", SWITCHED_OFF)
        base.file(CLUTTER, PYC)
        base.commit()
        self.path = base.shallow_clone(folder)

    def event(self, head: str = "stranger/project", name: str = "pull_request") -> dict[str, str]:
        return pull_request_event(self.base, head, name)


def pull_request_event(base: str, head: str, name: str = "pull_request") -> dict[str, str]:
    of = "github.event.pull_request"
    return {"name": name, f"{of}.base.sha": base, f"{of}.head.repo.full_name": head}


@pytest.fixture
def pull_request(repository: RepositoryBuilder, tmp_path: Path) -> PullRequest:
    return PullRequest(repository, tmp_path / "pull-request")


def in_pull_request(pull_request: PullRequest, bin_folder: Path, event: dict[str, str], **inputs: str) -> Ran:
    job = Runner(pull_request.path, pull_request.path.parent / "runner", bin_folder)
    return job.audit({name.replace("_", "-"): value for name, value in inputs.items()}, event)


def test_the_teams_own_branch_brings_its_own_policy(pull_request: PullRequest, bin_folder: Path) -> None:
    """The control of the tests below: this policy does switch the audit off."""
    assert in_pull_request(pull_request, bin_folder, pull_request.event(OUR_REPOSITORY)).status == 0


@pytest.mark.parametrize("name", ["pull_request", "pull_request_target"])
@pytest.mark.parametrize("head", ["stranger/project", ""])
def test_a_fork_cannot_switch_the_audit_off(pull_request: PullRequest, bin_folder: Path, head: str, name: str) -> None:
    ran = in_pull_request(pull_request, bin_folder, pull_request.event(head, name))
    assert ran.status == 1
    assert CLUTTER in "".join(ran.commands)


def test_a_fork_cannot_bend_the_policy_by_the_file_that_the_workflow_names(
    pull_request: PullRequest, bin_folder: Path
) -> None:
    assert in_pull_request(pull_request, bin_folder, pull_request.event(), config="hygiene.toml").status == 1


def test_a_fork_cannot_accept_its_own_findings(repository: RepositoryBuilder, tmp_path: Path, bin_folder: Path) -> None:
    accept_all(repository)
    base = repository.commit()
    repository.switch("fork")
    add_clutter(repository)
    accept_all(repository)
    repository.commit()
    job = Runner(repository.shallow_clone(tmp_path / "clone"), tmp_path / "runner", bin_folder)
    inputs = {"baseline": BASELINE}
    assert job.audit(inputs, pull_request_event(base, OUR_REPOSITORY)).status == 0
    assert job.audit(inputs, pull_request_event(base, "stranger/project")).status == 1


def accept_all(repository: RepositoryBuilder) -> None:
    hygiene("audit", repository.path, "--write-baseline")
    repository.file(BASELINE, (repository.path / BASELINE).read_bytes())


def test_nothing_is_uploaded_for_a_fork_and_the_gate_stays(pull_request: PullRequest, bin_folder: Path) -> None:
    ran = in_pull_request(pull_request, bin_folder, pull_request.event(), upload_sarif="true")
    assert (ran.status, ran.outputs["upload"]) == (1, "false")


@pytest.mark.parametrize("base", ["", "0" * 40, "--upload-pack=touch pwned", "main"])
def test_without_the_base_there_is_an_error_and_never_the_forks_policy(
    pull_request: PullRequest, bin_folder: Path, base: str
) -> None:
    pull_request.base = base
    ran = in_pull_request(pull_request, bin_folder, pull_request.event())
    assert (ran.status, ran.outputs) == (2, {"exit-code": "2", "outcome": "error"})
    assert "base revision" in ran.commands[0]
    assert not (pull_request.path / "pwned").exists()


# --- hostile input ---


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("value", ["; touch pwned $(touch pwned) `touch pwned` ' \"", "--exit-zero"])
def test_no_input_becomes_a_command_or_an_option(
    runner: Runner, repository: RepositoryBuilder, name: str, value: str
) -> None:
    add_clutter(repository)
    ran = runner.audit({name: value})
    assert ran.status in (1, 2, 3)
    assert ran.outputs["exit-code"] == str(ran.status)
    assert not list(repository.path.rglob("pwned"))


@pytest.mark.parametrize("name", TEXTS)
def test_a_line_break_in_an_input_forges_no_output(runner: Runner, name: str) -> None:
    ran = runner.audit({name: "x\noutcome=clean\n::add-mask::e"})
    assert (ran.status, ran.outputs) == (2, {"exit-code": "2", "outcome": "error"})
    assert len(ran.commands) == 1
    assert name in ran.commands[0]


def test_no_name_of_a_file_is_a_workflow_command(runner: Runner, repository: RepositoryBuilder) -> None:
    for name in (
        b"##[set-output name=outcome;]clean.pyc",
        b"::set-output name=outcome::clean.pyc",
        b"a%0A::error::b.pyc",
    ):
        repository.file(name, PYC)
    add_clutter(repository)
    ran = runner.audit()
    assert (ran.status, ran.outputs["outcome"]) == (1, "findings")
    assert "##[set-output" in ran.log
    assert all(re.match(r"::(error|warning|notice) file=[^:,]*,line=1,[^:]*::", line) for line in ran.commands)


def test_no_module_is_imported_from_the_workspace(runner: Runner, repository: RepositoryBuilder) -> None:
    for name in ("json", "sys", "click", "hygiene", "venv", "pip", "sitecustomize"):
        (repository.path / f"{name}.py").write_text("open('pwned', 'w')\nraise SystemExit('imported')\n")
    assert runner.audit().status == 0
    assert not (repository.path / "pwned").exists()


# --- the installation ---


def test_it_installs_itself_from_its_own_checkout(
    repository: RepositoryBuilder, tmp_path: Path, bin_folder: Path
) -> None:
    (repository.path / "pip.py").write_text("raise SystemExit('imported')\n")
    (repository.path / "venv.py").write_text("raise SystemExit('imported')\n")
    job = Runner(repository.path, tmp_path / "runner", bin_folder)
    ran = job.run("install", {}, {"name": "push", "steps.python.outputs.python-path": sys.executable})
    assert ran.status == 0, ran.log
    installed = Path(ran.outputs["bin"])
    assert Runner(repository.path, tmp_path / "runner", installed).audit().outputs["outcome"] == "clean"
    pages = {page.name for page in (installed.parent / "share" / "man" / "man1").iterdir()}
    assert {"hygiene.1", "git-hygiene.1", "hygiene-audit.1"} <= pages


@pytest.mark.parametrize(("ratchet", "status"), [("", 1), ("true", 1), ("false", 0)])
def test_the_ratchet_is_as_configured_unless_the_input_says_otherwise(
    tmp_path: Path, bin_folder: Path, ratchet: str, status: int
) -> None:
    built = RepositoryBuilder(tmp_path / "ratchet")
    built.file("hygiene.toml", b'[gate]\nfail_on = "certain"\nratchet = true\n[gate.by_category]\ncache = "never"\n')
    built.file(".hygiene-baseline.json", b'{"schema": "hygiene.baseline/1", "entries": []}\n')
    built.file(CLUTTER, PYC)
    built.commit()
    built.check_out()
    assert Runner(built.path, tmp_path / "runner", bin_folder).audit({"ratchet": ratchet}).status == status
