"""Where every reader says that histories begin."""

from pathlib import Path

import pytest

from fixtures.histories import Snapshot, grow
from fixtures.repositories import RepositoryBuilder, run_git
from hygiene.adapters.discovery import Reader
from hygiene.errors import UnknownRevision
from hygiene.model.history import Root, RootKind
from tests.contract.history_reading import NOWHERE, commit_names, files, history_of, ids, roots_of


@pytest.fixture
def grown(builder: RepositoryBuilder) -> RepositoryBuilder:
    """Two commits on main."""
    builder.file("src/a", b"1")
    builder.commit("first")
    builder.file("src/a", b"2")
    builder.commit("second")
    return builder


def test_every_kind_has_its_references(grown: RepositoryBuilder, reader: Reader) -> None:
    for name in (
        "refs/heads/side/deep",
        "refs/tags/light",
        "refs/remotes/origin/main",
        "refs/notes/commits",
        "refs/pull/1/head",
        "refs/merge-requests/2/head",
        "refs/pull-requests/3/from",
        "refs/elsewhere/x",
    ):
        grown.git("update-ref", name, "HEAD")
    expected = {
        RootKind.BRANCHES: ["refs/heads/main", "refs/heads/side/deep"],
        RootKind.TAGS: ["refs/tags/light"],
        RootKind.REMOTES: ["refs/remotes/origin/main"],
        RootKind.NOTES: ["refs/notes/commits"],
        RootKind.STASH: [],
        RootKind.PULL: ["refs/merge-requests/2/head", "refs/pull-requests/3/from", "refs/pull/1/head"],
        RootKind.HEAD: ["HEAD"],
    }
    assert {kind: commit_names(roots_of(grown, reader, [kind])) for kind in RootKind} == expected
    everything = roots_of(grown, reader)
    assert commit_names(everything) == sorted(name for names in expected.values() for name in names)
    assert {root.object_id for root in everything.commits} == {grown.id_of("HEAD")}
    assert roots_of(grown, reader, []).commits == []


def test_packed_and_loose_references_count_once(grown: RepositoryBuilder, reader: Reader) -> None:
    grown.tag("annotated")
    grown.git("update-ref", "refs/heads/both", "HEAD~1")
    grown.git("update-ref", "refs/heads/not-utf8-\udcff", "HEAD")
    grown.git("pack-refs", "--all")
    grown.git("update-ref", "refs/heads/both", "HEAD")
    assert not (grown.git_dir / "refs/heads/main").exists()
    roots = roots_of(grown, reader, [RootKind.BRANCHES, RootKind.TAGS])
    names = ["refs/heads/both", "refs/heads/main", "refs/heads/not-utf8-\udcff", "refs/tags/annotated"]
    assert roots.commits == [Root(name, grown.id_of("HEAD")) for name in names]


def test_tags_are_peeled_to_whatever_they_mean(grown: RepositoryBuilder, reader: Reader) -> None:
    grown.tag("commit")
    grown.tag("nested", "commit")
    grown.tag("nested-deeper", "nested")
    grown.tag("tree", "HEAD:src")
    grown.tag("nested-tree", "tree")
    grown.git("tag", "light-tree", "HEAD:")
    grown.tag("blob", "HEAD:src/a")
    roots = roots_of(grown, reader, [RootKind.TAGS])
    head, tree = grown.id_of("HEAD"), grown.id_of("HEAD:src")
    assert roots.commits == [Root(f"refs/tags/{name}", head) for name in ("commit", "nested", "nested-deeper")]
    assert roots.trees == [
        Root("refs/tags/light-tree", grown.id_of("HEAD:")),
        Root("refs/tags/nested-tree", tree),
        Root("refs/tags/tree", tree),
    ]
    assert roots.blobs == [Root("refs/tags/blob", grown.id_of("HEAD:src/a"))]
    assert roots.gaps == []


def test_a_name_for_another_name_counts_once(grown: RepositoryBuilder, reader: Reader) -> None:
    grown.git("update-ref", "refs/remotes/origin/main", "HEAD")
    grown.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main")
    grown.git("symbolic-ref", "refs/remotes/gone/HEAD", "refs/remotes/gone/main")
    grown.git("symbolic-ref", "refs/remotes/far/HEAD", "refs/heads/main")
    roots = roots_of(grown, reader, [RootKind.REMOTES])
    assert commit_names(roots) == ["refs/remotes/far/HEAD", "refs/remotes/origin/main"]
    assert roots.gaps == []


