"""How files are to leave the repository: which may go at once, which somebody has to look at or to carry away first."""

from collections.abc import Mapping, Sequence
from enum import Enum

from hygiene.model.finding import Finding
from hygiene.model.paths import RepoPath
from hygiene.model.report import AuditReport
from hygiene.model.rule import Bucket, Category, Confidence, Disposition
from hygiene.report.firmness import is_fixture, leaves
from hygiene.untrack.members import Members

_MADE_AGAIN = (Bucket.CACHE, Bucket.EPHEMERAL)
_RECORDS = (Category.BACKUP, Category.DATABASE)


class Removal(Enum):
    """A way to leave, the most careful first; a file with several findings takes the first that one asks for."""

    MOVE = "Move out of the repository to where backups live, then untrack: {}, which nothing can make again."
    UNTRACK = "Untrack, and keep on disk, where somebody may still need it: {}."
    CHECK = "Check, then delete and untrack what nothing needs: {}, likely leftovers or among fixtures."
    DELETE = "Delete and untrack: {}, which can be made again."


def removals(report: AuditReport) -> Mapping[Removal, Sequence[RepoPath]]:
    """The files that leave, each once, in the report's order; a way that no file takes is left out."""
    order = list(Removal)
    taken: dict[RepoPath, Removal] = {}
    for finding in filter(leaves, report.findings):
        way, before = _way(finding), taken.get(finding.path)
        taken[finding.path] = way if before is None else min(way, before, key=order.index)
    by_way = {way: [path for path, chosen in taken.items() if chosen is way] for way in order}
    return {way: paths for way, paths in by_way.items() if paths}


def pathspecs(members: Members, paths: Sequence[RepoPath]) -> list[RepoPath]:
    """The same files with fewer words: a folder (with a `/` at its end) for all that is tracked below it."""
    wanted = set(paths)
    folders: dict[RepoPath, RepoPath] = {}
    for (*_, place), inside in members.items():
        if place.endswith("/") and len(inside) > 1 and all(finding.path in wanted for finding in inside):
            folders |= {finding.path: place for finding in inside}
    return list(dict.fromkeys(folders.get(path, path) for path in paths))


def _way(finding: Finding) -> Removal:
    if finding.confidence < Confidence.CERTAIN and is_fixture(finding):
        return Removal.CHECK
    if finding.category in _RECORDS or finding.bucket is Bucket.EVIDENCE:
        return Removal.MOVE
    if finding.disposition is Disposition.UNTRACK:
        return Removal.UNTRACK
    at_once = finding.confidence is Confidence.CERTAIN and finding.bucket in _MADE_AGAIN
    return Removal.DELETE if at_once else Removal.CHECK
