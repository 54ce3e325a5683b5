"""What every reader of history says of single commits and blobs, and of long histories."""

import time

import pytest

from fixtures.histories import FILE, Content, Snapshot, grow
from fixtures.repositories import RepositoryBuilder, run_git
from hygiene.adapters.discovery import Reader, open_repository
from hygiene.model.history import Commit, CommitId, ListedCommit
from hygiene.model.paths import BlobId
from tests.contract.history_reading import NOWHERE, files, history_of, ids, paths_of, read_whole


def test_present_are_the_commits_that_are_there(builder: RepositoryBuilder, reader: Reader) -> None:
    one, two, lost = grow(builder, [Snapshot(files(a="1")), Snapshot(files(a="2"), [0]), Snapshot(files(a="3"))])
    builder.lose(lost)
    asked = ids([two, NOWHERE, lost, one, builder.id_of(f"{one}:"), builder.id_of(f"{one}:a")])
    history = history_of(builder, reader)
    assert history.present(asked) == {one, two}
    assert history.present([]) == frozenset()


def test_listed_commits_tell_their_committers_time(builder: RepositoryBuilder, reader: Reader) -> None:
    commits = grow(builder, [Snapshot({}, [], 5), Snapshot({}, [0], 3_000_000_000), Snapshot({}, [1], 0)])
    history = history_of(builder, reader)
    times = (5, 3_000_000_000, 0)
    expected = [ListedCommit(CommitId(commit), time) for commit, time in zip(commits, times, strict=True)]
    assert history.list_commits(ids(commits[2:])).commits == expected
    assert history.list_commits(ids(commits[2:]), ids(commits[:1])).commits == expected[1:]
    assert history.list_commits(ids(commits[2:]), ids(commits[2:])).commits == []
    assert history.list_commits([], ids(commits[2:])).commits == []
    assert history.list_commits([]).commits == []


def raw_commit(builder: RepositoryBuilder, *lines: bytes) -> CommitId:
    tree = builder.git("mktree").strip()
    raw = b"\n".join((b"tree " + tree, *lines))
    return CommitId(
        builder.git("hash-object", "-t", "commit", "-w", "--literally", "--stdin", stdin=raw).decode().strip()
    )


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            (b"author A U Thor <a@x> 7 +0100", b"committer C <c@x> 8 +0000", b"", b"one\ntwo\n"),
            ("A U Thor <a@x>", 8, "one"),
        ),
        ((b"author <a@x> 7 +0000", b"committer C <c@x> 8 +0000", b"", b"\n\n late \n"), ("<a@x>", 8, " late")),
        (
            (b"author \xff\xfe <\xe9> 7 +0000", b"encoding latin-1", b"", b"caf\xe9"),
            ("\udcff\udcfe <\udce9>", 0, "caf\udce9"),
        ),
        ((b"author caf\xc3\xa9 <> 7 +0000", b"", b"\xc3\xa9"), ("caf\u00e9 <>", 0, "\u00e9")),
        (
            (b"committer C <c@x> 8 +0000", b"", b"author of nothing <x> 9 +0000"),
            ("", 0, "author of nothing <x> 9 +0000"),
        ),
        ((b"author A <a> b> 7 +0000", b"", b"x"), ("A <a> b>", 0, "x")),
        ((b"author A <a> never", b"", b"x"), ("A <a> never", 0, "x")),
        ((b"author A a 7 +0000", b"", b"x"), ("A a 7 +0000", 0, "x")),
        ((b"author A <a>7", b"", b"x"), ("A <a>", 0, "x")),
        ((b"author A <a> 7 +0000> never", b"", b"x"), ("A <a> 7 +0000> never", 0, "x")),
        ((b"author", b"", b"x"), ("", 0, "x")),
        ((b"author ", b"", b"x"), ("", 0, "x")),
        ((b"author A <a> -5 +0000", b"", b"x"), ("A <a> -5 +0000", 0, "x")),
        ((b"author A <a> 99999999999999999999999 +0000", b"", b"x"), ("A <a>", 0, "x")),
        ((b"author A <a> 7 +0000", b"", b"before\0after\nx"), ("A <a>", 0, "before")),
        (
            (b"author A <a> 7 +0000", b"gpgsig -----BEGIN", b" ", b" author B <b> 9 +0000", b"", b"signed"),
            ("A <a>", 0, "signed"),
        ),
        ((b"author A <a> 7 +0000",), ("A <a>", 0, "")),
        ((b"",), ("", 0, "")),
        ((b"author " + b"x" * 5000 + b" <a> 7 +0000", b"", b"y" * 5000), ("x" * 1000, 0, "y" * 1000)),
    ],
)
def test_a_commit_is_described_as_far_as_it_speaks(
    builder: RepositoryBuilder, reader: Reader, lines: tuple[bytes, ...], expected: tuple[str, int, str]
) -> None:
    commit = raw_commit(builder, *lines)
    assert history_of(builder, reader).describe([commit]) == {commit: Commit(commit, *expected)}


