"""The edge of the program: every way a command can end becomes a message and an exit status. The only broad except."""

import gc
import io
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from hygiene import __version__
from hygiene.errors import INTERRUPTION, ExitStatus, OutOfMemory


def main() -> NoReturn:
    """Runs the command line of this process and exits."""
    _require_streams()
    arguments = sys.argv[1:]
    # Asked by scripts and editors all day: answered before anything is imported.
    if arguments == ["--version"]:
        sys.stdout.write(f"hygiene {__version__}\n")
        sys.exit(0)
    sys.exit(run(arguments))


def _require_streams() -> None:
    """Gives the program all three streams, whatever its caller closed: a missing one must not decide how it ends."""
    sys.stdin = sys.stdin or open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115  # open as long as the process
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that lacks a character is no reason to fail


def run(arguments: Sequence[str]) -> int:
    """Runs one command line and returns its exit status; all that a person reads of it has been written."""
    # One command, then exit: what an audit builds lives to its end, and looking for cycles in it costs a fifth of it.
    gc.disable()
    try:
        return _run(arguments)
    except KeyboardInterrupt:
        # Nothing more is imported for it: the interrupt may have come amid an import.
        sys.stderr.write(f"error: {INTERRUPTION}\n")
        return ExitStatus.INTERRUPTED
    except SystemExit as ending:
        # So does click end when a shell asks it for completions: the answer has been written.
        return ending.code if isinstance(ending.code, int) else ExitStatus.BUG
    except BaseException as ending:  # noqa: BLE001  # this is the boundary: nothing may pass it as a traceback
        from hygiene.cli.endings import status_of  # noqa: PLC0415  # only an ending needs it

        return status_of(ending)


def _run(arguments: Sequence[str]) -> int:
    from hygiene.cli.main import hygiene  # noqa: PLC0415  # click costs as much as Python's own start

    # Without standalone mode click returns the status that a command exits with.
    try:
        return int(hygiene.main(args=list(arguments), prog_name="hygiene", standalone_mode=False) or 0)
    except MemoryError as trouble:
        raise OutOfMemory from trouble
