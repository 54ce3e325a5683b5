"""The facts about Git that a naive reader gets wrong; the numbers are those of docs/design.md, "Git facts"."""

import tracemalloc
from pathlib import Path

import pytest

from fixtures.repositories import RepositoryBuilder, run_git
from hygiene.adapters.discovery import Reader, open_repository
from hygiene.errors import UnknownRevision, UnreadableRepository
from hygiene.model.inventory import Inventory
from hygiene.model.paths import BlobId
from hygiene.ports import Repository


def paths(inventory: Inventory) -> list[str]:
    return [entry.path for entry in inventory.entries]


def read_all(repository: Repository) -> dict[str, bytes]:
    entries = repository.list_index().entries
    contents = dict(repository.contents(entry.blob for entry in entries))
    return {entry.path: contents[entry.blob] for entry in entries if entry.blob in contents}


@pytest.fixture
def grown(builder: RepositoryBuilder) -> RepositoryBuilder:
    """Two commits; `src/a.py` and `docs/b.md` in the second."""
    builder.file("src/a.py", b"a\n")
    builder.commit("first")
    builder.file("docs/b.md", b"b\n")
    builder.commit("second")
    return builder


def test_trap_01_a_shallow_clone_says_so(grown: RepositoryBuilder, reader: Reader, tmp_path: Path) -> None:
    grown.switch("side", "HEAD~1")
    grown.file("side")
    grown.commit("side")
    run_git(
        grown.path, "clone", "-q", "--depth=1", "--no-single-branch", grown.path.as_uri(), str(tmp_path / "shallow")
    )
    repository = open_repository(tmp_path / "shallow", reader)
    assert repository.facts.shallow
    assert not open_repository(grown.path, reader).facts.shallow
    assert paths(repository.list_revision("origin/main")) == ["docs/b.md", "src/a.py"]
    assert repository.merge_base("origin/main", "origin/side") is None
    with pytest.raises(UnknownRevision):
        repository.list_revision("HEAD~1")


def test_trap_02_a_partial_clone_lists_its_trees_and_fetches_nothing(
    grown: RepositoryBuilder, reader: Reader, tmp_path: Path
) -> None:
    clone = grown.partial_clone(tmp_path / "partial")
    repository = open_repository(clone, reader)
    assert repository.facts.partial
    assert not open_repository(grown.path, reader).facts.partial
    blobs = [entry.blob for entry in repository.list_index().entries]
    assert paths(repository.list_revision("HEAD")) == ["docs/b.md", "src/a.py"]
    assert repository.sizes(blobs) == {}
    assert repository.heads(blobs, 10) == {}
    assert list(repository.contents(blobs)) == []
    assert run_git(clone, "-c", "protocol.allow=always", "show", "HEAD:src/a.py") == b"a\n"  # it could have


def test_trap_02_a_broken_object_is_absent_and_ends_nothing(builder: RepositoryBuilder, reader: Reader) -> None:
    first, broken, large, last = (
        BlobId(builder.file(name, content))
        for name, content in (("1", b"1"), ("2", b"2"), ("3", b"3" * 5_000_000), ("4", b"4"))
    )
    builder.file("folder/file", b"f")
    builder.commit()
    builder.break_object("HEAD:2")
    builder.object_file(large).chmod(0o644)
    builder.object_file(large).write_bytes(builder.object_file(large).read_bytes()[:1000])
    builder.break_object("HEAD:folder")
    repository = open_repository(builder.path, reader)
    asked = [first, broken, large, last]
    assert repository.sizes(asked).keys() - {large} == {first, last}
    assert repository.heads(asked, 4_999_999) == {first: b"1", last: b"4"}
    assert list(repository.contents(asked)) == [(first, b"1"), (last, b"4")]
    inventory = repository.list_revision("HEAD")
    assert paths(inventory) == ["1", "2", "3", "4"]
    assert [gap.path for gap in inventory.gaps] == ["folder"]


