"""Runs the command in a child of the tests: for many cases that differ in arguments, it need not be imported anew."""

import os
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO, NoReturn

from hygiene.adapters import libgit2_repository  # noqa: F401  # what every child would import for itself
from hygiene.cli import main, package  # noqa: F401
from hygiene.cli.boundary import run
from hygiene.policy.rules.catalogue import load_catalogue
from hygiene.report import verify_json, verify_text  # noqa: F401
from tests.e2e.command import Ended, environment

load_catalogue()  # once, as it is kept

_NO_ENDING = 99
"""How a child ends that did not come to an end of its own."""


def forked(*arguments: str | Path, folder: Path | None = None, env: Mapping[str, str] | None = None) -> Ended:
    """How the command ends with these arguments, as `command.hygiene` tells it."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = os.fork()
        if child == 0:
            _become(out, err, env or environment(), folder)
            _run([str(each) for each in arguments])
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        return Ended(status, _all_of(out), _all_of(err))


def _become(out: BinaryIO, err: BinaryIO, env: Mapping[str, str], folder: Path | None) -> None:
    os.dup2(out.fileno(), 1)
    os.dup2(err.fileno(), 2)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    sys.stdout, sys.stderr = (os.fdopen(number, "w", encoding="utf-8", closefd=False) for number in (1, 2))
    os.environ.clear()
    os.environ.update(env)
    if folder is not None:
        os.chdir(folder)


def _run(arguments: list[str]) -> NoReturn:
    status = _NO_ENDING
    try:
        status = run(arguments)
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(status)


def _all_of(file: BinaryIO) -> str:
    file.seek(0)
    return file.read().decode()
