"""How a report is to look: its width, its colours, and what counts as failing. The caller decides all of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from types import MappingProxyType
from typing import Protocol

from hygiene.model.gate import Gate
from hygiene.model.past import HistoryReport
from hygiene.model.release import PackageDiff, PackagePlan, Verification
from hygiene.model.report import AuditReport
from hygiene.model.rule import Confidence
from hygiene.model.statistics import HistoryStatistics
from hygiene.model.untracking import UntrackPlan


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


class Renderer(Protocol):
    """A format: the whole text for one report, ended by a line break. Equal arguments give equal text."""

    def __call__(self, report: AuditReport, style: TextStyle) -> str:
        """The text, without control characters other than line breaks and the palette's own."""
        ...


class HistoryRenderer(Protocol):
    """A format for what an audit of a history says, with the promises of a `Renderer`."""

    def __call__(self, report: HistoryReport, style: TextStyle) -> str:
        """The text, without control characters other than line breaks and the palette's own."""
        ...


class StatsRenderer(Protocol):
    """A format of a history's statistics, as a `Renderer` is one of an audit."""

    def __call__(self, found: HistoryStatistics, style: TextStyle) -> str:
        """The text, without control characters other than line breaks and the palette's own."""
        ...


class UntrackRenderer(Protocol):
    """A format of an untracking's plan, as a `Renderer` is one of an audit."""

    def __call__(self, plan: UntrackPlan, style: TextStyle) -> str:
        """The text, without control characters other than line breaks and the palette's own."""
        ...


class PackageRenderer(Protocol):
    """A format of a package's plan, as a `Renderer` is one of an audit."""

    def __call__(self, plan: PackagePlan, style: TextStyle) -> str:
        """The text, without control characters other than line breaks and the palette's own."""
        ...


class PackageDiffRenderer(Protocol):
    """A format of how a package differs from an earlier one, as a `Renderer` is one of an audit."""

    def __call__(self, diff: PackageDiff, style: TextStyle) -> str:
        """The text, without control characters other than line breaks and the palette's own."""
        ...


class VerifyRenderer(Protocol):
    """A format of a look into an archive, as a `Renderer` is one of an audit."""

    def __call__(self, told: Verification, style: TextStyle) -> str:
        """The text, without control characters other than line breaks and the palette's own."""
        ...
