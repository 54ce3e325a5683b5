"""Files of a package by folder: lists name a folder once where one thing can be said of all that it holds."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, NamedTuple, TypeVar

from hygiene.model.packaging import Line, Omission, PackagePlan
from hygiene.model.paths import RepoPath, ancestors, folder_of

K = TypeVar("K")


class Patch(NamedTuple, Generic[K]):
    """A maximal folder (with a `/` at its end) of whose tracked files all have one key; or one file.

    Attributes:
        size: bytes of the files whose size is known.
    """

    path: RepoPath
    key: K
    files: int
    size: int


class Gone(NamedTuple):
    """Why something is not in an archive, and by which line, if one says so."""

    why: Omission
    by: Line | None


class _File(NamedTuple, Generic[K]):
    """One file, and what is said of it."""

    path: RepoPath
    key: K
    size: int


_Folders = dict[RepoPath, K | None]
"""What is said of all files below each folder; None where not the same is said of all."""


def left_out_patches(plan: PackagePlan) -> list[Patch[Gone]]:
    """What was left out, in the plan's order: a folder as a whole where one line is the reason for all in it."""
    gone = [_File(each.path, Gone(each.why, each.by), each.size or 0) for each in plan.left_out]
    return _patches(gone, (each.source for each in plan.chosen))


def chosen_patches(plan: PackagePlan) -> list[Patch[Line]]:
    """What was chosen, in the plan's order: a folder as a whole where one line chose all in it."""
    chosen = [_File(each.source, each.line, each.size or 0) for each in plan.chosen]
    return _patches(chosen, (each.path for each in plan.left_out))


def _patches(files: Sequence[_File[K]], others: Iterable[RepoPath]) -> list[Patch[K]]:
    folders: _Folders[K] = {}
    for each in files:
        _say(folders, folder_of(each.path), each.key)
    for path in others:
        _say(folders, folder_of(path), None)
    members: dict[RepoPath, list[_File[K]]] = {}
    highest: dict[RepoPath, RepoPath] = {}
    for each in files:
        folder = folder_of(each.path)
        if folder not in highest:
            highest[folder] = _highest(folders, folder)
        members.setdefault(highest[folder] or each.path, []).append(each)
    return [_patch(path, alike) for path, alike in members.items()]


def _say(folders: _Folders[K], folder: RepoPath, key: K | None) -> None:
    """Takes note of what is said of a file, at its folder and above, as far up as it is news."""
    for place in _upward(folder):
        known = folders.get(place, key)
        if place in folders and (known is None or known == key):
            return  # and so it is above
        folders[place] = known if known == key else None


def _highest(folders: _Folders[K], folder: RepoPath) -> RepoPath:
    """The highest folder at or above this one that is of one kind; the root where there is none."""
    found = RepoPath("")
    for place in _upward(folder):
        if folders[place] is None:
            break
        found = RepoPath(f"{place}/")
    return found


def _upward(folder: RepoPath) -> Iterator[RepoPath]:
    """The folder and those above it, without the root."""
    if folder:
        yield folder
        yield from ancestors(folder)


def _patch(path: RepoPath, alike: Sequence[_File[K]]) -> Patch[K]:
    """A folder that holds one file only is no shorter name for it."""
    first = alike[0]
    return Patch(first.path if len(alike) == 1 else path, first.key, len(alike), sum(each.size for each in alike))
