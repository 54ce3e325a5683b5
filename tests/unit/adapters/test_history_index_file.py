"""The file of a history index: what is kept in it, for whom, and what two programs at once make of it."""

import subprocess
import sys
from pathlib import Path

import pytest

from hygiene.adapters import history_database
from hygiene.adapters.history_index import SqliteHistoryIndex, clear, open_index
from hygiene.errors import UnremovableIndex
from hygiene.model.inventory import Gap
from hygiene.ports import Look
from tests.fakes.history_index import FakeHistoryIndex
from tests.histories import Batch, ask, blob_id, blobs_in, commit_id, long_batch, paths_in, sizes_of

_BATCH = long_batch(range(60), 3)
_LATER = long_batch(range(60, 90), 3)
_LOOKS = {blob_id("x"): Look(None, 3, minified=False)}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "git").mkdir()
    return tmp_path / "git" / "hygiene" / "index.sqlite"


def opened(file: Path, made_by: str = "maker", shallow_state: str = "") -> SqliteHistoryIndex:
    return open_index(file, made_by, shallow_state, file.parents[2] / "state")


def filled(file: Path) -> Path:
    index = opened(file)
    _BATCH.record_in(index)
    index.add_sizes(sizes_of(blobs_in([_BATCH])))
    index.add_looks(_LOOKS)
    index.close()
    return file


def test_another_makers_looks_are_forgotten_and_nothing_else(file: Path) -> None:
    index = opened(filled(file), made_by="another")
    assert index.looks(list(_LOOKS)) == {}
    assert index.frontier() == set(_BATCH.tips)
    index.add_looks({blob_id("y"): Look(None, 4, minified=False)})
    index.close()
    index = opened(file, made_by="another")
    assert index.looks([*_LOOKS, blob_id("y")]).keys() == {blob_id("y")}
    index.close()


def test_a_history_that_is_cut_elsewhere_is_read_anew(file: Path) -> None:
    """Where it is cut a commit counts as introducing all that it holds, which it otherwise does not."""
    index = opened(filled(file), shallow_state="cut")
    assert (index.frontier(), index.known()) == (frozenset(), frozenset())
    assert list(index.latest()) == []
    assert index.looks(list(_LOOKS)) == _LOOKS
    _BATCH.record_in(index)
    assert index.frontier() == set(_BATCH.tips)
    index.close()
    index = opened(file, shallow_state="cut")
    assert index.frontier() == set(_BATCH.tips)
    assert index.notes == ()
    index.close()


