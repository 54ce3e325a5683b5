"""The way into a repository that git did not find, or refused: libgit2 finds it, checks its owner, and says why not."""

import os
import re
from pathlib import Path

import pygit2

from hygiene.adapters.git_repository import GitRepository
from hygiene.adapters.index_file import named_index
from hygiene.adapters.libgit2_repository import INSTALL_GIT, Libgit2Repository
from hygiene.adapters.process import Git, GitFailed, locate
from hygiene.errors import NotARepository, OwnedBySomebodyElse, UnreadableRepository
from hygiene.ports import HistoricRepository

_REFUSALS = (pygit2.GitError, KeyError, OSError, ValueError)
"""What pygit2 raises, depending on libgit2's reason, for a repository that it does not open."""


def open_by_libgit2(path: Path, program: Path | None, index: Path | None, *, must_be_git: bool) -> HistoricRepository:
    """The repository around `path`, found and accepted by libgit2; read by git where `program` can.

    With `must_be_git`, a git program that fails is an error and not a reason to let libgit2 read.
    Raises what `open_repository` raises.
    """
    try:
        opened = pygit2.Repository(os.fspath(path))
    except _REFUSALS as refusal:
        return _open_despite(refusal, path, program, index)
    named = named_index(index, Path(opened.path), Path(opened.workdir) if opened.workdir else None)
    if program is None:
        return Libgit2Repository(opened, named)
    return _open_accepted(opened, program, named, must_be_git=must_be_git)


def _open_accepted(
    opened: pygit2.Repository, program: Path, index: Path | None, *, must_be_git: bool
) -> HistoricRepository:
    work_dir = Path(opened.workdir) if opened.workdir else None
    try:
        repository = GitRepository(Git(program, Path(opened.path), index), work_dir)
        is_git = (repository.facts.head is None) == opened.head_is_unborn
        return repository if is_git or must_be_git else Libgit2Repository(opened, index)
    except GitFailed:
        if must_be_git:
            raise
        return Libgit2Repository(opened, index)  # a git that is too old, or a stand-in that only offers to install one


def _open_despite(refusal: Exception, path: Path, program: Path | None, index: Path | None) -> HistoricRepository:
    """Opens what libgit2 refused, if git can and may; otherwise says why not."""
    reason = str(refusal).removeprefix(f"{path}: ")
    owned = re.search(r"repository path '(.*)' is not owned by current user", reason, re.DOTALL)
    if owned:
        raise OwnedBySomebodyElse(owned[1]) from refusal
    if not _is_inside_one(path):
        raise NotARepository(str(path)) from refusal
    if program is None:
        raise UnreadableRepository(str(path), f"libgit2 says: {reason}", INSTALL_GIT) from refusal
    try:
        place = locate(program, path if path.is_dir() else path.parent)
    except GitFailed as failure:
        raise _explain(failure, path, reason) from failure
    return GitRepository(Git(program, place.git_dir, named_index(index, *place)), place.work_dir)


def _is_inside_one(path: Path) -> bool:
    try:
        return pygit2.discover_repository(os.fspath(path)) is not None
    except _REFUSALS:  # a `.git` file that points nowhere
        return False


def _explain(failure: GitFailed, path: Path, reason: str) -> OwnedBySomebodyElse | UnreadableRepository:
    owned = re.search(r"dubious ownership in repository at '(.*?)'\n", failure.complaint, re.DOTALL)
    if owned:
        return OwnedBySomebodyElse(owned[1])
    says = f"libgit2 says: {reason}; git says: {' '.join(failure.complaint.split())}"
    return UnreadableRepository(str(path), says, "Use a newer git.")
