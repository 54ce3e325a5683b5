"""Keeps receipts of untracking in the common Git directory, sealed: an unfinished one is obeyed by the next command."""

import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from hygiene.adapters.folders import Folder, entered, make_durable, open_regular
from hygiene.adapters.git_files import work_tree_name
from hygiene.adapters.receipt_shape import decode, encode
from hygiene.adapters.untrack_place import DRAFT, RECEIPTS, UntrackPlace, require_id
from hygiene.adapters.user_seal import Seal, default_state_folder
from hygiene.errors import UnwritableOutput
from hygiene.model.inventory import RepositoryFacts
from hygiene.model.untracking import Receipt

_ENDING = ".json"
_LARGEST = 1 << 28
"""Bytes that are read of a file that anybody may have put there; 50,000 paths take 10 million."""

_SEAL, _END = b',"seal":"', b'"}\n'
_SEAL_LENGTH = 64


class SealedReceipts:
    """Receipts as `ports.checkout.Receipts` promises them: one file each, a JSON object whose last key is its seal."""

    def __init__(self, git_dir: Path, seal: Seal | None) -> None:
        self._git_dir = work_tree_name(git_dir)
        self._place = UntrackPlace(git_dir)
        self._seal = seal

    def save(self, receipt: Receipt) -> None:
        """By a draft that is renamed."""
        file = self._place.folder / f"{require_id(receipt.id)}{_ENDING}"
        try:
            content = self._sealed(encode(receipt))
            if len(content) > _LARGEST:
                raise UnwritableOutput(str(file), f"it would have more than {_LARGEST} bytes")
            with self._place.opened() as folder:
                _replace(folder, os.fsencode(file.name), content)
        except OSError as failure:
            raise UnwritableOutput(str(file), failure.strerror or str(failure)) from failure

    def all(self) -> Sequence[Receipt]:
        """By the time when they began."""
        kept = (self._read(name) for name in self._files())
        own = [receipt for receipt in kept if receipt is not None and receipt.git_dir == self._git_dir]
        return sorted(own, key=lambda receipt: (receipt.time, receipt.id))

    def strangers(self) -> Sequence[str]:
        """Receipts of another user, or from an archive of anybody's, and those that were damaged."""
        return [name for name in self._files() if self._read(name) is None]

    def _files(self) -> Iterator[str]:
        return (name for name in self._place.names() if name.endswith(_ENDING))

    def _sealed(self, text: bytes) -> bytes:
        body = text.removesuffix(b"}")
        if self._seal is None:
            raise OSError("nothing names a folder for this user's key; set HOME")
        return body + _SEAL + self._seal.of(body).encode("ascii") + _END

    def _read(self, name: str) -> Receipt | None:
        """None for what this user's programs have not written."""
        with suppress(OSError, ValueError):
            content = self._content(name)
            body, seal = content[: -len(_SEAL + _END) - _SEAL_LENGTH], content[-len(_END) - _SEAL_LENGTH : -len(_END)]
            is_ours = self._seal is not None and self._seal.is_of(body, seal.decode("ascii"))
            receipt = decode(body + b"}") if is_ours else None
            return receipt if receipt is not None and receipt.id + _ENDING == name else None
        return None

    def _content(self, name: str) -> bytes:
        with (
            entered(self._place.root, RECEIPTS) as place,
            os.fdopen(open_regular(place, os.fsencode(name)), "rb") as file,
        ):
            return file.read(_LARGEST)


def open_receipts(facts: RepositoryFacts, state_folder: Path | None = None) -> SealedReceipts:
    """The receipts of a work tree.

    Args:
        facts: its repository, opened already.
        state_folder: where this user's seal is; `default_state_folder` if None. Without one nothing can be saved.
    """
    state_folder = state_folder or default_state_folder()
    return SealedReceipts(facts.git_dir, None if state_folder is None else Seal(state_folder))


def _replace(folder: Folder, name: bytes, content: bytes) -> None:
    draft = name + f".{secrets.token_hex(8)}{DRAFT}".encode("ascii")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(os.open(folder.reach(draft), flags, 0o600, dir_fd=folder.handle), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(folder.reach(draft), folder.reach(name), src_dir_fd=folder.handle, dst_dir_fd=folder.handle)
        make_durable(folder)
    finally:
        with suppress(OSError):  # what stopped it is on its way up, and says more
            os.unlink(folder.reach(draft), dir_fd=folder.handle)
