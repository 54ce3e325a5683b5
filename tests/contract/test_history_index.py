"""What every history index keeps to: one suite, run on the fake, in memory, and in a file that is opened again."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hygiene.adapters.history_index import open_index
from hygiene.model.history import (
    REMOVED,
    Change,
    Changes,
    CommitId,
    ListedCommit,
    Month,
    Removal,
    Rewritten,
    Totals,
    Version,
)
from hygiene.model.inventory import Gap, Mode
from hygiene.model.paths import BlobId, RepoPath
from hygiene.ports import HistoryIndex, Look, MediaType
from tests.fakes.history_index import FakeHistoryIndex
from tests.histories import Batch, ask, blob_id, blobs_in, commit_id, long_batch, long_id, looks_at, sizes_of

_MARCH = 1_614_600_000
"""A moment in March 2021."""


class Kept:
    """An index in a file: whatever is asked, another program asks that has just opened it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def opened(self) -> Iterator[HistoryIndex]:
        index = open_index(self._folder / "git" / "hygiene" / "index.sqlite", "maker", "", self._folder / "state")
        try:
            yield index
            assert index.notes == ()
        finally:
            index.close()
        assert index.notes == ()


class Lasting:
    """An index that only lasts as long as the program."""

    def __init__(self, index: HistoryIndex) -> None:
        self._index = index

    @contextmanager
    def opened(self) -> Iterator[HistoryIndex]:
        yield self._index


Bench = Kept | Lasting


@pytest.fixture(params=["fake", "memory", "file"])
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Bench:
    if request.param == "fake":
        return Lasting(FakeHistoryIndex())
    if request.param == "memory":
        return Lasting(open_index(None, "maker", ""))
    (tmp_path / "git").mkdir()
    return Kept(tmp_path)


def change(commit: object, path: str, blob: object, mode: str = Mode.FILE) -> Change:
    return Change(commit_id(commit), mode, blob_id(blob), RepoPath(path))


def removal(commit: object, path: str) -> Change:
    return Change(commit_id(commit), REMOVED, BlobId("0" * 40), RepoPath(path))


def batch(*names: object, changes: Sequence[Change] = (), gaps: Sequence[object] = ()) -> Batch:
    """Commits an hour apart, told in one part; the last one is the tip."""
    commits = [ListedCommit(commit_id(name), _MARCH + 3600 * at) for at, name in enumerate(names)]
    whole = [commit_id(name) for name in names if name not in gaps]
    return Batch(commits, [Changes(whole, changes, [Gap("missing", "") for _ in gaps])], [commits[-1].id])


def test_an_empty_index_knows_nothing(bench: Bench) -> None:
    with bench.opened() as index:
        assert index.frontier() == index.known() == frozenset()
        assert list(index.latest()) == []
        assert index.totals() == Totals(0, 0, 0, 0, 0)
        assert index.months() == []
        assert index.unsized() == []


def test_what_is_recorded_is_known(bench: Bench) -> None:
    with bench.opened() as index:
        batch(1, 2, changes=[change(1, "a", "x")]).record_in(index)
    with bench.opened() as index:
        assert index.known() == {commit_id(1), commit_id(2)}
        assert index.frontier() == {commit_id(2)}


def test_a_version_is_told_with_the_first_commit_by_the_graph_whatever_its_date(bench: Bench) -> None:
    commits = [ListedCommit(commit_id("parent"), 2_000), ListedCommit(commit_id("child"), 1_000)]
    changes = [change("child", "a", "x"), change("parent", "a", "x")]
    with bench.opened() as index:
        index.record(commits, [Changes([commit.id for commit in commits], changes)], [commits[1].id])
    with bench.opened() as index:
        expected = Version(RepoPath("a"), Mode.FILE, blob_id("x"), None, commit_id("parent"), 2_000)
        assert list(index.versions_of([RepoPath("a")])) == [expected]
        assert list(index.latest()) == [expected]


