"""What everybody who makes commits keeps to: one suite, run on the fake and on git."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

import pytest

from fixtures.repositories import RepositoryBuilder
from hygiene.adapters.commit_making import GitCommits
from hygiene.adapters.discovery import Reader, open_repository
from hygiene.adapters.process import Git, find_git
from hygiene.errors import BadBranch, CommitFailed
from hygiene.model.paths import BlobId, RepoPath
from hygiene.model.untracking import Held, IndexEdit
from hygiene.ports.checkout import Commits, Hooks
from tests.fakes.commits import FakeCommits

Tree = Mapping[str, Held]

FILE, PROGRAM, LINK, MODULE = "100644", "100755", "120000", "160000"

ODD_NAMES = [
    "x1.pyc",
    "x[1].pyc",
    "-rf",
    ":(glob)x",
    "*",
    "a\nb",
    "a\tb",
    'a"b',
    "a\\b",
    " ",
    "caf\u00e9/\udcff\udcfe.bin",
    "cafe\u0301",
    "deep/" * 40 + "x",
]


class Bench(Protocol):
    """The way in which a repository grows, those who make commits in it, and what they made."""

    def blob(self, content: bytes) -> BlobId: ...
    def commit(self, tree: Tree) -> str: ...
    def branch(self, name: str) -> None: ...
    def open(self) -> Commits: ...
    def tree(self, commit: str) -> Tree: ...
    def parents(self, commit: str) -> list[str]: ...
    def message(self, commit: str) -> str: ...


class FakeBench:
    def __init__(self) -> None:
        self.commits = FakeCommits()

    def blob(self, content: bytes) -> BlobId:
        return BlobId(content.hex().rjust(40, "0"))

    def commit(self, tree: Tree) -> str:
        return self.commits.hold({RepoPath(path): held for path, held in tree.items()})

    def branch(self, name: str) -> None:
        self.commits.branches.add(name)

    def open(self) -> Commits:
        return self.commits

    def tree(self, commit: str) -> Tree:
        return {str(path): held for path, held in self.commits.made[commit].tree.items()}

    def parents(self, commit: str) -> list[str]:
        parent = self.commits.made[commit].parent
        return [parent] if parent else []

    def message(self, commit: str) -> str:
        return self.commits.made[commit].message


class GitBench:
    """With a configuration that changes what plain git would make of the same."""

    def __init__(self, builder: RepositoryBuilder) -> None:
        self.builder = builder

    def blob(self, content: bytes) -> BlobId:
        return BlobId(self.builder.blob(content))

    def commit(self, tree: Tree) -> str:
        records = "".join(f"{held.mode} {held.blob}\t{path}\0" for path, held in tree.items())
        self.builder.git("read-tree", "--empty")
        self.builder.git("update-index", "-z", "--index-info", stdin=records.encode("utf-8", "surrogateescape"))
        return self.builder.commit()

    def branch(self, name: str) -> None:
        self.builder.git("update-ref", f"refs/heads/{name}", self.builder.commit())

    def open(self) -> Commits:
        return commits_of(self.builder.path)

    def tree(self, commit: str) -> Tree:
        return tree_of(self.builder, commit)

    def parents(self, commit: str) -> list[str]:
        return self.builder.git("rev-list", "--parents", "-n1", commit).decode().split()[1:]

    def message(self, commit: str) -> str:
        return self.builder.git("cat-file", "commit", commit).decode().partition("\n\n")[2]


def commits_of(path: Path) -> GitCommits:
    program, facts = find_git(), open_repository(path, Reader.GIT).facts
    assert program is not None
    return GitCommits(Git(program, facts.git_dir), facts)


def tree_of(builder: RepositoryBuilder, commit: str) -> Tree:
    listing = builder.git("ls-tree", "-r", "-z", "--full-tree", commit).decode("utf-8", "surrogateescape")
    entries = (entry.partition("\t") for entry in listing.split("\0") if entry)
    return {path: Held(words.split()[0], BlobId(words.split()[2])) for words, _, path in entries}


@pytest.fixture(params=["fake", "sha1", "sha256"])
def bench(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    if request.param == "fake":
        return FakeBench()
    set_user(monkeypatch)
    return GitBench(RepositoryBuilder(tmp_path / "repository", f"--object-format={request.param}"))


def set_user(monkeypatch: pytest.MonkeyPatch) -> None:
    isolation = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    for name, value in isolation.items():
        monkeypatch.setenv(name, value)
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "Una User")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "una@example.com")


def removal(path: str) -> IndexEdit:
    """As an index held it; what the parent holds need not be the same."""
    return IndexEdit(RepoPath(path), Held(FILE, BlobId("1" * 40)), None)


def addition(path: str, held: Held) -> IndexEdit:
    return IndexEdit(RepoPath(path), None, held)


def test_the_tree_is_the_parents_with_the_edits(bench: Bench) -> None:
    old, new = Held(FILE, bench.blob(b"old")), Held(FILE, bench.blob(b"new"))
    parent = bench.commit({"a.txt": old, "b/c.txt": old, "b/d.pyc": old, "z": old})
    made = bench.open().make(
        parent, [removal("b/d.pyc"), addition("b/.gitkeep", new), addition("z", new)], "m\n", Hooks.SKIP
    )
    assert bench.tree(made) == {"a.txt": old, "b/c.txt": old, "b/.gitkeep": new, "z": new}
    assert bench.tree(parent) == {"a.txt": old, "b/c.txt": old, "b/d.pyc": old, "z": old}


def test_the_commit_has_the_parent_and_the_message(bench: Bench) -> None:
    parent = bench.commit({"a": Held(FILE, bench.blob(b""))})
    message = "Untrack caches\n\nd\u00e9j\u00e0 vu: 日本\n\n  two   spaces\n# no comment\n"
    made = bench.open().make(parent, [removal("a")], message, Hooks.SKIP)
    assert (bench.parents(made), bench.message(made)) == ([parent], message)
    assert bench.tree(made) == {}


def test_without_a_parent_the_tree_begins_empty(bench: Bench) -> None:
    held = Held(FILE, bench.blob(b"*.pyc\n"))
    made = bench.open().make(None, [removal("a"), addition(".gitignore", held)], "first\n", Hooks.SKIP)
    assert (bench.tree(made), bench.parents(made)) == ({".gitignore": held}, [])


def test_without_edits_the_tree_is_the_parents(bench: Bench) -> None:
    tree = {"a": Held(FILE, bench.blob(b""))}
    assert bench.tree(bench.open().make(bench.commit(tree), [], "nothing\n", Hooks.SKIP)) == tree


def test_what_goes_and_is_not_there_is_passed_over(bench: Bench) -> None:
    tree = {"a/b": Held(FILE, bench.blob(b""))}
    parent = bench.commit(tree)
    edits = [removal("a"), removal("a/b/c"), removal("staged only.txt")]
    assert bench.tree(bench.open().make(parent, edits, "m\n", Hooks.SKIP)) == tree


def test_what_stays_keeps_its_mode(bench: Bench) -> None:
    blob = bench.blob(b"a.txt")
    commit = BlobId("1" * len(bench.commit({"a": Held(FILE, blob)})))
    tree = {"run": Held(PROGRAM, blob), "link": Held(LINK, blob), "module": Held(MODULE, commit)}
    parent = bench.commit({**tree, "x.pyc": Held(FILE, blob)})
    assert bench.tree(bench.open().make(parent, [removal("x.pyc")], "m\n", Hooks.SKIP)) == tree


def test_what_comes_has_its_mode(bench: Bench) -> None:
    blob = bench.blob(b"a.txt")
    parent = bench.commit({"a": Held(FILE, blob)})
    commit = BlobId("1" * len(parent))
    tree = {"a": Held(PROGRAM, blob), "link": Held(LINK, blob), "module": Held(MODULE, commit)}
    edits = [addition(path, held) for path, held in tree.items()]
    assert bench.tree(bench.open().make(parent, edits, "m\n", Hooks.SKIP)) == tree


@pytest.mark.parametrize("name", ODD_NAMES)
def test_a_name_means_itself_alone(bench: Bench, name: str) -> None:
    held = Held(FILE, bench.blob(b"x"))
    everything = dict.fromkeys(ODD_NAMES, held)
    parent = bench.commit(everything)
    without = bench.open().make(parent, [removal(name)], "m\n", Hooks.SKIP)
    assert bench.tree(without) == {path: held for path in ODD_NAMES if path != name}
    again = bench.open().make(without, [addition(name, held)], "m\n", Hooks.SKIP)
    assert bench.tree(again) == everything


def test_a_folder_takes_the_place_of_a_file_and_a_file_that_of_a_folder(bench: Bench) -> None:
    held = Held(FILE, bench.blob(b"x"))
    parent = bench.commit({"Input": held, "Output/a": held, "Output/b": held})
    edits = [addition("Input/.gitkeep", held), addition("Output", held)]
    gone = [removal("Input"), removal("Output/a"), removal("Output/b")]
    made = bench.open().make(parent, [*edits, *gone], "m\n", Hooks.SKIP)
    assert bench.tree(made) == {"Input/.gitkeep": held, "Output": held}


@pytest.mark.parametrize("path", ["Input/.gitkeep", "Output"])
def test_no_path_is_both_a_file_and_a_folder(bench: Bench, path: str) -> None:
    held = Held(FILE, bench.blob(b"x"))
    parent = bench.commit({"Input": held, "Output/a": held})
    with pytest.raises(CommitFailed):
        bench.open().make(parent, [addition(path, held)], "m\n", Hooks.SKIP)


def test_a_parent_that_is_not_there_is_told(bench: Bench) -> None:
    parent = bench.commit({"a": Held(FILE, bench.blob(b""))})
    with pytest.raises(CommitFailed):
        bench.open().make("2" * len(parent), [removal("a")], "m\n", Hooks.SKIP)


# Git alone


@pytest.fixture
def grown(builder: RepositoryBuilder, monkeypatch: pytest.MonkeyPatch) -> RepositoryBuilder:
    set_user(monkeypatch)
    for path in ("a.txt", "b.txt", "x.pyc"):
        builder.file(path, path.encode())
    builder.commit()
    builder.check_out()
    return builder


def all_files(folder: Path) -> dict[Path, bytes]:
    """All but Git's objects, which commits add to."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path: path.read_bytes() for path in files if "objects" not in path.parts}


