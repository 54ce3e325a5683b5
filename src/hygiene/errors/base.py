"""What every error has: a message, a next step, and the status that the program ends with."""

from enum import IntEnum


class ExitStatus(IntEnum):
    """The exit codes that `docs/exit-codes.md` promises; findings and failures never share one."""

    CLEAN = 0
    FINDINGS = 1
    USAGE = 2
    NOTHING_TO_AUDIT = 3
    INCOMPLETE = 4
    REFUSED = 5
    BUG = 70
    INTERRUPTED = 130


INTERRUPTION = "interrupted; nothing was left half-written"
"""What a person is told who stopped a command."""


class HygieneError(Exception):
    """Something that stops the command: what happened, and the next step.

    `message` and `hint` may hold names that came from a repository; whoever prints them sanitises them.
    """

    status = ExitStatus.USAGE

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