def test_a_stash_is_all_of_its_log_and_holds_untracked_files(grown: RepositoryBuilder, reader: Reader) -> None:
    grown.check_out()
    for number in (1, 2, 3):
        (grown.path / "untracked").write_text(f"{number}\n")
        grown.git("stash", "push", "-q", "--include-untracked", "-m", str(number))
    stashes = [grown.id_of(f"stash@{{{number}}}") for number in (0, 1, 2)]
    roots = roots_of(grown, reader, [RootKind.STASH])
    names = ["refs/stash", "refs/stash@{1}", "refs/stash@{2}"]
    assert roots.commits == [Root(name, stash) for name, stash in zip(names, stashes, strict=True)]
    history = history_of(grown, reader)
    listed = [commit.id for commit in history.list_commits(ids(root.object_id for root in roots.commits)).commits]
    changes = [change for part in history.changes(listed) for change in part.changes]
    assert len({change.blob for change in changes if change.path == "untracked"}) == 3


@pytest.mark.parametrize("place", ["main", "linked"])
def test_every_work_tree_has_a_head(grown: RepositoryBuilder, reader: Reader, tmp_path: Path, place: str) -> None:
    first = grown.id_of("HEAD~1")
    grown.git("worktree", "add", "-q", "--detach", str(tmp_path / "detached"), first)
    grown.linked_work_tree(tmp_path / "linked")
    head = grown.id_of("HEAD")
    opened = grown.path if place == "main" else tmp_path / "linked"
    roots = history_of(opened, reader).roots([RootKind.HEAD, RootKind.BRANCHES])
    other = "worktrees/linked/HEAD" if place == "main" else "main-worktree/HEAD"
    names = sorted(["HEAD", "refs/heads/linked", "refs/heads/main", other, "worktrees/detached/HEAD"])
    assert roots.commits == [Root(name, first if "detached" in name else head) for name in names]
    assert roots.gaps == []


def test_every_root_is_also_what_has_no_kind(grown: RepositoryBuilder, reader: Reader) -> None:
    names = ["refs/changes/01/1/1", "refs/heads/side", "refs/keep", "refs/original/refs/heads/main", "refs/pull/1/head"]
    for name in names:
        grown.git("update-ref", name, "HEAD")
    grown.git("pack-refs", "--all")
    grown.git("update-ref", "refs/keep-around/loose", "HEAD~1")
    grown.tag("tree", "HEAD:src")
    roots = history_of(grown, reader).every_root()
    assert commit_names(roots) == sorted(["HEAD", "refs/heads/main", "refs/keep-around/loose", *names])
    assert roots.trees == [Root("refs/tags/tree", grown.id_of("HEAD:src"))]
    assert (roots.blobs, roots.gaps) == ([], [])


def test_every_root_is_also_every_stash_and_head(grown: RepositoryBuilder, reader: Reader, tmp_path: Path) -> None:
    grown.check_out()
    for number in (1, 2):
        (grown.path / "untracked").write_text(f"{number}\n")
        grown.git("stash", "push", "-q", "--include-untracked", "-m", str(number))
    grown.git("worktree", "add", "-q", "--detach", str(tmp_path / "detached"), "HEAD~1")
    names = commit_names(history_of(grown, reader).every_root())
    assert names == ["HEAD", "refs/heads/main", "refs/stash", "refs/stash@{1}", "worktrees/detached/HEAD"]


@pytest.mark.parametrize("place", ["main", "linked"])
def test_every_root_has_the_references_of_its_own_work_tree_alone(
    grown: RepositoryBuilder, reader: Reader, tmp_path: Path, place: str
) -> None:
    grown.linked_work_tree(tmp_path / "linked")
    grown.git("update-ref", "refs/bisect/main", "HEAD")
    run_git(tmp_path / "linked", "update-ref", "refs/bisect/linked", "HEAD")
    roots = history_of(grown.path if place == "main" else tmp_path / "linked", reader).every_root()
    assert [name for name in commit_names(roots) if "bisect" in name] == [f"refs/bisect/{place}"]


def test_what_is_broken_is_a_gap_of_every_root_too(grown: RepositoryBuilder, reader: Reader) -> None:
    grown.git("update-ref", "refs/keep/lost", grown.orphan())
    grown.lose("refs/keep/lost")
    (grown.git_dir / "refs/keep/nonsense").write_text("nonsense\n")
    roots = history_of(grown, reader).every_root()
    assert commit_names(roots) == ["HEAD", "refs/heads/main"]
    reasons = " ".join(gap.reason for gap in roots.gaps)
    assert len(roots.gaps) == 2
    assert all(name in reasons for name in ("refs/keep/lost", "refs/keep/nonsense"))


