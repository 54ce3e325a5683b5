"""How a report is to look: its width, its colours, and what counts as failing. The caller decides all of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from types import MappingProxyType
from typing import Protocol, TypeVar

from hygiene.model.gate import Gate
from hygiene.model.rule import Confidence

T_contra = TypeVar("T_contra", contravariant=True)


class Ink(Enum):
    """What a colour stands for."""

    HEADING = auto()
    CERTAIN = auto()
    LIKELY = auto()
    REVIEW = auto()
    FAINT = auto()
    GOOD = auto()

    @classmethod
    def of(cls, confidence: Confidence) -> "Ink":
        """The ink of a confidence."""
        return cls[confidence.name]


@dataclass(frozen=True)
class Palette:
    """The SGR parameters of each ink; an ink without any paints nothing."""

    codes: Mapping[Ink, str]

    def paint(self, ink: Ink, text: str) -> str:
        """The text in that ink, ended by a reset."""
        code = self.codes.get(ink)
        return f"\033[{code}m{text}\033[0m" if code and text else text


PLAIN = Palette(MappingProxyType({}))
"""No colour at all."""

ANSI = Palette(
    MappingProxyType(
        {
            Ink.HEADING: "1",
            Ink.CERTAIN: "1;31",
            Ink.LIKELY: "33",
            Ink.REVIEW: "36",
            Ink.FAINT: "2",
            Ink.GOOD: "1;32",
        }
    )
)
"""The eight colours that every terminal has, by their names, so that the user's theme decides what they look like."""


@dataclass(frozen=True)
class TextStyle:
    """What the caller knows and a report does not.

    Attributes:
        palette: colours of the table; the other formats have none.
        width: columns that the table fills; the default is the stable layout of files and pipes.
        rows: how many lines the table of findings may have.
        gate: which findings fail the audit.
    """

    palette: Palette = field(default=PLAIN)
    width: int = 120
    rows: int = 40
    gate: Gate = field(default_factory=Gate)


class Renderer(Protocol[T_contra]):
    """A format: the whole text for what is to be told, ended by a line break. Equal arguments give equal text."""

    def __call__(self, told: T_contra, style: TextStyle, /) -> str:
        """The text, without control characters other than line breaks and the palette's own."""
        ...
