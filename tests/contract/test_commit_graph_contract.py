"""What `ports.History.parents` promises, of every reader."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import pygit2
import pytest

from fixtures.repositories import RepositoryBuilder
from hygiene.adapters import git_commit_graph, libgit2_commit_graph
from hygiene.adapters.process import Git, GitFailed, find_git
from hygiene.model.history import CommitId, Parents

Asked = Sequence[CommitId]
Opener = Callable[[RepositoryBuilder], Callable[[Asked], Iterator[Parents]]]


def by_git(builder: RepositoryBuilder) -> Callable[[Asked], Iterator[Parents]]:
    program = find_git()
    assert program is not None
    return partial(git_commit_graph.read_parents, Git(program, builder.git_dir))


def by_libgit2(builder: RepositoryBuilder) -> Callable[[Asked], Iterator[Parents]]:
    return partial(libgit2_commit_graph.read_parents, pygit2.Repository(str(builder.git_dir)))


@pytest.fixture(params=[by_git, by_libgit2])
def opened(request: pytest.FixtureRequest) -> Opener:
    opener: Opener = request.param
    return opener


@pytest.fixture
def builder(tmp_path: Path) -> RepositoryBuilder:
    return RepositoryBuilder(tmp_path / "repository")


def test_each_commit_has_its_parents_in_its_own_order(builder: RepositoryBuilder, opened: Opener) -> None:
    root, orphan = CommitId(builder.commit()), CommitId(builder.orphan())
    merge = CommitId(builder.commit("merge", orphan))
    last = CommitId(builder.commit())
    expected = [
        Parents(last, (merge,)),
        Parents(orphan, ()),
        Parents(root, ()),
        Parents(merge, (root, orphan)),
    ]
    assert list(opened(builder)([last, orphan, root, merge])) == expected


def test_nothing_is_asked_and_nothing_is_told(builder: RepositoryBuilder, opened: Opener) -> None:
    builder.commit()
    assert list(opened(builder)([])) == []


def test_a_parent_may_be_missing(builder: RepositoryBuilder, opened: Opener) -> None:
    lost = CommitId(builder.commit())
    child = CommitId(builder.commit())
    builder.lose(lost)
    assert list(opened(builder)([child])) == [Parents(child, (lost,))]


def test_a_commit_that_is_missing_is_never_passed_over(builder: RepositoryBuilder, opened: Opener) -> None:
    there = CommitId(builder.commit())
    with pytest.raises((GitFailed, KeyError)):
        list(opened(builder)([there, CommitId("1" * 40)]))


def test_replacements_do_not_count(builder: RepositoryBuilder, opened: Opener) -> None:
    root, other = CommitId(builder.commit()), CommitId(builder.orphan())
    child = CommitId(builder.commit())
    builder.git("replace", "--graft", child, other)
    assert list(opened(builder)([child])) == [Parents(child, (root,))]