def test_what_else_is_staged_stays_out_of_it(grown: RepositoryBuilder) -> None:
    before = tree_of(grown, "HEAD")
    grown.file("staged.txt", b"staged")
    grown.file("a.txt", b"changed")
    grown.remove("b.txt")
    made = commits_of(grown.path).make(grown.id_of("HEAD"), [removal("x.pyc")], "m\n", Hooks.SKIP)
    assert tree_of(grown, made) == {path: held for path, held in before.items() if path != "x.pyc"}


@pytest.mark.parametrize("setting", ["core.splitIndex", "index.sparse", "core.sparseCheckout", "core.untrackedCache"])
def test_nothing_but_objects_is_written(grown: RepositoryBuilder, setting: str) -> None:
    grown.config(setting, "true")
    grown.file("staged.txt", b"staged")
    before = all_files(grown.path)
    commits_of(grown.path).make(grown.id_of("HEAD"), [removal("x.pyc")], "m\n", Hooks.SKIP)
    assert all_files(grown.path) == before
    assert list(grown.git_dir.glob("hygiene-commit-*")) == []


def test_nothing_is_left_where_it_fails(grown: RepositoryBuilder) -> None:
    before = all_files(grown.path)
    with pytest.raises(CommitFailed):
        commits_of(grown.path).make("2" * 40, [removal("x.pyc")], "m\n", Hooks.SKIP)
    assert all_files(grown.path) == before
    assert list(grown.git_dir.glob("hygiene-commit-*")) == []


