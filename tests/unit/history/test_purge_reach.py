"""What gets new ids by a purge."""

from hygiene.history.purge_reach import reach_of
from hygiene.model.history import CommitId, Parents, Root
from hygiene.model.purge import Reach


def lineage(*commits: str) -> list[Parents]:
    """`c<ab` is a commit with the parents a and b."""
    return [Parents(CommitId(each[0]), tuple(map(CommitId, each[2:]))) for each in commits]


GRAPH = lineage("a", "b<a", "c<b", "d<a", "e<cd", "z")


def reach(givers: str, **roots: str) -> Reach:
    return reach_of(frozenset(map(CommitId, givers)), GRAPH, [Root(name, commit) for name, commit in roots.items()])


def test_all_that_comes_after_changes_and_nothing_else() -> None:
    found = reach("b", main="e", topic="d", release="c", old="a", alien="z")
    assert [root.name for root in found.roots] == ["main", "release"]
    assert (found.rewritten, found.commits) == (3, 6)


def test_nothing_is_given_and_nothing_changes() -> None:
    assert reach("", main="e") == Reach(0, 6, [], [])


def test_a_giver_that_is_not_among_the_commits_changes_nothing() -> None:
    assert reach("x", main="e").rewritten == 0


def test_pull_requests_stand_apart_in_the_order_of_their_numbers() -> None:
    names = ["refs/pull/10/head", "refs/pull/9/merge", "refs/pull/9/head", "refs/merge-requests/1/head", "refs/heads/m"]
    found = reach_of(frozenset({CommitId("a")}), GRAPH, [Root(name, "b") for name in names])
    assert [root.name for root in found.roots] == ["refs/heads/m"]
    assert [root.name for root in found.pulls] == [
        "refs/merge-requests/1/head",
        "refs/pull/9/head",
        "refs/pull/9/merge",
        "refs/pull/10/head",
    ]


def test_a_name_that_is_told_twice_counts_once() -> None:
    assert len(reach_of(frozenset({CommitId("a")}), GRAPH, [Root("HEAD", "e"), Root("HEAD", "e")]).roots) == 1
