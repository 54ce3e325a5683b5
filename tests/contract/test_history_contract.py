"""What every reader of history says that commits changed: both, against an exhaustive walk over whole trees."""

from collections.abc import Callable, Mapping
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fixtures.histories import EXECUTABLE, FILE, GITLINK, SYMLINK, Content, Snapshot, grow
from fixtures.repositories import RepositoryBuilder, run_git
from hygiene.adapters.discovery import Reader
from hygiene.model.history import REMOVED, CommitId
from tests.contract.exhaustive_history import ExhaustiveHistory
from tests.contract.history_reading import assert_exact, files, history_of, ids, paths_of, read_whole, told

ODD_NAMES = (
    "-rf",
    ":(glob)*",
    ":100644 100644 1111111111111111111111111111111111111111 2222222222222222222222222222222222222222 M",
    "::100644",
    "1111111111111111111111111111111111111111",
    'a "quoted" name',
    "a\nb",
    "a\tb\x1b[31m",
    "back\\slash",
    "caf\u00e9.bin",
    "not-utf8-\udcff\udcfe/\udc80",
    " ",
    "line\u2028separator\x85",
)


def test_a_line_of_commits_tells_each_change_once(builder: RepositoryBuilder, reader: Reader) -> None:
    one, two, three, four = grow(
        builder,
        [
            Snapshot(files(a="1", d__e__f="1", same="1")),
            Snapshot(files(a="2", d__e__f="1", same="1"), [0]),
            Snapshot(files(a="2", same="1"), [1]),
            Snapshot(files(a="1", same="1", d__e__f="1"), [2]),
        ],
    )
    found = assert_exact(builder, reader)
    assert paths_of(found, one) == {"a": FILE, "d/e/f": FILE, "same": FILE}
    assert paths_of(found, two) == {"a": FILE}
    assert paths_of(found, three) == {"d/e/f": REMOVED}
    assert paths_of(found, four) == {"a": FILE, "d/e/f": FILE}


def test_a_merge_tells_what_none_of_its_parents_holds(builder: RepositoryBuilder, reader: Reader) -> None:
    *_, merge, evil = grow(
        builder,
        [
            Snapshot(files(a="0", b="0", c="0", gone="0")),
            Snapshot(files(a="1", b="0", c="1", gone="0", left="x"), [0]),
            Snapshot(files(a="0", b="2", c="2", gone="0", right="x"), [0]),
            Snapshot(files(a="1", b="2", c="2", gone="0", left="x"), [1, 2]),
            Snapshot(files(a="1", b="2", c="both", evil__new="!", left="x"), [1, 2]),
        ],
    )
    found = assert_exact(builder, reader)
    assert paths_of(found, merge) == {}
    assert paths_of(found, evil) == {"c": FILE, "evil/new": FILE, "gone": REMOVED}


def test_an_octopus_may_be_evil_too(builder: RepositoryBuilder, reader: Reader) -> None:
    arms = [Snapshot({**files(base="0", all="0"), f"arm{n}": Content(b"x")}, [0]) for n in range(5)]
    head = Snapshot({**files(base="0", new__deep="!"), "arm3": Content(b"x"), "arm1": Content(b"y")}, [1, 2, 3, 4, 5])
    *_, octopus = grow(builder, [Snapshot(files(base="0", all="0")), *arms, head])
    assert paths_of(assert_exact(builder, reader), octopus) == {"new/deep": FILE, "arm1": FILE, "all": REMOVED}


def test_criss_cross_merges_and_several_roots(builder: RepositoryBuilder, reader: Reader) -> None:
    *_, joined = grow(
        builder,
        [
            Snapshot(files(a="0", b="0")),
            Snapshot(files(a="1", b="0"), [0]),
            Snapshot(files(a="0", b="1"), [0]),
            Snapshot(files(a="1", b="1"), [1, 2]),
            Snapshot(files(a="1", b="1", c="x"), [2, 1]),
            Snapshot(files(a="3", b="1", c="x"), [3, 4]),
            Snapshot(files(other__root="1", a="3")),
            Snapshot(files(other__root="1", a="3", b="1", c="x"), [5, 6]),
        ],
    )
    assert paths_of(assert_exact(builder, reader), joined) == {}


