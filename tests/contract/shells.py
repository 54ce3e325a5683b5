"""The programs that emitted scripts are run with, each where it is installed."""

import os
import pty
import shutil
import subprocess
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest

from hygiene.model.untracking import UntrackPlan
from hygiene.report.untrack_scripts import EMITTERS, ScriptKind

YES = {ScriptKind.SH: "--yes", ScriptKind.PS1: "-Yes"}
HELP = {ScriptKind.SH: "--help", ScriptKind.PS1: "-Help"}
ENVIRONMENT = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "POWERSHELL_TELEMETRY_OPTOUT": "1"}


class Ran(NamedTuple):
    """What a run of a script came to."""

    status: int
    out: bytes
    err: bytes


class Shell(NamedTuple):
    """One program and the scripts that it runs."""

    name: str
    command: Sequence[str]
    kind: ScriptKind

    def run(self, plan: UntrackPlan, where: Path, *options: str, **environment: str) -> Ran:
        """Runs the script for a plan in a folder, without a terminal; `--yes` and `--help` as it spells them."""
        script = self._written(plan, where)
        path = self._tools(where.parent) + os.environ["PATH"]
        spelt = {"--yes": YES[self.kind], "--help": HELP[self.kind]}
        done = subprocess.run(
            [*self.command, str(script), *(spelt.get(option, option) for option in options)],
            cwd=where,
            env=os.environ | ENVIRONMENT | {"PATH": path} | environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
        return Ran(done.returncode, done.stdout.replace(b"\r\n", b"\n"), done.stderr)

    def run_at_terminal(self, plan: UntrackPlan, where: Path, answer: bytes) -> Ran:
        """Runs the script for a plan with a terminal before it, at which somebody types an answer."""
        ours, its = pty.openpty()
        with subprocess.Popen(
            [*(word for word in self.command if word != "-NonInteractive"), str(self._written(plan, where))],
            cwd=where,
            env=os.environ | ENVIRONMENT | {"PATH": self._tools(where.parent) + os.environ["PATH"]},
            stdin=its,
            stdout=its,
        ) as process:
            os.close(its)
            os.write(ours, answer)
            out = b"".join(iter(partial(_read, ours), b""))
        os.close(ours)
        return Ran(process.returncode, out.replace(b"\r\n", b"\n"), b"")

    def _written(self, plan: UntrackPlan, where: Path) -> Path:
        script = where.parent / f"emitted.{self.kind}"
        script.write_bytes(EMITTERS[self.kind](plan).encode("ascii"))
        return script

    def _tools(self, folder: Path) -> str:
        """Busybox brings its own tools, which the script must do with too."""
        if self.name != "busybox":
            return ""
        tools = folder / "tools"
        if not tools.exists():
            tools.mkdir()
            subprocess.run(["busybox", "--install", "-s", str(tools)], check=True)
        return f"{tools}{os.pathsep}"


def _read(terminal: int) -> bytes:
    """What comes next; nothing at the end, which Linux tells as an error."""
    try:
        return os.read(terminal, 4096)
    except OSError:
        return b""


SHELLS = (
    Shell("dash", ("dash",), ScriptKind.SH),
    Shell("bash", ("bash", "--posix"), ScriptKind.SH),
    Shell("busybox", ("busybox", "sh"), ScriptKind.SH),
    Shell("mksh", ("mksh",), ScriptKind.SH),
    Shell("zsh", ("zsh", "--emulate", "sh"), ScriptKind.SH),
    Shell("pwsh", ("pwsh", "-NoProfile", "-NonInteractive", "-File"), ScriptKind.PS1),
)

every_shell: Callable[[Callable[..., None]], Callable[..., None]] = pytest.mark.parametrize(
    "shell",
    [
        pytest.param(
            shell,
            id=shell.name,
            marks=pytest.mark.skipif(
                shutil.which(shell.command[0]) is None, reason=f"there is no {shell.command[0]} on this machine"
            ),
        )
        for shell in SHELLS
    ],
)
"""Runs a test once with each."""
