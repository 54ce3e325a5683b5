"""Reading a history: what the index does not know yet, and nothing twice."""

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from hygiene.model.history import REMOVED, Change, Changes, CommitId, CommitListing, ListedCommit, Root, Roots
from hygiene.model.inventory import Gap, Mode, Sizes
from hygiene.ports import History, HistoryIndex, Progress, Repository

_AHEAD = 4
"""Parts that are read while the sizes of an earlier one are on their way."""


class Outstanding(NamedTuple):
    """What the index lacks of a history, and what it knows beside it.

    Attributes:
        listing: the commits that are not in the index.
        beside: the commits that are in it and cannot be reached from the roots, as after a force-push.
        frontier: what the index will be complete up to once the listing is in it.
    """

    listing: CommitListing
    beside: Collection[CommitId]
    frontier: Collection[CommitId]


@dataclass(frozen=True)
class Scanner:
    """Reads histories of one repository into one index.

    Attributes:
        boundary: the commits at which a shallow clone ends.
    """

    repository: Repository
    history: History
    index: HistoryIndex
    progress: Progress
    boundary: Collection[CommitId] = field(default=frozenset())

    def begin(self, roots: Roots) -> None:
        """Begins what `scan` does first with the same roots, if it can go on while the caller does something else."""
        tips, frontier = _commits(roots), self.index.frontier()
        if tips != frontier:
            self.history.begin(tips, frontier)

    def scan(self, roots: Roots) -> Sequence[Gap]:
        """Has the index know, and answer for, exactly what can be reached from the roots; returns what is missing."""
        self.progress.step("listing commits")
        outstanding = self._outstanding(_commits(roots))
        gaps = [*roots.gaps, *self._record(outstanding.listing, outstanding.frontier), *self._record_trees(roots.trees)]
        self.index.leave_out(outstanding.beside)
        self._size()
        return [*gaps, *_cut(self.boundary)]

    def scan_range(self, tips: Collection[CommitId], base: Collection[CommitId]) -> Sequence[Gap]:
        """Has an empty index know what can be reached from the tips and not from the base."""
        self.progress.step("listing commits")
        listing = self.history.list_commits(tips, without=base)
        gaps = self._record(listing, tips)
        self._size()
        return [*gaps, *_cut(frozenset(commit.id for commit in listing.commits).intersection(self.boundary))]

    def _outstanding(self, tips: frozenset[CommitId]) -> Outstanding:
        frontier = self.index.frontier()
        if frontier and frontier == tips:
            return Outstanding(CommitListing(()), (), tips)
        if frontier and self.history.present(frontier) == frontier:
            return self._since(frontier, tips)
        listing = self.history.list_commits(tips)
        known = self.index.known()
        if not known.issuperset(commit.id for commit in listing.commits):
            # What is new may be older than what is known, as when a missing commit was fetched: ranks would not fit.
            self.index.forget()
            return Outstanding(listing, (), tips)
        return Outstanding(listing._replace(commits=()), known.difference(c.id for c in listing.commits), tips)

    def _since(self, frontier: frozenset[CommitId], tips: frozenset[CommitId]) -> Outstanding:
        listing = self.history.list_commits(tips, without=frontier)
        beside = frozenset(commit.id for commit in self.history.list_commits(frontier, without=tips).commits)
        return Outstanding(listing, beside, tips | (frontier & beside))

    def _record(self, listing: CommitListing, frontier: Collection[CommitId]) -> list[Gap]:
        gaps = list(listing.gaps)
        parts = self._sized(self._parts(listing.commits, gaps))
        # Where a commit is missing nobody knows what else is: the index must not pass for complete.
        self.index.record(listing.commits, parts, () if listing.gaps else frontier)
        return gaps

    def _sized(self, parts: Iterable[Changes]) -> Iterator[Changes]:
        """The parts with the sizes of their blobs, which are on their way while the next parts are read."""
        begun: deque[tuple[Changes, Callable[[], Sizes]]] = deque()
        for part in parts:
            held = (change for change in part.changes if change.mode not in (REMOVED, Mode.GITLINK))
            begun.append((part, self.repository.start_sizing(list(dict.fromkeys(change.blob for change in held)))))
            if len(begun) > _AHEAD:
                yield _with_sizes(*begun.popleft())
        while begun:
            yield _with_sizes(*begun.popleft())

    def _parts(self, commits: Sequence[ListedCommit], gaps: list[Gap]) -> Iterator[Changes]:
        """What the commits changed; what could not be read is added to the gaps on the way."""
        if commits:
            self.progress.step("reading commits")
            done = 0
            for part in self.history.changes([commit.id for commit in commits]):
                gaps += part.gaps
                done += len(part.commits)
                self.progress.count(done, len(commits))
                yield part

    def _record_trees(self, trees: Sequence[Root]) -> list[Gap]:
        """Trees that no commit holds. They are in no part's commits, so that the index forgets them again."""
        gaps: list[Gap] = []
        for tree in trees:
            inventory = self.repository.list_revision(tree.object_id)
            gaps += inventory.gaps
            name = CommitId(tree.object_id)
            changes = [Change(name, entry.mode, entry.blob, entry.path) for entry in inventory.entries]
            self.index.record([ListedCommit(name, 0)], [Changes((), changes)], self.index.frontier())
        return gaps

    def _size(self) -> None:
        """What is still unsized: trees without commits, and what was missing before."""
        unsized = self.index.unsized()
        if unsized:
            self.progress.step("sizing what was committed")
            self.index.add_sizes(self.repository.sizes(unsized))


def _with_sizes(part: Changes, sizes: Callable[[], Sizes]) -> Changes:
    return part._replace(sizes=sizes())


def _commits(roots: Roots) -> frozenset[CommitId]:
    return frozenset(CommitId(root.object_id) for root in roots.commits)


def _cut(boundary: Collection[CommitId]) -> Iterator[Gap]:
    if boundary:
        commits = "a commit" if len(boundary) == 1 else f"{len(boundary)} commits"
        reason = f"history is cut at {commits} (a shallow clone): what was before is not here"
        yield Gap(reason, "Fetch the rest with `git fetch --unshallow`.")
