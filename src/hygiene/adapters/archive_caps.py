"""How much an archive of unknown origin may be before it is not read any further, and how that is told.

Every cap is far above what releases are, and far below what brings a machine down.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from hygiene.errors import BrokenArchive, UnreadableFile
from hygiene.model.release import Refusal, RefusalKind

CHUNK = 64 << 10
"""Bytes that are read, unpacked or handed on at once."""

MAX_ENTRIES = 500_000
"""Entries; the largest source trees that are public hold about that many. Each takes some 300 bytes of memory here."""

MAX_HEADERS = 2 * MAX_ENTRIES
"""Headers of a tar, with those that only say more about the next one: skipping them takes time, if no memory."""

MAX_DIRECTORY = 128 << 20
"""Bytes of all names and what goes with them: of a zip's directory, of a tar's names and targets."""

MAX_NAME = 4096
"""Bytes of one name or link target; no system takes longer ones (Linux: PATH_MAX)."""

MAX_EXTENSION = 1 << 20
"""Bytes of one header of a tar that says more about the next one; pax headers can hold attributes of a few KiB."""

MAX_UNPACKED = 64 << 30
"""Bytes that an archive may unpack to."""

SMALL = 256 << 20
"""Bytes that an archive may unpack to however small it is: text of one letter is no attack."""

MAX_RATIO = 200
"""Beyond `SMALL`, how many times its own size an archive may unpack to; deflate reaches 1,032, source some 5."""

MAX_STREAMS = 100_000
"""Compressed streams one after the other in one file; each begins anew, which takes time."""

MAX_WINDOW_LOG = 27
"""Base-2 logarithm of the memory that unpacking zstd may take: 128 MiB, what `zstd` itself allows."""

_DO_NOT = "Do not unpack it, and ask where it comes from."
_ANEW = "Do not unpack it; have it made anew with a tool in its present version."


class Flawed(Exception):
    """Reading an archive has come to a point beyond which nothing that it says can be relied on."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.why)
        self.refusal = refusal


@contextmanager
def broken_with_its_file() -> Iterator[None]:
    """What befalls an archive's file while the archive is read breaks the archive. Raises `BrokenArchive`."""
    try:
        yield
    except UnreadableFile as failure:
        raise BrokenArchive(failure.path, failure.reason) from failure


def bomb(why: str, name: str = "") -> Refusal:
    """What is over a cap, or made to be."""
    return Refusal(RefusalKind.BOMB, name, why, _DO_NOT)


def broken(why: str, name: str = "") -> Refusal:
    """What contradicts itself, or that programs read in different ways."""
    return Refusal(RefusalKind.BROKEN, name, why, _ANEW)


def room_for(archive: int) -> int:
    """Bytes that an archive of so many bytes may unpack to."""
    return min(MAX_UNPACKED, max(SMALL, MAX_RATIO * archive))


def too_much(archive: int) -> Refusal:
    """That an archive of so many bytes unpacks to more than it may."""
    return bomb(f"it unpacks to more than {room_for(archive):,} bytes, and has {archive:,} itself")


def too_many() -> Refusal:
    """That there are more entries than may be."""
    return bomb(f"it holds more than {MAX_ENTRIES:,} entries")


def text_of(raw: bytes) -> str:
    """A name or target as `Member` has it."""
    return raw.decode("utf-8", "surrogateescape")