@pytest.mark.parametrize("filling", [b"1", b">", b"> ", b"> 1", b" ", b"author ", b"\nauthor"])
def test_a_long_line_takes_no_longer_than_its_length(
    builder: RepositoryBuilder, reader: Reader, filling: bytes
) -> None:
    long = filling * (60_000 // len(filling))
    hostile = raw_commit(builder, b"author a> " + long + b">", b"committer c> " + long + b">", b"", long)
    history = history_of(builder, reader)
    begun = time.monotonic()
    assert history.describe([hostile]).keys() == {hostile}
    assert [commit.id for commit in history.list_commits([hostile]).commits] == [hostile]
    assert [lineage.commit for lineage in history.lineages([hostile])] == [hostile]
    assert time.monotonic() - begun < 1


def test_what_is_no_commit_is_not_described(builder: RepositoryBuilder, reader: Reader) -> None:
    one, lost, broken = grow(builder, [Snapshot(files(a=str(number))) for number in range(3)])
    builder.lose(lost)
    builder.break_object(broken)
    nonsense = builder.git("hash-object", "-t", "commit", "-w", "--literally", "--stdin", stdin=b"tree x\n")
    asked = ids([broken, lost, NOWHERE, nonsense.decode().strip(), builder.id_of(f"{one}:"), one])
    assert history_of(builder, reader).describe(asked).keys() == {one}
    assert history_of(builder, reader).describe([]) == {}


def test_a_huge_commit_ends_nothing(builder: RepositoryBuilder, reader: Reader) -> None:
    huge = raw_commit(builder, b"author A <a> 7 +0000", b"committer C <c> 8 +0000", b"", b"x" * (17 << 20))
    small = raw_commit(builder, b"author A <a> 7 +0000", b"committer C <c> 8 +0000", b"", b"x")
    assert small in history_of(builder, reader).describe([huge, small])


@pytest.mark.parametrize("time", [b"99999999999999999999999", b"18446744073709551615", b"-7", b"soon", b""])
def test_a_time_that_no_calendar_has_is_0(builder: RepositoryBuilder, reader: Reader, time: bytes) -> None:
    commit = raw_commit(builder, b"author A <a> 7 +0000", b"committer C <c> " + time + b" +0000", b"", b"x")
    assert history_of(builder, reader).list_commits([commit]).commits == [ListedCommit(commit, 0)]


@pytest.mark.parametrize("packed", [False, True])
def test_stored_sizes_are_those_on_the_disk(builder: RepositoryBuilder, reader: Reader, packed: bool) -> None:  # noqa: FBT001 - a case
    contents = [b"", b"small", bytes(range(256)) * 400, bytes(range(256)) * 400 + b"almost the same", b"x" * 3_000_000]
    blobs = [BlobId(builder.file(str(number), content)) for number, content in enumerate(contents)]
    commit = builder.commit()
    if packed:
        builder.git("repack", "-adq")
    answer = builder.git("cat-file", "--batch-check=%(objectsize:disk)", stdin="\n".join(blobs).encode()).split()
    expected = dict(zip(blobs, map(int, answer), strict=True))
    assert max(expected.values()) < 110_000
    history = history_of(builder, reader)
    assert history.stored_sizes([*blobs, BlobId(NOWHERE), BlobId(commit)]) == expected
    assert history.stored_sizes([]) == {}


def test_a_partial_clone_tells_of_what_it_has_and_does_not_try_to_fetch_the_rest(
    builder: RepositoryBuilder, reader: Reader
) -> None:
    (commit,) = grow(builder, [Snapshot({str(n): Content(str(n).encode()) for n in range(400)})])
    builder.git("update-ref", "HEAD", commit)
    clone = builder.partial_clone(builder.path.parent / "partial")
    here = BlobId(run_git(clone, "hash-object", "-w", "--stdin", stdin=b"7").decode().strip())
    repository = open_repository(clone, reader)
    changes = [change for part in repository.history.changes(ids([commit])) for change in part.changes]
    assert len(changes) == 400
    begun = time.monotonic()
    assert repository.history.stored_sizes([change.blob for change in changes]).keys() == {here}
    assert repository.sizes([change.blob for change in changes]) == {here: 1}
    assert time.monotonic() - begun < 1, "one attempt to fetch takes some milliseconds"


def test_borrowed_objects_count(builder: RepositoryBuilder, reader: Reader) -> None:
    (commit,) = grow(builder, [Snapshot(files(a="1"))])
    blob = BlobId(builder.id_of(f"{commit}:a"))
    borrower = RepositoryBuilder(builder.path.parent / "borrower")
    (borrower.git_dir / "objects/info").mkdir(exist_ok=True)
    (borrower.git_dir / "objects/info/alternates").write_text(f"{builder.git_dir}/objects\n")
    history = history_of(borrower, reader)
    assert paths_of(read_whole(history, ids([commit])), commit) == {"a": FILE}
    assert history.stored_sizes([blob]) == history_of(builder, reader).stored_sizes([blob]) != {}


def test_a_long_history_is_told_in_parts(builder: RepositoryBuilder, reader: Reader) -> None:
    length = 2_100
    commits = grow(builder, [Snapshot(files(a=str(n % 7)), [n - 1] if n else []) for n in range(length)])
    history = history_of(builder, reader)
    listed = [commit.id for commit in history.list_commits(ids(commits[-1:])).commits]
    assert listed == commits
    stream = iter(history.changes(listed))
    assert len(next(stream).commits) < length
    del stream
    assert len(read_whole(history, listed)) == length
