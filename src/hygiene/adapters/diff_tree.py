"""Has `git diff-tree` compare many commits with their parents, part by part on every core, and reads what it prints."""

import os
import re
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from queue import SimpleQueue
from threading import Event, Lock, Semaphore, Thread

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

_LOOK_AHEAD = 12
"""Parts for each core that are read before the caller wants them: about 0.6 MB each."""

_OF_A_MERGE = re.compile(r"::+(?:\d{6} )+(\d{6}) (?:[0-9a-f]+ )+([0-9a-f]+) [A-Z]+")


Compared = tuple[Sequence[CommitId], Sequence[Change] | None]
"""Commits, and what they changed; None where git failed on one of them."""


class Comparison:
    """Compares commits with their parents, part by part, on every core, from the moment when a part is added.

    Its threads never keep the program from ending, and its processes end with them.
    """

    def __init__(self, git: Git) -> None:
        self._git = git
        self._crew = _Crew()
        self._parts: list[_Part] = []
        self._waiting: SimpleQueue[_Part | None] = SimpleQueue()
        self._cores = os.cpu_count() or 1
        self._room = Semaphore(_LOOK_AHEAD * self._cores)
        self._threads = [Thread(target=self._work, daemon=True) for _ in range(self._cores)]
        for thread in self._threads:
            thread.start()

    def add(self, commits: Sequence[CommitId]) -> None:
        """One more part."""
        part = _Part(commits)
        self._parts.append(part)
        self._waiting.put(part)

    def no_more(self) -> None:
        """That was the last part."""
        for _ in range(self._cores):
            self._waiting.put(None)

    def results(self) -> Generator[Compared, None, None]:
        """After `no_more`, every part in the order in which they were added. Closing the generator ends all work."""
        try:
            for part in self._parts:
                part.is_done.wait()
                self._room.release()
                yield part.commits, parse(part.output, part.commits) if part.output is not None else None
                part.output = None
        finally:
            self.stop()

    def stop(self) -> None:
        """Ends all work at once, and waits for its end. Nothing may be added any more."""
        self._crew.end()
        self.no_more()
        self._room.release(len(self._parts) + 1)
        for thread in self._threads:
            thread.join()

    def _work(self) -> None:
        while (part := self._waiting.get()) is not None:
            self._room.acquire()
            # A tree or a commit is missing or broken, or no more processes can be started: the caller goes another way.
            with suppress(GitFailed, OSError):
                part.output = None if self._crew.is_over else _read(self._git, part.commits, self._crew)
            part.is_done.set()


class _Part:
    """Some commits, and what git said of them, once it is done; None where it failed."""

    def __init__(self, commits: Sequence[CommitId]) -> None:
        self.commits = commits
        self.output: bytes | None = None
        self.is_done = Event()


class _Crew:
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


def _read(git: Git, part: Sequence[CommitId], crew: _Crew) -> bytes:
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
