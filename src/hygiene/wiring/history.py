"""Joins what the commands about history need: a reader of commits, an index, the court and the books."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from typing import NamedTuple

from hygiene import __version__
from hygiene.adapters.git_files import common_dir, shallow_commits
from hygiene.adapters.history_index import open_index
from hygiene.audit.court import Court
from hygiene.audit.engine import AuditRequest
from hygiene.audit.ever import Ever
from hygiene.audit.history import HistoryAuditor
from hygiene.errors import NothingCommitted
from hygiene.history.accounting import Accountant
from hygiene.history.scan import Scanner
from hygiene.model.history import CommitId, RangeAsked, Root, Roots, RootsAsked
from hygiene.model.inventory import Inventory
from hygiene.model.past import HistoryReport
from hygiene.ports import HistoricRepository, History, HistoryIndex, Progress


class Reading(NamedTuple):
    """A history that was read. The index answers as long as the reading is open."""

    history: History
    ever: Ever
    roots: Roots


@dataclass(frozen=True)
class Historian:
    """Reads histories of one repository, and audits them."""

    opened: HistoricRepository
    progress: Progress

    @contextmanager
    def read(self, asked: RootsAsked | RangeAsked) -> Iterator[Reading]:
        """What was asked for, read. Raises `UnknownRevision`, or `NothingCommitted` where no root leads to a commit."""
        history = self.opened.history
        with closing(self._index(isinstance(asked, RootsAsked) and asked.keeps_index)) as index:
            scanner = Scanner(self.opened, history, index, self.progress, shallow_commits(self.opened.facts.git_dir))
            if isinstance(asked, RangeAsked):
                yield self._read_range(scanner, asked)
            else:
                yield self._read_roots(scanner, asked)

    def audit(self, asked: RootsAsked | RangeAsked, court: Court, request: AuditRequest) -> HistoryReport:
        """The whole report on what was asked for."""
        since = asked.base if isinstance(asked, RangeAsked) else None
        with self.read(asked) as reading:
            return self.report(reading, court, replace(request, new_since=since))

    def report(self, reading: Reading, court: Court, request: AuditRequest) -> HistoryReport:
        """The whole report on what was read."""
        history, ever, roots = reading
        judged = HistoryAuditor(self.opened, court, self.progress).audit(ever, request)
        present = frozenset(entry.path for entry in ever.present.entries)
        return Accountant(history, ever.index, present).report(judged, ever.scope, _read(roots))

    def _index(self, is_kept: bool) -> HistoryIndex:  # noqa: FBT001
        git_dir = self.opened.facts.git_dir
        file = common_dir(git_dir) / "hygiene" / "index.sqlite" if is_kept else None
        return open_index(file, __version__, ",".join(sorted(shallow_commits(git_dir))))

    def _read_roots(self, scanner: Scanner, asked: RootsAsked) -> Reading:
        history = scanner.history
        roots = _together(history.roots(asked.kinds), history.named_roots(asked.revisions))
        if not roots.commits and not roots.trees and not roots.gaps:
            raise NothingCommitted(asked.scope)
        gaps = scanner.scan(roots)
        head = self.opened.facts.head
        present = Inventory("nothing", None, ()) if head is None else self.opened.list_revision("HEAD")
        notes = [*scanner.index.notes, *_pathless(roots.blobs)]
        return Reading(history, Ever(scanner.index, present, asked.scope, gaps, notes), roots)

    def _read_range(self, scanner: Scanner, asked: RangeAsked) -> Reading:
        roots = scanner.history.named_roots([asked.tip])
        base = scanner.history.named_roots([asked.base])
        tips = [CommitId(root.object_id) for root in roots.commits]
        gaps = scanner.scan_range(tips, [CommitId(root.object_id) for root in base.commits])
        present = self.opened.list_revision(asked.tip)
        return Reading(scanner.history, Ever(scanner.index, present, asked.scope, gaps), roots)


def _together(one: Roots, other: Roots) -> Roots:
    return Roots(
        [*one.commits, *other.commits], [*one.trees, *other.trees], [*one.blobs, *other.blobs], [*one.gaps, *other.gaps]
    )


def _read(roots: Roots) -> Sequence[Root]:
    return sorted({*roots.commits, *roots.trees})


def _pathless(blobs: Sequence[Root]) -> Iterator[str]:
    if blobs:
        named = ", ".join(root.name for root in blobs[:3]) + (f" and {len(blobs) - 3} more" if len(blobs) > 3 else "")
        yield f"not judged, as a blob without a path is no file: {named}"
