"""A folder for what is about to be written."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from hygiene.errors import UnwritableOutput


@contextmanager
def output_folder(folder: Path) -> Iterator[None]:
    """Makes it, and those above it, where they are not there; what was made and stayed empty is removed at the end.

    Raises `UnwritableOutput` where it cannot be made.
    """
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as failure:
        raise UnwritableOutput(str(folder), failure.strerror or str(failure)) from failure
    try:
        yield
    finally:
        with suppress(OSError):  # it holds something by now
            for each in missing:
                each.rmdir()
