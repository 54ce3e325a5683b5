"""What every source of a policy's files keeps to: one suite, run on the fake, on the disk and on a revision."""

import os
from pathlib import Path
from typing import Protocol

import pytest

from fixtures.repositories import RepositoryBuilder
from hygiene.adapters.discovery import Reader, open_repository
from hygiene.adapters.policy_files import DiskPolicyFiles, RevisionPolicyFiles
from hygiene.errors import PolicyPathOutside, UnknownRevision, UnreadablePolicyFile
from hygiene.ports import PolicyFiles
from tests.fakes.policy_files import FakePolicyFiles


class Bench(Protocol):
    """The ways in which every source grows, and the way to open it once it has grown."""

    def file(self, path: str, content: bytes) -> object: ...
    def link(self, path: str, target: str) -> object: ...
    def spoil(self, path: str) -> object: ...
    def open(self) -> PolicyFiles: ...


class FakeBench(FakePolicyFiles):
    def open(self) -> PolicyFiles:
        return self


class DiskBench:
    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir()

    def file(self, path: str, content: bytes) -> None:
        self._place(path).write_bytes(content)

    def link(self, path: str, target: str) -> None:
        self._place(path).symlink_to(target)

    def spoil(self, path: str) -> None:
        os.mkfifo(self._place(path))

    def open(self) -> PolicyFiles:
        return DiskPolicyFiles(self.root)

    def _place(self, path: str) -> Path:
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        return place


class RevisionBench:
    def __init__(self, builder: RepositoryBuilder, reader: Reader) -> None:
        self.builder = builder
        self._reader = reader

    def file(self, path: str, content: bytes) -> None:
        self.builder.file(path, content)

    def link(self, path: str, target: str) -> None:
        self.builder.symlink(path, os.fsencode(target))

    def spoil(self, path: str) -> None:
        lost = self.builder.file(path, b"lost content")
        self.builder.lose(lost)

    def open(self) -> PolicyFiles:
        # A lost object keeps git from writing the tree, unless it is told that it may be missing.
        tree = self.builder.git("write-tree", "--missing-ok").decode().strip()
        commit = self.builder.git("commit-tree", "-m", "policy", tree).decode().strip()
        return RevisionPolicyFiles(open_repository(self.builder.path, self._reader), commit)


@pytest.fixture(params=["fake", "disk", Reader.GIT, Reader.LIBGIT2])
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Bench:
    if request.param == "fake":
        return FakeBench()
    if request.param == "disk":
        return DiskBench(tmp_path / "root")
    return RevisionBench(RepositoryBuilder(tmp_path / "repository"), request.param)


def test_a_file_is_read_whole_where_it_is_short_enough(bench: Bench) -> None:
    bench.file("config/a.toml", b"abc")
    assert bench.open().read("config/a.toml", 3) == b"abc"


def test_one_byte_more_than_the_limit_shows_that_a_file_is_longer(bench: Bench) -> None:
    bench.file("a.toml", b"x" * 100)
    assert bench.open().read("a.toml", 10) == b"x" * 11


def test_where_nothing_is_nothing_is_read(bench: Bench) -> None:
    bench.file("a.toml", b"")
    files = bench.open()
    assert files.read("b.toml", 10) is None
    assert files.read("folder/b.toml", 10) is None
    assert files.toml_files("folder") is None
    assert files.toml_files("a.toml") is None


def test_a_folder_is_no_file(bench: Bench) -> None:
    bench.file("config/a.toml", b"")
    with pytest.raises(UnreadablePolicyFile):
        bench.open().read("config", 10)


@pytest.mark.parametrize("path", ["../a.toml", "/etc/passwd", "config/../../a.toml", ".."])
def test_a_path_that_leaves_the_root_is_refused(bench: Bench, path: str) -> None:
    bench.file("config/a.toml", b"")
    files = bench.open()
    with pytest.raises(PolicyPathOutside):
        files.read(path, 10)
    with pytest.raises(PolicyPathOutside):
        files.toml_files(path)


def test_a_symlink_inside_the_root_is_followed(bench: Bench) -> None:
    bench.file("shared/a.toml", b"abc")
    bench.link("config/a.toml", "../shared/a.toml")
    bench.link("config/all", "../shared")
    files = bench.open()
    assert files.read("config/a.toml", 10) == b"abc"
    assert files.read("config/all/a.toml", 10) == b"abc"
    assert files.toml_files("config/all") == ["config/all/a.toml"]


@pytest.mark.parametrize("target", ["../outside.toml", "/etc/passwd", "../../../../etc/passwd"])
def test_a_symlink_that_leaves_the_root_is_refused(bench: Bench, tmp_path: Path, target: str) -> None:
    (tmp_path / "outside.toml").write_bytes(b"secret")
    bench.link("a.toml", target)
    bench.link("folder", "..")
    files = bench.open()
    with pytest.raises(PolicyPathOutside):
        files.read("a.toml", 10)
    with pytest.raises(PolicyPathOutside):
        files.read("folder/outside.toml", 10)
    with pytest.raises(PolicyPathOutside):
        files.toml_files("folder")


