"""What every writer of archives is given, and does."""

from collections.abc import Iterator
from typing import NamedTuple, Protocol


class UnfitEntry(Exception):
    """No archive of this format can hold the entry; `reason` says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Item(NamedTuple):
    """An entry to be written.

    Attributes:
        name: its whole path in the archive.
        mode: Git's own.
        size: bytes of its content; of a symlink, that is its target.
    """

    name: str
    mode: str
    size: int


class Body(NamedTuple):
    """Content in the form in which an archive holds it.

    Attributes:
        method: how it is compressed, as the archive's format numbers that.
        crc: the CRC-32 of the content, where the format asks for one.
    """

    data: bytes
    method: int = 0
    crc: int = 0


class ArchiveWriter(Protocol):
    """An archive that grows entry by entry. The same entries make the same bytes.

    Both ways to add one raise `UnfitEntry`.
    """

    def prepare(self, content: bytes) -> Body:
        """The form of a whole content; from whatever thread."""
        ...

    def add(self, item: Item, body: Body) -> None:
        """Writes an entry of which all is known."""
        ...

    def add_streamed(self, item: Item, chunks: Iterator[bytes]) -> None:
        """Writes an entry as its content comes; that must have the size that `item` says."""
        ...

    def finish(self) -> None:
        """Writes what ends an archive; the file stays open."""
        ...
