"""Has `git diff-tree` compare many commits with their parents, part by part on every core, and reads what it prints."""

import os
import re
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from functools import partial
from queue import SimpleQueue
from threading import Lock, Semaphore, Thread
from typing import NamedTuple

from hygiene.adapters.background import fulfil
from hygiene.adapters.process import Git, GitFailed, Running
from hygiene.model.history import Change, CommitId

_DIFF_TREE = (
    "-c",
    "core.commitGraph=false",  # the commits count, not what a cache says of them
    "diff-tree",
    "--stdin",
    "--always",  # names every commit that was read, also one that changed nothing
    "--root",  # a commit without parents introduces all that it holds
    "-r",
    "-c",  # a merge introduces what none of its parents holds
    "--raw",
    "-z",
    "--no-abbrev",
    "--no-renames",
    "--no-relative",
    "--ignore-submodules=none",  # whatever .gitmodules asks for
)

_CORES = os.cpu_count() or 1

_LOOK_AHEAD = 12 * _CORES
"""Parts that are read before the caller wants them: about 0.6 MB each."""

_OF_A_MERGE = re.compile(r"::+(?:\d{6} )+(\d{6}) (?:[0-9a-f]+ )+([0-9a-f]+) [A-Z]+")


Compared = tuple[Sequence[CommitId], Sequence[Change] | None]
"""Commits, and what they changed; None where git failed on one of them."""


class Comparison:
    """Compares commits with their parents, part by part, on every core, from the moment when a part is added.

    Its threads never keep the program from ending, and its processes end with them.

    Attributes:
        crew: the commands at work; others may join them, to be ended with them.
    """

    def __init__(self, git: Git, look_ahead: int = _LOOK_AHEAD) -> None:
        """`look_ahead` is how many parts are read before the caller wants them."""
        self._git = git
        self.crew = Crew()
        self._parts: deque[_Part] = deque()
        self._waiting: SimpleQueue[_Part | None] = SimpleQueue()
        self._room = Semaphore(look_ahead)
        self._threads = [Thread(target=self._work, daemon=True) for _ in range(_CORES)]
        for thread in self._threads:
            thread.start()

    def add(self, commits: Sequence[CommitId]) -> None:
        """One more part. Does nothing once all work was ended."""
        if not self.crew.is_over:
            part = _Part(commits, Future())
            self._parts.append(part)
            self._waiting.put(part)

    def no_more(self) -> None:
        """That was the last part."""
        for _ in self._threads:
            self._waiting.put(None)

    def results(self) -> Generator[Compared, None, None]:
        """After `no_more`, every part in the order in which they were added. Closing the generator ends all work."""
        try:
            while self._parts:
                part = self._parts.popleft()
                output = part.output.result()
                self._room.release()
                yield part.commits, parse(output, part.commits) if output is not None else None
        finally:
            self.stop()

    def stop(self) -> None:
        """Ends all work at once, and waits for its end. Doing so again does nothing."""
        self.crew.end()
        self.no_more()
        self._room.release(len(self._threads))
        for thread in self._threads:
            thread.join()

    def _work(self) -> None:
        while (part := self._waiting.get()) is not None:
            fulfil(part.output, partial(self._read, part.commits))

    def _read(self, commits: Sequence[CommitId]) -> bytes | None:
        if not self.crew.is_over:
            self._room.acquire()
        # A tree or a commit is missing or broken, or no more processes can be started: the caller goes another way.
        with suppress(GitFailed, OSError):
            return None if self.crew.is_over else _read(self._git, commits, self.crew)
        return None


class _Part(NamedTuple):
    """Some commits, and what git will have said of them; None where it failed."""

    commits: Sequence[CommitId]
    output: Future[bytes | None]


class Crew:
    """The commands at work, so that all of them can be ended at once.

    Attributes:
        is_over: they were.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._commands: list[Running] = []
        self.is_over = False

    @contextmanager
    def joined_by(self, command: Running) -> Iterator[None]:
        """For as long as the block lasts."""
        with self._lock:
            self._commands.append(command)
            if self.is_over:
                command.end()
        try:
            yield
        finally:
            with self._lock:
                self._commands.remove(command)

    def end(self) -> None:
        """Ends all commands, and those that join later."""
        with self._lock:
            self.is_over = True
            for command in self._commands:
                command.end()


def _read(git: Git, part: Sequence[CommitId], crew: Crew) -> bytes:
    asked = "".join(f"{commit}\n" for commit in part).encode()
    with git.running(*_DIFF_TREE, stdin=asked) as command, crew.joined_by(command):
        return command.read()


def parse(output: bytes, commits: Sequence[CommitId]) -> list[Change] | None:
    """The changes in what `git diff-tree` printed for these commits; None where it did not go through all of them.

    It prints each commit's id, and after it for each change a record and a path, all ended by NUL.
    """
    *tokens, rest = output.decode("utf-8", "surrogateescape").split("\0")
    usual = len(":100644 100644 ") + 2 * len(commits[0] + " ") + len("M")
    blob = slice(-len(commits[0]) - 2, -2)
    changes: list[tuple[str, str, str, str]] = []
    named: list[str] = []
    commit, add = "", changes.append
    stream = iter(tokens)
    for token in stream:  # 200,000 times for a repository of 100,000 commits: no calls in here but for merges
        if token[:1] != ":":
            commit = token
            named.append(token)
        elif len(token) == usual:
            add((commit, token[8:14], token[blob], next(stream, "")))
        elif merged := _OF_A_MERGE.fullmatch(token):
            add((commit, merged[1], merged[2], next(stream, "")))
        else:  # a change that is not understood is not no change
            return None
    return list(map(Change._make, changes)) if named == list(commits) and not rest else None
