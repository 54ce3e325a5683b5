"""What paths that are findings still cost, and which of them HEAD still holds."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from hygiene.model.past import HistoryReport, Past


class Cost(NamedTuple):
    """Some pasts in numbers: each blob counts once, though several paths hold it.

    Attributes:
        versions: how many distinct blobs there are.
        stored: bytes on the disk, as far as known.
        unsized: blobs whose bytes on the disk are not known and left out.
    """

    versions: int
    stored: int
    unsized: int


class Presence(NamedTuple):
    """The paths with standing findings, apart by whether HEAD holds them, in the order of the findings."""

    at_head: Sequence[Past]
    gone: Sequence[Past]


def cost_of(pasts: Iterable[Past]) -> Cost:
    """What all of these cost together."""
    stored = {version.blob: version.stored for past in pasts for version in past.versions}
    known = [size for size in stored.values() if size is not None]
    return Cost(len(stored), sum(known), len(stored) - len(known))


def presence_of(report: HistoryReport) -> Presence:
    """Which of the paths that were found are at HEAD, and which are gone from it and nevertheless in every clone."""
    found = [report.pasts[path] for path in dict.fromkeys(finding.path for finding in report.audit.findings)]
    return Presence([past for past in found if past.at_head], [past for past in found if not past.at_head])
