"""What this machine brings to an audit."""

from dataclasses import dataclass
from typing import NamedTuple


class Part(NamedTuple):
    """A program or library.

    Attributes:
        version: None where it is not there or does not work.
        place: where it is from, as far as known.
        trouble: why it does not work; empty where it does, and where it is simply not there.
    """

    name: str
    version: str | None
    place: str = ""
    trouble: str = ""


@dataclass(frozen=True)
class Machine:
    """What is installed here, as far as it bears on audits.

    Attributes:
        system: the operating system and the processor.
        parts: ourselves, Python and the libraries.
        git: the git program.
        libmagic: the library that names what our own signatures do not know, tried in its own process.
    """

    system: str
    parts: tuple[Part, ...]
    git: Part
    libmagic: Part
