"""A seal that only this user's own programs can put on a file; it tells a file of ours from others and damaged ones."""

import hmac
import os
import secrets
import stat
import sys
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

SEAL_LENGTH = 32
"""Bytes that a seal adds at the end of a file."""

_KEY_NAME = "seal.key"
_KEY_LENGTH = 32
_DIGEST = "sha256"
_CHUNK = 1 << 20


def default_state_folder() -> Path | None:
    """Where programs of this user keep what outlasts them, a folder of our own in it; None where nothing names it.

    Source: the XDG Base Directory Specification (a relative path counts as none); what Windows and macOS do instead.
    """
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA", "")
    elif sys.platform == "darwin":
        base = os.path.expanduser("~/Library/Application Support")  # noqa: PTH111 - Path.home() raises without a home
    else:
        base = os.environ.get("XDG_STATE_HOME", "")
        base = base if os.path.isabs(base) else os.path.expanduser("~/.local/state")  # noqa: PTH111, PTH117 - as above
    return Path(base, "hygiene") if os.path.isabs(base) else None  # noqa: PTH117 - "~" stays where there is no home


class Seal:
    """This user's seal. Its key is in `folder`; it is made when something is sealed for the first time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put_on(self, file: BinaryIO) -> None:
        """Adds the seal at the end of a file that is open for reading and appending. Raises `OSError` without a key."""
        file.seek(0)
        seal = _digest(_made_key(self._folder), file, os.fstat(file.fileno()).st_size)
        file.write(seal)
        file.flush()

    def is_on(self, file: BinaryIO) -> bool:
        """Whether every byte is as it was when a program of this user sealed the file."""
        length = os.fstat(file.fileno()).st_size - SEAL_LENGTH
        key = _key(self._folder)
        if key is None or length < 0:
            return False
        file.seek(0)
        return hmac.compare_digest(_digest(key, file, length), file.read(SEAL_LENGTH))

    def of(self, content: bytes) -> str:
        """The seal for some bytes, in 64 hexadecimal digits. Raises `OSError` without a key."""
        return hmac.new(_made_key(self._folder), content, _DIGEST).hexdigest()

    def is_of(self, content: bytes, seal: str) -> bool:
        """Whether a program of this user made the seal for exactly these bytes."""
        key = _key(self._folder)
        return key is not None and hmac.compare_digest(hmac.new(key, content, _DIGEST).hexdigest(), seal)


def seal_of(file: BinaryIO) -> bytes:
    """What stands where a seal would: no two sealed files that differ have the same there."""
    file.seek(max(os.fstat(file.fileno()).st_size - SEAL_LENGTH, 0))
    return file.read(SEAL_LENGTH)


def _digest(key: bytes, file: BinaryIO, length: int) -> bytes:
    digest = hmac.new(key, digestmod=_DIGEST)
    while length > 0 and (chunk := file.read(min(length, _CHUNK))):
        digest.update(chunk)
        length -= len(chunk)
    return digest.digest()


def _key(folder: Path) -> bytes | None:
    """The key, if there is one and it is whole."""
    place = folder / _KEY_NAME
    try:
        if not stat.S_ISREG(place.stat().st_mode):
            return None
        key = place.read_bytes()
    except OSError:
        return None
    return key if len(key) == _KEY_LENGTH else None


def _made_key(folder: Path) -> bytes:
    """The key; where two programs make the first one at once, both get the same."""
    key = _key(folder)
    if key is not None:
        return key
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = folder / f".{_KEY_NAME}-{secrets.token_hex(8)}"
    try:
        draft.touch(mode=0o600, exist_ok=False)
        draft.write_bytes(secrets.token_bytes(_KEY_LENGTH))
        with suppress(FileExistsError):  # another program was faster: its key counts
            os.link(draft, folder / _KEY_NAME)
    finally:
        draft.unlink(missing_ok=True)
    key = _key(folder)
    if key is None:
        raise OSError(f"{folder / _KEY_NAME} is no key of ours")
    return key
