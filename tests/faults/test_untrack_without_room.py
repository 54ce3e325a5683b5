"""Where there is no room, or nothing may be written, untracking changes nothing and says why."""

import os
import resource
import signal
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from fixtures.repositories import RepositoryBuilder
from hygiene.errors import HygieneError, Unfinished, UntrackRefused, UnwritableOutput
from hygiene.model.untracking import Operation
from tests.faults.test_killed_untrack import in_a_child
from tests.untracking import (
    apply_at,
    leaving,
    recover_at,
    see,
    small_operation,
    small_repository,
    undo_at,
)

_REFUSED, _UNFINISHED = 41, 42


def told(work: Callable[[], object]) -> int:
    """How the work ends, as a status: well, refused with a word on why, or unfinished."""

    def report() -> None:
        try:
            work()
        except Unfinished as failure:
            os._exit(_UNFINISHED if failure.problems else 1)
        except HygieneError as failure:
            os._exit(_REFUSED if failure.message else 1)

    return in_a_child(report)


def with_files_up_to(size: int, work: Callable[[], object]) -> None:
    """As on a full disk: no file, of ours or of git's, can grow beyond this."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    work()


def test_a_full_disk_changes_nothing_or_leaves_what_can_be_completed(tmp_path: Path) -> None:
    builder = small_repository(tmp_path / "r")
    state = tmp_path / "state"
    operation = small_operation(builder.path, builder)
    before = see(builder.path)
    met = set()
    for size in (0, 20, 100, 400, 800, 1200, 2000, 3000):
        ended = told(partial(with_files_up_to, size, partial(apply_at, builder.path, state, operation)))
        met.add(ended)
        recover_at(builder.path, state)
        assert not (builder.git_dir / "index.lock").exists()
        if ended == _REFUSED:
            assert see(builder.path) == before
        else:
            assert see(builder.path) != before
            undo_at(builder.path, state)
            assert see(builder.path) == before
    assert {0, _REFUSED} <= met


def test_an_undo_on_a_full_disk_changes_nothing(tmp_path: Path) -> None:
    builder = small_repository(tmp_path / "r")
    state = tmp_path / "state"
    before = see(builder.path)
    apply_at(builder.path, state, small_operation(builder.path, builder))
    after = see(builder.path)
    for size in (0, 100, 400):
        assert told(partial(with_files_up_to, size, partial(undo_at, builder.path, state))) == _REFUSED
        recover_at(builder.path, state)
        assert see(builder.path) == after
    undo_at(builder.path, state)
    assert see(builder.path) == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_git_directory_that_may_not_be_written_is_left_as_it_is(tmp_path: Path) -> None:
    builder = small_repository(tmp_path / "r")
    before = see(builder.path)
    builder.git_dir.chmod(0o500)
    try:
        with pytest.raises(UnwritableOutput):
            apply_at(builder.path, tmp_path / "state", Operation(leaving(builder.path, ".pyc")))
        assert see(builder.path) == before
    finally:
        builder.git_dir.chmod(0o700)


def test_a_place_for_receipts_that_is_no_folder_stops_it(tmp_path: Path) -> None:
    builder = RepositoryBuilder(tmp_path / "r")
    builder.file("a.pyc", b"x")
    builder.commit()
    builder.check_out()
    (builder.git_dir / "hygiene").write_bytes(b"in the way")
    before = see(builder.path)
    with pytest.raises(UnwritableOutput):
        apply_at(builder.path, tmp_path / "state", Operation(leaving(builder.path, ".pyc")))
    assert see(builder.path) == before


def test_a_state_folder_that_cannot_be_made_stops_it(tmp_path: Path) -> None:
    builder = small_repository(tmp_path / "r")
    (tmp_path / "state").write_bytes(b"in the way")
    before = see(builder.path)
    with pytest.raises(UnwritableOutput):
        apply_at(builder.path, tmp_path / "state", Operation(leaving(builder.path, ".pyc")))
    assert see(builder.path) == before


def test_a_file_that_could_not_be_written_stops_it_before_anything_happens(tmp_path: Path) -> None:
    builder = small_repository(tmp_path / "r")
    operation = small_operation(builder.path, builder)
    (builder.path / "Input").rename(builder.path / "elsewhere")
    (builder.path / "Input").write_bytes(b"a file where the placeholder's folder must be")
    before = see(builder.path)
    with pytest.raises(UntrackRefused, match=r"Input/\.gitkeep"):
        apply_at(builder.path, tmp_path / "state", operation)
    assert see(builder.path) == before
