"""Joins what the commands about history need: a reader of commits, an index, the court and the books."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, Protocol, TypeVar

from hygiene import __version__
from hygiene.adapters.git_files import common_dir, shallow_commits
from hygiene.adapters.history_index import clear, open_index
from hygiene.audit.court import Court
from hygiene.audit.engine import AuditRequest
from hygiene.audit.ever import Ever
from hygiene.audit.history import HistoryAuditor
from hygiene.errors import BrokenIndex, NothingCommitted
from hygiene.history.accounting import Accountant
from hygiene.history.scan import Scanner
from hygiene.model.history import DEFAULT_ROOTS, CommitId, RangeAsked, Root, RootKind, Roots, RootsAsked
from hygiene.model.inventory import Inventory
from hygiene.model.past import HistoryReport
from hygiene.ports import HistoricRepository, History, Progress, Repository

T = TypeVar("T")

_EMPTY_RANGE = "no commit is in this range: the tip has none that the base has not; is it written as BASE..TIP?"

Asked = RootsAsked | RangeAsked
"""Which history the command line asks for."""

MakeTerms = Callable[[], tuple[Court, AuditRequest]]
"""Makes the court, and says what is asked of it."""


class Reading(NamedTuple):
    """A history that was read. The index answers as long as the reading is open."""

    history: History
    ever: Ever
    roots: Roots


class Historian:
    """Reads histories of one repository, and audits them."""

    def __init__(self, opened: HistoricRepository, progress: Progress) -> None:
        self.opened = opened
        self.progress = progress

    def audit(self, asked: Asked, make_terms: MakeTerms) -> HistoryReport:
        """The whole report on what was asked for. Court and request are made while git reads."""

        def judge(begun: BegunReading) -> HistoryReport:
            court, request = make_terms()
            since = asked.base if isinstance(asked, RangeAsked) else None
            report = self.report(begun.finish(), court, replace(request, new_since=since))
            return replace(report, is_range=since is not None)

        return self.with_reading(asked, judge)

    def report(self, reading: Reading, court: Court, request: AuditRequest) -> HistoryReport:
        """The whole report on what was read."""
        history, ever, roots = reading
        judged = HistoryAuditor(self.opened, court, self.progress).audit(ever, request)
        present = frozenset(entry.path for entry in ever.present.entries if entry.is_file)
        return Accountant(history, ever.index, present, ever.before).report(judged, ever.scope, _read(roots))

    def with_reading(self, asked: Asked, use: Callable[["BegunReading"], T]) -> T:
        """What `use` makes of a reading that has begun; where the kept index breaks meanwhile, of one without it.

        Raises `UnknownRevision`, or `NothingCommitted` where no root leads to a commit.
        """
        try:
            with self._begun(asked, ()) as begun:
                return use(begun)
        except BrokenIndex as failure:
            note = f"the history index broke and was not used ({failure.message})"
            with self._begun(asked._replace(keeps_index=False), [note]) as begun:
                return use(begun)

    @contextmanager
    def _begun(self, asked: Asked, notes: Sequence[str]) -> Iterator["BegunReading"]:
        file = index_file(self.opened) if asked.keeps_index else None
        boundary = shallow_commits(self.opened.facts.git_dir)
        with ExitStack() as ending:
            index = ending.enter_context(closing(open_index(file, __version__, ",".join(sorted(boundary)))))
            ending.callback(self.opened.history.end)
            scanner = Scanner(self.opened, self.opened.history, index, self.progress, boundary)
            yield (
                _RootsReading(scanner, asked, notes) if isinstance(asked, RootsAsked) else _RangeReading(scanner, asked)
            )


class BegunReading(Protocol):
    """A history that git is reading since this was made, where it can."""

    def finish(self) -> Reading:
        """All of it, waited for. To be called once."""
        ...


class _RootsReading:
    def __init__(self, scanner: Scanner, asked: RootsAsked, notes: Sequence[str]) -> None:
        self._scanner, self._asked, self._notes = scanner, asked, notes
        self._roots = _together(scanner.history.roots(asked.kinds), scanner.history.named_roots(asked.revisions))
        if not self._roots.commits and not self._roots.trees and not self._roots.gaps:
            raise NothingCommitted(asked.scope)
        scanner.begin(self._roots)

    def finish(self) -> Reading:
        """Scans what the index does not know."""
        scanner = self._scanner
        gaps = scanner.scan(self._roots)
        has_head = scanner.repository.facts.head is not None
        present = scanner.repository.list_revision("HEAD") if has_head else Inventory("nothing", None, ())
        notes = [*self._notes, *scanner.index.notes, *_pathless(self._roots.blobs), *self._unread()]
        return Reading(scanner.history, Ever(scanner.index, present, self._asked.scope, gaps, notes), self._roots)

    def _unread(self) -> Iterator[str]:
        """That the default roots leave something out, as the other branches of a clone's origin."""
        if self._asked.kinds == DEFAULT_ROOTS and not self._asked.revisions:
            others = self._scanner.history.roots([kind for kind in RootKind if kind not in DEFAULT_ROOTS])
            beside = _commits(others) - _commits(self._roots)
            beside -= self._scanner.index.known_among(beside)
            unread = [root.name for root in others.commits if root.object_id in beside]
            if unread:
                named = ", ".join(unread[:3]) + (f" and {len(unread) - 3:,} more" if len(unread) > 3 else "")
                yield f"not read, as only branches, tags and HEAD were asked for (--roots): {named}"


class _RangeReading:
    def __init__(self, scanner: Scanner, asked: RangeAsked) -> None:
        self._scanner, self._asked = scanner, asked
        self._roots = scanner.history.named_roots([asked.tip])
        self._range = _commits(self._roots), _commits(scanner.history.named_roots([asked.base]))
        scanner.history.begin(*self._range)

    def finish(self) -> Reading:
        """Scans what the base has not."""
        scanner = self._scanner
        gaps = scanner.scan_range(*self._range)
        base, tip = map(scanner.repository.list_revision, (self._asked.base, self._asked.tip))
        notes = [] if scanner.index.known() else [_EMPTY_RANGE]
        ever = Ever(scanner.index, tip, self._asked.scope, gaps, notes, base.entries)
        return Reading(scanner.history, ever, self._roots)


def index_file(opened: Repository) -> Path:
    """Where the index of a repository is kept: its linked work trees share one."""
    return common_dir(opened.facts.git_dir) / "hygiene" / "index.sqlite"


def clear_index(opened: Repository) -> tuple[Path, bool]:
    """Removes the kept index; its place, and whether there was one. Raises `UnremovableIndex`."""
    file = index_file(opened)
    return file, clear(file)


def _commits(roots: Roots) -> frozenset[CommitId]:
    return frozenset(CommitId(root.object_id) for root in roots.commits)


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
