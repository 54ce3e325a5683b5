"""The place in a repository's common Git directory where receipts, indexes to be and the trash are."""

import os
import re
import stat
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from hygiene.adapters.folders import Folder, entered, made
from hygiene.adapters.git_files import common_dir
from hygiene.adapters.sole_writer import sole_writer
from hygiene.errors import UnwritableOutput

RECEIPTS = b"hygiene/untrack"
TRASH = b"hygiene/trash"

DRAFT = ".new"
"""How the name of a file ends that is being written, and that nobody needs any more once its writer is gone."""

_PATIENCE = 10.0
"""Seconds to wait for another program that untracks: 50,000 paths take it less."""

_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]{0,63}")


class UntrackPlace:
    """Folders of our own. They may come with an archive from anybody, so no symlink is followed on the way to them."""

    def __init__(self, git_dir: Path) -> None:
        self.root = os.fsencode(common_dir(git_dir))
        self.folder = common_dir(git_dir) / os.fsdecode(RECEIPTS)

    def prepared(self, receipt: str) -> Path:
        """The index that an operation makes beside the real one."""
        return self.folder / f"{require_id(receipt)}.index"

    def trash(self, receipt: str) -> bytes:
        """The folder that an operation moves files to, below `root`."""
        return TRASH + b"/" + require_id(receipt).encode("ascii")

    @contextmanager
    def opened(self) -> Iterator[Folder]:
        """The folder of the receipts, made if need be. Raises `UnwritableOutput` where it is none of ours."""
        with ExitStack() as entering:
            with self._complaining():
                folder = entering.enter_context(made(self.root, RECEIPTS))
                is_own = _is_own(folder)
            if not is_own:
                raise UnwritableOutput(str(self.folder), "it belongs to another user")
            yield folder

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keeps other programs of ours out, and removes what those that were killed had begun to write."""
        with self.opened():
            pass  # made, and no symlink
        with sole_writer(self.folder / "any", _PATIENCE):
            for name in self.names():
                if name.endswith(DRAFT):
                    with suppress(OSError):  # it is no file of ours, or cannot go: it is in nobody's way
                        (self.folder / name).unlink()
            yield

    def names(self) -> list[str]:
        """What is in the folder of the receipts; nothing where it is no folder."""
        with suppress(OSError), entered(self.root, RECEIPTS) as folder:
            return sorted(map(os.fsdecode, os.listdir(folder.itself)))  # noqa: PTH208 - an opened folder
        return []

    @contextmanager
    def _complaining(self) -> Iterator[None]:
        try:
            yield
        except OSError as failure:
            raise UnwritableOutput(str(self.folder), failure.strerror or str(failure)) from failure


def is_id(text: str) -> bool:
    """Whether this can be the name of a receipt: it becomes part of a file's name."""
    return _ID.fullmatch(text) is not None


def require_id(text: str) -> str:
    """The same text. Raises `ValueError` for what can be no receipt's name."""
    if not is_id(text):
        raise ValueError(f"no receipt can be called {text!r}")
    return text


def _is_own(folder: Folder) -> bool:
    status = os.stat(folder.itself)  # noqa: PTH116 - an opened folder
    return not hasattr(os, "geteuid") or status.st_uid == os.geteuid()


def is_regular(place: Path) -> bool:
    """Whether a regular file is there; a link to one is none."""
    with suppress(FileNotFoundError, NotADirectoryError):
        return stat.S_ISREG(place.lstat().st_mode)
    return False
