"""The process that asks libmagic, apart from the program because libmagic reads hostile bytes in C.

It is run as a file and imports nothing of the program, so that it needs no more of the import path than python-magic.
Each message is its length in four bytes, big-endian, and its bytes. The worker first says `READY` or `ABSENT`; then it
answers each head with a media type and a charset as libmagic prints them, or with nothing where libmagic gave up.
"""

import contextlib
import ctypes.util
import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

READY = b"ready"
ABSENT = b"absent"
ABOUT = "about"
"""The argument with which a worker answers every head with what libmagic it has: its version, a space, its file."""

_LONGEST_FRAME = 1 << 16
_MEMORY = 1 << 30
"""Bytes of address space: a hundred times what libmagic needs for 8 KiB, and far from what hurts the machine."""

Identify = Callable[[bytes], bytes]


class Reader(Protocol):
    """A stream of bytes, which may give less than was asked for."""

    def read(self, size: int, /) -> bytes | None:
        """Up to `size` bytes; nothing at the end."""
        ...


class Writer(Protocol):
    """A stream that takes bytes."""

    def write(self, piece: bytes, /) -> object:
        """Takes all of `piece`."""
        ...

    def flush(self) -> None:
        """Sends what was taken."""
        ...


def write_frame(stream: Writer, payload: bytes) -> None:
    """Sends one message at once. Raises OSError where nobody reads any more."""
    stream.write(len(payload).to_bytes(4, "big") + payload)
    stream.flush()


def read_frame(stream: Reader) -> bytes | None:
    """The next message; None at the end of the stream, in the middle of a message, and for an absurd length."""
    prefix = _read_exactly(stream, 4)
    if prefix is None:
        return None
    length = int.from_bytes(prefix, "big")
    return _read_exactly(stream, length) if length <= _LONGEST_FRAME else None


def _read_exactly(stream: Reader, size: int) -> bytes | None:
    pieces = bytearray()
    while len(pieces) < size:
        piece = stream.read(size - len(pieces))
        if not piece:
            return None
        pieces += piece
    return bytes(pieces)


def main() -> None:
    """Answers heads from standard input until it ends."""
    limit_resources()
    identify = load_libmagic()
    if identify is None:
        write_frame(sys.stdout.buffer, ABSENT)
        return
    if sys.argv[1:] == [ABOUT]:
        identify = describe
    write_frame(sys.stdout.buffer, READY)
    while (head := read_frame(sys.stdin.buffer)) is not None:
        write_frame(sys.stdout.buffer, identify(head))


def limit_resources() -> None:
    """No core dump in whatever folder this runs, and no more memory than a sane file needs."""
    try:
        import resource  # noqa: PLC0415 - there is none on Windows
    except ImportError:
        return
    for limit, value in ((resource.RLIMIT_CORE, 0), (resource.RLIMIT_AS, _MEMORY)):
        with contextlib.suppress(ValueError, OSError):  # macOS knows no limit of address space
            resource.setrlimit(limit, (value, resource.getrlimit(limit)[1]))


def load_libmagic() -> Identify | None:
    """The system's libmagic, or else the one in pylibmagic's folder; None where neither can be used."""
    identify = _open_libmagic(None)
    if identify is not None:
        return identify
    bundled = bundled_folder()
    if bundled is None:
        return None
    library = next(iter(sorted([*bundled.glob("libmagic*.so*"), *bundled.glob("libmagic*.dylib")])), None)
    if library is None:
        return None
    _point_python_magic_at(library)
    return _open_libmagic(str(bundled / "magic.mgc"))


def describe(_head: bytes) -> bytes:
    """The version of the libmagic that was loaded, such as `5.45`, a space, and the file or name it was loaded by."""
    import magic  # noqa: PLC0415 - loads the C library, which may not be there

    try:
        number = int(magic.version())  # type: ignore[no-untyped-call]  # it has no annotations
    except (NotImplementedError, AttributeError):  # a libmagic before 5.13, or a python-magic that does not ask
        number = 0
    return f"{number // 100}.{number % 100:02} {magic.libmagic._name}".encode("ascii", "replace")  # noqa: SLF001 - ctypes has no other name for it


def _point_python_magic_at(library: Path) -> None:
    """Answers the question by which python-magic finds its library; it offers no other way to name one.

    To import pylibmagic instead would replace `ctypes.CDLL.__init__` and set variables that every child inherits.
    """

    def find_library(name: str) -> str | None:
        return str(library) if name == "magic" else None

    ctypes.util.find_library = find_library
    sys.modules.pop("magic.loader", None)  # left over from the attempt before, with the function that it imported


def bundled_folder() -> Path | None:
    """Where pylibmagic is installed, found without running any of it."""
    spec = importlib.util.find_spec("pylibmagic")
    return Path(spec.origin).parent if spec and spec.origin else None


def _open_libmagic(database: str | None) -> Identify | None:
    try:
        import magic  # noqa: PLC0415 - loads the C library, which may not be there
    except ImportError:
        return None
    try:
        cookie = magic.Magic(mime=True, mime_encoding=True, magic_file=database)
    except magic.MagicException:  # its database is missing, or of another version
        return None

    def identify(head: bytes) -> bytes:
        try:
            return str(cookie.from_buffer(head)).encode("ascii", "replace")
        except magic.MagicException:
            return b""

    return identify


if __name__ == "__main__":
    main()