@pytest.mark.parametrize("target", ["nothing.toml", "a.toml"])
def test_a_symlink_to_nothing_is_there_and_cannot_be_read(bench: Bench, target: str) -> None:
    bench.link("a.toml", target)
    with pytest.raises(UnreadablePolicyFile):
        bench.open().read("a.toml", 10)


def test_what_is_there_and_cannot_be_read_is_no_absence(bench: Bench) -> None:
    bench.spoil("a.toml")
    with pytest.raises(UnreadablePolicyFile) as caught:
        bench.open().read("a.toml", 10)
    assert "a.toml" in caught.value.message


def test_a_folder_lists_its_own_toml_files_in_order(bench: Bench) -> None:
    for path in ("rules/b.toml", "rules/a.toml", "rules/B.toml", "rules/README.md", "rules/below/c.toml", "d.toml"):
        bench.file(path, b"")
    bench.link("rules/link.toml", "a.toml")
    bench.file("rules/folder.toml/inside", b"")
    files = bench.open()
    expected = ["rules/B.toml", "rules/a.toml", "rules/b.toml", "rules/link.toml"]
    assert list(files.toml_files("rules") or ()) == expected
    assert list(files.toml_files("rules/below") or ()) == ["rules/below/c.toml"]
    assert list(files.toml_files(".") or ()) == ["d.toml"]


def test_an_empty_answer_is_not_no_folder(bench: Bench) -> None:
    bench.file("docs/README.md", b"")
    assert list(bench.open().toml_files("docs") or ["none"]) == ["none"]
    assert bench.open().toml_files("docs") is not None


def test_an_origin_names_the_file(bench: Bench) -> None:
    bench.file("a.toml", b"")
    origin = bench.open().origin("a.toml")
    assert (origin.file, origin.line) == ("a.toml", None)


# The disk alone


def test_devices_are_not_opened() -> None:
    with pytest.raises(UnreadablePolicyFile, match="not a regular file"):
        DiskPolicyFiles(Path("/dev")).read("zero", 10)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes(b"")
    (tmp_path / "a.toml").chmod(0)
    with pytest.raises(UnreadablePolicyFile, match="Permission denied"):
        DiskPolicyFiles(tmp_path).read("a.toml", 10)


def test_a_name_that_no_file_can_have_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadablePolicyFile):
        DiskPolicyFiles(tmp_path).read("a\0.toml", 10)
    assert DiskPolicyFiles(tmp_path).read("x" * 300, 10) is None


def test_a_root_that_is_a_symlink_is_no_way_out(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real/a.toml").write_bytes(b"abc")
    (tmp_path / "root").symlink_to("real")
    assert DiskPolicyFiles(tmp_path / "root").read("a.toml", 10) == b"abc"


def test_files_elsewhere_are_named_as_their_user_named_them(tmp_path: Path) -> None:
    assert str(DiskPolicyFiles(tmp_path, "../shared").origin("a.toml")) == "../shared/a.toml"


# A revision alone


def test_a_revision_is_named_with_its_files(tmp_path: Path) -> None:
    builder = RepositoryBuilder(tmp_path / "repository")
    builder.file("a.toml", b"old")
    builder.commit()
    builder.file("a.toml", b"new")
    builder.commit()
    builder.check_out()
    files = RevisionPolicyFiles(open_repository(builder.path), "HEAD~1")
    assert files.read("a.toml", 10) == b"old"
    assert str(files.origin("a.toml")) == "HEAD~1:a.toml"


def test_an_unknown_revision_is_told(tmp_path: Path) -> None:
    builder = RepositoryBuilder(tmp_path / "repository")
    builder.file("a.toml", b"")
    builder.commit()
    with pytest.raises(UnknownRevision):
        RevisionPolicyFiles(open_repository(builder.path), "nowhere").read("a.toml", 10)


def test_another_repository_is_no_file(tmp_path: Path) -> None:
    builder = RepositoryBuilder(tmp_path / "repository")
    builder.gitlink("rules/module.toml")
    builder.file("rules/a.toml")
    builder.commit()
    files = RevisionPolicyFiles(open_repository(builder.path), "HEAD")
    assert files.toml_files("rules") == ["rules/a.toml"]
    with pytest.raises(UnreadablePolicyFile):
        files.read("rules/module.toml", 10)


def test_below_a_missing_tree_nothing_is_called_absent(tmp_path: Path) -> None:
    builder = RepositoryBuilder(tmp_path / "repository")
    builder.file("config/a.toml", b"x")
    builder.file("b.toml", b"y")
    builder.commit()
    builder.lose("HEAD:config")
    files = RevisionPolicyFiles(open_repository(builder.path), "HEAD")
    assert files.read("b.toml", 10) == b"y"
    with pytest.raises(UnreadablePolicyFile):
        files.read("config/a.toml", 10)
