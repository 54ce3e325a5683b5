"""Has git compare commits while it still lists them, and while the program still reads its rules."""

from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager
from threading import Thread

from hygiene.adapters.background import fulfil
from hygiene.adapters.commit_object import LATEST
from hygiene.adapters.diff_tree import Comparison
from hygiene.adapters.process import Git, Running
from hygiene.model.history import CommitId, CommitListing, ListedCommit

PART = 2000
"""Commits that one process compares: enough to make its start cheap, few enough to keep all cores busy to the end."""

_REV_LIST = (
    "-c",
    "core.commitGraph=false",  # the commits count, not what a cache says of them
    "rev-list",
    "--parents",
    "--timestamp",
    "--stdin",
)

_Row = list[bytes]
"""The time of a commit, its id and those of its parents."""


class ReadAhead:
    """One listing of commits, and the comparison of each with its parents; both begin when it is made.

    Attributes:
        comparison: to be asked for results after `listing`.
    """

    def __init__(self, git: Git, tips: Collection[CommitId], without: Collection[CommitId]) -> None:
        self._git = git
        self._asked = frozenset(tips), frozenset(without)
        self.comparison = Comparison(git)
        self._rows: Future[list[_Row]] = Future()
        self._listed: list[_Row] | None = None
        self._thread = Thread(target=fulfil, args=(self._rows, self._list), daemon=True)
        self._thread.start()

    def is_of(self, tips: Collection[CommitId], without: Collection[CommitId]) -> bool:
        """Whether it lists just what can be reached from `tips` and not from `without`."""
        return self._asked == (frozenset(tips), frozenset(without))

    def listing(self) -> CommitListing:
        """The commits, parents before their children, waited for.

        Raises `GitFailed` where one is missing, and `OSError` where git could not be started.
        """
        self._listed = self._rows.result()
        return CommitListing(parents_first(self._listed))

    def is_about(self, commits: Sequence[CommitId]) -> bool:
        """Whether these are all of the commits in `listing`, in whatever order; never before that, nor if it failed."""
        if self._listed is None or len(self._listed) != len(commits):
            return False
        return {row[1].decode() for row in self._listed} == set(commits)

    def stop(self) -> None:
        """Ends all work at once, and waits for its end. Doing so again does nothing."""
        self.comparison.crew.end()
        self._thread.join()
        self.comparison.stop()

    def _list(self) -> list[_Row]:
        try:
            with _rev_list(self._git, *self._asked) as command, self.comparison.crew.joined_by(command):
                return _rows(command, self._begin)
        finally:
            self.comparison.no_more()

    def _begin(self, rows: Sequence[_Row]) -> None:
        self.comparison.add([CommitId(row[1].decode()) for row in rows])


def list_by_rev_list(git: Git, tips: Collection[CommitId], without: Collection[CommitId]) -> CommitListing:
    """What can be reached from `tips` and not from `without`, parents first. Raises `GitFailed`."""
    with _rev_list(git, tips, without) as command:
        return CommitListing(parents_first(_rows(command, lambda _: None)))


def _rev_list(git: Git, tips: Collection[CommitId], without: Collection[CommitId]) -> AbstractContextManager[Running]:
    asked = "".join((*(f"{tip}\n" for tip in tips), *(f"^{commit}\n" for commit in without)))
    return git.running(*_REV_LIST, stdin=asked.encode())


def _rows(command: Running, begin: Callable[[Sequence[_Row]], None]) -> list[_Row]:
    """All rows that `git rev-list` prints; `begin` is given them in parts as they come. Raises `GitFailed`."""
    rows: list[_Row] = []
    begun, rest = 0, b""
    for chunk in command.chunks():
        *lines, rest = (rest + chunk).split(b"\n")
        rows += map(bytes.split, lines)
        while len(rows) - begun >= PART:
            begin(rows[begun : begun + PART])
            begun += PART
    if rows[begun:]:
        begin(rows[begun:])
    return rows


def parents_first(rows: Sequence[_Row]) -> list[ListedCommit]:
    """The commits, given as `git rev-list` orders them: by date, so with children first as far as clocks are right.

    A commit that comes before one of its parents waits for it.
    """
    listed = {row[1] for row in rows}
    placed: set[bytes] = set()
    waiting: dict[bytes, list[_Row]] = {}
    ordered: list[_Row] = []
    for oldest in reversed(rows):
        ready = [oldest]
        while ready:
            row = ready.pop()
            awaited = next((parent for parent in row[2:] if parent not in placed and parent in listed), None)
            if awaited is not None:
                waiting.setdefault(awaited, []).append(row)
                continue
            placed.add(row[1])
            ordered.append(row)
            ready += waiting.pop(row[1], ())
    return [ListedCommit(CommitId(row[1].decode()), _time(row[0])) for row in ordered]


def _time(text: bytes) -> int:
    time = int(text)
    return time if time <= LATEST else 0
