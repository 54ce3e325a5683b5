"""A history index that is damaged, planted or out of place is never believed, never followed, and never in the way."""

import os
import random
import resource
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from hygiene.adapters.history_index import clear, open_index
from hygiene.errors import BrokenIndex, UnremovableIndex
from hygiene.ports import HistoryIndex
from tests.fakes.history_index import FakeHistoryIndex
from tests.histories import Answers, ask, blobs_in, long_batch, looks_at, sizes_of

_BATCH = long_batch(range(150), 4)
_BLOBS = blobs_in([_BATCH])
_CASES = 50


class Box:
    """A git directory with a place for an index, and the folder of the user's seal."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.state = folder / "state"
        self.file = folder / "git" / "hygiene" / "index.sqlite"
        self.file.parent.parent.mkdir(parents=True, exist_ok=True)

    @contextmanager
    def opened(self) -> Iterator[HistoryIndex]:
        index = open_index(self.file, "maker", "", self.state)
        try:
            yield index
        finally:
            index.close()

    def notes(self) -> str:
        """What a person is told who opens it, in one line."""
        with self.opened() as index:
            return " / ".join(index.notes)


def fill(index: HistoryIndex) -> None:
    _BATCH.record_in(index)
    index.add_sizes(sizes_of(_BLOBS))
    index.add_looks(looks_at(_BLOBS))


@pytest.fixture(scope="module")
def expected() -> Answers:
    index = FakeHistoryIndex()
    fill(index)
    return ask(index, [_BATCH])


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Box:
    """One that is in order; tests change copies of it."""
    box = Box(tmp_path_factory.mktemp("filled"))
    with box.opened() as index:
        fill(index)
    return box


@pytest.fixture
def box(filled: Box, tmp_path: Path) -> Box:
    shutil.copytree(filled.folder, tmp_path / "box")
    return Box(tmp_path / "box")


def assert_replaced(box: Box, expected: Answers) -> None:
    """It is not believed, a person is told, and after the next recording all is well."""
    with box.opened() as index:
        assert len(index.notes) == 1
        assert str(box.file) in index.notes[0]
        assert index.known() == index.frontier() == frozenset()
        fill(index)
        assert ask(index, [_BATCH]) == expected
    assert_in_order(box, expected)


def assert_kept_in_memory(box: Box, expected: Answers, told: str) -> None:
    """It works, keeps nothing, and a person is told why."""
    with box.opened() as index:
        assert index.known() == frozenset()
        fill(index)
        assert ask(index, [_BATCH]) == expected
    assert len(index.notes) == 1
    assert told in index.notes[0]


def assert_in_order(box: Box, expected: Answers) -> None:
    with box.opened() as index:
        assert index.notes == ()
        assert ask(index, [_BATCH]) == expected


def test_it_is_in_order_to_begin_with(box: Box, expected: Answers) -> None:
    assert_in_order(box, expected)


@pytest.mark.parametrize("case", range(_CASES))
def test_a_file_that_was_cut_is_replaced(box: Box, expected: Answers, case: int) -> None:
    length = box.file.stat().st_size
    os.truncate(box.file, random.Random(case).randrange(length) if case else 0)  # noqa: S311 - the same every time
    assert_replaced(box, expected)


@pytest.mark.parametrize("case", range(_CASES))
def test_a_file_with_another_bit_is_replaced(box: Box, expected: Answers, case: int) -> None:
    chance = random.Random(case)  # noqa: S311 - the same every time
    content = bytearray(box.file.read_bytes())
    for _ in range(chance.choice([1, 1, 2, 20])):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    box.file.write_bytes(content)
    assert_replaced(box, expected)


def _other_database(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript("CREATE TABLE other (a); INSERT INTO other VALUES (1)")


def _longer(file: Path) -> None:
    file.write_bytes(file.read_bytes() + b"\0")


@pytest.mark.parametrize(
    "spoil",
    [
        _other_database,
        _longer,
        lambda file: file.write_text("a text\n"),
        lambda file: file.write_bytes(b""),
        lambda file: file.write_bytes(bytes(100_000)),
    ],
)
def test_another_file_in_its_place_is_replaced(box: Box, expected: Answers, spoil: Callable[[Path], object]) -> None:
    spoil(box.file)
    assert_replaced(box, expected)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read anything")
def test_a_file_that_cannot_be_read_is_replaced(box: Box, expected: Answers) -> None:
    box.file.chmod(0o000)
    assert_replaced(box, expected)


def test_an_index_that_somebody_else_made_is_not_believed(box: Box, tmp_path: Path, expected: Answers) -> None:
    """It says that all was seen and nothing was there, and has a seal: that of whoever planted it."""
    planted = open_index(box.file, "maker", "", tmp_path / "state of another")
    planted.record(_BATCH.commits, [part._replace(changes=[]) for part in _BATCH.parts], _BATCH.tips)
    planted.close()
    with closing(sqlite3.connect(f"file:{box.file}?immutable=1", uri=True)) as connection:
        assert connection.execute("SELECT count(*) FROM change").fetchone() == (0,)
    assert_replaced(box, expected)


def test_an_index_without_its_users_seal_is_not_believed(box: Box, expected: Answers) -> None:
    shutil.rmtree(box.state)
    assert_replaced(box, expected)


@pytest.mark.parametrize("ending", ["-wal", "-shm", "-journal", ".new", ".0123.new"])
def test_what_lies_beside_it_is_not_looked_at(box: Box, expected: Answers, ending: str) -> None:
    beside = box.file.with_name(box.file.name + ending)
    beside.write_bytes(random.Random(1).randbytes(50_000))  # noqa: S311 - the same every time
    assert_in_order(box, expected)
    with box.opened() as index:
        index.record([], [], [_BATCH.commits[0].id])
    with box.opened() as index:
        assert index.notes == ()
        assert index.frontier() == {_BATCH.commits[0].id}


def test_of_a_link_that_looks_like_a_draft_the_link_goes_and_not_what_it_names(box: Box, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine")
    link = box.file.with_name("index.sqlite.0123.new")
    link.symlink_to(victim)
    with box.opened() as index:
        index.record([], [], [_BATCH.commits[0].id])
    assert victim.read_text() == "mine"
    assert not link.is_symlink()
    assert box.notes() == ""


def test_a_symlink_in_its_place_is_not_followed(box: Box, expected: Answers, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    box.file.rename(elsewhere)
    content = elsewhere.read_bytes()
    box.file.symlink_to(elsewhere)
    assert_kept_in_memory(box, expected, "a symlink")
    assert elsewhere.read_bytes() == content
    assert box.file.is_symlink()
    with pytest.raises(UnremovableIndex, match="a symlink"):
        clear(box.file)


@pytest.mark.parametrize("target", ["real", "nothing"])
def test_a_symlink_in_place_of_its_folder_is_not_followed(
    box: Box, expected: Answers, tmp_path: Path, target: str
) -> None:
    shutil.move(box.file.parent, tmp_path / "real")
    box.file.parent.symlink_to(tmp_path / target)
    assert_kept_in_memory(box, expected, "a symlink")
    assert [path.name for path in (tmp_path / "real").iterdir()] == ["index.sqlite"]
    assert not (tmp_path / "nothing").exists()
    with pytest.raises(UnremovableIndex, match="a symlink"):
        clear(box.file)


def test_a_pipe_in_its_place_does_not_make_us_wait(box: Box, expected: Answers) -> None:
    box.file.unlink()
    os.mkfifo(box.file)
    assert_kept_in_memory(box, expected, "a pipe")
    with pytest.raises(UnremovableIndex, match="a pipe"):
        clear(box.file)


def test_a_folder_in_its_place_is_left_alone(box: Box, expected: Answers) -> None:
    box.file.unlink()
    box.file.mkdir()
    (box.file / "mine").touch()
    assert_kept_in_memory(box, expected, "a folder")
    with pytest.raises(UnremovableIndex, match="a folder"):
        clear(box.file)
    assert (box.file / "mine").exists()


def test_a_file_in_place_of_its_folder_is_left_alone(box: Box, expected: Answers) -> None:
    shutil.rmtree(box.file.parent)
    box.file.parent.write_text("mine")
    assert_kept_in_memory(box, expected, "a file")
    assert box.file.parent.read_text() == "mine"


def test_without_room_on_the_disk_it_is_kept_in_memory(tmp_path: Path, expected: Answers) -> None:
    box = Box(tmp_path)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))
    try:
        assert_kept_in_memory(box, expected, "cannot be kept")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert list(box.file.parent.iterdir()) == []


def test_without_room_on_the_disk_the_old_one_stays(box: Box, expected: Answers) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))
    try:
        with box.opened() as index:
            index.record([], [], [_BATCH.commits[0].id])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert_in_order(box, expected)


def test_without_a_place_for_the_seal_it_is_kept_in_memory(tmp_path: Path, expected: Answers) -> None:
    box = Box(tmp_path)
    box.state.write_text("no folder")
    assert_kept_in_memory(box, expected, "cannot be kept")
    assert not box.file.exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_git_directory_that_cannot_be_written_to_is_still_read(box: Box, expected: Answers) -> None:
    box.file.parent.chmod(0o500)
    try:
        assert_in_order(box, expected)
        with box.opened() as index:
            index.record([], [], [_BATCH.commits[0].id])
            assert index.frontier() == {_BATCH.commits[0].id}
        assert_in_order(box, expected)
    finally:
        box.file.parent.chmod(0o700)


def _damage(box: Box, table: str) -> None:
    with closing(sqlite3.connect(f"file:{box.file}?immutable=1", uri=True)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    with box.file.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xff" * 4096)


def test_a_file_that_is_damaged_while_it_is_read_is_told_of(box: Box) -> None:
    with box.opened() as index:
        _damage(box, "change")
        with pytest.raises(BrokenIndex):
            list(index.latest())
    assert "damaged" in box.notes()


@pytest.mark.parametrize("is_asked", [True, False])
def test_what_was_read_from_a_file_that_was_damaged_meanwhile_is_not_kept(box: Box, is_asked: object) -> None:
    with box.opened() as index:
        _damage(box, "change")
        if is_asked:
            with pytest.raises(BrokenIndex):
                list(index.latest())
        index.record([], [], [_BATCH.commits[0].id])
        assert index.frontier() == {_BATCH.commits[0].id}
    assert "damaged" in box.notes()
