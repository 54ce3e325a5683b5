"""What a purge meets in a history, also beyond what was audited."""

import pytest

from hygiene.history.purge_ground import PastSources, ground_of, reach_in
from hygiene.history.purge_reach import Rewriting
from hygiene.history.scan import Scanner
from hygiene.model.history import Root
from hygiene.model.paths import BlobId, RepoPath
from hygiene.model.purge import Ground, PurgeTool, Reach
from tests.fakes.history import FakeHistory
from tests.fakes.history_index import FakeHistoryIndex
from tests.fakes.repository import FakeRepository
from tests.unit.audit.scenes import Silence

A = RepoPath("a.db")


class Scene:
    """A repository of which only `main` was audited."""

    def __init__(self) -> None:
        self.repository = FakeRepository()
        self.history = FakeHistory(self.repository)

    def commit(self, **files: bytes) -> str:
        for name, content in files.items():
            self.repository.file(name.replace("_", "."), content)
        return self.repository.commit(str(len(self.repository._commits)))

    def survey(self) -> tuple[Ground, Reach]:
        index = FakeHistoryIndex()
        roots = self.history.named_roots(["main"])
        Scanner(self.repository, self.history, index, Silence()).scan(roots)
        sources = PastSources(self.repository, self.history, index, roots.commits, self.history.every_root())
        ground = ground_of(sources, [A], self.repository.find_in_head([A]))
        return ground, reach_in(sources, Rewriting(PurgeTool.FILTER_REPO, ground.givers))


def test_every_commit_that_gave_the_path_a_content_counts() -> None:
    scene = Scene()
    scene.commit(src_py=b"source")
    first = scene.commit(a_db=b"one")
    second = scene.commit(a_db=b"two", b_db=b"one")
    ground, reach = scene.survey()
    assert ground.givers == {first, second}
    assert [version.path for version in ground.versions] == [A, A]
    assert sorted(map(sorted, ground.holders.values())) == [["a.db"], ["a.db", "b.db"]]
    assert ground.at_head == {ground.versions[-1].blob}
    assert set(ground.stored) == {version.blob for version in ground.versions}
    assert (reach.rewritten, reach.commits) == (2, 3)
    assert reach.roots == [Root("main", second)]


def test_what_other_references_hold_counts_too() -> None:
    scene = Scene()
    source = scene.commit(src_py=b"source")
    scene.commit(a_db=b"one")
    scene.repository.switch("pull", source)
    alone = scene.commit(a_db=b"only here", innocent_py=b"one")
    scene.repository.switch("main", "main")
    ground, reach = scene.survey()
    assert alone in ground.givers
    assert [version.size for version in ground.versions] == [3, 9]
    shared = [paths for paths in ground.holders.values() if len(paths) > 1]
    assert shared == [{A, RepoPath("innocent.py")}]
    assert [root.name for root in reach.roots] == ["main", "pull"]


@pytest.mark.parametrize("name", ["refs/pull-requests/7/from", "refs/original/refs/heads/main", "refs/keep/around"])
def test_what_any_reference_of_a_mirror_holds_counts_too(name: str) -> None:
    scene = Scene()
    source = scene.commit(src_py=b"source")
    scene.commit(a_db=b"one")
    scene.repository.switch(name, source)
    scene.commit(innocent_py=b"one")
    scene.repository.switch("main", "main")
    ground, _ = scene.survey()
    assert set(ground.holders.values()) == {frozenset({A, RepoPath("innocent.py")})}


def test_what_a_tree_without_a_commit_holds_counts_too() -> None:
    scene = Scene()
    scene.commit(a_db=b"one")
    scene.repository.switch("topic", "main")
    scene.repository.remove("a.db")
    scene.repository.file("a.db/deep.py", b"one")
    scene.commit()
    scene.repository.tag("refs/keep/tree", "topic:")
    scene.repository.switch("main", "main")
    del scene.repository._refs["topic"]
    ground, _ = scene.survey()
    assert set(ground.holders.values()) == {frozenset({A, RepoPath("a.db/deep.py")})}
    assert ground.folders == {A}


def test_a_path_that_other_files_once_lay_below_is_told() -> None:
    scene = Scene()
    scene.repository.file("a.db/readme", b"text")
    scene.commit()
    scene.repository.remove("a.db/readme")
    scene.commit(a_db=b"one")
    assert scene.survey()[0].folders == {A}


def test_missing_commits_are_gaps() -> None:
    scene = Scene()
    lost = scene.commit(a_db=b"one")
    scene.commit(a_db=b"two")
    scene.history.missing.add(lost)
    _, reach = scene.survey()
    assert [gap.reason for gap in reach.gaps] == [f"commit {lost} is missing"]
    assert reach.commits == 1


def test_a_blob_that_is_missing_has_no_size() -> None:
    scene = Scene()
    scene.commit(a_db=b"one")
    lost = BlobId(scene.repository.lose("HEAD:a.db"))
    ground, _ = scene.survey()
    assert lost in {version.blob for version in ground.versions}
    assert lost not in ground.stored
