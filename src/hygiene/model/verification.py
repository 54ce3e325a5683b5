"""What a look into an archive told: the questions, their answers, and what speaks against it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from hygiene.model.finding import Finding
from hygiene.model.packaging import ArchiveFormat, Refusal


class CheckState(StrEnum):
    """Whether something was checked, and held."""

    HELD = "held"
    FAILED = "failed"
    NOT_CHECKED = "not-checked"


class Question(StrEnum):
    """What a verification asks of an archive: whether it is well made, and is what something else says of it."""

    CONTAINER = "container"
    NAMES = "names"
    CHECKSUM = "checksum"
    MANIFEST = "manifest"
    COMMIT = "commit"
    RULES = "rules"


class Check(NamedTuple):
    """One question, how it came out, and more in words. What fails is told by a refusal, too."""

    what: Question
    state: CheckState
    text: str


class ArchiveKind(StrEnum):
    """What an archive is to its users, as far as names tell."""

    ARCHIVE = "archive"
    WHEEL = "wheel"
    SDIST = "sdist"


@dataclass(frozen=True, slots=True)
class Verification:
    """What a look into an archive told.

    Attributes:
        archive: as the user named it.
        entries: how many files and links it holds.
        size: bytes that these unpack to.
        sha256: of the archive itself.
        content_digest: over its entries; None where they could not all be read.
        checks: of every question, also of those that nobody could ask.
        refusals: gravest kind first, then by path.
        undecided: findings that a release may hold if somebody decides so.
    """

    archive: str
    kind: ArchiveKind
    format: ArchiveFormat
    entries: int
    size: int
    sha256: str
    content_digest: str | None
    checks: Sequence[Check]
    refusals: Sequence[Refusal]
    undecided: Sequence[Finding] = ()

    @property
    def is_refused(self) -> bool:
        """Whether anything speaks against the archive."""
        return bool(self.refusals)
