"""What a packager tells the process that writes for it, and what that answers: one line of JSON each."""

import json
from collections.abc import Sequence
from typing import NamedTuple

from hygiene.adapters.archive_writing import Item


class Address(NamedTuple):
    """How a repository is read.

    Attributes:
        program: the git program; empty where libgit2 reads.
    """

    git_dir: str
    program: str
    object_format: str


class Wanted(NamedTuple):
    """An entry, and the blob that it is made of."""

    item: Item
    blob: str


class PackingOrder(NamedTuple):
    """An archive to be written.

    Attributes:
        format: the ending of its name.
        stored: whether a zip compresses nothing.
        seconds: the time of every entry, since 1970.
    """

    address: Address
    format: str
    stored: bool
    seconds: int
    wanted: Sequence[Wanted]

    def line(self) -> bytes:
        """As it is sent; whatever the names are, it is ASCII."""
        rows = [(*each.item, each.blob) for each in self.wanted]
        return json.dumps([self.address, self.format, self.stored, self.seconds, rows]).encode() + b"\n"

    @classmethod
    def of(cls, line: bytes) -> "PackingOrder":
        """What such a line says."""
        address, form, stored, seconds, rows = json.loads(line)
        return cls(Address(*address), form, stored, seconds, [Wanted(Item(*row[:3]), row[3]) for row in rows])


class Finished(NamedTuple):
    """The archive is on the disk; each entry's sha256 in the order asked."""

    size: int
    sha256: str
    entries: Sequence[str]


class Broken(NamedTuple):
    """The blob of the entry at this position is not what it should be."""

    position: int
    reason: str


class NoRoom(NamedTuple):
    """The archive cannot be written to the disk."""

    reason: str


class Lost(NamedTuple):
    """The process was ended before it could answer, or ended itself; the last that it said."""

    last_words: str


PackingAnswer = Finished | Broken | NoRoom
_KINDS: dict[str, type[Finished] | type[Broken] | type[NoRoom]] = {
    kind.__name__: kind for kind in (Finished, Broken, NoRoom)
}


def line_of(answer: PackingAnswer) -> bytes:
    """As it is sent."""
    return json.dumps([type(answer).__name__, *answer]).encode() + b"\n"


def answer_in(said: bytes) -> PackingAnswer | Lost:
    """The answer in all that a process said."""
    last = said[said.rfind(b"\n", 0, -1) + 1 :]
    try:
        kind, *parts = json.loads(last)
        return _KINDS[kind](*parts)
    except (ValueError, KeyError, TypeError):
        return Lost(last.decode("utf-8", "replace").strip())
