"""Writes files so that a reader finds either the whole new one or what was there before."""

import os
import secrets
import stat
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

from hygiene.errors import ChangedMeanwhile, UnwritableOutput

Check = Callable[[], None]


def write_atomically(destination: Path, content: bytes) -> None:
    """Puts `content` at `destination` in one step, safe against a power cut.

    It keeps the mode of the file that it replaces; a new one gets what the umask gives. Where `destination` is a
    symlink to a place below its own folder, its target is replaced and the link stays. On failure or interruption the
    destination is as it was and nothing else is left behind.

    Raises:
        UnwritableOutput: it cannot be written, something that is not a regular file is there, or it leads into a Git
            directory or, by a symlink, out of its own folder.
    """
    _put(destination, content, lambda: None)


def replace_unchanged(destination: Path, before: bytes | None, content: bytes) -> None:
    """As `write_atomically`, where `destination` still holds the bytes `before`; None where it still is not there.

    They are compared when all else is done, so that no word is lost that somebody else has written meanwhile.

    Raises:
        ChangedMeanwhile: it holds something else by now.
        UnwritableOutput: as above.
    """
    _put(destination, content, partial(_require, destination, before))


def content_of(path: Path) -> bytes | None:
    """The bytes of a file; None where none is there."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _require(destination: Path, before: bytes | None) -> None:
    if content_of(destination) != before:
        raise ChangedMeanwhile(str(destination))


def _put(destination: Path, content: bytes, check: Check) -> None:
    try:
        target = place_of(destination)
        _replace(target, content, check)
    except OSError as failure:
        raise UnwritableOutput(str(destination), failure.strerror or str(failure)) from failure
    make_durable(target.parent)


def place_of(destination: Path) -> Path:
    """The file that is written where this one is asked for: the target of a symlink that stays below its own folder.

    Raises:
        UnwritableOutput: nothing of ours belongs there, as `write_atomically` says.
    """
    target = Path(os.path.realpath(destination))
    refusal = _refusal(destination, target)
    if refusal:
        raise UnwritableOutput(str(destination), refusal)
    return target


def draft_beside(target: Path) -> Path:
    """A name that nobody has, for what is to replace a file."""
    return target.with_name(f".hygiene-{secrets.token_hex(8)}.tmp")


def append_to(destination: Path, content: bytes) -> None:
    """Adds `content` at the end of a file that others write to as well, such as a job's summary; makes it if need be.

    Raises:
        UnwritableOutput: it cannot be written.
    """
    try:
        with destination.open("ab") as file:
            file.write(content)
    except OSError as failure:
        raise UnwritableOutput(str(destination), failure.strerror or str(failure)) from failure


def _refusal(destination: Path, target: Path) -> str:
    """Why nothing of ours belongs there; empty where it may."""
    if _is_device(destination):
        return "it stands for a stream; leave --output away to write there"
    if lies_in_git_directory(target):
        return "it lies in a Git directory"
    # A repository that nobody vouches for may hold a link of the name that its own pipeline writes to.
    if destination.is_symlink() and not target.is_relative_to(os.path.realpath(destination.parent)):
        return "it is a symlink that leads out of its folder"
    return "it is not a regular file" if os.path.lexists(target) and not target.is_file() else ""


def lies_in_git_directory(target: Path) -> bool:
    """Whether a real path leads into one, also that of a bare repository."""
    return ".git" in target.parts or any(map(_is_git_directory, (target, *target.parents)))


def _is_git_directory(folder: Path) -> bool:
    """By what Git itself looks for."""
    return (folder / "HEAD").is_file() and (folder / "objects").is_dir() and (folder / "refs").is_dir()


def _is_device(destination: Path) -> bool:
    """Whether the name is one of the system's own for a stream: what lies behind it may be anybody's file."""
    return os.path.abspath(destination).startswith(("/dev/", "/proc/"))  # noqa: PTH100 - without following links


def _replace(target: Path, content: bytes, check: Check) -> None:
    draft = draft_beside(target)
    try:
        _write(draft, content, _mode(target.stat()) if target.exists() else None)
        check()
        draft.replace(target)
    finally:
        with suppress(OSError):  # what stopped the work is already on its way up, and says more
            draft.unlink(missing_ok=True)


def _write(draft: Path, content: bytes, mode: int | None) -> None:
    """Writes a new file through to the disk. It is created by `open`, not by tempfile, so that the umask counts."""
    with draft.open("xb") as file:
        if mode is not None and mode != _mode(os.fstat(file.fileno())):
            os.fchmod(file.fileno(), mode)  # before there is anything in it that somebody else could read
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _mode(status: os.stat_result) -> int:
    return stat.S_IMODE(status.st_mode) & 0o777


def make_durable(folder: Path) -> None:
    """Has the file's new name survive a power cut, on systems that can be asked for it."""
    with suppress(OSError):  # the file is whole and in its place; this file system promises no more
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
