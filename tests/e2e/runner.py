"""Does what GitHub's runner does with `action.yml`: resolves expressions, runs a step's command, reads its files."""

import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from tests.e2e.programs import network, with_programs
from tests.e2e.yaml_file import Node, load, mapping, sequence, string

ROOT = Path(__file__).parents[2]
ACTION = mapping(load(ROOT / "action.yml"))
OUR_REPOSITORY = "team/project"
SERVER = "https://git.example.org"
WORKFLOW = f"{OUR_REPOSITORY}/.github/workflows/release.yml@refs/tags/v1.0"
SWITCHES = ("annotations", "summary", "ratchet", "upload-sarif", "allow-incomplete", "attest")
TO_PACKAGE = ("version", "target", "output", "archive-format", "attest")
TO_AUDIT = ("fail-on", "max-size", "new-since", "baseline", "ratchet", "sarif", "upload-sarif", "allow-incomplete")
"""The inputs that are a switch, and those that only one mode understands."""


class Ran(NamedTuple):
    """How a step ended: its status, its log, its outputs and what it added to the summary of the job."""

    status: int
    log: str
    outputs: dict[str, str]
    summary: str

    @property
    def commands(self) -> list[str]:
        """The lines that the runner obeys: not those between `stop-commands` and its token."""
        stopped = re.sub(r"^::stop-commands::(\w+)$.*?^::\1::$", "", self.log, flags=re.MULTILINE | re.DOTALL)
        return [line for line in stopped.splitlines() if line.lstrip().startswith("::") or "##[" in line]


def step(name: str) -> dict[str, Node]:
    """The step of the Action with this id."""
    steps = map(mapping, sequence(mapping(ACTION["runs"])["steps"]))
    return next(each for each in steps if each.get("id") == name)


def defaults() -> dict[str, str]:
    return {name: string(mapping(each).get("default", "")) for name, each in mapping(ACTION["inputs"]).items()}


class Runner:
    """One job: a folder with a checked out repository, and the temporary folder of the runner."""

    def __init__(self, workspace: Path, temporary: Path, programs: Path) -> None:
        self._workspace = workspace
        self._temporary = temporary
        self._programs = programs
        temporary.mkdir(exist_ok=True)

    def audit(self, inputs: Mapping[str, str] | None = None, event: Mapping[str, str] | None = None) -> Ran:
        """Runs the Action's own step. `event` holds `name`, and the expressions of `github.event` by their path."""
        return self.run("run", inputs or {}, event or {"name": "push"})

    def package(self, inputs: Mapping[str, str] | None = None, event: Mapping[str, str] | None = None) -> Ran:
        """The same in the mode `package`."""
        return self.audit({"mode": "package"} | dict(inputs or {}), event)

    def run(self, name: str, inputs: Mapping[str, str], event: Mapping[str, str]) -> Ran:
        """Runs one step as the runner does."""
        values = {f"inputs.{key}": value for key, value in (defaults() | dict(inputs)).items()}
        values |= {"steps.install.outputs.bin": str(self._programs)} | dict(event)
        resolved = {key: _resolve(string(value), values) for key, value in mapping(step(name)["env"]).items()}
        files = {key: self._temporary / key.lower() for key in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        for file in files.values():
            file.write_text("")
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", string(step(name)["run"])],
            cwd=self._workspace,
            env=self._environment(event["name"]) | resolved | {key: str(file) for key, file in files.items()},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            check=False,
        )
        return Ran(
            done.returncode,
            done.stdout.decode(),
            _outputs(files["GITHUB_OUTPUT"].read_text()),
            files["GITHUB_STEP_SUMMARY"].read_text(),
        )

    def _environment(self, event: str) -> dict[str, str]:
        return with_programs(
            self._programs,
            CI="true",
            GITHUB_ACTIONS="true",
            GITHUB_ACTION_PATH=str(ROOT),
            GITHUB_EVENT_NAME=event,
            GITHUB_REPOSITORY=OUR_REPOSITORY,
            GITHUB_SERVER_URL=SERVER,
            GITHUB_WORKFLOW_REF=WORKFLOW,
            GITHUB_WORKSPACE=str(self._workspace),
            GIT_CONFIG_GLOBAL="/dev/null",
            GIT_CONFIG_NOSYSTEM="1",
            RUNNER_TEMP=str(self._temporary),
            **network(),
        )


def _resolve(text: str, values: Mapping[str, str]) -> str:
    """An expression that names something the event does not have is empty, as it is for the runner."""
    return re.sub(r"\$\{\{ ([\w.-]+) \}\}", lambda found: values.get(found[1], ""), text)


def _outputs(text: str) -> dict[str, str]:
    pairs = [line.partition("=")[::2] for line in text.splitlines()]
    names = [name for name, _ in pairs]
    assert len(set(names)) == len(names), f"an output was set twice: {names}"
    return dict(pairs)
