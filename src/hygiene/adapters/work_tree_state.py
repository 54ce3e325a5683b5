"""Tells how a work tree differs from HEAD, by sizes and times first, and without running what the repository names."""

import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from threading import Timer
from typing import NamedTuple

from hygiene.adapters.disk_content import DiskContent
from hygiene.adapters.folders import Folder, entered
from hygiene.adapters.process import Git, GitFailed, find_git
from hygiene.adapters.recorded_stats import Recorded, index_time, recorded_stats
from hygiene.model.inventory import Entry, Mode
from hygiene.model.json_path import bytes_of
from hygiene.model.paths import RepoPath, folder_of, name_of
from hygiene.ports import Repository
from hygiene.ports.work_tree import TreeState, WorkTree

_LONGEST_LOOK = 30.0
"""Seconds: git waits for ever for an ignore file that is a pipe."""


class Nowhere:
    """`ports.work_tree.WorkTree` of a repository without one, or without a git program that would look at it."""

    def __init__(self, repository: Repository) -> None:
        self._is_there = repository.facts.work_dir is not None

    def state(self) -> TreeState:
        """What is not there differs in nothing."""
        return TreeState(is_known=not self._is_there)


class GitWorkTree:
    """A work tree as `ports.work_tree.WorkTree` promises it; git tells of its index and of what is not in it."""

    def __init__(self, git: Git, work_dir: Path, repository: Repository) -> None:
        self._git = git
        self._work_dir = work_dir
        self._repository = repository

    def state(self) -> TreeState:
        """At this moment. Raises `UnreadableRepository` for an index that cannot be read."""
        staged = self._repository.list_staged()
        return TreeState(len(staged.changed) + len(staged.removed), self._modified(), self._untracked())

    def _modified(self) -> Sequence[RepoPath]:
        recorded = [each for each in recorded_stats(self._git) if each.entry.mode != Mode.GITLINK]
        conflicts = {each.entry.path for each in recorded if each.is_unmerged}
        look = _Look(os.fsencode(self._work_dir), self._git, self._repository)
        changed = look.changed(each for each in recorded if each.is_looked_at and not each.is_unmerged)
        return sorted(conflicts.union(changed), key=bytes_of)

    def _untracked(self) -> Sequence[RepoPath]:
        """By git, which knows where ignore files count; none where it does not come to an end."""
        there = replace(self._git, nowhere=self._work_dir)  # the one listing that the real work tree is needed for
        with suppress(GitFailed), there.running("ls-files", "--others", "--exclude-standard", "-z") as listing:
            patience = Timer(_LONGEST_LOOK, listing.end)
            patience.start()
            try:
                return _paths(listing.read())
            finally:
                patience.cancel()
        return ()


class _Doubt(NamedTuple):
    """A file that does not hold what Git has, and may be as a filter has made it."""

    recorded: Recorded
    size: int


class _Look:
    """One look at the files of a work tree."""

    def __init__(self, root: bytes, git: Git, repository: Repository) -> None:
        self._root = root
        self._git = git
        self._repository = repository
        self._content = DiskContent(root, repository.facts.object_format)
        self._index_time = index_time(git)

    def changed(self, recorded: Iterable[Recorded]) -> Sequence[RepoPath]:
        """The paths of those that are not on the disk as the index has them."""
        changed: list[RepoPath] = []
        doubts: list[_Doubt] = []
        moded: list[RepoPath] = []
        for each, found in self._found(recorded):
            if found is None or not _is_kind(each, found):
                changed.append(each.entry.path)
            elif self._is_as_recorded(each, found) or self._content.holds(_as_it_lies(each, found)):
                moded += [each.entry.path] if _is_other_mode(each, found) else []
            else:
                doubts.append(_Doubt(each, found.st_size))
        return [*changed, *self._without_filtered(doubts), *(moded if moded and self._trusts_modes() else ())]

    def _found(self, recorded: Iterable[Recorded]) -> Iterator[tuple[Recorded, os.stat_result | None]]:
        """Each with what is at its path; None where nothing is, or nothing that can be reached without a link."""
        for folder, inside in groupby(recorded, lambda each: folder_of(each.entry.path)):
            those = list(inside)
            yield from zip(those, self._look_into(folder, those), strict=True)

    def _look_into(self, folder: RepoPath, those: Sequence[Recorded]) -> Sequence[os.stat_result | None]:
        try:
            with entered(self._root, bytes_of(folder)) as place:
                return [_status(place, each) for each in those]
        except OSError:
            return [None] * len(those)

    def _is_as_recorded(self, recorded: Recorded, found: os.stat_result) -> bool:
        return recorded.fits(found) and recorded.time < self._index_time

    def _without_filtered(self, doubts: Sequence[_Doubt]) -> Iterator[RepoPath]:
        """Those that were changed: what a filter makes on checkout is no change as long as its size is the same."""
        sizes = self._repository.sizes({each.recorded.entry.blob for each in doubts}) if doubts else {}
        for each in doubts:
            stored = sizes.get(each.recorded.entry.blob)
            is_filtered = stored is not None and each.recorded.size == each.size != stored
            if not is_filtered:
                yield each.recorded.entry.path

    def _trusts_modes(self) -> bool:
        """Whether the file system keeps who may run a file; Git has found that out."""
        with suppress(GitFailed):  # nothing is set
            return self._git.run("config", "--type=bool", "core.fileMode").strip() != b"false"
        return True


def open_work_tree(repository: Repository) -> WorkTree:
    """The work tree beside a repository."""
    program, facts = find_git(), repository.facts
    if program is None or facts.work_dir is None:
        return Nowhere(repository)
    return GitWorkTree(Git(program, facts.git_dir), facts.work_dir, repository)


def _status(place: Folder, recorded: Recorded) -> os.stat_result | None:
    return place.status(bytes_of(name_of(recorded.entry.path)))


def _is_kind(recorded: Recorded, found: os.stat_result) -> bool:
    """Git checks symlinks out as files where the system has none."""
    if recorded.entry.mode == Mode.SYMLINK and stat.S_ISLNK(found.st_mode):
        return True
    return stat.S_ISREG(found.st_mode)


def _as_it_lies(recorded: Recorded, found: os.stat_result) -> Entry:
    return recorded.entry if stat.S_ISLNK(found.st_mode) else recorded.entry._replace(mode=Mode.FILE)


def _is_other_mode(recorded: Recorded, found: os.stat_result) -> bool:
    is_executable = bool(found.st_mode & stat.S_IXUSR)
    return recorded.entry.is_file and is_executable != (recorded.entry.mode == Mode.EXECUTABLE)


def _paths(listing: bytes) -> Sequence[RepoPath]:
    return [RepoPath(path.decode("utf-8", "surrogateescape")) for path in sorted(listing.split(b"\0")) if path]
