"""What every reader of history tells where something is missing, and what it still reads."""

from pathlib import Path

import pytest

from fixtures.histories import FILE, Snapshot, grow
from fixtures.repositories import RepositoryBuilder, run_git
from hygiene.adapters.discovery import Reader
from hygiene.model.history import REMOVED
from tests.contract.exhaustive_history import ExhaustiveHistory
from tests.contract.history_reading import NOWHERE, files, history_of, ids, paths_of, read_whole, told


@pytest.fixture
def commits(builder: RepositoryBuilder) -> list[str]:
    """A line of five commits that each change `deep/down/file` and a file of their own."""
    shots = [
        Snapshot(files(**{"deep__down__file": str(n), "deep__same": "s", f"own{n}": "x"}), [n - 1] if n else [])
        for n in range(5)
    ]
    return grow(builder, shots)


def test_a_missing_commit_is_told_and_what_it_hides_is_not_guessed(
    builder: RepositoryBuilder, reader: Reader, commits: list[str]
) -> None:
    builder.lose(commits[1])
    history = history_of(builder, reader)
    listing = history.list_commits(ids([commits[4], commits[0]]))
    assert [commit.id for commit in listing.commits] == [commits[0], *commits[2:]]
    assert [commits[1] in gap.reason for gap in listing.gaps] == [True]
    parts = list(history.changes(ids([commits[0], *commits[2:]])))
    assert [commit for part in parts for commit in part.commits] == [commits[0], *commits[3:]]
    (gap,) = (gap for part in parts for gap in part.gaps)
    assert commits[1] in gap.reason
    assert commits[2] in gap.reason
    assert paths_of(told(parts), commits[2]) == {"deep/down/file": FILE, "deep/same": FILE, "own2": FILE}
    assert paths_of(told(parts), commits[3]) == {"deep/down/file": FILE, "own2": REMOVED, "own3": FILE}


def test_a_missing_tip_is_told(builder: RepositoryBuilder, reader: Reader, commits: list[str]) -> None:
    listing = history_of(builder, reader).list_commits(ids([NOWHERE, commits[1]]))
    assert [commit.id for commit in listing.commits] == commits[:2]
    assert [NOWHERE in gap.reason for gap in listing.gaps] == [True]


def test_what_was_begun_without_a_missing_commit_spoils_nothing(
    builder: RepositoryBuilder, reader: Reader, commits: list[str]
) -> None:
    """So it is when what the index knows was collected as garbage: it is asked for without, before that is noticed."""
    expected = ExhaustiveHistory(builder).changes()
    history = history_of(builder, reader)
    history.begin(ids(commits[4:]), ids([NOWHERE]))
    listed = [commit.id for commit in history.list_commits(ids(commits[4:])).commits]
    assert listed == commits
    assert read_whole(history, listed) == expected


@pytest.mark.parametrize("asked", [0, 1, 3])
def test_what_was_begun_and_is_not_wanted_spoils_nothing(
    builder: RepositoryBuilder, reader: Reader, commits: list[str], asked: int
) -> None:
    history = history_of(builder, reader)
    history.begin(ids(commits[asked:]), ids(commits[:asked]))
    assert len(read_whole(history, ids(commits))) == len(ExhaustiveHistory(builder).changes())
    history.begin(ids(commits[4:]), ())
    history.end()
    history.end()
    assert [commit.id for commit in history.list_commits(ids(commits[asked:])).commits] == commits


def test_a_commit_asked_for_that_is_missing_is_in_a_gap(
    builder: RepositoryBuilder, reader: Reader, commits: list[str]
) -> None:
    (part,) = history_of(builder, reader).changes(ids([commits[0], NOWHERE, commits[1]]))
    assert part.commits == commits[:2]
    assert [NOWHERE in gap.reason for gap in part.gaps] == [True]


@pytest.mark.parametrize("spoil", ["lose", "break_object"])
def test_an_unreadable_tree_is_told_and_everything_else_is_read(
    builder: RepositoryBuilder, reader: Reader, commits: list[str], spoil: str
) -> None:
    expected = ExhaustiveHistory(builder).changes()
    tree = getattr(builder, spoil)(f"{commits[2]}:deep/down")
    parts = list(history_of(builder, reader).changes(ids(commits)))
    assert [commit for part in parts for commit in part.commits] == [commits[0], commits[1], commits[4]]
    (gap,) = (gap for part in parts for gap in part.gaps)
    assert gap.path == "deep/down"
    assert commits[2] in gap.reason
    assert tree
    # What commit 3 changed below is not known: it may be all that is there.
    assert told(parts) == {change for change in expected if change[0] != commits[2] or change[3] != "deep/down/file"}


def test_a_missing_root_tree_is_told(builder: RepositoryBuilder, reader: Reader, commits: list[str]) -> None:
    builder.lose(f"{commits[0]}:")
    (part,) = history_of(builder, reader).changes(ids(commits))
    assert part.commits == commits[2:]
    assert [gap.path for gap in part.gaps] == [""]
    assert paths_of(told([part]), commits[0]) == {}
    assert paths_of(told([part]), commits[1]) == {"deep/down/file": FILE, "deep/same": FILE, "own1": FILE}