def test_a_content_that_came_back_is_the_latest_and_keeps_its_introduction(bench: Bench) -> None:
    changes = [change(1, "a", "x"), change(2, "a", "y"), change(3, "a", "x"), change(4, "b", "y"), removal(5, "a")]
    with bench.opened() as index:
        batch(1, 2, 3, 4, 5, changes=changes).record_in(index)
    with bench.opened() as index:
        assert [(version.path, version.blob, version.commit) for version in index.latest()] == [
            ("a", blob_id("x"), commit_id(1)),
            ("b", blob_id("y"), commit_id(4)),
        ]
        assert [version.blob for version in index.versions_of([RepoPath("a")])] == [blob_id("x"), blob_id("y")]
        assert index.rewrites([RepoPath("a"), RepoPath("b"), RepoPath("c")]) == {"a": 3, "b": 1}
        assert index.removals([RepoPath("a"), RepoPath("b")]) == {"a": Removal(commit_id(5), is_final=True)}
        assert index.most_rewritten(1) == [Rewritten(RepoPath("a"), 3)]
        assert index.givers([RepoPath("a")]) == {commit_id(1), commit_id(2), commit_id(3)}
        assert index.givers([RepoPath("b"), RepoPath("c")]) == {commit_id(4)}


def test_another_mode_is_another_version(bench: Bench) -> None:
    changes = [change(1, "a", "x"), change(2, "a", "x", Mode.EXECUTABLE), change(3, "a", "x", Mode.SYMLINK)]
    with bench.opened() as index:
        batch(1, 2, 3, changes=changes).record_in(index)
    with bench.opened() as index:
        assert [version.mode for version in index.versions_of([RepoPath("a")])] == ["100644", "100755", "120000"]
        assert index.totals() == Totals(commits=3, paths=1, versions=3, blobs=1, size=0)


def test_a_path_that_was_only_ever_removed_was_never_held(bench: Bench) -> None:
    with bench.opened() as index:
        batch(1, changes=[removal(1, "a")]).record_in(index)
    with bench.opened() as index:
        assert list(index.latest()) == []
        assert index.totals() == Totals(1, 0, 0, 0, 0)
        assert index.removals([RepoPath("a")]) == {"a": Removal(commit_id(1), is_final=True)}


def test_a_submodules_commit_is_a_version_and_no_blob(bench: Bench) -> None:
    with bench.opened() as index:
        batch(1, changes=[change(1, "lib", "x", Mode.GITLINK), change(1, "a", "y")]).record_in(index)
    with bench.opened() as index:
        assert index.unsized() == [blob_id("y")]
        assert [version.mode for version in index.latest()] == [Mode.FILE, Mode.GITLINK]
        assert index.totals() == Totals(commits=1, paths=2, versions=2, blobs=1, size=0)
        assert index.months() == [Month("2021-03", 1, 0)]


def test_paths_come_in_the_order_of_their_bytes_and_need_not_be_utf_8(bench: Bench) -> None:
    odd = b"\xff\xfe\x80".decode("utf-8", "surrogateescape")
    names = ["a/b", "a.c", "a", "ä", "\U0001f600", "\uffff", odd, "line\nbreak", "x" * 4_000]
    with bench.opened() as index:
        batch(1, changes=[change(1, name, name.encode("utf-8", "surrogateescape")) for name in names]).record_in(index)
    with bench.opened() as index:
        expected = sorted(names, key=lambda name: name.encode("utf-8", "surrogateescape"))
        assert [version.path for version in index.latest()] == expected
        assert [version.path for version in index.versions_of([RepoPath(odd), RepoPath("ä")])] == ["ä", odd]
        assert index.rewrites([RepoPath(odd)]) == {odd: 1}


def test_long_ids_come_back_whole(bench: Bench) -> None:
    commit, blob = CommitId(long_id("commit")), BlobId(long_id("blob"))
    told = Change(commit, Mode.FILE, blob, RepoPath("a"))
    with bench.opened() as index:
        index.record([ListedCommit(commit, 5)], [Changes([commit], [told])], [commit])
        index.add_sizes({blob: 7})
    with bench.opened() as index:
        assert list(index.latest()) == [Version(RepoPath("a"), Mode.FILE, blob, 7, commit, 5)]
        assert index.frontier() == {commit}
        assert list(index.holding([blob])) == list(index.latest())


def test_sizes_and_looks_are_kept(bench: Bench) -> None:
    looks = {
        blob_id("x"): Look(MediaType("text/plain", "nul-test", is_text=True), generated=4, minified=True),
        blob_id("y"): Look(None, None, minified=False),
    }
    with bench.opened() as index:
        batch(1, 2, changes=[change(1, "a", "x"), change(1, "b", "y"), change(2, "c", "x")]).record_in(index)
        index.add_looks(looks)
    with bench.opened() as index:
        assert index.unsized() == [blob_id("x"), blob_id("y")]
        index.add_sizes({blob_id("x"): 900})
    with bench.opened() as index:
        assert index.looks([*looks, blob_id("z")]) == looks
        assert index.unsized() == [blob_id("y")]
        assert [version.path for version in index.larger_than(899)] == ["a", "c"]
        assert list(index.larger_than(900)) == []
        assert [version.path for version in index.largest(10)] == ["a"]
        assert index.totals().size == 900


