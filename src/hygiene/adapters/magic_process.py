"""The worker process as seen from the program: started when needed, watched, and given up when it keeps dying."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Timer
from typing import NamedTuple

from hygiene.adapters import magic_worker
from hygiene.adapters.magic_worker import READY, read_frame, write_frame

HEAD_LIMIT = 8 * 1024
"""Bytes of content that libmagic sees: more makes it slower and no wiser, and it fits into an empty pipe at once."""

_INHERITED = ("PATH", "LANG", "SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
"""What Python may need to start. HOME is left out: libmagic would read a database of the user's own there."""

WORKER = (sys.executable, "-P", str(Path(magic_worker.__file__)))
"""The command that starts a worker."""


class Patience(NamedTuple):
    """How long to wait, in seconds, and how often to try again.

    Attributes:
        start: for a new worker to load its library.
        answer: for one head; libmagic takes less than a millisecond.
        losses: so many workers lost in a row, and there will be no other.
    """

    start: float = 10.0
    answer: float = 3.0
    losses: int = 3


_PATIENCE = Patience()


class MagicProcess:
    """At most one worker at a time. Not for several threads."""

    def __init__(self, command: Sequence[str] = WORKER, patience: Patience = _PATIENCE) -> None:
        self._command = tuple(command)
        self._patience = patience
        self._process: subprocess.Popen[bytes] | None = None
        self._losses = 0
        self._absent = False

    @property
    def pid(self) -> int | None:
        """The worker's process id while one runs."""
        return self._process.pid if self._process else None

    def ready(self) -> bool:
        """Whether `ask` may be called: a worker runs, started now if need be. False for good once it is given up."""
        while not self._process and not self._absent and self._losses < self._patience.losses:
            self._start()
        return self._process is not None

    def ask(self, head: bytes) -> str | None:
        """What libmagic calls the first `HEAD_LIMIT` bytes: a media type and a charset.

        None where libmagic failed, or where the worker died or had to be killed over this head; the next head gets
        a new worker. Call `ready` first, every time.
        """
        answer = self._exchange(head[:HEAD_LIMIT])
        if answer is None:
            self._lose()
            return None
        self._losses = 0
        return answer.decode("ascii", "replace") or None

    def stop(self) -> None:
        """Ends the worker, if one runs; the next `ready` starts another. It keeps no state worth a farewell."""
        if self._process:
            self._process.kill()
            with self._process:  # closes the pipes and waits
                self._process = None

    def _start(self) -> None:
        try:
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,  # nothing may wait in a buffer when the worker dies
                cwd=Path(sys.executable).anchor,  # never the audited repository
                env=_clean_environment(),
            )
        except OSError:
            self._absent = True
            return
        with _deadline(self._process, self._patience.start):
            greeting = self._read()
        if greeting is None:
            self._lose()
        elif greeting != READY:
            self._absent = True
            self.stop()

    def _exchange(self, head: bytes) -> bytes | None:
        if not self._process or not self._process.stdin:
            return None
        with _deadline(self._process, self._patience.answer):
            try:
                write_frame(self._process.stdin, head)
            except OSError:  # it is dead already
                return None
            return self._read()

    def _read(self) -> bytes | None:
        return read_frame(self._process.stdout) if self._process and self._process.stdout else None

    def _lose(self) -> None:
        self._losses += 1
        self.stop()


@contextlib.contextmanager
def _deadline(process: subprocess.Popen[bytes], seconds: float) -> Iterator[None]:
    """Kills the process after `seconds`, which ends every wait for it."""
    timer = Timer(seconds, process.kill)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _clean_environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    return {**kept, "PYTHONSAFEPATH": "1", "PYTHONDONTWRITEBYTECODE": "1"}
