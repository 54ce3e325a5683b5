"""What a scan reads, and what the index answers for afterwards."""

from pathlib import Path

import pytest

from hygiene.adapters.history_index import open_index
from hygiene.history.scan import Scanner
from hygiene.model.history import CommitId, RootKind
from hygiene.model.paths import RepoPath
from hygiene.ports import HistoryIndex
from tests.fakes.history import FakeHistory
from tests.fakes.repository import FakeRepository
from tests.unit.audit.scenes import Silence


class Scene:
    """A repository with its history, an index that each scan opens anew, and what the last scan said was missing."""

    def __init__(self, folder: Path) -> None:
        self.repository = FakeRepository()
        self.history = FakeHistory(self.repository)
        self.folder = folder
        self.index: HistoryIndex = open_index(None, "test", "")
        self.gaps: list[str] = []

    def commit(self, **files: bytes) -> str:
        for name, content in files.items():
            self.repository.file(f"{name}.py", content)
        return self.repository.commit(str(len(self.repository._commits)))

    def scan(self) -> list[str]:
        """The commits whose changes were read."""
        self.history.asked.clear()
        self.index.close()
        self.index = open_index(self.folder / "git" / "index.sqlite", "test", "", self.folder / "state")
        scanner = Scanner(self.repository, self.history, self.index, Silence())
        self.gaps = [gap.reason for gap in scanner.scan(self.history.roots([RootKind.BRANCHES]))]
        return list(self.history.asked)

    def versions(self) -> set[tuple[str, str]]:
        paths = [version.path for version in self.index.latest()]
        return {(version.path, version.blob) for version in self.index.versions_of(paths)}

    def cold(self) -> set[tuple[str, str]]:
        """What an index that knows nothing would answer for."""
        other = Scene(self.folder / "other")
        other.folder.mkdir()
        other.repository, other.history = self.repository, FakeHistory(self.repository)
        other.history.missing, other.history.unreadable = self.history.missing, self.history.unreadable
        other.scan()
        return other.versions()


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path)


def test_every_commit_is_read_once(scene: Scene) -> None:
    first = scene.commit(a=b"1")
    second = scene.commit(a=b"2")
    assert scene.scan() == [first, second]
    assert scene.scan() == []
    third = scene.commit(b=b"3")
    assert scene.scan() == [third]
    assert scene.versions() == scene.cold()


def test_sizes_are_asked_once_and_known(scene: Scene) -> None:
    scene.commit(a=b"12345")
    scene.scan()
    assert [version.size for version in scene.index.latest()] == [5]
    assert scene.index.unsized() == []


def test_what_a_force_push_left_behind_is_not_answered_for(scene: Scene) -> None:
    scene.commit(a=b"1")
    scene.commit(secret=b"2")
    scene.scan()
    scene.repository.switch("main", "HEAD~1")
    scene.commit(b=b"3")
    scene.scan()
    assert {path for path, _ in scene.versions()} == {"a.py", "b.py"}
    assert scene.versions() == scene.cold()


def test_a_branch_that_comes_back_is_known_still(scene: Scene) -> None:
    scene.commit(a=b"1")
    scene.repository.switch("side")
    scene.commit(side=b"2")
    scene.scan()
    scene.repository.switch("main", "main")
    gone = scene.repository._refs.pop("side")
    scene.scan()
    assert {path for path, _ in scene.versions()} == {"a.py"}
    scene.repository._refs["side"] = gone
    assert scene.scan() == []
    assert scene.versions() == scene.cold()


def test_a_frontier_that_was_collected_does_not_hide_anything(scene: Scene) -> None:
    scene.commit(a=b"1")
    lost = scene.commit(secret=b"2")
    scene.scan()
    scene.repository.switch("main", "HEAD~1")
    scene.commit(b=b"3")
    scene.history.missing = {lost}
    scene.scan()
    assert {path for path, _ in scene.versions()} == {"a.py", "b.py"}
    assert scene.versions() == scene.cold()


def test_a_missing_commit_is_told_every_time_and_read_when_it_has_come(scene: Scene) -> None:
    first = scene.commit(a=b"1")
    scene.commit(b=b"2")
    scene.history.missing = {first}
    scene.scan()
    assert scene.gaps == [f"commit {first} is missing"]
    scene.scan()
    assert scene.gaps == [f"commit {first} is missing"]
    scene.history.missing = set()
    scene.scan()
    assert scene.gaps == []
    assert scene.versions() == scene.cold()
    [version] = scene.index.versions_of([RepoPath("a.py")])
    assert version.commit == first


def test_an_unreadable_tree_is_told_every_time(scene: Scene) -> None:
    scene.commit(a=b"1")
    broken = scene.commit(b=b"2")
    scene.history.unreadable = {broken}
    for _ in range(2):
        scene.scan()
        assert scene.gaps == [f"tree of {broken} cannot be read"]
        assert {path for path, _ in scene.versions()} == {"a.py"}


def test_a_tree_that_no_commit_holds_is_read_as_long_as_a_root_leads_to_it(scene: Scene) -> None:
    scene.commit(a=b"1")
    scene.repository.file("folder/data.bin", b"2")
    scene.repository.commit("with a folder")
    scene.repository.tag("a-tree", "HEAD:folder")
    scene.repository.remove("folder/data.bin")
    scene.repository.commit("without it")
    scene.scan()
    assert "data.bin" in {path for path, _ in scene.versions()}


def test_a_shallow_clone_says_where_it_ends(scene: Scene) -> None:
    first = scene.commit(a=b"1")
    boundary = frozenset({CommitId(first)})
    scanner = Scanner(scene.repository, scene.history, scene.index, Silence(), boundary)
    [gap] = scanner.scan(scene.history.roots([RootKind.BRANCHES]))
    assert "cut at a commit" in gap.reason
    assert "--unshallow" in gap.help


def test_a_range_is_what_the_base_has_not(scene: Scene) -> None:
    base = scene.commit(a=b"1")
    scene.commit(secret=b"2")
    scene.repository.remove("secret.py")
    tip = scene.commit(b=b"3")
    scanner = Scanner(scene.repository, scene.history, scene.index, Silence())
    assert scanner.scan_range([CommitId(tip)], [CommitId(base)]) == []
    assert {path for path, _ in scene.versions()} == {"secret.py", "b.py"}
