"""Runs the command as a user does: in a process of its own, judged by what it prints and how it ends."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

SOURCE = Path(__file__).parents[2] / "src"

_STATE = tempfile.TemporaryDirectory(prefix="hygiene-state-")
"""Where the program keeps what outlasts it, instead of with the user who runs the tests."""


class Ended(NamedTuple):
    status: int
    out: str
    err: str


def environment(**more: str) -> dict[str, str]:
    """A user's environment without what this machine or its continuous integration adds."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "SYSTEMROOT", "TMPDIR")}
    return kept | {"PYTHONPATH": str(SOURCE), "PYTHONUTF8": "1", "XDG_STATE_HOME": _STATE.name} | more


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-P", "-m", "hygiene", *map(str, arguments)]


def hygiene(*arguments: str | Path, folder: Path | None = None, env: Mapping[str, str] | None = None) -> Ended:
    done = subprocess.run(
        command(*arguments),
        cwd=folder,
        env=env or environment(),
        capture_output=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    return Ended(done.returncode, done.stdout.decode(), done.stderr.decode())