@pytest.mark.parametrize("kind", ["sparse", "split"])
def test_no_kind_of_index_is_in_the_way(grown: RepositoryBuilder, kind: str) -> None:
    grown.file("folder/y.pyc", b"y")
    grown.file("kept/z.txt", b"z")
    grown.commit()
    if kind == "sparse":
        grown.sparse_index("kept")
    else:
        grown.split_index()
    made = commits_of(grown.path).make(grown.id_of("HEAD"), [removal("folder/y.pyc")], "m\n", Hooks.SKIP)
    assert sorted(tree_of(grown, made)) == ["a.txt", "b.txt", "kept/z.txt", "x.pyc"]


def test_a_partial_clone_lacks_nothing_that_is_needed(grown: RepositoryBuilder, tmp_path: Path) -> None:
    clone = grown.partial_clone(tmp_path / "clone")
    made = commits_of(clone).make(grown.id_of("HEAD"), [removal("x.pyc")], "m\n", Hooks.SKIP)
    assert made in (clone / ".git/objects" / made[:2] / made[2:]).as_posix().replace("/", "")


def test_a_shallow_clone_and_a_linked_work_tree_have_commits_too(grown: RepositoryBuilder, tmp_path: Path) -> None:
    for place in (grown.shallow_clone(tmp_path / "shallow"), grown.linked_work_tree(tmp_path / "linked")):
        made = commits_of(place).make(grown.id_of("HEAD"), [removal("x.pyc")], "m\n", Hooks.SKIP)
        parent = grown.id_of("HEAD")
        assert f"parent {parent}\n" in os.fsdecode(Git(*_git(place)).run("cat-file", "commit", made))


def _git(place: Path) -> tuple[Path, Path]:
    program = find_git()
    assert program is not None
    return program, open_repository(place, Reader.GIT).facts.git_dir


def test_the_message_is_utf_8_whatever_is_configured(grown: RepositoryBuilder) -> None:
    grown.config("i18n.commitEncoding", "ISO-8859-1")
    made = commits_of(grown.path).make(grown.id_of("HEAD"), [], "d\u00e9j\u00e0\n", Hooks.SKIP)
    raw = grown.git("cat-file", "commit", made)
    assert raw.endswith("\n\nd\u00e9j\u00e0\n".encode())
    assert b"\nencoding " not in raw


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_git_directory_that_cannot_be_written_is_told(grown: RepositoryBuilder) -> None:
    grown.git_dir.chmod(0o500)
    try:
        with pytest.raises(CommitFailed, match="Permission denied"):
            commits_of(grown.path).make(grown.id_of("HEAD"), [removal("x.pyc")], "m\n", Hooks.SKIP)
    finally:
        grown.git_dir.chmod(0o700)


@pytest.mark.parametrize("name", ["", "-x", "HEAD", "a..b", "a b"])
def test_no_branch_can_be_called_so(bench: Bench, name: str) -> None:
    bench.branch("main")
    with pytest.raises(BadBranch):
        bench.open().require_new_branch(name)


def test_a_branch_of_the_name_must_not_be_there_yet(bench: Bench) -> None:
    bench.branch("clean-up")
    bench.open().require_new_branch("clean-up-2026")
    with pytest.raises(BadBranch):
        bench.open().require_new_branch("clean-up")