@pytest.mark.parametrize("start", ["file", "executable", "link", "module", "folder", "nothing"])
def test_a_path_may_become_anything_else(builder: RepositoryBuilder, reader: Reader, start: str) -> None:
    kinds: dict[str, Mapping[str, Content]] = {
        "file": {"p": Content(b"x")},
        "executable": {"p": Content(b"x", EXECUTABLE)},
        "link": {"p": Content(b"x", SYMLINK)},
        "module": {"p": Content(b"1" * 40, GITLINK)},
        "folder": {"p/q": Content(b"x"), "p/r/s": Content(b"x")},
        "nothing": {},
    }
    ends = [Snapshot({**kind, "z": Content(b"z")}, [0]) for kind in kinds.values()]
    merges = [Snapshot(kind, [number, 1 + number % 6]) for number, kind in enumerate(kinds.values(), start=1)]
    grow(builder, [Snapshot(kinds[start]), *ends, *merges])
    assert_exact(builder, reader)


def test_odd_names_are_told_as_they_are(builder: RepositoryBuilder, reader: Reader) -> None:
    everything = {name: Content(b"x") for name in ODD_NAMES}
    changed = {name: Content(b"y") for name in ODD_NAMES}
    one, two, merge, gone = grow(
        builder,
        [
            Snapshot(everything),
            Snapshot(changed),
            Snapshot({n: Content(b"z") for n in ODD_NAMES}, [0, 1]),
            Snapshot({}, [0]),
        ],
    )
    found = assert_exact(builder, reader)
    for commit in (one, two, merge):
        assert paths_of(found, commit) == dict.fromkeys(ODD_NAMES, FILE)
    assert paths_of(found, gone) == dict.fromkeys(ODD_NAMES, REMOVED)


def test_a_commit_that_changes_nothing_is_read_whole(builder: RepositoryBuilder, reader: Reader) -> None:
    empty, same, *_ = grow(builder, [Snapshot({}), Snapshot({}, [0]), Snapshot(files(a="1"), [1])])
    found = assert_exact(builder, reader)
    assert paths_of(found, empty) == paths_of(found, same) == {}
    assert read_whole(history_of(builder, reader), []) == set()


def test_what_gitmodules_wants_ignored_is_told(builder: RepositoryBuilder, reader: Reader) -> None:
    modules = Content(b'[submodule "m"]\n\tpath = m\n\turl = ./m\n\tignore = all\n')
    shots = [Snapshot({".gitmodules": modules, "m": Content(n * 40, GITLINK)}, p) for n, p in ((b"1", []), (b"2", [0]))]
    _, second = grow(builder, shots)
    builder.git("update-ref", "HEAD", second)
    builder.git("read-tree", "HEAD")
    (builder.path / ".gitmodules").write_bytes(modules.content)
    assert GITLINK.encode() not in builder.git("diff-tree", "-r", second)
    assert paths_of(assert_exact(builder, reader), second) == {"m": GITLINK}


def test_old_modes_are_todays(builder: RepositoryBuilder, reader: Reader) -> None:
    blob = bytes.fromhex(builder.blob(b"x"))
    trees = [
        b"".join(b"%b %b\0%b" % (mode, name, blob) for mode, name in ((m, b"a"), (b"100755", b"b")))
        for m in (b"100664", b"100644", b"0100644")
    ]
    parents: list[str] = []
    for raw in trees:
        tree = builder.git("hash-object", "-t", "tree", "-w", "--literally", "--stdin", stdin=raw).decode().strip()
        options = [word for parent in parents[-1:] for word in ("-p", parent)]
        parents.append(builder.git("commit-tree", *options, "-m", "x", tree).decode().strip())
    found = read_whole(history_of(builder, reader), ids(parents))
    assert [paths_of(found, commit) for commit in parents] == [{"a": FILE, "b": EXECUTABLE}, {}, {}]


def test_replacements_change_nothing(builder: RepositoryBuilder, reader: Reader) -> None:
    one, two, three = grow(builder, [Snapshot(files(a="1")), Snapshot(files(a="2"), [0]), Snapshot(files(a="3"), [1])])
    builder.git("replace", two, builder.orphan())
    builder.git("replace", builder.id_of(f"{three}:a"), builder.blob(b"else"))
    assert builder.git("rev-list", three).split() != [three.encode(), two.encode(), one.encode()]
    found = assert_exact(builder, reader)
    assert [paths_of(found, commit) for commit in (one, two, three)] == [{"a": FILE}] * 3
    listing = history_of(builder, reader).list_commits(ids([three]))
    assert [commit.id for commit in listing.commits] == [one, two, three]


