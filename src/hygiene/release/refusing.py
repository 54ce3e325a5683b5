"""What forbids a package: everything at once, so that nobody mends one thing after the other."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from hygiene.model.inventory import Mode
from hygiene.model.packaging import Chosen, PackageSettings, Refusal, RefusalKind, Symlinks
from hygiene.model.paths import BlobId, RepoPath
from hygiene.ports import Repository
from hygiene.release.links import astray, with_folders
from hygiene.release.names import refused_names

_POINTER = b"version https://git-lfs.github.com/spec/v1"
_LARGEST_POINTER = 1024
"""Bytes that a pointer to an LFS object has less than; source: its specification."""
_LONGEST_TARGET = 4096
"""Bytes: Linux follows no longer symlink."""

_FETCH = "Fetch it: `git fetch --refetch --no-filter` in a partial clone, else `git fsck` tells what is missing."
_SUBMODULE = "A submodule's files are another repository's: package that one, or exclude the path."
_LFS = "The archive would hold a pointer instead of the file: commit the file itself, or exclude it."
_LINK = 'Exclude it, or store symlinks as such with `symlinks = "keep"` under [package].'
_LEAVING_LINK = "Make it lead to something that is in the archive, or exclude it."
_SMALLER = "Exclude it, or raise `max_size` under [package]."

_GRAVEST_FIRST = {kind: number for number, kind in enumerate(RefusalKind)}


def gravest_first(refusals: Iterable[Refusal]) -> Sequence[Refusal]:
    """The refusals by the order of their kinds, then by path; each once."""
    return sorted(dict.fromkeys(refusals), key=lambda each: (_GRAVEST_FIRST[each.kind], each.path))


class File(NamedTuple):
    """A regular file that is in an archive, or is to be: what the reader of a refusal knows it by, and its content."""

    path: RepoPath
    blob: BlobId
    size: int


def refused_entries(chosen: Sequence[Chosen], settings: PackageSettings, repository: Repository) -> Iterator[Refusal]:
    """What is wrong with the chosen files whatever the rules say: their kinds, sizes, contents and names."""
    yield from _of_kind(chosen)
    files = [File(each.source, each.blob, each.size) for each in chosen if each.size is not None and _is_file(each)]
    yield from refused_contents(files, settings, repository)
    yield from _of_links(chosen, settings.symlinks, repository)
    by_path = {each.path: each.source for each in chosen}
    for refusal in refused_names([each.path for each in chosen], settings.names):
        yield refusal._replace(path=by_path[RepoPath(refusal.path)])


def refused_contents(files: Sequence[File], settings: PackageSettings, repository: Repository) -> Iterator[Refusal]:
    """What is wrong with what files hold: too much, or only a pointer."""
    for each in files:
        if settings.max_size is not None and each.size > settings.max_size:
            why = f"it has {each.size:,} bytes, and max_size is {settings.max_size:,}"
            yield Refusal(RefusalKind.TOO_LARGE, each.path, why, _SMALLER)
    yield from _pointers(files, repository)


def _of_kind(chosen: Sequence[Chosen]) -> Iterator[Refusal]:
    for each in chosen:
        if each.mode == Mode.GITLINK:
            yield Refusal(RefusalKind.GITLINK, each.source, "it is a submodule, not a file", _SUBMODULE)
        elif each.size is None:
            yield Refusal(RefusalKind.MISSING, each.source, "its object is missing from this repository", _FETCH)


def _is_file(chosen: Chosen) -> bool:
    return chosen.mode not in (Mode.GITLINK, Mode.SYMLINK)


def _pointers(files: Sequence[File], repository: Repository) -> Iterator[Refusal]:
    """By their content: attributes tell what should be in LFS, not what is."""
    small = [each for each in files if 0 < each.size < _LARGEST_POINTER]
    heads = repository.heads(dict.fromkeys(each.blob for each in small), len(_POINTER))
    for each in small:
        if heads.get(each.blob) == _POINTER:
            yield Refusal(RefusalKind.LFS_POINTER, each.path, "it is a pointer to a Git LFS object", _LFS)


def _of_links(chosen: Sequence[Chosen], symlinks: Symlinks, repository: Repository) -> Iterator[Refusal]:
    links = [each for each in chosen if each.mode == Mode.SYMLINK and each.size is not None]
    targets = _targets(links, repository)
    there = with_folders(each.path for each in chosen) if links else frozenset()
    for each in links:
        why = astray(each.path, targets, there)
        if why is not None:
            yield Refusal(RefusalKind.LEAVING_SYMLINK, each.source, why, _LEAVING_LINK)
        elif symlinks is Symlinks.REFUSE:
            yield Refusal(RefusalKind.SYMLINK, each.source, "it is a symlink", _LINK)


def _targets(links: Sequence[Chosen], repository: Repository) -> Mapping[str, str]:
    """What each link leads to; a target that no system follows becomes one that leads anywhere."""
    followed = dict.fromkeys(each.blob for each in links if (each.size or 0) <= _LONGEST_TARGET)
    read: dict[BlobId, bytes] = dict(repository.contents(followed))
    return {each.path: read.get(each.blob, b"/").decode("utf-8", "surrogateescape") for each in links}
