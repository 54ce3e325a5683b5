"""What `ports.History.lineages` promises, of every reader."""

from pathlib import Path

import pytest

from fixtures.repositories import RepositoryBuilder
from hygiene.adapters.discovery import Reader, open_repository
from hygiene.model.history import CommitId, Lineage


@pytest.fixture(params=[Reader.GIT, Reader.LIBGIT2])
def reader(request: pytest.FixtureRequest) -> Reader:
    return Reader(request.param)


def lineages(builder: RepositoryBuilder, reader: Reader, commits: list[CommitId]) -> list[Lineage]:
    return list(open_repository(builder.path, reader).history.lineages(commits))


@pytest.fixture
def builder(tmp_path: Path) -> RepositoryBuilder:
    return RepositoryBuilder(tmp_path / "repository")


def test_each_commit_has_its_parents_in_its_own_order(builder: RepositoryBuilder, reader: Reader) -> None:
    root, orphan = CommitId(builder.commit()), CommitId(builder.orphan())
    merge = CommitId(builder.commit("merge", orphan))
    last = CommitId(builder.commit())
    expected = [
        Lineage(last, (merge,), is_plain=True),
        Lineage(orphan, (), is_plain=True),
        Lineage(root, (), is_plain=True),
        Lineage(merge, (root, orphan), is_plain=True),
    ]
    assert lineages(builder, reader, [last, orphan, root, merge]) == expected


def test_nothing_is_asked_and_nothing_is_told(builder: RepositoryBuilder, reader: Reader) -> None:
    builder.commit()
    assert lineages(builder, reader, []) == []


def test_a_parent_may_be_missing(builder: RepositoryBuilder, reader: Reader) -> None:
    lost = CommitId(builder.commit())
    child = CommitId(builder.commit())
    builder.lose(lost)
    assert lineages(builder, reader, [child]) == [Lineage(child, (lost,), is_plain=True)]


def test_a_commit_that_is_missing_is_left_out(builder: RepositoryBuilder, reader: Reader) -> None:
    there = CommitId(builder.commit())
    assert lineages(builder, reader, [CommitId("1" * 40), there]) == [Lineage(there, (), is_plain=True)]


@pytest.mark.parametrize(
    ("header", "is_plain"),
    [
        (b"", True),
        (b"gpgsig -----BEGIN PGP SIGNATURE-----\n \n iQ==\n -----END PGP SIGNATURE-----\n", False),
        (b"encoding ISO-8859-1\n", False),
        (b"HG:extra amend_source:abc\n", False),
    ],
)
def test_a_commit_that_says_more_is_not_plain(
    builder: RepositoryBuilder,
    reader: Reader,
    header: bytes,
    is_plain: bool,  # noqa: FBT001  # a table's column
) -> None:
    root = CommitId(builder.commit())
    raw = builder.git("cat-file", "commit", root)
    head, _, message = raw.partition(b"\n\n")
    more = head + b"\n" + header + b"\n" + message
    made = CommitId(builder.git("hash-object", "-t", "commit", "-w", "--stdin", stdin=more).decode().strip())
    assert lineages(builder, reader, [made]) == [Lineage(made, (), is_plain)]


@pytest.mark.parametrize("message", [b"", b"\n", b"\ngpgsig no header\n\nx"])
def test_a_message_is_no_header(builder: RepositoryBuilder, reader: Reader, message: bytes) -> None:
    raw = builder.git("cat-file", "commit", builder.commit()).partition(b"\n\n")[0] + b"\n" + message
    made = CommitId(builder.git("hash-object", "-t", "commit", "-w", "--stdin", stdin=raw).decode().strip())
    assert lineages(builder, reader, [made])[0].is_plain


def test_replacements_do_not_count(builder: RepositoryBuilder, reader: Reader) -> None:
    root, other = CommitId(builder.commit()), CommitId(builder.orphan())
    child = CommitId(builder.commit())
    builder.git("replace", "--graft", child, other)
    assert lineages(builder, reader, [child]) == [Lineage(child, (root,), is_plain=True)]
