"""What the files of a git directory show."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from fixtures.repositories import RepositoryBuilder
from hygiene.adapters.discovery import open_repository
from hygiene.adapters.git_layout import read_layout
from hygiene.model.layout import GitLayout, IndexLayout


@pytest.fixture
def repository(tmp_path: Path) -> RepositoryBuilder:
    builder = RepositoryBuilder(tmp_path / "repository")
    for number in range(20):
        builder.file(f"folder/{'x' * number}.txt", b"text\n")
    builder.file("other/a", b"a\n")
    builder.commit()
    return builder


def layout(place: Path) -> GitLayout:
    return read_layout(open_repository(place).facts)


def index(place: Path) -> IndexLayout:
    found = layout(place).index
    assert found is not None
    return found


def test_a_plain_repository_has_no_feature(repository: RepositoryBuilder) -> None:
    assert layout(repository.path) == GitLayout(IndexLayout(2, frozenset({"TREE"})))


@pytest.mark.parametrize("version", ["2", "4"])
def test_a_sparse_index_is_seen_in_every_version(repository: RepositoryBuilder, version: str) -> None:
    repository.git("update-index", "--index-version", version)
    assert not index(repository.path).is_sparse
    repository.sparse_index("other")
    assert index(repository.path) == IndexLayout(3 if version == "2" else 4, index(repository.path).extensions)
    assert index(repository.path).is_sparse


def test_a_split_index_is_seen(repository: RepositoryBuilder) -> None:
    repository.split_index()
    assert index(repository.path).is_split


def test_a_sha256_index_is_read(tmp_path: Path) -> None:
    builder = RepositoryBuilder(tmp_path / "repository", "--object-format=sha256")
    builder.file("a", b"a")
    builder.commit()
    builder.split_index()
    assert index(builder.path).is_split


def test_a_linked_work_tree_is_seen(repository: RepositoryBuilder, tmp_path: Path) -> None:
    linked = repository.linked_work_tree(tmp_path / "linked")
    assert layout(linked).is_linked
    assert index(linked).version == 2


@pytest.mark.parametrize("then", [("for-each-ref",), ("pack-refs", "--all")], ids=["loose", "packed"])
def test_replacements_are_counted_once(repository: RepositoryBuilder, then: tuple[str, ...]) -> None:
    repository.git("replace", repository.id_of("HEAD:other/a"), repository.id_of("HEAD:folder/x.txt"))
    repository.git(*then)
    assert layout(repository.path).replacements == 1


def test_grafts_and_borrowed_objects_are_seen(repository: RepositoryBuilder, tmp_path: Path) -> None:
    other = RepositoryBuilder(tmp_path / "other")
    (repository.git_dir / "objects/info/alternates").write_text(f"# one\n\n{other.git_dir}/objects\n")
    (repository.git_dir / "info").mkdir(exist_ok=True)
    (repository.git_dir / "info/grafts").write_text(repository.id_of("HEAD") + "\n")
    assert (layout(repository.path).borrows, layout(repository.path).has_grafts) == (1, True)


def test_reftables_are_seen_by_their_folder(repository: RepositoryBuilder) -> None:
    (repository.git_dir / "reftable").mkdir()
    assert layout(repository.path).has_reftable


def _cut(data: bytes) -> bytes:
    return data[:200]


def _boast(data: bytes) -> bytes:
    return data[:8] + b"\xff\xff\xff\xff" + data[12:]


@pytest.mark.parametrize("damage", [_cut, _boast], ids=["cut", "boasting"])
def test_a_damaged_index_has_a_version_and_no_more(
    repository: RepositoryBuilder, damage: Callable[[bytes], bytes]
) -> None:
    facts = open_repository(repository.path).facts
    file = repository.git_dir / "index"
    file.write_bytes(damage(file.read_bytes()))
    assert read_layout(facts).index == IndexLayout(2, frozenset())


def test_what_is_no_index_is_none(repository: RepositoryBuilder) -> None:
    facts = open_repository(repository.path).facts
    (repository.git_dir / "index").write_bytes(b"JUNK" * 10)
    assert read_layout(facts).index is None


def test_no_pipe_is_opened(repository: RepositoryBuilder) -> None:
    facts = open_repository(repository.path).facts
    for name in ("index", "packed-refs", "commondir", "info/grafts", "objects/info/alternates"):
        place = repository.git_dir / name
        place.parent.mkdir(exist_ok=True)
        place.unlink(missing_ok=True)
        os.mkfifo(place)
    assert read_layout(facts) == GitLayout()
