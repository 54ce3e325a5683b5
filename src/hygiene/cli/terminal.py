"""What the terminal and the environment ask of our output."""

import os
import shutil
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import TextIO

from hygiene.errors import UnwritableOutput
from hygiene.report.quoting import plain
from hygiene.report.style import ANSI, PLAIN, Palette

STABLE_WIDTH = 120
"""Columns of a table that goes to a file or a pipe, on every machine alike."""

_BETWEEN_COUNTS = 0.1
"""Seconds: oftener nobody can read."""


def palette(choice: str, stream: TextIO, environment: Mapping[str, str]) -> Palette:
    """Colours, by `--color` first, then NO_COLOR, FORCE_COLOR, TERM=dumb, and whether a person looks."""
    if choice != "auto":
        return ANSI if choice == "always" else PLAIN
    if environment.get("NO_COLOR"):
        return PLAIN
    if environment.get("FORCE_COLOR"):
        return ANSI
    return ANSI if stream.isatty() and environment.get("TERM") != "dumb" else PLAIN


def width(stream: TextIO) -> int:
    """Columns to fill: the terminal's, or the stable width where there is none."""
    return max(shutil.get_terminal_size((STABLE_WIDTH, 24)).columns, 60) if stream.isatty() else STABLE_WIDTH


def write_out(text: str) -> None:
    """Writes to stdout. A reader that has gone away (`| head`) has what it wanted; the exit status still stands."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as trouble:
        # What is still buffered must not fail once more when the interpreter flushes at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(trouble, BrokenPipeError):
            raise UnwritableOutput("standard output", trouble.strerror or str(trouble)) from trouble


def say(message: str) -> None:
    """One line on stderr, for what a person should know and no program reads."""
    with suppress(OSError):  # nobody reads stderr
        sys.stderr.write(f"{plain(message)}\n")
        sys.stderr.flush()


class TerminalProgress:
    """Names the step under way on one line of stderr, with its speed and the time left, and takes the line away."""

    def __init__(self) -> None:
        self._what = ""
        self._began = self._shown = 0.0

    def step(self, what: str) -> None:
        """Shows the step in place of the one before."""
        self._what, self._began = what, time.monotonic()
        self._show(f"{what} …")

    def count(self, done: int, total: int) -> None:
        """Shows what is done and what is left, at most ten times a second."""
        now = time.monotonic()
        if now - self._shown >= _BETWEEN_COUNTS and done:
            rate = done / max(now - self._began, _BETWEEN_COUNTS)
            left = (total - done) / rate
            self._shown = now
            self._show(f"{self._what} … {done:,} of {total:,}, {rate:,.0f} a second, {left:.0f} s left")

    def done(self) -> None:
        """Leaves the line as it was."""
        sys.stderr.write("\r\033[K")
        sys.stderr.flush()

    def _show(self, text: str) -> None:
        sys.stderr.write(f"\r\033[K{text}")
        sys.stderr.flush()


class SilentProgress:
    """Shows nothing: nobody looks, or nobody wants to."""

    def step(self, what: str) -> None:
        """Shows nothing."""

    def count(self, done: int, total: int) -> None:
        """Shows nothing."""

    def done(self) -> None:
        """Has nothing to take away."""


def progress(*, quiet: bool) -> TerminalProgress | SilentProgress:
    """Progress for a person at a terminal; silence for pipes, continuous integration and `--quiet`."""
    wanted = not quiet and sys.stderr.isatty() and not os.environ.get("CI") and os.environ.get("TERM") != "dumb"
    return TerminalProgress() if wanted else SilentProgress()