def test_silence_is_kept_about_the_last_subject(bench: Bench) -> None:
    x, y, z = blob_id("x"), blob_id("y"), blob_id("z")
    with bench.opened() as index:
        index.add_silent("one", [x])
        index.add_silent("one", [y])
    with bench.opened() as index:
        assert index.silent_about("one", [x, z]) == {x}
        assert index.silent_about("two", [x]) == frozenset()
        index.add_silent("two", [z])
    with bench.opened() as index:
        assert index.silent_about("two", [x, y, z]) == {z}
        assert index.silent_about("one", [x, y, z]) == frozenset()


def test_a_size_may_be_known_before_its_blob(bench: Bench) -> None:
    with bench.opened() as index:
        index.add_sizes({blob_id("x"): 900, blob_id("never"): 901})
    with bench.opened() as index:
        batch(1, changes=[change(1, "a", "x")]).record_in(index)
    with bench.opened() as index:
        assert index.unsized() == []
        assert [version.size for version in index.latest()] == [900]
        assert index.totals() == Totals(1, 1, 1, 1, 900)
        assert [version.path for version in index.largest(10)] == ["a"]


def test_the_unsized_come_by_path_and_from_last_to_first(bench: Bench) -> None:
    changes = [change(1, "b", "1"), change(2, "b", "2"), change(3, "b", "3"), change(1, "a", "2"), removal(4, "b")]
    with bench.opened() as index:
        batch(1, 2, 3, 4, changes=changes).record_in(index)
    with bench.opened() as index:
        assert index.unsized() == [blob_id("2"), blob_id("3"), blob_id("1")]


def test_a_month_counts_what_no_earlier_commit_held(bench: Bench) -> None:
    commits = [ListedCommit(commit_id(1), _MARCH), ListedCommit(commit_id(2), _MARCH + 40 * 86_400)]
    changes = [change(1, "a", "x"), change(2, "b", "x"), change(2, "c", "y")]
    with bench.opened() as index:
        index.record(commits, [Changes([commit.id for commit in commits], changes)], [commits[1].id])
        index.add_sizes({blob_id("x"): 5, blob_id("y"): 6})
    with bench.opened() as index:
        assert index.months() == [Month("2021-03", 1, 5), Month("2021-04", 1, 6)]


def test_commits_left_out_are_as_if_they_had_never_been(bench: Bench) -> None:
    changes = [change(1, "a", "x"), change(2, "a", "y"), change(2, "b", "z"), removal(3, "a")]
    with bench.opened() as index:
        batch(1, 2, 3, changes=changes).record_in(index)
    with bench.opened() as index:
        index.leave_out([commit_id(2), commit_id(3), commit_id("never recorded")])
        assert [version.blob for version in index.latest()] == [blob_id("x")]
        assert index.removals([RepoPath("a")]) == {}
        assert index.totals() == Totals(1, 1, 1, 1, 0)
        assert index.unsized() == [blob_id("x")]
        assert commit_id(2) in index.known()
        assert index.known_among([commit_id(2), commit_id("never recorded")]) == {commit_id(2)}
        assert index.known_among([]) == frozenset()
        index.add_sizes({blob_id("x"): 1})
        assert index.totals() == Totals(1, 1, 1, 1, 1)


def test_commits_are_left_out_for_one_run_only(tmp_path: Path) -> None:
    bench = Kept(tmp_path)
    (tmp_path / "git").mkdir()
    with bench.opened() as index:
        batch(1, 2, changes=[change(1, "a", "x"), change(2, "b", "y")]).record_in(index)
        index.leave_out([commit_id(1)])
    with bench.opened() as index:
        assert [version.path for version in index.latest()] == ["a", "b"]
        assert index.totals() == Totals(2, 2, 2, 2, 0)


