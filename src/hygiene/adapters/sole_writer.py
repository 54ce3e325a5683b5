"""One writer at a time: a lock that ends with the process that holds it, and leaves no file behind."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hygiene.errors import BusyPlace, UnwritableOutput

_PATIENCE = 30.0
"""Seconds: what is done under the lock takes a fraction of one."""

_PAUSE = 0.02


@contextmanager
def sole_writer(destination: Path, patience: float = _PATIENCE) -> Iterator[None]:
    """Keeps others that ask for the same from writing beside `destination` meanwhile, and waits for one that does.

    The lock is on the folder: a file would be replaced under it. A process that is killed holds none any more. Where
    the system (Windows) or the file system (NFS) knows no such lock there is none, so that whoever replaces a file
    compares it first (`replace_unchanged`).

    Raises:
        BusyPlace: another has held it for `patience` seconds.
        UnwritableOutput: there is no such folder.
    """
    if sys.platform == "win32":
        yield
        return
    try:
        folder = os.open(Path(os.path.realpath(destination)).parent, os.O_RDONLY)
    except OSError as failure:
        raise UnwritableOutput(str(destination), failure.strerror or str(failure)) from failure
    try:
        _wait_for(folder, str(destination), patience)
        yield
    finally:
        os.close(folder)


def _wait_for(folder: int, named: str, patience: float) -> None:
    end = time.monotonic() + patience
    while not _is_locked(folder):
        if time.monotonic() > end:
            raise BusyPlace(named)
        time.sleep(_PAUSE)


def _is_locked(folder: int) -> bool:
    """Whether nobody else holds it now."""
    import fcntl  # noqa: PLC0415  # there is none on Windows, where nobody comes here

    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True  # this file system knows no locks on folders, as NFS does not; the comparison is left
    return True