def test_a_tree_missed_by_many_is_told_once(builder: RepositoryBuilder, reader: Reader) -> None:
    shots = [Snapshot(files(a__b="0")), *(Snapshot(files(a__b=str(n)), [0]) for n in range(1, 100))]
    commits = grow(builder, shots)
    builder.lose(f"{commits[0]}:a")
    parts = list(history_of(builder, reader).changes(ids(commits)))
    (gap,) = (gap for part in parts for gap in part.gaps)
    assert "99 more" in gap.reason


def test_many_losses_are_told_in_short(builder: RepositoryBuilder, reader: Reader) -> None:
    commits = grow(builder, [Snapshot(files(a__b=str(n))) for n in range(120)])
    for commit in commits:
        builder.lose(f"{commit}:a")
    parts = list(history_of(builder, reader).changes(ids(commits)))
    gaps = [gap for part in parts for gap in part.gaps]
    assert len(gaps) < 60
    assert any("70 more" in gap.reason for gap in gaps)
    assert [commit for part in parts for commit in part.commits] == []


def test_a_missing_blob_hides_nothing(builder: RepositoryBuilder, reader: Reader, commits: list[str]) -> None:
    expected = ExhaustiveHistory(builder).changes()
    builder.lose(f"{commits[2]}:deep/down/file")
    assert read_whole(history_of(builder, reader), ids(commits)) == expected


@pytest.mark.parametrize(
    "raw",
    [
        b"100644 a\0" + b"\1" * 20 + b"100644 a\0" + b"\2" * 20,
        b"0 odd\0" + b"\1" * 20 + b"7777777777 odder\0" + b"\2" * 20,
        b"100644 a/b\0" + b"\1" * 20 + b"100644 ..\0" + b"\2" * 20 + b"40000 c\0" + b"\3" * 20,
        b"100644 \0" + b"\1" * 20,
        b"100644 short\0" + b"\1" * 19,
        b"100648 a\0" + b"\1" * 20,
        b"40000 loop\0" + b"\0" * 20,
        b"nonsense",
        b"\0",
    ],
)
def test_a_malformed_tree_ends_nothing(builder: RepositoryBuilder, reader: Reader, raw: bytes) -> None:
    sound, also = grow(builder, [Snapshot(files(a="1")), Snapshot(files(a="2"), [0])])
    tree = builder.git("hash-object", "-t", "tree", "-w", "--literally", "--stdin", stdin=raw).decode().strip()
    odd = builder.git("commit-tree", "-p", sound, "-m", "odd", tree).decode().strip()
    merge = builder.git("commit-tree", "-p", odd, "-p", also, "-m", "merge", tree).decode().strip()
    parts = list(history_of(builder, reader).changes(ids([sound, odd, also, merge])))
    whole = [commit for part in parts for commit in part.commits]
    assert {sound, also} <= set(whole)
    told_or_lost = {odd} <= set(whole) or any(odd in gap.reason for part in parts for gap in part.gaps)
    assert told_or_lost
    assert paths_of(told(parts), also) == {"a": FILE}


def test_a_shallow_history_ends_without_a_gap(
    builder: RepositoryBuilder, reader: Reader, commits: list[str], tmp_path: Path
) -> None:
    run_git(
        tmp_path, "clone", "-q", "--bare", "--depth=2", "--branch=c4", builder.path.as_uri(), str(tmp_path / "clone")
    )
    history = history_of(tmp_path / "clone", reader)
    listing = history.list_commits(ids([commits[4]]))
    assert [commit.id for commit in listing.commits] == commits[3:]
    assert list(listing.gaps) == []
    found = read_whole(history, ids(commits[3:]))
    assert paths_of(found, commits[3]) == {"deep/down/file": FILE, "deep/same": FILE, "own3": FILE}
    assert paths_of(found, commits[4]) == {"deep/down/file": FILE, "own3": REMOVED, "own4": FILE}


def test_a_shallow_history_with_a_loss_still_ends_without_another(
    builder: RepositoryBuilder, reader: Reader, commits: list[str], tmp_path: Path
) -> None:
    clone = tmp_path / "clone"
    unpacked = ("-c", "fetch.unpackLimit=1000")
    run_git(tmp_path, *unpacked, "clone", "-q", "--bare", "--depth=4", "--branch=c4", builder.path.as_uri(), str(clone))
    (pack,) = (clone / "objects/pack").glob("*.pack")
    content = pack.read_bytes()
    for file in pack.parent.iterdir():
        file.unlink()
    run_git(clone, "unpack-objects", "-q", stdin=content)
    lost = commits[3]
    (clone / "objects" / lost[:2] / lost[2:]).unlink()
    history = history_of(clone, reader)
    listing = history.list_commits(ids([commits[4], commits[2]]))
    assert [commit.id for commit in listing.commits] == [*commits[1:3], commits[4]]
    assert [lost in gap.reason for gap in listing.gaps] == [True]
    parts = list(history.changes(ids([*commits[1:3], commits[4]])))
    assert [commit for part in parts for commit in part.commits] == commits[1:3]
    assert paths_of(told(parts), commits[1]) == {"deep/down/file": FILE, "deep/same": FILE, "own1": FILE}