def test_a_history_that_is_forgotten_can_be_recorded_in_another_order(bench: Bench) -> None:
    changes = [change(1, "a", "x"), change(2, "a", "y")]
    with bench.opened() as index:
        batch(2, 1, changes=changes).record_in(index)
        index.add_sizes({blob_id("x"): 5, blob_id("y"): 6})
        index.add_looks(looks_at([blob_id("x")]))
        index.totals()
    with bench.opened() as index:
        index.forget()
        assert index.known() == index.frontier() == frozenset()
        assert list(index.latest()) == []
        assert index.totals() == Totals(0, 0, 0, 0, 0)
        assert index.unsized() == []
    with bench.opened() as index:
        assert index.known() == frozenset()
        assert index.looks([blob_id("x")]) == looks_at([blob_id("x")])
        batch(1, 2, changes=changes).record_in(index)
    with bench.opened() as index:
        assert [(version.blob, version.size) for version in index.latest()] == [(blob_id("y"), 6)]
        assert index.totals() == Totals(2, 1, 2, 2, 11)


def test_a_commit_that_is_known_is_not_recorded_twice(bench: Bench) -> None:
    with bench.opened() as index:
        batch(1, 2, changes=[change(1, "a", "x"), change(2, "a", "y")]).record_in(index)
    with bench.opened() as index:
        batch(1, 2, 3, changes=[change(1, "a", "z"), change(2, "b", "z"), change(3, "a", "x")]).record_in(index)
    with bench.opened() as index:
        assert index.rewrites([RepoPath("a"), RepoPath("b")]) == {"a": 3}
        assert index.frontier() == {commit_id(3)}


def test_changes_of_commits_that_are_not_listed_do_not_count(bench: Bench) -> None:
    with bench.opened() as index:
        batch(1, changes=[change(1, "a", "x"), change("stranger", "b", "y")]).record_in(index)
    with bench.opened() as index:
        assert [version.path for version in index.latest()] == ["a"]


def test_tips_alone_move_the_frontier(bench: Bench) -> None:
    with bench.opened() as index:
        batch(1, 2, changes=[change(1, "a", "x")]).record_in(index)
    with bench.opened() as index:
        index.record([], [], [commit_id(1)])
    with bench.opened() as index:
        assert index.frontier() == {commit_id(1)}


def test_a_tip_that_nobody_recorded_does_not_move_it(bench: Bench) -> None:
    with bench.opened() as index:
        batch(1, changes=[change(1, "a", "x")]).record_in(index)
        index.record([], [], [commit_id("unknown")])
    with bench.opened() as index:
        assert index.frontier() == {commit_id(1)}


def test_a_commit_with_a_gap_is_asked_about_but_not_known(bench: Bench) -> None:
    with bench.opened() as index:
        batch(1, changes=[change(1, "a", "x")]).record_in(index)
    with bench.opened() as index:
        batch(2, 3, changes=[change(2, "a", "y"), change(2, "b", "y"), change(3, "c", "z")], gaps=[2]).record_in(index)
        assert index.frontier() == {commit_id(1)}
        assert index.known() == {commit_id(1), commit_id(3)}
        assert [(version.path, version.blob) for version in index.latest()] == [
            ("a", blob_id("y")),
            ("b", blob_id("y")),
            ("c", blob_id("z")),
        ]
        assert index.totals().commits == 2
        assert index.unsized() == [blob_id("y"), blob_id("x"), blob_id("z")]


def test_a_gap_is_forgotten_when_the_index_is_closed(tmp_path: Path) -> None:
    bench = Kept(tmp_path)
    (tmp_path / "git").mkdir()
    with bench.opened() as index:
        batch(1, 2, changes=[change(1, "a", "x"), change(2, "b", "y")], gaps=[2]).record_in(index)
        index.add_sizes({blob_id("y"): 5})
        index.totals()
    with bench.opened() as index:
        assert [version.path for version in index.latest()] == ["a"]
        assert index.totals() == Totals(1, 1, 1, 1, 0)
        assert index.frontier() == frozenset()


def test_a_gap_is_filled_by_the_next_recording(bench: Bench) -> None:
    first = [change(1, "a", "x"), change(2, "a", "y")]
    with bench.opened() as index:
        batch(1, 2, 3, changes=first, gaps=[2]).record_in(index)
        batch(2, 3, changes=[*first, change(2, "b", "z")]).record_in(index)
    with bench.opened() as index:
        assert index.frontier() == {commit_id(3)}
        assert index.known() == {commit_id(1), commit_id(2), commit_id(3)}
        assert [(version.path, version.commit) for version in index.latest()] == [
            ("a", commit_id(2)),
            ("b", commit_id(2)),
        ]
        assert index.rewrites([RepoPath("a")]) == {"a": 2}


