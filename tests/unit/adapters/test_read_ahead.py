"""In which order commits come whose dates are wrong."""

from hypothesis import given
from hypothesis import strategies as st

from hygiene.adapters.read_ahead import parents_first


def row(name: str, *parents: str) -> list[bytes]:
    return [b"7", name.encode(), *(parent.encode() for parent in parents)]


def names(rows: list[list[bytes]]) -> list[str]:
    return [commit.id for commit in parents_first(rows)]


def test_what_git_lists_newest_first_comes_oldest_first() -> None:
    assert names([row("c", "b"), row("b", "a"), row("a")]) == ["a", "b", "c"]


def test_a_parent_with_a_younger_date_comes_first_all_the_same() -> None:
    assert names([row("b", "a"), row("c", "b"), row("a")]) == ["a", "b", "c"]


def test_parents_that_are_not_listed_do_not_count() -> None:
    assert names([row("c", "b", "elsewhere"), row("b", "gone")]) == ["b", "c"]


@given(st.data())
def test_every_parent_comes_before_its_children(data: st.DataObject) -> None:
    """Commits are numbers here, and parents smaller numbers."""
    count = data.draw(st.integers(1, 12))
    parents = {n: data.draw(st.sets(st.integers(0, n - 1), max_size=3)) if n else set() for n in range(count)}
    rows = [row(str(n), *map(str, sorted(parents[n]))) for n in data.draw(st.permutations(range(count)))]
    found = [int(name) for name in names(rows)]
    assert sorted(found) == list(range(count))
    assert all(found.index(parent) < found.index(n) for n in found for parent in parents[n])
