"""Finds the repository around a path, has its owner accepted, and chooses who reads it."""

from enum import StrEnum
from pathlib import Path

from hygiene.adapters.git_repository import GitRepository
from hygiene.adapters.index_file import named_index
from hygiene.adapters.process import Git, GitFailed, find_git, locate
from hygiene.errors import NotARepository, UnreadableRepository
from hygiene.ports import HistoricRepository


class Reader(StrEnum):
    """Who reads the repository. `AUTO` is git where there is a git program that works, and libgit2 elsewhere."""

    AUTO = "auto"
    GIT = "git"
    LIBGIT2 = "libgit2"


def open_repository(path: Path, reader: Reader = Reader.AUTO, index: Path | None = None) -> HistoricRepository:
    """The repository that holds `path`: a folder of its work tree, its git directory, or a file in either.

    `index` is another index file than the repository's own, as git names it to a hook in `GIT_INDEX_FILE`: a relative
    name is seen from the top of the work tree, wherever the hook has gone; the
    environment itself has no say in where anything is. Whoever finds the repository checks its owner: git, or libgit2
    where git is not there or refuses; libgit2 then also finds out why.

    Raises:
        NotARepository: there is none.
        OwnedBySomebodyElse: another user owns it, and the user has not declared it safe.
        UnreadableRepository: the chosen reader does not know its format, or is not there.
    """
    if not path.exists():
        raise NotARepository(str(path))
    program = None if reader is Reader.LIBGIT2 else find_git()
    if reader is Reader.GIT and program is None:
        raise UnreadableRepository(str(path), "no git program is on PATH", "Install git, or use the libgit2 reader.")
    found = None if program is None else _found_by_git(program, path, index)
    if found is not None:
        return found
    # Imported here: libgit2 takes longer to load than git takes to list 100,000 files.
    from hygiene.adapters.libgit2_gate import open_by_libgit2  # noqa: PLC0415

    return open_by_libgit2(path, program, index, must_be_git=reader is Reader.GIT)


def _found_by_git(program: Path, path: Path, index: Path | None) -> HistoricRepository | None:
    """The repository around a work tree that git sees and accepts; None for any other, or where it is no git at all."""
    try:
        place = locate(program, path if path.is_dir() else path.parent)
        # Inside a git directory git knows of no work tree, though there may be one; libgit2 tells.
        is_there = place.work_dir is not None and place.git_dir.joinpath("HEAD").exists()
        git = Git(program, place.git_dir, named_index(index, place.git_dir, place.work_dir))
        return GitRepository(git, place.work_dir) if is_there else None
    except GitFailed:
        return None
