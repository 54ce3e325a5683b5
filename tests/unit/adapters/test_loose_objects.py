"""Loose objects that are damaged or lie about themselves neither stop libgit2 nor mislead it."""

import os
import zlib
from pathlib import Path

import pytest

from fixtures.repositories import RepositoryBuilder, run_git
from hygiene.adapters.discovery import Reader, open_repository
from hygiene.errors import UnknownRevision
from hygiene.model.paths import BlobId


def overwrite(builder: RepositoryBuilder, name: str, raw: bytes) -> None:
    place = builder.object_file(name)
    place.chmod(0o644)
    place.write_bytes(raw)


def content_of(builder: RepositoryBuilder, name: str) -> bytes | None:
    return dict(open_repository(builder.path, Reader.LIBGIT2).contents([BlobId(name)])).get(BlobId(name))


@pytest.mark.parametrize("content", [b"small", bytes(range(256)) * 400])
def test_an_object_cut_anywhere_is_absent(builder: RepositoryBuilder, content: bytes) -> None:
    name = builder.file("a", content)
    raw = builder.object_file(name).read_bytes()
    for length in (0, 1, 2, 5, 10, len(raw) // 2):
        overwrite(builder, name, raw[:length])
        assert content_of(builder, name) is None
    overwrite(builder, name, raw)
    assert content_of(builder, name) == content


@pytest.mark.parametrize(
    "header", [b"blob 2\0", b"blob 99\0", b"blob 99999999999999999\0", b"blob x\0", b"bulb 5\0", b""]
)
def test_a_header_that_lies_about_its_content_is_not_believed(builder: RepositoryBuilder, header: bytes) -> None:
    name = builder.file("a", b"12345")
    overwrite(builder, name, zlib.compress(header + b"12345"))
    assert content_of(builder, name) is None


def test_a_cut_commit_is_an_unknown_revision(builder: RepositoryBuilder) -> None:
    builder.file("a")
    builder.commit()
    commit = builder.commit("b")
    overwrite(builder, commit, builder.object_file(commit).read_bytes()[:20])
    repository = open_repository(builder.path, Reader.LIBGIT2)
    assert repository.facts.head is None
    for name in ("HEAD", "HEAD~1", commit):
        with pytest.raises(UnknownRevision):
            repository.list_revision(name)


def test_a_pipe_in_the_place_of_an_object_is_never_opened(builder: RepositoryBuilder) -> None:
    name = builder.file("a", b"12345")
    builder.object_file(name).unlink()
    os.mkfifo(builder.object_file(name))
    assert content_of(builder, name) is None


def test_a_commit_may_be_named_by_a_part_of_its_id(builder: RepositoryBuilder) -> None:
    builder.file("a")
    commit = builder.commit()
    repository = open_repository(builder.path, Reader.LIBGIT2)
    assert repository.list_revision(commit[:9]).commit == commit
    with pytest.raises(UnknownRevision):
        repository.list_revision("0" * 9)


def test_a_part_that_two_ids_share_is_an_unknown_revision(builder: RepositoryBuilder) -> None:
    builder.file("a")
    commit = builder.commit()
    twin = commit[:10] + ("0" if commit[10] != "0" else "1") * 30
    builder.object_file(twin).write_bytes(builder.object_file(commit).read_bytes())
    with pytest.raises(UnknownRevision):
        open_repository(builder.path, Reader.LIBGIT2).list_revision(commit[:10])


def test_objects_are_borrowed_through_a_chain_of_repositories(builder: RepositoryBuilder, tmp_path: Path) -> None:
    name = BlobId(builder.file("a", b"borrowed"))
    builder.commit()
    for lender, borrower in ((builder.path, tmp_path / "one"), (tmp_path / "one", tmp_path / "two")):
        run_git(tmp_path, "clone", "-q", "--shared", str(lender), str(borrower))
    alternates = tmp_path / "one" / ".git" / "objects" / "info" / "alternates"
    alternates.write_bytes(b"# a comment\n/nowhere\n" + alternates.read_bytes())
    repository = open_repository(tmp_path / "two", Reader.LIBGIT2)
    assert dict(repository.contents([name])) == {name: b"borrowed"}


def test_a_repository_that_borrows_from_itself_is_read_all_the_same(builder: RepositoryBuilder) -> None:
    name = BlobId(builder.file("a", b"mine"))
    info = builder.git_dir / "objects" / "info"
    info.mkdir(exist_ok=True)
    (info / "alternates").write_bytes(b".\n")
    assert content_of(builder, name) == b"mine"
