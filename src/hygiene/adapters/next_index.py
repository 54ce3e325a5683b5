"""Makes the index that is to be beside the one that is; git changes it, and exactly where it is told to."""

import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from hygiene.adapters.git_checkout import AS_IT_IS_MARKED
from hygiene.adapters.process import Git, GitFailed
from hygiene.errors import ChangedMeanwhile, UnusableFile, UnwritableOutput
from hygiene.model.json_path import bytes_of
from hygiene.model.untracking import Held, IndexEdit

DURABLE = ("-c", "core.fsync=all")
"""What git writes for us outlasts a power cut."""

_UPDATE = (
    *AS_IT_IS_MARKED,
    *DURABLE,
    "-c",
    "splitIndex.sharedIndexExpire=never",  # it is the real index that still needs the shared part
    "-c",
    "core.untrackedCache=keep",  # only reading leaves it out: here it would be lost
    "-c",
    "index.sparse=false",  # git 2.39 gets paths out of order below the last folder of a sparse index; it folds it later
    "update-index",
    "-z",
    "--index-info",
)


def prepare(git: Git, prepared: Path, edits: Sequence[IndexEdit], zeros: str) -> None:
    """Makes the index that the repository's own becomes by the edits; on failure nothing is left of it.

    Raises `ChangedMeanwhile` where a path is not as it is to be before, `UnwritableOutput` where there is no room.
    """
    with _complaining(prepared), ExitStack() as cleaning:
        nowhere = cleaning.enter_context(TemporaryDirectory(prefix="hygiene-"))
        beside = replace(git, index=prepared, nowhere=Path(nowhere))
        discard(prepared)
        failing = cleaning.enter_context(ExitStack())
        failing.callback(discard, prepared)
        if (git.git_dir / "index").is_symlink():
            raise UnusableFile(str(git.git_dir / "index"), "is a symlink")
        times = _copy(git.git_dir / "index", prepared)
        present = _Listing(beside)
        _require_before(present, edits)
        beside.run(*_UPDATE, stdin=b"".join(_records(edits, zeros)))
        if not _Listing(beside).became(present, edits):
            raise UnwritableOutput(str(prepared), "git made another index than was asked for")
        if times is not None:
            # Git takes an entry for unchanged whose file is older than the index. Those that are as young as the old
            # index is must not seem older because of us: git would never see that they were changed.
            os.utime(prepared, ns=times)
        _make_durable(prepared)
        failing.pop_all()


def discard(prepared: Path) -> None:
    """Removes an index to be, and what a git that was killed left beside it."""
    prepared.with_name(f"{prepared.name}.lock").unlink(missing_ok=True)
    prepared.unlink(missing_ok=True)


def agreement(git: Git, edits: Sequence[IndexEdit]) -> tuple[int, int]:
    """How many paths the index holds as before the edits, and how many as after."""
    present = _Listing(git)
    return sum(present.has(edit, edit.before) for edit in edits), sum(present.has(edit, edit.after) for edit in edits)


class _Listing:
    """What an index holds, in git's own lines."""

    def __init__(self, git: Git) -> None:
        listed = git.run("ls-files", "-s", "-z").split(b"\0")[:-1]
        order = [line.partition(b"\t")[2] for line in listed]
        self._is_sorted = order == sorted(order)
        self.lines, self._paths = frozenset(listed), frozenset(order)

    def has(self, edit: IndexEdit, held: Held | None) -> bool:
        """Whether it holds just that at the edit's path."""
        path = bytes_of(edit.path)
        return path not in self._paths if held is None else _record(held, path) in self.lines

    def became(self, before: "_Listing", edits: Sequence[IndexEdit]) -> bool:
        """Whether it is what an index became by the edits, to the last entry."""
        gone = frozenset(_record(edit.before, bytes_of(edit.path)) for edit in edits if edit.before)
        come = frozenset(_record(edit.after, bytes_of(edit.path)) for edit in edits if edit.after)
        return self._is_sorted and self.lines == before.lines - gone | come


def _require_before(present: _Listing, edits: Sequence[IndexEdit]) -> None:
    changed = next((edit.path for edit in edits if not present.has(edit, edit.before)), None)
    if changed is not None:
        raise ChangedMeanwhile(changed)


def _records(edits: Sequence[IndexEdit], zeros: str) -> Iterator[bytes]:
    """For `git update-index --index-info`. From the last path to the first, git removes ten times faster."""
    by_path = sorted(edits, key=lambda edit: bytes_of(edit.path))
    for edit in reversed(by_path):
        if edit.after is None:
            yield b"0 %b\t%b\0" % (zeros.encode("ascii"), bytes_of(edit.path))
    for edit in by_path:
        if edit.after is not None:
            yield _record(edit.after, bytes_of(edit.path)) + b"\0"


def _record(held: Held, path: bytes) -> bytes:
    return b"%b %b 0\t%b" % (held.mode.encode("ascii"), held.blob.encode("ascii"), path)


def _copy(index: Path, prepared: Path) -> tuple[int, int] | None:
    """Copies the index, and tells its times; None where there is no index yet, which git takes for an empty one."""
    try:
        with index.open("rb") as source, prepared.open("xb") as target:
            shutil.copyfileobj(source, target, 1 << 20)
            status = os.fstat(source.fileno())
    except FileNotFoundError:
        return None
    times = (status.st_atime_ns, status.st_mtime_ns)
    os.utime(prepared, ns=times)
    return times


def _make_durable(prepared: Path) -> None:
    with prepared.open("r+b") as file:
        os.fsync(file.fileno())


@contextmanager
def _complaining(prepared: Path) -> Iterator[None]:
    try:
        yield
    except GitFailed as failure:
        raise UnwritableOutput(str(prepared), _last_line(failure.complaint)) from failure
    except OSError as failure:
        raise UnwritableOutput(str(prepared), failure.strerror or str(failure)) from failure


def _last_line(complaint: str) -> str:
    lines: Iterable[str] = (line for line in reversed(complaint.splitlines()) if line)
    return next(iter(lines), "git was ended")
