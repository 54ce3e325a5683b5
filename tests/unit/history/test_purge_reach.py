"""What gets new ids by a purge."""

from hygiene.history.purge_reach import Rewriting, reach_of
from hygiene.model.history import CommitId, Lineage, Root
from hygiene.model.purge import PurgeTool, Reach


def lineages(*commits: str) -> list[Lineage]:
    """`c<ab` is a commit with the parents a and b, `c!<a` one that is signed."""
    pairs = [each.partition("<")[::2] for each in commits]
    return [Lineage(CommitId(name[0]), tuple(map(CommitId, parents)), name[1:] != "!") for name, parents in pairs]


GRAPH = lineages("a", "b<a", "c<b", "d<a", "e<cd", "z")
BFG, FILTER_REPO = PurgeTool.BFG, PurgeTool.FILTER_REPO


def by(tool: PurgeTool, givers: str) -> Rewriting:
    return Rewriting(tool, frozenset(map(CommitId, givers)))


def reach(givers: str, **roots: str) -> Reach:
    return reach_of(by(BFG, givers), GRAPH, [Root(name, commit) for name, commit in roots.items()])


def test_all_that_comes_after_changes_and_nothing_else() -> None:
    found = reach("b", main="e", topic="d", release="c", old="a", alien="z")
    assert [root.name for root in found.roots] == ["main", "release"]
    assert (found.rewritten, found.commits) == (3, 6)


def test_nothing_is_given_and_nothing_changes() -> None:
    assert reach("", main="e") == Reach(0, 6, 0, [], [])


def test_a_giver_that_is_not_among_the_commits_changes_nothing() -> None:
    assert reach("x", main="e").rewritten == 0


def test_pull_requests_stand_apart_in_the_order_of_their_numbers() -> None:
    names = ["refs/pull/10/head", "refs/pull/9/merge", "refs/pull/9/head", "refs/merge-requests/1/head", "refs/heads/m"]
    found = reach_of(by(BFG, "a"), GRAPH, [Root(name, "b") for name in names])
    assert [root.name for root in found.roots] == ["refs/heads/m"]
    assert [root.name for root in found.pulls] == [
        "refs/merge-requests/1/head",
        "refs/pull/9/head",
        "refs/pull/9/merge",
        "refs/pull/10/head",
    ]


def test_a_name_that_is_told_twice_counts_once() -> None:
    assert len(reach_of(by(BFG, "a"), GRAPH, [Root("HEAD", "e"), Root("HEAD", "e")]).roots) == 1


def test_what_is_signed_changes_with_git_filter_repo_alone() -> None:
    graph = lineages("a", "b!<a", "c<b", "d<a")
    roots = [Root(name, name) for name in "abcd"]
    by_filter_repo = reach_of(by(FILTER_REPO, "c"), graph, roots)
    assert [root.name for root in by_filter_repo.roots] == ["b", "c"]
    assert (by_filter_repo.rewritten, by_filter_repo.adorned) == (2, 1)
    by_bfg = reach_of(by(BFG, "c"), graph, roots)
    assert [root.name for root in by_bfg.roots] == ["c"]
    assert by_bfg.adorned == 0
