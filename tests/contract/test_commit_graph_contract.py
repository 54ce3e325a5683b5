"""What `ports.History.parents` promises, of every reader."""

from pathlib import Path

import pytest

from fixtures.repositories import RepositoryBuilder
from hygiene.adapters.discovery import Reader, open_repository
from hygiene.errors import UnreadableRepository
from hygiene.model.history import CommitId, Parents


@pytest.fixture(params=[Reader.GIT, Reader.LIBGIT2])
def reader(request: pytest.FixtureRequest) -> Reader:
    return Reader(request.param)


def parents(builder: RepositoryBuilder, reader: Reader, commits: list[CommitId]) -> list[Parents]:
    return list(open_repository(builder.path, reader).history.parents(commits))


@pytest.fixture
def builder(tmp_path: Path) -> RepositoryBuilder:
    return RepositoryBuilder(tmp_path / "repository")


def test_each_commit_has_its_parents_in_its_own_order(builder: RepositoryBuilder, reader: Reader) -> None:
    root, orphan = CommitId(builder.commit()), CommitId(builder.orphan())
    merge = CommitId(builder.commit("merge", orphan))
    last = CommitId(builder.commit())
    expected = [
        Parents(last, (merge,)),
        Parents(orphan, ()),
        Parents(root, ()),
        Parents(merge, (root, orphan)),
    ]
    assert parents(builder, reader, [last, orphan, root, merge]) == expected


def test_nothing_is_asked_and_nothing_is_told(builder: RepositoryBuilder, reader: Reader) -> None:
    builder.commit()
    assert parents(builder, reader, []) == []


def test_a_parent_may_be_missing(builder: RepositoryBuilder, reader: Reader) -> None:
    lost = CommitId(builder.commit())
    child = CommitId(builder.commit())
    builder.lose(lost)
    assert parents(builder, reader, [child]) == [Parents(child, (lost,))]


def test_a_commit_that_is_missing_is_never_passed_over(builder: RepositoryBuilder, reader: Reader) -> None:
    there = CommitId(builder.commit())
    with pytest.raises(UnreadableRepository):
        parents(builder, reader, [there, CommitId("1" * 40)])


def test_replacements_do_not_count(builder: RepositoryBuilder, reader: Reader) -> None:
    root, other = CommitId(builder.commit()), CommitId(builder.orphan())
    child = CommitId(builder.commit())
    builder.git("replace", "--graft", child, other)
    assert parents(builder, reader, [child]) == [Parents(child, (root,))]