def test_nothing_is_written_where_nothing_is_new(file: Path) -> None:
    before = filled(file).stat()
    index = opened(file)
    _BATCH.record_in(index)
    index.add_sizes(sizes_of(blobs_in([_BATCH])))
    index.add_looks(_LOOKS)
    index.leave_out([commit_id(3)])
    list(index.latest())
    index.totals()
    index.close()
    assert (file.stat().st_ino, file.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_commit_that_can_never_be_read_does_not_have_it_written_every_time(file: Path) -> None:
    before = filled(file).stat()
    index = opened(file)
    index.record(_LATER.commits, [part._replace(commits=[], gaps=[Gap("missing", "")]) for part in _LATER.parts], [])
    assert index.totals().commits == 60
    index.close()
    assert file.stat().st_ino == before.st_ino


def test_nothing_is_written_before_there_is_something_to_keep(file: Path) -> None:
    index = opened(file)
    index.record([], [], [])
    index.add_sizes({})
    index.add_looks({})
    index.close()
    assert list(file.parents[2].iterdir()) == [file.parents[1]]
    assert list(file.parents[1].iterdir()) == []


def test_only_its_user_may_read_it(file: Path) -> None:
    assert filled(file).stat().st_mode & 0o077 == 0


def test_an_index_of_another_version_is_replaced(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(file)
    monkeypatch.setattr(history_database, "_SCHEMA_VERSION", 2)
    index = opened(file)
    assert "another version" in index.notes[0]
    assert index.known() == frozenset()
    _BATCH.record_in(index)
    index.close()
    index = opened(file)
    assert index.notes == ()
    assert len(index.known()) == 60
    index.close()


def test_closing_twice_does_no_harm(file: Path) -> None:
    index = opened(file)
    _BATCH.record_in(index)
    index.close()
    index.close()


def test_the_file_counts_in_a_copy_of_the_repository(file: Path) -> None:
    copy = file.parents[1].with_name("copy") / "hygiene" / "index.sqlite"
    filled(file).parents[1].rename(copy.parents[1])
    index = opened(copy)
    assert index.notes == ()
    assert len(index.known()) == 60
    index.close()


def test_of_two_programs_at_once_each_knows_what_it_recorded_and_the_first_to_end_is_kept(file: Path) -> None:
    filled(file)
    first, second = opened(file), opened(file)
    _LATER.record_in(first)
    other = long_batch(range(200, 230), 3)
    other.record_in(second)
    assert commit_id(70) not in second.known()
    assert commit_id(210) not in first.known()
    assert first.totals().commits == second.totals().commits == 90
    first.close()
    assert commit_id(70) not in second.known()
    second.close()
    assert first.notes == second.notes == ()
    index = opened(file)
    assert commit_id(70) in index.known()
    assert index.frontier() == set(_LATER.tips)
    other.record_in(index)
    assert index.totals().commits == 120
    index.close()


def test_who_reads_is_not_disturbed_when_another_replaces_the_file(file: Path) -> None:
    filled(file)
    reader, writer = opened(file), opened(file)
    before = ask(reader, [_BATCH])
    _LATER.record_in(writer)
    writer.close()
    assert ask(reader, [_BATCH]) == before
    reader.close()


_RECORD = """
import sys
from pathlib import Path
from hygiene.adapters.history_index import open_index
from tests.histories import blobs_in, long_batch, sizes_of

file, number = Path(sys.argv[1]), int(sys.argv[2])
for last in range(1, 6):
    index = open_index(file, "maker", "", file.parents[2] / "state")
    own = range(1_000 * number, 1_000 * number + last)
    batch = long_batch(range(20 * last) if number % 2 else own, 3)
    batch.record_in(index)
    index.add_sizes(sizes_of(blobs_in([batch])))
    index.close()
    assert index.notes == (), index.notes
"""


def test_many_programs_at_once_never_leave_anything_but_a_whole_index(file: Path) -> None:
    """Every other one records the same commits, the rest each something else; all make the first key at once."""
    root = Path(__file__).parents[3]
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", _RECORD, str(file), str(number)],
            env={"PYTHONPATH": f"{root / 'src'}:{root}"},
        )
        for number in range(6)
    ]
    assert [program.wait() for program in programs] == [0] * 6
    assert [path.name for path in file.parent.iterdir()] == ["index.sqlite"]
    assert [path.name for path in (file.parents[2] / "state").iterdir()] == ["seal.key"]
    index, fake = opened(file), FakeHistoryIndex()
    assert index.notes == ()
    recorded = index.known()
    known = [number for number in range(5_000) if commit_id(number) in recorded]
    assert len(known) == len(recorded) > 0
    single = [long_batch(range(number, number + 1), 3) for number in known]
    for one in single:
        one.record_in(fake)
    assert index.totals()[:4] == fake.totals()[:4]
    assert index.rewrites(paths_in(single)) == fake.rewrites(paths_in(single))
    index.close()


def test_clearing_removes_the_file_and_its_folder_and_tells_whether_there_was_one(file: Path) -> None:
    filled(file)
    for ending in ("-wal", ".new"):
        file.with_name(file.name + ending).touch()
    assert clear(file)
    assert not file.parent.exists()
    assert not clear(file)
    index = opened(file)
    assert index.known() == frozenset()
    assert index.notes == ()
    index.close()


def test_clearing_leaves_what_somebody_else_keeps_there(file: Path) -> None:
    (filled(file).parent / "mine").touch()
    assert clear(file)
    assert [path.name for path in file.parent.iterdir()] == ["mine"]


def test_what_was_cleared_meanwhile_is_not_brought_back(file: Path) -> None:
    index = opened(filled(file))
    _LATER.record_in(index)
    clear(file)
    index.close()
    assert not file.exists()


def test_clearing_tells_what_it_cannot_remove(file: Path) -> None:
    file.parent.mkdir()
    file.mkdir()
    with pytest.raises(UnremovableIndex) as refusal:
        clear(file)
    assert str(file) in refusal.value.message


def test_a_batch_larger_than_what_is_looked_up_at_once_is_recorded_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("hygiene.adapters.history_recording._BUFFERED", 50)
    monkeypatch.setattr("hygiene.adapters.history_recording._REMEMBERED", 30)
    index, fake = open_index(None, "maker", ""), FakeHistoryIndex()
    whole: list[Batch] = [_BATCH, _LATER]
    for one in whole:
        for either in (index, fake):
            one.record_in(either)
            either.add_sizes(sizes_of(blobs_in([one])))
    assert ask(index, whole) == ask(fake, whole)
    index.close()
