"""What a person is told when a command ends otherwise than well."""

import os
import platform
import sys
import tempfile
import traceback
from pathlib import Path

import click

from hygiene import __version__
from hygiene.errors import INTERRUPTION, ExitStatus, HygieneError
from hygiene.report.quoting import plain


def status_of(ending: BaseException) -> int:
    """Tells what happened, on stderr, and returns the exit status that says it to a program."""
    match ending:
        case click.exceptions.Exit():
            return ending.exit_code
        case click.Abort():
            return _told(INTERRUPTION, "", ExitStatus.INTERRUPTED)
        case HygieneError():
            return _told(ending.message, ending.hint, ending.status)
        case click.ClickException():
            return _usage(ending)
        case _:
            return _bug(ending)


def _told(message: str, hint: str, status: int) -> int:
    lines = message.split("\n")
    _say("\n".join(["error: " + plain(lines[0]), *(plain(line) for line in lines[1:])]))
    if hint:
        _say("help: " + plain(hint))
    return status


def _usage(ending: click.ClickException) -> int:
    if isinstance(ending, click.exceptions.NoArgsIsHelpError):
        _say(ending.format_message())
        return ExitStatus.USAGE
    return _told(ending.format_message().replace("\t", "  "), _usage_hint(ending), ExitStatus.USAGE)


def _usage_hint(ending: click.ClickException) -> str:
    context = getattr(ending, "ctx", None)
    return f"`{context.command_path} --help` shows what it takes." if context else ""


def _bug(ending: BaseException) -> int:
    """A report file holds what a maintainer needs; the terminal gets where it lies, and no traceback."""
    text = f"hygiene {__version__}, Python {platform.python_version()}, {platform.system()}\n\n"
    text += "".join(traceback.format_exception(ending))
    try:
        descriptor, name = tempfile.mkstemp(prefix="hygiene-bug-", suffix=".txt", text=True)
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(text)
    except OSError as trouble:
        return _told(
            f"this is a bug in hygiene ({type(ending).__name__}), and its report could not be written: {trouble}",
            "",
            ExitStatus.BUG,
        )
    hint = f"Please send {Path(name)} to the maintainers; read it first, it can hold names of your files."
    return _told(f"this is a bug in hygiene ({type(ending).__name__}: {ending})", hint, ExitStatus.BUG)


def _say(text: str) -> None:
    try:
        sys.stderr.write(text + "\n")
        sys.stderr.flush()
    except OSError:
        # Nobody reads stderr. Python must not fail once more on what is buffered: the status says how it ended.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
