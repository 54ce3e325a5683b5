"""Has `git diff-tree` compare many commits with their parents, part by part on every core, and reads what it prints."""

import os
import re
from collections import deque
from collections.abc import Generator, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from threading import Event

from hygiene.adapters.process import Git, GitFailed
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

_LOOK_AHEAD = 2
"""Parts for each core that are read before the caller wants them: about 1 MB each."""

_OF_A_MERGE = re.compile(r"::+(?:\d{6} )+(\d{6}) (?:[0-9a-f]+ )+([0-9a-f]+) [A-Z]+")


def compare(
    git: Git, parts: Iterable[Sequence[CommitId]]
) -> Generator[tuple[Sequence[CommitId], Sequence[Change] | None], None, None]:
    """Each part with what its commits changed; with None where git failed on one of them.

    The processes are gone when the iterator is closed.
    """
    cores = os.cpu_count() or 1
    is_over = Event()
    with ThreadPoolExecutor(cores) as pool:
        waiting: deque[tuple[Sequence[CommitId], Future[bytes]]] = deque()
        try:
            for part in parts:
                waiting.append((part, pool.submit(_read, git, part, is_over)))
                if len(waiting) > cores * _LOOK_AHEAD:
                    yield _finished(*waiting.popleft())
            while waiting:
                yield _finished(*waiting.popleft())
        finally:
            is_over.set()
            pool.shutdown(cancel_futures=True)


def _read(git: Git, part: Sequence[CommitId], is_over: Event) -> bytes:
    chunks = []
    with closing(git.chunks(*_DIFF_TREE, stdin="".join(f"{commit}\n" for commit in part).encode())) as output:
        for chunk in output:
            if is_over.is_set():
                break
            chunks.append(chunk)
    return b"".join(chunks)


def _finished(part: Sequence[CommitId], output: Future[bytes]) -> tuple[Sequence[CommitId], Sequence[Change] | None]:
    try:
        return part, parse(output.result(), part)
    except GitFailed:  # a tree or a commit is missing or broken
        return part, None


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