def test_trap_03_git_reads_sha256(tmp_path: Path) -> None:
    builder = RepositoryBuilder(tmp_path / "sha256", "--object-format=sha256")
    blob = BlobId(builder.file("a/b", b"content"))
    builder.file("c/d", b"lost")
    commit = builder.commit()
    builder.lose("HEAD:c")
    repository = open_repository(builder.path)
    facts = repository.facts
    assert (facts.object_format, facts.reader, facts.head) == ("sha256", "git", commit)
    assert (facts.git_dir, facts.work_dir) == (builder.git_dir, builder.path)
    assert paths(repository.list_index()) == ["a/b", "c/d"]
    assert repository.sizes([blob]) == {blob: 7}
    inventory = repository.list_revision("HEAD")
    assert (paths(inventory), [gap.path for gap in inventory.gaps]) == (["a/b"], ["c"])


def test_trap_03_without_git_the_format_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    builder = RepositoryBuilder(tmp_path / "sha256", "--object-format=sha256")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnreadableRepository, match="sha256") as raised:
        open_repository(builder.path)
    assert "nstall git" in raised.value.hint


def test_trap_04_git_reads_a_sparse_index(grown: RepositoryBuilder) -> None:
    grown.sparse_index("src")
    assert b"sdir" in (grown.git_dir / "index").read_bytes()
    assert paths(open_repository(grown.path).list_index()) == ["docs/b.md", "src/a.py"]
    with pytest.raises(UnreadableRepository) as raised:
        open_repository(grown.path, Reader.LIBGIT2).list_index()
    assert "nstall git" in raised.value.hint


def test_trap_04_git_reads_a_split_index(grown: RepositoryBuilder) -> None:
    grown.split_index()
    grown.file("new")
    assert b"link" in (grown.git_dir / "index").read_bytes()
    assert paths(open_repository(grown.path).list_index()) == ["docs/b.md", "new", "src/a.py"]
    with pytest.raises(UnreadableRepository) as raised:
        open_repository(grown.path, Reader.LIBGIT2).list_index()
    assert "nstall git" in raised.value.hint


@pytest.mark.parametrize("chosen", [Reader.AUTO, Reader.GIT, Reader.LIBGIT2])
def test_trap_04_an_unknown_extension_is_named(grown: RepositoryBuilder, chosen: Reader) -> None:
    grown.config("core.repositoryFormatVersion", "1")
    grown.config("extensions.fromTheFuture", "true")
    with pytest.raises(UnreadableRepository, match=r"(?i)fromthefuture"):
        open_repository(grown.path, chosen)


def test_trap_04_an_extension_that_git_knows_is_read_by_git(grown: RepositoryBuilder) -> None:
    grown.config("core.repositoryFormatVersion", "1")
    grown.config("extensions.partialClone", "origin")
    facts = open_repository(grown.path).facts
    assert (facts.reader, facts.partial, facts.work_dir) == ("git", True, grown.path)
    with pytest.raises(UnreadableRepository, match="partialclone"):
        open_repository(grown.path, Reader.LIBGIT2)


def test_trap_05_index_flags_and_absent_files_hide_nothing(grown: RepositoryBuilder, reader: Reader) -> None:
    grown.git("update-index", "--skip-worktree", "src/a.py")
    grown.git("update-index", "--assume-unchanged", "docs/b.md")
    assert not (grown.path / "src").exists()
    assert read_all(open_repository(grown.path, reader)) == {"docs/b.md": b"b\n", "src/a.py": b"a\n"}


def test_trap_09_head_may_be_unborn_or_detached(builder: RepositoryBuilder, reader: Reader) -> None:
    builder.file("a")
    unborn = open_repository(builder.path, reader)
    assert unborn.facts.head is None
    assert paths(unborn.list_index()) == ["a"]
    commit = builder.commit()
    builder.git("update-ref", "--no-deref", "HEAD", commit)
    assert open_repository(builder.path, reader).facts.head == commit


