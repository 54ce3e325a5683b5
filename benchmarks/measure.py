"""Times whole processes: wall clock and peak memory, several runs in turn, medians."""

import os
import re
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import NamedTuple

_ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
"""A user's: a setting such as not to write bytecode would have Python compile every module on every run."""


@dataclass(frozen=True)
class Command:
    """What is measured: an argument list, the folder it runs in, and the exit codes that mean it did its work.

    Attributes:
        prepare: done before each run, and not measured.
    """

    name: str
    arguments: Sequence[str]
    folder: Path
    fine: frozenset[int] = frozenset({0})
    prepare: Callable[[], object] | None = None


class Figure(NamedTuple):
    """Medians of one command: seconds of wall clock, MiB of its largest process, and of the first one alone."""

    seconds: float
    mebibytes: float
    own_mebibytes: float


def side_by_side(commands: Sequence[Command], runs: int) -> Mapping[str, Figure]:
    """Each command's medians over `runs` rounds, all commands in each round, after one round that warms up."""
    rounds = [{command.name: once(command) for command in commands} for _ in range(runs + 1)][1:]
    return {
        command.name: Figure(
            statistics.median(each[command.name].seconds for each in rounds),
            statistics.median(each[command.name].mebibytes for each in rounds),
            statistics.median(each[command.name].own_mebibytes for each in rounds),
        )
        for command in commands
    }


def once(command: Command) -> Figure:
    """One run."""
    if command.prepare is not None:
        command.prepare()
    start = time.perf_counter()
    process = subprocess.Popen(
        command.arguments, cwd=command.folder, env=_ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    own = _Peak(process.pid)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in command.fine:
        raise SystemExit(f"{command.name} ended with {process.returncode}: {' '.join(command.arguments[:4])}")
    return Figure(seconds, usage.ru_maxrss / 1024, own.mebibytes())


class _Peak:
    """Watches the most memory that one process ever had, without its children, where the system tells (Linux)."""

    _PATIENCE = 0.02  # seconds

    def __init__(self, process: int) -> None:
        self._status = Path(f"/proc/{process}/status")
        self._kibibytes = 0
        self._thread = Thread(target=self._watch, daemon=True)
        self._thread.start()

    def mebibytes(self) -> float:
        """What was seen last before the process ended."""
        self._thread.join()
        return self._kibibytes / 1024

    def _watch(self) -> None:
        with suppress(OSError):  # it has ended
            while peak := re.search(r"VmHWM:\s+(\d+)", self._status.read_text()):
                self._kibibytes = int(peak[1])
                time.sleep(self._PATIENCE)
