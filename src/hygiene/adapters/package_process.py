"""The writing process as seen from the program: started, told what to write, listened to, and ended."""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Thread

from hygiene.adapters.package_order import Lost, PackingAnswer, PackingOrder, answer_in

_INHERITED = ("LANG", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "PATH")
"""What Python and git may need to start. Nothing else decides what is written."""

# The folder that the program was imported from, unless Python finds it by itself: it may hold what hides Python's own.
_START = "import sys; sys.argv[1] in sys.path or sys.path.insert(0, sys.argv[1]); "
_START += "from hygiene.adapters.package_worker import main; main()"


class PackageProcess:
    """One process, in a group of its own, so that it ends together with what it starts and never by a Ctrl-C."""

    def __init__(self, draft: int) -> None:
        """Starts it; `draft` is the handle of the file that it fills. Raises `OSError`."""
        self._process = subprocess.Popen(
            _command(),
            stdin=subprocess.PIPE,
            stdout=draft,
            stderr=subprocess.PIPE,
            bufsize=0,
            env=_environment(),
            cwd=Path(sys.executable).anchor,  # never the audited repository
            process_group=None if sys.platform == "win32" else 0,
        )
        self._telling: Thread | None = None
        self._answer: PackingAnswer | Lost = Lost("")

    def tell(self, order: PackingOrder) -> None:
        """Says what to write, once: in a thread, as an order may be longer than a pipe takes."""
        self._telling = Thread(target=self._tell, args=(order,), daemon=True)
        self._telling.start()

    def answer(self) -> PackingAnswer | Lost:
        """What it says when it is done, waited for."""
        if self._process.stderr is not None and not self._process.stderr.closed:
            self._answer = answer_in(self._process.stderr.read())
            self.end()
        return self._answer

    def end(self) -> None:
        """Ends it at once, if it still works; doing so again does nothing."""
        if self._process.returncode is None:
            self._kill()
            self._process.wait()
        if self._telling is not None:
            self._telling.join()
        for pipe in (self._process.stdin, self._process.stderr):
            if pipe is not None:
                pipe.close()

    def _kill(self) -> None:
        if sys.platform == "win32":
            self._process.kill()
            return
        with suppress(ProcessLookupError):  # the whole group has ended by itself
            os.killpg(self._process.pid, signal.SIGKILL)

    def _tell(self, order: PackingOrder) -> None:
        """The pipe stays open after that: its end is what tells the process of ours."""
        line = memoryview(order.line())
        with suppress(BrokenPipeError):  # it was ended meanwhile
            while line and self._process.stdin is not None:
                line = line[self._process.stdin.write(line) :]


def _command() -> list[str]:
    return [sys.executable, "-P", "-c", _START, str(Path(__file__).parents[2])]


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    # Its modules are compiled once, as the program's own are.
    compiling = {"PYTHONDONTWRITEBYTECODE": "1"} if sys.dont_write_bytecode else {}
    return {**kept, **compiling, "PYTHONSAFEPATH": "1"}
