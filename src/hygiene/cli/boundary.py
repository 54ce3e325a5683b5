"""The edge of the program: every way a command can end becomes a message and an exit status. The only broad except."""

import gc
import io
import sys
from collections.abc import Sequence
from typing import NoReturn

from hygiene import __version__


def main() -> NoReturn:
    """Runs the command line of this process and exits."""
    arguments = sys.argv[1:]
    # Asked by scripts and editors all day: answered before anything is imported.
    if arguments == ["--version"]:
        sys.stdout.write(f"hygiene {__version__}\n")
        sys.exit(0)
    sys.exit(run(arguments))


def run(arguments: Sequence[str]) -> int:
    """Runs one command line and returns its exit status; all that a person reads of it has been written."""
    # One command, then exit: what an audit builds lives to its end, and looking for cycles in it costs a fifth of it.
    gc.disable()
    try:
        return _run(arguments)
    except BaseException as ending:  # noqa: BLE001  # this is the boundary: nothing may pass it as a traceback
        from hygiene.cli.endings import status_of  # noqa: PLC0415  # only an ending needs it

        return status_of(ending)


def _run(arguments: Sequence[str]) -> int:
    from hygiene.cli.main import hygiene  # noqa: PLC0415  # click costs as much as Python's own start

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that lacks a character is no reason to fail
    # Without standalone mode click returns the status that a command exits with.
    return int(hygiene.main(args=list(arguments), prog_name="hygiene", standalone_mode=False) or 0)