def test_a_tip_that_was_not_read_whole_is_no_frontier(bench: Bench) -> None:
    with bench.opened() as index:
        batch(1, gaps=[1]).record_in(index)
        index.record(batch(2).commits, batch(2).parts, [commit_id(1)])
        assert index.known() == {commit_id(2)}
        assert index.frontier() == frozenset()


def test_a_commit_that_is_left_out_hides_no_other_one_when_it_comes_again(bench: Bench) -> None:
    with bench.opened() as index:
        batch(1, changes=[change(1, "a", "x")], gaps=[1]).record_in(index)
        index.leave_out([commit_id(1)])
        batch(2, 1, changes=[change(1, "a", "x"), change(2, "b", "y")]).record_in(index)
        assert [version.path for version in index.latest()] == ["b"]


def test_totals_are_counted_anew_when_something_changed(bench: Bench) -> None:
    with bench.opened() as index:
        batch(1, 2, changes=[change(1, "a", "x"), change(2, "b", "y")]).record_in(index)
        assert index.totals() == Totals(2, 2, 2, 2, 0)
    with bench.opened() as index:
        assert index.totals() == Totals(2, 2, 2, 2, 0)
        index.add_sizes({blob_id("x"): 5})
        assert index.totals() == Totals(2, 2, 2, 2, 5)
    with bench.opened() as index:
        batch(3, changes=[change(3, "c", "x")]).record_in(index)
        assert index.totals() == Totals(3, 3, 3, 2, 5)
    with bench.opened() as index:
        index.leave_out([commit_id(1)])
        assert index.totals() == Totals(2, 2, 2, 2, 5)


def test_a_commit_that_no_part_tells_of_is_missing(bench: Bench) -> None:
    with bench.opened() as index:
        index.record(batch(1, 2).commits, [Changes([commit_id(1)], [])], [commit_id(2)])
        assert index.known() == {commit_id(1)}
        assert index.frontier() == frozenset()


def test_a_hundred_parts_in_any_order_are_one_history(bench: Bench) -> None:
    whole = long_batch(range(300), changes=4, parts=100)
    with bench.opened() as index:
        index.record(whole.commits, iter(whole.parts[::-1]), whole.tips)
        index.add_sizes(sizes_of(blobs_in([whole])))
    other = FakeHistoryIndex()
    whole.record_in(other)
    other.add_sizes(sizes_of(blobs_in([whole])))
    with bench.opened() as index:
        assert ask(index, [whole]) == ask(other, [whole])


class Interrupted(BaseException):
    """What a person's interruption is to the code under test."""


@pytest.mark.parametrize("cause", [ValueError, Interrupted])
def test_an_exception_from_the_parts_leaves_everything_as_it_was(bench: Bench, cause: type[BaseException]) -> None:
    def broken() -> Iterator[Changes]:
        yield Changes([commit_id(2)], [change(2, "b", "y")])
        raise cause

    with bench.opened() as index:
        batch(1, changes=[change(1, "a", "x")]).record_in(index)
        before = ask(index, [])
        with pytest.raises(cause):
            index.record(batch(2, 3).commits, broken(), [commit_id(3)])
        assert ask(index, []) == before
    with bench.opened() as index:
        assert ask(index, []) == before
        batch(2, 3, changes=[change(3, "b", "z")]).record_in(index)
        assert [version.path for version in index.latest()] == ["a", "b"]


def test_an_answer_stays_what_it_was_whatever_is_asked_meanwhile(bench: Bench) -> None:
    with bench.opened() as index:
        batch(1, changes=[change(1, name, name) for name in "abcd"]).record_in(index)
        paths = []
        for version in index.versions_of([RepoPath(name) for name in "abc"]):
            index.rewrites([RepoPath("d")])
            index.add_sizes({version.blob: 4})
            paths.append(version.path)
        assert paths == ["a", "b", "c"]


@pytest.mark.parametrize("time", [-(2**70), -(2**62), -1, 0, 2**40, 2**63, 2**70])
def test_no_date_is_too_odd(tmp_path: Path, time: int) -> None:
    (tmp_path / "git").mkdir()
    commit = ListedCommit(commit_id(1), time)
    bench = Kept(tmp_path)
    with bench.opened() as index:
        index.record([commit], [Changes([commit.id], [change(1, "a", "x")])], [commit.id])
    with bench.opened() as index:
        assert [month.blobs for month in index.months()] == [1]
        assert [version.commit for version in index.latest()] == [commit.id]


