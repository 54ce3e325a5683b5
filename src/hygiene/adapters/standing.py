"""Reads where a work tree stands: its HEAD, its index, and what Git is in the middle of."""

import hashlib
from contextlib import suppress
from pathlib import Path

from hygiene.adapters.process import Git, GitFailed
from hygiene.model.untracking import Standing

_CHUNK = 1 << 20

_MARKS = {
    "MERGE_HEAD": "a merge",
    "rebase-merge": "a rebase",
    "rebase-apply": "a rebase",
    "CHERRY_PICK_HEAD": "a cherry-pick",
    "REVERT_HEAD": "a revert",
}
"""What Git has in its directory while it is in the middle of something."""

_SEQUENCE = "sequencer"
"""The folder that Git has in the middle of several cherry-picks or reverts, also between two of them."""


def read_standing(git: Git) -> Standing:
    """At this moment. Raises `UnreadableRepository` for an index that is there and cannot be read."""
    return Standing(
        head=resolved(git, "HEAD^{commit}"),
        branch=_answer(git, "symbolic-ref", "--quiet", "HEAD"),
        index=_digest(git.git_dir / "index"),
        under_way=_under_way(git),
        is_locked=_is_there(git.git_dir / "index.lock"),
    )


def resolved(git: Git, name: str) -> str | None:
    """The object that a name leads to; None where it leads nowhere."""
    return _answer(git, "rev-parse", "--quiet", "--verify", name)


def _answer(git: Git, *question: str) -> str | None:
    with suppress(GitFailed):  # the status is all that a quiet command says
        return git.run(*question).decode("utf-8", "surrogateescape").removesuffix("\n") or None
    return None


def _digest(index: Path) -> str:
    """A split index names its other part by its digest, so that these bytes stand for both."""
    digest = hashlib.sha256()
    try:
        with index.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
    except FileNotFoundError:
        return ""
    except OSError as failure:
        raise GitFailed(str(index.parent), 0, f"its index cannot be read: {failure.strerror}") from failure
    return digest.hexdigest()


def _under_way(git: Git) -> tuple[str, ...]:
    found = [words for mark, words in _MARKS.items() if _is_marked(git, mark)]
    if not found and _is_there(git.git_dir / _SEQUENCE):
        found = ["a cherry-pick or a revert"]
    return tuple(dict.fromkeys(found))


def _is_marked(git: Git, mark: str) -> bool:
    """Whether the mark is there: a file, a folder or, where references are not files, a reference."""
    if _is_there(git.git_dir / mark):
        return True
    return mark.endswith("_HEAD") and _is_there(git.git_dir / "reftable") and resolved(git, mark) is not None


def _is_there(place: Path) -> bool:
    with suppress(FileNotFoundError, NotADirectoryError):
        place.lstat()
        return True
    return False