def test_an_unborn_head_is_no_gap(grown: RepositoryBuilder, reader: Reader, tmp_path: Path) -> None:
    grown.linked_work_tree(tmp_path / "linked")
    grown.git("symbolic-ref", "HEAD", "refs/heads/unborn")
    run_git(tmp_path / "linked", "symbolic-ref", "HEAD", "refs/heads/unborn")
    roots = roots_of(grown, reader, [RootKind.HEAD])
    assert (roots.commits, roots.gaps) == ([], [])


def test_an_empty_repository_has_no_roots(builder: RepositoryBuilder, reader: Reader) -> None:
    roots = roots_of(builder, reader)
    assert (roots.commits, roots.trees, roots.blobs, roots.gaps) == ([], [], [], [])


def test_what_is_missing_or_broken_is_a_gap_and_the_rest_is_there(grown: RepositoryBuilder, reader: Reader) -> None:
    grown.tag("of-the-lost", grown.orphan())
    grown.tag("lost-tag")
    grown.git("update-ref", "refs/heads/lost", grown.orphan())
    kept = [Root(name, grown.id_of("HEAD")) for name in ("HEAD", "refs/heads/main")]
    grown.lose("refs/heads/lost")
    grown.lose("refs/tags/lost-tag")
    (grown.git_dir / "refs/heads/nonsense").write_text("nonsense\n")
    (grown.git_dir / "refs/heads/empty").write_text("")
    roots = roots_of(grown, reader, [RootKind.BRANCHES, RootKind.TAGS, RootKind.HEAD])
    assert roots.commits == kept
    reasons = " ".join(gap.reason for gap in roots.gaps)
    lost = ("refs/heads/lost", "refs/tags/lost-tag", "refs/tags/of-the-lost", "refs/heads/nonsense", "refs/heads/empty")
    assert len(roots.gaps) == len(lost)
    assert [name for name in lost if name in reasons] == list(lost)


def test_a_broken_object_is_a_gap_and_the_rest_is_there(grown: RepositoryBuilder, reader: Reader) -> None:
    shots = [Snapshot(files(a=str(number))) for number in range(4)]
    commits = grow(grown, shots)
    grown.break_object(commits[1])
    grown.tag("broken")
    grown.break_object("refs/tags/broken")
    roots = roots_of(grown, reader, [RootKind.BRANCHES, RootKind.TAGS])
    assert commit_names(roots) == ["refs/heads/c0", "refs/heads/c2", "refs/heads/c3", "refs/heads/main"]
    assert len(roots.gaps) == 2


def test_a_head_whose_commit_is_missing_is_a_gap(grown: RepositoryBuilder, reader: Reader, tmp_path: Path) -> None:
    lost = grown.orphan()
    grown.git("worktree", "add", "-q", "--detach", str(tmp_path / "detached"), lost)
    grown.lose(lost)
    roots = roots_of(grown, reader, [RootKind.HEAD])
    assert commit_names(roots) == ["HEAD"]
    assert ["worktrees/detached/HEAD" in gap.reason for gap in roots.gaps] == [True]


def test_named_roots_are_what_the_names_lead_to(grown: RepositoryBuilder, reader: Reader) -> None:
    grown.tag("v1", "HEAD~1")
    history = history_of(grown, reader)
    roots = history.named_roots(["v1", "HEAD", "HEAD:src", "HEAD:src/a", "main"])
    assert roots.commits == [
        Root("HEAD", grown.id_of("HEAD")),
        Root("main", grown.id_of("HEAD")),
        Root("v1", grown.id_of("HEAD~1")),
    ]
    assert roots.trees == [Root("HEAD:src", grown.id_of("HEAD:src"))]
    assert roots.blobs == [Root("HEAD:src/a", grown.id_of("HEAD:src/a"))]
    assert history.named_roots([grown.id_of("HEAD")]).commits[0].object_id == grown.id_of("HEAD")


@pytest.mark.parametrize("name", ["nowhere", "HEAD~7", "HEAD..HEAD", "--all", "-x", "", "HEAD\nHEAD", "c", NOWHERE])
def test_a_name_that_leads_to_nothing_is_an_unknown_revision(
    grown: RepositoryBuilder, reader: Reader, name: str
) -> None:
    with pytest.raises(UnknownRevision):
        history_of(grown, reader).named_roots(["HEAD", name])
