"""What can be wrong with an archive of unknown origin, and how that is told."""

from collections.abc import Iterator
from contextlib import contextmanager

from hygiene.adapters.archive_caps import MAX_ENTRIES, room_for
from hygiene.errors import BrokenArchive, UnreadableFile
from hygiene.model.packaging import Refusal, RefusalKind

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


def too_much(archive: int) -> Refusal:
    """That an archive of so many bytes unpacks to more than it may."""
    return bomb(f"it unpacks to more than {room_for(archive):,} bytes, and has {archive:,} itself")


def too_many() -> Refusal:
    """That there are more entries than may be."""
    return bomb(f"it holds more than {MAX_ENTRIES:,} entries")


def text_of(raw: bytes) -> str:
    """A name or target as `Member` has it."""
    return raw.decode("utf-8", "surrogateescape")
