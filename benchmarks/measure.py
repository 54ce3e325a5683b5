"""Times whole processes: wall clock and peak memory, several runs in turn, medians."""

import os
import statistics
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

_ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
"""A user's: a setting such as not to write bytecode would have Python compile every module on every run."""


@dataclass(frozen=True)
class Command:
    """What is measured: an argument list, the folder it runs in, and the exit codes that mean it did its work."""

    name: str
    arguments: Sequence[str]
    folder: Path
    fine: frozenset[int] = frozenset({0})


class Figure(NamedTuple):
    """One command's medians: seconds of wall clock, and MiB of memory of its largest process."""

    seconds: float
    mebibytes: float


def side_by_side(commands: Sequence[Command], runs: int) -> Mapping[str, Figure]:
    """Each command's medians over `runs` rounds, all commands in each round, after one round that warms up."""
    rounds = [{command.name: _once(command) for command in commands} for _ in range(runs + 1)][1:]
    return {
        command.name: Figure(
            statistics.median(each[command.name].seconds for each in rounds),
            statistics.median(each[command.name].mebibytes for each in rounds),
        )
        for command in commands
    }


def _once(command: Command) -> Figure:
    start = time.perf_counter()
    process = subprocess.Popen(
        command.arguments, cwd=command.folder, env=_ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in command.fine:
        raise SystemExit(f"{command.name} ended with {process.returncode}: {' '.join(command.arguments[:4])}")
    return Figure(seconds, usage.ru_maxrss / 1024)