_PATHS = [RepoPath(name) for name in ("a", "a/b", "b.c", b"\xff".decode("utf-8", "surrogateescape"), "ä")]
_MODES = [Mode.FILE, Mode.EXECUTABLE, REMOVED]
_CHANGE = st.one_of(
    st.tuples(st.sampled_from(_PATHS), st.sampled_from(_MODES), st.integers(0, 5).map(blob_id)),
    st.tuples(st.just(RepoPath("lib")), st.just(Mode.GITLINK), st.integers(6, 8).map(blob_id)),
)
_LEFT_OUT = st.sets(st.tuples(st.integers(0, 3), st.integers(0, 4)).map(commit_id))


@st.composite
def batches(draw: st.DrawFn) -> list[Batch]:
    """Up to four recordings of up to five commits each; some commits have a gap, and come again later."""
    found: list[Batch] = []
    unread: list[ListedCommit] = []
    for number in range(draw(st.integers(1, 4))):
        new = [
            ListedCommit(commit_id((number, at)), draw(st.integers(0, 4_000_000_000)))
            for at in range(draw(st.integers(0, 5)))
        ]
        commits = [*unread, *new]
        unread = [commit for commit in commits if draw(st.integers(0, 5)) == 0]
        parts = [_part(draw, commit, is_whole=commit not in unread) for commit in draw(st.permutations(commits))]
        tips = draw(st.lists(st.sampled_from([commit.id for commit in commits]), unique=True)) if commits else []
        found.append(Batch(commits, parts, tips))
    return found


def _part(draw: st.DrawFn, commit: ListedCommit, *, is_whole: bool) -> Changes:
    told = draw(st.lists(_CHANGE, max_size=4, unique_by=lambda one: one[0]))
    changes = [Change(commit.id, mode, blob, path) for path, mode, blob in told]
    return Changes([commit.id], changes) if is_whole else Changes([], changes, [Gap("missing", "")])


@given(recorded=batches(), left_out=_LEFT_OUT, since=st.integers(0, 3), forgotten=st.integers(0, 6))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_question_is_answered_as_by_going_through_everything(
    recorded: list[Batch], left_out: set[CommitId], since: int, forgotten: int
) -> None:
    index, fake = open_index(None, "maker", ""), FakeHistoryIndex()
    blobs = blobs_in(recorded)
    for done, one in enumerate(recorded):
        for either in (index, fake):
            if done == forgotten:
                either.forget()
            one.record_in(either)
            either.add_sizes(sizes_of(blobs[: done + 3]))
            either.add_looks(looks_at(blobs[: done + 2]))
            either.leave_out(left_out if done == since else ())
        assert ask(index, recorded) == ask(fake, recorded)
    index.close()


@given(recorded=batches(), left_out=_LEFT_OUT)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_file_that_is_opened_again_and_again_answers_as_if_all_had_been_recorded_at_once(
    recorded: list[Batch], left_out: set[CommitId]
) -> None:
    whole = [_without_gaps(one) for one in recorded]
    blobs = blobs_in(whole)
    at_once = FakeHistoryIndex()
    commits = list(dict.fromkeys(commit for one in whole for commit in one.commits))
    Batch(commits, [part for one in whole for part in one.parts], whole[-1].tips).record_in(at_once)
    at_once.add_sizes(sizes_of(blobs))
    with TemporaryDirectory() as folder:
        bench = Kept(Path(folder))
        Path(folder, "git").mkdir()
        for one in whole:
            with bench.opened() as index:
                one.record_in(index)
        with bench.opened() as index:
            index.add_sizes(sizes_of(blobs))
        with bench.opened() as index:
            assert ask(index, whole) == ask(at_once, whole)
            for either in (index, at_once):
                either.leave_out(left_out)
            assert ask(index, whole) == ask(at_once, whole)


def _without_gaps(one: Batch) -> Batch:
    """The same with only those commits that were read whole, and tips among them."""
    parts = [part for part in one.parts if part.commits]
    whole = {commit for part in parts for commit in part.commits}
    commits = [commit for commit in one.commits if commit.id in whole]
    return Batch(commits, parts, [tip for tip in one.tips if tip in whole])