def test_trap_09_a_tag_may_mean_a_blob(grown: RepositoryBuilder, reader: Reader) -> None:
    grown.tag("on-a-blob", "HEAD:src/a.py")
    grown.tag("on-a-tag", "on-a-blob")
    for name in ("on-a-blob", "on-a-tag"):
        with pytest.raises(UnknownRevision):
            open_repository(grown.path, reader).list_revision(name)


def test_trap_10_replace_refs_show_nothing_else(grown: RepositoryBuilder, reader: Reader) -> None:
    hidden = grown.id_of("HEAD:src/a.py")
    shown = grown.blob(b"innocent\n")
    grown.git("replace", hidden, shown)
    grown.git("replace", grown.id_of("HEAD"), grown.orphan())
    assert grown.git("cat-file", "blob", hidden) == b"innocent\n"
    repository = open_repository(grown.path, reader)
    assert read_all(repository)["src/a.py"] == b"a\n"
    assert repository.sizes([BlobId(hidden)]) == {hidden: 2}
    assert paths(repository.list_revision("HEAD")) == ["docs/b.md", "src/a.py"]


def test_trap_10_grafts_change_no_history(grown: RepositoryBuilder) -> None:
    first, second = grown.id_of("HEAD~1"), grown.id_of("HEAD")
    (grown.git_dir / "info").mkdir(exist_ok=True)
    (grown.git_dir / "info" / "grafts").write_text(f"{second}\n")
    assert run_git(grown.path, "rev-list", "HEAD").split() == [second.encode()]
    assert open_repository(grown.path, Reader.GIT).merge_base("HEAD", first) == first
    assert open_repository(grown.path, Reader.GIT).list_revision("HEAD~1").commit == first
    with pytest.raises(UnreadableRepository, match="grafts"):
        open_repository(grown.path, Reader.LIBGIT2)


def test_trap_11_a_huge_blob_costs_little(builder: RepositoryBuilder, reader: Reader) -> None:
    length = (64 << 20) + 1
    huge, small = BlobId(builder.file("huge", bytes(length))), BlobId(builder.file("small", b"small"))
    repository = open_repository(builder.path, reader)
    tracemalloc.start()
    assert repository.sizes([huge, small]) == {huge: length, small: 5}
    heads = repository.heads([huge, small], 8192)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4 << 20
    expected = {huge: bytes(8192), small: b"small"}
    if reader is Reader.LIBGIT2:  # it would have to read all of it
        del expected[huge]
    assert heads == expected


def test_trap_12_an_lfs_pointer_is_read_as_it_is(builder: RepositoryBuilder, reader: Reader) -> None:
    pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"0" * 64 + b"\nsize 5\n"
    builder.file(".gitattributes", b"*.db filter=lfs diff=lfs merge=lfs -text\n")
    builder.file("pointer.db", pointer)
    builder.file("raw.db", b"SQLite format 3\0")
    contents = read_all(open_repository(builder.path, reader))
    assert contents["pointer.db"] == pointer
    assert contents["raw.db"] == b"SQLite format 3\0"


def test_trap_13_a_symlink_is_never_followed(builder: RepositoryBuilder, reader: Reader) -> None:
    builder.file("real", b"real\n")
    builder.symlink("inside", b"real")
    builder.symlink("outside", b"/etc/passwd")
    builder.check_out()
    assert read_all(open_repository(builder.path, reader)) == {
        "inside": b"real",
        "outside": b"/etc/passwd",
        "real": b"real\n",
    }


def test_trap_13_a_gitlink_has_no_size(builder: RepositoryBuilder, reader: Reader) -> None:
    commit = BlobId(builder.gitlink("module"))
    builder.commit()
    repository = open_repository(builder.path, reader)
    (entry,) = repository.list_revision("HEAD").entries
    assert (entry.mode, entry.is_file) == ("160000", False)
    assert repository.sizes([commit]) == {}
    assert repository.list_revision("HEAD").gaps == []