def test_grafts_change_nothing(builder: RepositoryBuilder) -> None:
    one, two = grow(builder, [Snapshot(files(a="1", b="1")), Snapshot(files(a="2", b="1"), [0])])
    (builder.git_dir / "info").mkdir(exist_ok=True)
    (builder.git_dir / "info" / "grafts").write_text(f"{two}\n")
    assert run_git(builder.path, "rev-list", two).split() == [two.encode()]
    assert paths_of(assert_exact(builder, Reader.GIT), two) == {"a": FILE}
    listing = history_of(builder, Reader.GIT).list_commits(ids([two]))
    assert [commit.id for commit in listing.commits] == [one, two]


def test_a_stale_commit_graph_changes_nothing(builder: RepositoryBuilder, reader: Reader) -> None:
    one, two = grow(builder, [Snapshot(files(a="1")), Snapshot(files(a="2"), [0])])
    builder.git("commit-graph", "write", "--reachable")
    builder.object_file(one).unlink()
    listing = history_of(builder, reader).list_commits(ids([two]))
    assert [commit.id for commit in listing.commits] == [two]
    assert len(listing.gaps) == 1


def test_sha256_is_read_by_git(tmp_path: Path) -> None:
    builder = RepositoryBuilder(tmp_path / "sha256", "--object-format=sha256")
    module = Content(b"1" * 64, GITLINK)
    shots = [
        Snapshot({**files(a="1", d__e="1", lost__x="1"), "m": module}),
        Snapshot(files(a="2"), [0]),
        Snapshot(files(d__e="2", lost__y="2"), [0, 1]),
    ]
    one, _, three = grow(builder, shots)
    found = assert_exact(builder, Reader.GIT)
    assert paths_of(found, three) == {"a": REMOVED, "d/e": FILE, "lost/y": FILE}
    builder.lose(f"{three}:lost")
    (part,) = history_of(builder, Reader.GIT).changes(ids([one, three]))
    assert (part.commits, paths_of(told([part]), three)) == ([one], {"a": REMOVED, "d/e": FILE})
    assert [gap.path for gap in part.gaps] == ["lost"]


_names = st.sampled_from(["a", "b", "a/a", "a/b", "b/a/a", "b/a/b", "b/c"])
_contents = st.one_of(
    st.builds(Content, st.sampled_from([b"1", b"2"]), st.sampled_from([FILE, EXECUTABLE, SYMLINK])),
    st.just(Content(b"1" * 40, GITLINK)),
)
_trees = st.dictionaries(_names, _contents, max_size=4)


@st.composite
def _histories(draw: st.DrawFn) -> list[Snapshot]:
    """Commits that follow any of those before them, at any time, and often hold what one of them holds."""
    shots: list[Snapshot] = []
    for number in range(draw(st.integers(1, 7))):
        earlier = st.integers(0, number - 1)
        parents = draw(st.lists(earlier, unique=True, max_size=3)) if number else []
        keeps = draw(st.booleans())
        kept = shots[parents[0]].files if parents and keeps else {}
        shots.append(Snapshot({**kept, **draw(_trees)}, parents, draw(st.integers(1, 3_000_000_000))))
    return shots


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    numbers, folder = count(), tmp_path_factory.mktemp("histories")
    return lambda: folder / str(next(numbers))


@settings(max_examples=40, deadline=None)
@given(shots=_histories())
def test_any_history_is_told_exactly(places: Callable[[], Path], shots: list[Snapshot]) -> None:
    builder = RepositoryBuilder(places())
    commits = set(grow(builder, shots))
    exhaustive = ExhaustiveHistory(builder)
    expected = exhaustive.changes()
    tips, without = ids(sorted(commits)), ids(sorted(commits)[:2])
    for reader in (Reader.GIT, Reader.LIBGIT2):
        history = history_of(builder, reader)
        assert read_whole(history, tips) == expected
        listed = [commit.id for commit in history.list_commits(tips).commits]
        assert sorted(listed) == tips
        assert all(listed.index(CommitId(p)) < listed.index(c) for c in listed for p in exhaustive.parents(c))
        newer = {commit.id for commit in history.list_commits(tips, without).commits}
        assert newer == commits - exhaustive.ancestry(without)
