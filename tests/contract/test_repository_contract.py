"""What every reader of a repository keeps to: one suite, run on the fake and on both real ones."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, Protocol

import pytest

from fixtures.repositories import RepositoryBuilder
from hygiene.adapters.discovery import Reader, open_repository
from hygiene.errors import UnknownRevision
from hygiene.model.inventory import Entry, Inventory
from hygiene.model.paths import BlobId, RepoPath
from hygiene.ports import Repository
from tests.fakes.repository import FakeRepository

EMPTY_BLOB = BlobId("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391")
NOWHERE = BlobId("deadbeef" * 5)
ODD_NAMES = (
    "-rf",
    ":(glob)*",
    "README",
    "[x].txt",
    'a "quoted" name',
    "a\nb",
    "a\tb\x1b[31m",
    "caf\u00e9.bin",
    "cafe\u0301.bin",
    "not-utf8-\udcff\udcfe",
    "readme",
    "\U0001f4a9/\udc80",
    "100644 1111111111111111111111111111111111111111 0\tlooks like a record",
)


class Workshop(Protocol):
    """The ways in which both a real repository and the fake grow."""

    def file(self, path: str, content: bytes = b"", mode: str = "100644") -> str: ...
    def symlink(self, path: str, target: bytes) -> str: ...
    def gitlink(self, path: str) -> str: ...
    def remove(self, path: str) -> None: ...
    def intent_to_add(self, path: str) -> None: ...
    def conflict(self, path: str, *, base: bytes | None, ours: bytes | None, theirs: bytes | None) -> None: ...
    def commit(self, message: str = "commit", *also: str) -> str: ...
    def orphan(self) -> str: ...
    def switch(self, branch: str, start: str = "HEAD") -> None: ...
    def tag(self, name: str, target: str = "HEAD") -> None: ...
    def lose(self, revision: str) -> str: ...


class Bench(NamedTuple):
    """A repository to grow, and the way to open it once it has grown."""

    work: Workshop
    open: Callable[[], Repository]


@pytest.fixture(params=["fake", Reader.GIT, Reader.LIBGIT2])
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Bench:
    if request.param == "fake":
        fake = FakeRepository()
        return Bench(fake, lambda: fake)
    builder = RepositoryBuilder(tmp_path / "repository")
    return Bench(builder, lambda: open_repository(builder.path, request.param))


def paths(inventory: Inventory) -> list[str]:
    return [entry.path for entry in inventory.entries]


def gap_paths(inventory: Inventory) -> list[str | None]:
    return [gap.path for gap in inventory.gaps]


def blob(text: str) -> BlobId:
    return BlobId(text)


def test_an_empty_repository_has_an_empty_index_and_no_head(bench: Bench) -> None:
    repository = bench.open()
    assert list(repository.list_index().entries) == []
    assert repository.facts.head is None
    with pytest.raises(UnknownRevision):
        repository.list_revision("HEAD")


def test_the_index_lists_every_kind_of_entry_with_its_mode(bench: Bench) -> None:
    source = bench.work.file("src/a.py", b"a")
    tool = bench.work.file("bin/tool", b"t", "100755")
    link = bench.work.symlink("link", b"../../etc/passwd")
    module = bench.work.gitlink("vendor/module")
    inventory = bench.open().list_index()
    assert list(inventory.entries) == [
        Entry("100755", blob(tool), RepoPath("bin/tool")),
        Entry("120000", blob(link), RepoPath("link")),
        Entry("100644", blob(source), RepoPath("src/a.py")),
        Entry("160000", blob(module), RepoPath("vendor/module")),
    ]
    assert (inventory.label, inventory.commit, list(inventory.unmerged)) == ("the index", None, [])


def test_a_revision_lists_the_same_entries_as_the_index_that_it_came_from(bench: Bench) -> None:
    for name in ("a.c", "a/b/c", "a/b.c", "a-b", "a0", "z/\u00e9", "z/\udc80", "z/\U0001f600"):
        bench.work.file(name, name.encode("utf-8", "surrogateescape"))
    bench.work.symlink("link", b"a.c")
    bench.work.gitlink("module")
    commit = bench.work.commit()
    repository = bench.open()
    inventory = repository.list_revision("HEAD")
    assert list(inventory.entries) == list(repository.list_index().entries)
    assert (inventory.label, inventory.commit, list(inventory.gaps)) == ("HEAD", commit, [])


def test_staged_is_what_the_index_holds_otherwise_than_head(bench: Bench) -> None:
    for name in ("changed", "gone", "same", "becomes a link", "becomes executable", "deep/down/changed"):
        bench.work.file(name, b"before")
    bench.work.commit()
    bench.work.remove("gone")
    bench.work.file("becomes executable", b"before", "100755")
    link = bench.work.symlink("becomes a link", b"changed")
    for name in ("changed", "added", "deep/down/changed"):
        bench.work.file(name, b"after")
    module = bench.work.gitlink("vendor/module")
    staged = bench.open().list_staged()
    expected = ["added", "becomes a link", "becomes executable", "changed", "deep/down/changed", "vendor/module"]
    assert [entry.path for entry in staged.changed] == expected
    assert staged.added == {"added", "vendor/module"}
    modes = {str(entry.path): (entry.mode, str(entry.blob)) for entry in staged.changed}
    assert modes["becomes a link"] == ("120000", link)
    assert modes["vendor/module"] == ("160000", module)
    assert modes["becomes executable"][0] == "100755"
    assert not staged.gaps


def test_nothing_is_staged_where_the_index_is_heads(bench: Bench) -> None:
    bench.work.file("a", b"a")
    bench.work.commit()
    assert list(bench.open().list_staged().changed) == []


def test_before_the_first_commit_all_of_the_index_is_staged(bench: Bench) -> None:
    for name in ODD_NAMES:
        bench.work.file(name)
    staged = bench.open().list_staged()
    assert [entry.path for entry in staged.changed] == sorted(ODD_NAMES, key=os.fsencode)
    assert staged.added == set(ODD_NAMES)


def test_odd_names_are_staged_as_they_are(bench: Bench) -> None:
    bench.work.file("a", b"a")
    bench.work.commit()
    for name in (*ODD_NAMES, ":000000 100644 0 1 A"):
        bench.work.file(name, b"x")
    assert bench.open().list_staged().added == {*ODD_NAMES, ":000000 100644 0 1 A"}


def test_what_no_commit_can_hold_is_not_staged(bench: Bench) -> None:
    bench.work.file("a", b"a")
    bench.work.commit()
    bench.work.conflict("torn", base=b"1", ours=b"2", theirs=b"3")
    staged = bench.open().list_staged()
    assert list(staged.changed) == []
    assert len(staged.gaps) == 1


def test_where_a_tree_of_head_is_missing_all_of_the_index_is_staged_and_a_gap_says_so(bench: Bench) -> None:
    bench.work.file("a/b", b"b")
    bench.work.file("c", b"c")
    bench.work.commit()
    bench.work.file("a/b", b"changed")
    bench.work.lose("HEAD:a")
    staged = bench.open().list_staged()
    assert [entry.path for entry in staged.changed] == ["a/b", "c"]
    assert len(staged.gaps) == 1


def test_what_is_removed_or_in_conflict_is_told_apart_from_what_is_changed(bench: Bench) -> None:
    for name in ("a", "b/c", "torn"):
        bench.work.file(name, b"1")
    bench.work.commit()
    bench.work.remove("b/c")
    bench.work.conflict("torn", base=b"1", ours=b"2", theirs=b"3")
    assert bench.open().list_staged().removed == {"b/c", "torn"}


def test_entries_of_head_are_found_by_their_exact_paths(bench: Bench) -> None:
    for name in (*ODD_NAMES, "folder/inside", "deep/down/file"):
        bench.work.file(name)
    bench.work.symlink("deep/link", b"down")
    bench.work.commit()
    bench.work.file("only in the index")
    wanted = ("[x].txt", ":(glob)*", "folder", "absent", "a\nb", "not-utf8-\udcff\udcfe", "deep/down/file", "deep/link")
    found = bench.open().find_in_head({RepoPath(path) for path in (*wanted, "only in the index", "folder/inside/x")})
    expected = [":(glob)*", "[x].txt", "a\nb", "deep/down/file", "deep/link", "not-utf8-\udcff\udcfe"]
    assert [entry.path for entry in found] == expected
    assert [entry.mode for entry in found if entry.path == "deep/link"] == ["120000"]
    assert list(bench.open().find_in_head(())) == []


def test_before_the_first_commit_nothing_is_found_in_head(bench: Bench) -> None:
    bench.work.file("a")
    assert list(bench.open().find_in_head({RepoPath("a")})) == []


def test_every_listing_is_bytewise_by_path(bench: Bench) -> None:
    for name in ODD_NAMES:
        bench.work.file(name)
    bench.work.commit()
    expected = sorted(ODD_NAMES, key=lambda name: name.encode("utf-8", "surrogateescape"))
    assert paths(bench.open().list_index()) == expected
    assert paths(bench.open().list_revision("HEAD")) == expected


def test_a_path_in_conflict_stands_once_with_our_side_or_what_there_is(bench: Bench) -> None:
    bench.work.file("a", b"merged")
    bench.work.conflict("both", base=b"base", ours=b"ours", theirs=b"theirs")
    bench.work.conflict("only-base", base=b"base", ours=None, theirs=None)
    bench.work.conflict("we-deleted", base=b"base", ours=None, theirs=b"theirs")
    bench.work.file("z", b"merged")
    repository = bench.open()
    inventory = repository.list_index()
    contents = dict(repository.contents(entry.blob for entry in inventory.entries))
    assert {entry.path: contents[entry.blob] for entry in inventory.entries} == {
        "a": b"merged",
        "both": b"ours",
        "only-base": b"base",
        "we-deleted": b"theirs",
        "z": b"merged",
    }
    assert list(inventory.unmerged) == ["both", "only-base", "we-deleted"]


def test_a_name_that_looks_like_a_record_hides_nothing_beside_a_conflict(bench: Bench) -> None:
    trap = "x 100644 1111111111111111111111111111111111111111 0\tsrc/forged"
    bench.work.conflict(trap, base=None, ours=b"ours", theirs=b"theirs")
    bench.work.file("y")
    inventory = bench.open().list_index()
    assert paths(inventory) == [trap, "y"]
    assert list(inventory.unmerged) == [trap]


def test_an_intent_to_add_reads_as_an_empty_file(bench: Bench) -> None:
    bench.work.intent_to_add("planned.txt")
    repository = bench.open()
    (entry,) = repository.list_index().entries
    assert entry == Entry("100644", EMPTY_BLOB, RepoPath("planned.txt"))
    assert repository.sizes([EMPTY_BLOB]) == {EMPTY_BLOB: 0}
    assert repository.heads([EMPTY_BLOB], 10) == {EMPTY_BLOB: b""}
    assert list(repository.contents([EMPTY_BLOB])) == [(EMPTY_BLOB, b"")]


@pytest.mark.parametrize("name", ["HEAD~2", "v1", "main~2"])
def test_a_revision_is_named_as_in_git(bench: Bench, name: str) -> None:
    bench.work.file("first")
    first = bench.work.commit("first")
    bench.work.tag("v1")
    for later in ("second", "third"):
        bench.work.file(later)
        bench.work.commit(later)
    inventory = bench.open().list_revision(name)
    assert (inventory.label, inventory.commit, paths(inventory)) == (name, first, ["first"])
    assert bench.open().list_revision(first).commit == first


def test_a_tree_is_listed_from_its_own_root(bench: Bench) -> None:
    bench.work.file("src/deep/a.py")
    bench.work.file("b.py")
    commit = bench.work.commit()
    bench.work.tag("tree-tag", "HEAD:src")
    for name in ("HEAD:src", "tree-tag"):
        inventory = bench.open().list_revision(name)
        assert paths(inventory) == ["deep/a.py"]
        assert inventory.commit not in (None, commit)


@pytest.mark.parametrize(
    "name",
    ["", "-", "--all", "--help", "-z", "nowhere", "HEAD~7", "HEAD..HEAD", "HEAD:a", "a", "a\nHEAD", "HEAD\0", "HEAD\n"],
)
def test_what_names_no_commit_or_tree_is_an_unknown_revision(bench: Bench, name: str) -> None:
    bench.work.file("a", b"content")
    bench.work.commit()
    with pytest.raises(UnknownRevision):
        bench.open().list_revision(name)


def test_a_blob_is_no_revision(bench: Bench) -> None:
    name = bench.work.file("a", b"content")
    bench.work.commit()
    with pytest.raises(UnknownRevision):
        bench.open().list_revision(name)


def test_the_merge_base_is_where_two_branches_parted(bench: Bench) -> None:
    bench.work.file("a")
    base = bench.work.commit("base")
    bench.work.switch("side")
    bench.work.file("side")
    side = bench.work.commit("side")
    bench.work.switch("other", base)
    bench.work.file("other")
    other = bench.work.commit("other")
    repository = bench.open()
    assert repository.merge_base("side", "other") == base
    assert repository.merge_base(side, other) == base
    assert repository.merge_base("side", "main") == base
    assert repository.merge_base("HEAD", "HEAD") == other


def test_unrelated_histories_have_no_merge_base(bench: Bench) -> None:
    bench.work.file("a")
    first = bench.work.commit("first")
    assert bench.open().merge_base(first, bench.work.orphan()) is None


@pytest.mark.parametrize("name", ["nowhere", "HEAD:a", "HEAD:", "--all", ""])
def test_a_merge_base_needs_two_commits(bench: Bench, name: str) -> None:
    bench.work.file("a/b")
    bench.work.commit()
    repository = bench.open()
    for pair in ((name, "HEAD"), ("HEAD", name)):
        with pytest.raises(UnknownRevision):
            repository.merge_base(*pair)


def test_blobs_give_their_size_head_and_content_in_bytes(bench: Bench) -> None:
    samples = [b"", b"\n", b"no line end", b"a\nb\n", bytes(range(256)) * 50, b"x" * 3_000_000]
    blobs = {blob(bench.work.file(str(number), sample)): sample for number, sample in enumerate(samples)}
    repository = bench.open()
    assert repository.sizes(blobs) == {name: len(content) for name, content in blobs.items()}
    assert repository.heads(blobs, 100) == {name: content[:100] for name, content in blobs.items()}
    assert list(repository.contents(blobs)) == list(blobs.items())


def test_a_missing_object_is_absent_and_the_others_are_there(bench: Bench) -> None:
    kept, lost, also = (blob(bench.work.file(name, name.encode())) for name in ("a", "b", "c"))
    bench.work.commit()
    bench.work.lose("HEAD:b")
    repository = bench.open()
    asked = [NOWHERE, kept, lost, also]
    assert repository.sizes(asked) == {kept: 1, also: 1}
    assert repository.heads(asked, 9) == {kept: b"a", also: b"c"}
    assert list(repository.contents(asked)) == [(kept, b"a"), (also, b"c")]
    assert paths(repository.list_index()) == paths(repository.list_revision("HEAD")) == ["a", "b", "c"]


def test_nothing_asked_is_nothing_answered(bench: Bench) -> None:
    repository = bench.open()
    assert repository.sizes([]) == {}
    assert repository.heads([], 10) == {}
    assert list(repository.contents([])) == []


def test_only_blobs_have_sizes_and_content(bench: Bench) -> None:
    bench.work.file("folder/a", b"a")
    commit = bench.work.commit()
    repository = bench.open()
    tree = repository.list_revision("HEAD:folder").commit
    asked = [BlobId(commit), BlobId(tree or "")]
    assert repository.sizes(asked) == {}
    assert repository.heads(asked, 10) == {}
    assert list(repository.contents(asked)) == []


def test_a_missing_tree_is_a_gap_and_the_rest_is_listed(bench: Bench) -> None:
    for name in ("a/deep/1", "a/deep/er/2", "a/kept", "b/3", "z"):
        bench.work.file(name, name.encode())
    bench.work.commit()
    bench.work.lose("HEAD:a/deep")
    bench.work.lose("HEAD:b")
    inventory = bench.open().list_revision("HEAD")
    assert paths(inventory) == ["a/kept", "z"]
    assert sorted(map(str, gap_paths(inventory))) == ["a/deep", "b"]


def test_a_missing_root_tree_is_one_gap(bench: Bench) -> None:
    bench.work.file("a/b")
    commit = bench.work.commit()
    bench.work.lose("HEAD:")
    inventory = bench.open().list_revision("HEAD")
    assert (inventory.commit, paths(inventory), gap_paths(inventory)) == (commit, [], [""])


def test_contents_can_be_left_half_way(bench: Bench) -> None:
    blobs = [blob(bench.work.file(str(number), b"x" * 300_000 + bytes([number]))) for number in range(5)]
    stream = bench.open().contents(blobs)
    assert next(stream)[0] == blobs[0]
    del stream
    assert len(bench.open().sizes(blobs)) == 5