def test_trap_14_sizes_are_those_of_the_blob(builder: RepositoryBuilder, reader: Reader) -> None:
    builder.config("core.autocrlf", "true")
    builder.file(".gitattributes", b"*.txt text eol=crlf ident\n")
    blob = BlobId(builder.file("a.txt", b"$Id$\n1\n2\n"))
    builder.check_out()
    assert len((builder.path / "a.txt").read_bytes()) > 9
    repository = open_repository(builder.path, reader)
    assert repository.sizes([blob]) == {blob: 9}
    assert repository.heads([blob], 99) == {blob: b"$Id$\n1\n2\n"}


def test_trap_15_names_are_bytes(builder: RepositoryBuilder, reader: Reader) -> None:
    builder.config("core.quotePath", "true")
    names = [b"\n", b'"', b"-z", b":(top)", b"caf\xc3\xa9.bin", b"caf\xe9.bin", b"tab\there", b"\xff/\xfe/\x80"]
    for name in names:
        builder.file(name, name)
    builder.commit()
    repository = open_repository(builder.path, reader)
    for inventory in (repository.list_index(), repository.list_revision("HEAD")):
        listed = [path.encode("utf-8", "surrogateescape") for path in paths(inventory)]
        assert listed == sorted(names)


def test_trap_16_case_and_unicode_forms_stay_apart(builder: RepositoryBuilder, reader: Reader) -> None:
    names = ["README.md", "cafe\u0301", "caf\u00e9", "readme.md"]
    for name in names:
        builder.file(name, name.encode())
    builder.config("core.ignoreCase", "true")
    builder.config("core.precomposeUnicode", "true")
    contents = read_all(open_repository(builder.path, reader))
    assert contents == {name: name.encode() for name in names}


def test_trap_20_a_bare_repository_has_no_work_tree(grown: RepositoryBuilder, reader: Reader, tmp_path: Path) -> None:
    bare = grown.bare_clone(tmp_path / "bare.git")
    repository = open_repository(bare, reader)
    assert (repository.facts.git_dir, repository.facts.work_dir) == (bare, None)
    assert repository.facts.head == grown.id_of("HEAD")
    assert paths(repository.list_index()) == []
    assert paths(repository.list_revision("HEAD")) == ["docs/b.md", "src/a.py"]


def test_trap_20_a_linked_work_tree_has_its_own_head_and_index(
    grown: RepositoryBuilder, reader: Reader, tmp_path: Path
) -> None:
    linked = grown.linked_work_tree(tmp_path / "linked")
    run_git(linked, "rm", "-q", "--cached", "docs/b.md")
    repository = open_repository(linked / "src", reader)
    assert (repository.facts.git_dir, repository.facts.work_dir) == (grown.git_dir / "worktrees" / "linked", linked)
    assert read_all(repository) == {"src/a.py": b"a\n"}
    assert paths(open_repository(grown.path, reader).list_index()) == ["docs/b.md", "src/a.py"]


def test_trap_20_objects_may_be_loose_packed_or_borrowed(
    grown: RepositoryBuilder, reader: Reader, tmp_path: Path
) -> None:
    grown.git("repack", "-q", "-d")
    grown.file("second", b"second")
    grown.commit()
    grown.git("repack", "-q", "-d")
    grown.file("loose", b"loose")
    grown.commit()
    assert len(list((grown.git_dir / "objects" / "pack").glob("*.pack"))) == 2
    everything = {"docs/b.md": b"b\n", "loose": b"loose", "second": b"second", "src/a.py": b"a\n"}
    assert read_all(open_repository(grown.path, reader)) == everything
    borrower = tmp_path / "borrower"
    run_git(tmp_path, "clone", "-q", "--shared", str(grown.path), str(borrower))
    assert (borrower / ".git" / "objects" / "info" / "alternates").exists()
    assert read_all(open_repository(borrower, reader)) == everything
