"""A program that is killed while it records a history, at any moment, costs the next one nothing but time."""

import shutil
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.faults.index_recorder import EARLIER, LATER, index_in, record_later
from tests.histories import Answers, ask

_KILLS = 50


class Pace(NamedTuple):
    """Seconds that it takes to record, and to save."""

    recording: float
    saving: float


def start(box: Path) -> subprocess.Popen[str]:
    """A program that records the later half; it has just begun to."""
    root = Path(__file__).parents[2]
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.index_recorder", str(box)],
        env={"PYTHONPATH": f"{root / 'src'}:{root}"},
        stdout=subprocess.PIPE,
        text=True,
    )
    wait_for(process, "recording")
    return process


def wait_for(process: subprocess.Popen[str], word: str) -> None:
    assert process.stdout is not None
    assert process.stdout.readline() == f"{word}\n"


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an index that knows the earlier half, and the user's seal."""
    box = tmp_path_factory.mktemp("box")
    (box / "git").mkdir()
    index = index_in(box)
    EARLIER.record_in(index)
    index.close()
    return box


@pytest.fixture(scope="module")
def expected() -> Answers:
    """What a cold index in memory tells of both halves."""
    index = index_in(None)
    EARLIER.record_in(index)
    record_later(index)
    return ask(index, [EARLIER, LATER])


@pytest.fixture(scope="module")
def pace(box: Path, tmp_path_factory: pytest.TempPathFactory) -> Pace:
    """How long it takes where nobody kills it."""
    copy = tmp_path_factory.mktemp("pace") / "box"
    shutil.copytree(box, copy)
    with start(copy) as process:
        began = time.monotonic()
        wait_for(process, "saving")
        recorded = time.monotonic()
        wait_for(process, "done")
        saved = time.monotonic()
    assert len(known_in(copy)) == 500
    return Pace(recorded - began, saved - recorded)


def known_in(box: Path) -> frozenset[str]:
    """The commits that are known; nothing is wrong with the index."""
    index = index_in(box)
    known = index.known()
    index.close()
    assert index.notes == ()
    return known


def kill_one(box: Path, moment: int, pace: Pace) -> str:
    """Kills a program at one of many moments, every other one while it saves, which is soon over; what it was doing."""
    share = moment / _KILLS
    with start(box) as process:
        if moment % 2:
            wait_for(process, "saving")
        time.sleep(share * (pace.saving if moment % 2 else pace.recording))
        process.kill()
        assert process.stdout is not None
        words = process.stdout.read().split()
    if list((box / "git" / "hygiene").glob("*.new")):
        return "half saved"
    return words[-1] if words else ("saving" if moment % 2 else "recording")


def test_whenever_a_recording_is_killed_the_next_one_ends_as_a_cold_one(
    box: Path, expected: Answers, pace: Pace, tmp_path: Path
) -> None:
    met: Counter[str] = Counter()
    for moment in range(_KILLS):
        copy = tmp_path / str(moment)
        shutil.copytree(box, copy)
        doing = kill_one(copy, moment, pace)
        met[doing] += 1
        known = known_in(copy)
        assert len(known) in ((100,) if doing == "recording" else (100, 500))
        index = index_in(copy)
        record_later(index)
        index.close()
        again = index_in(copy)
        assert ask(again, [EARLIER, LATER]) == expected
        again.close()
        assert [path.name for path in (copy / "git" / "hygiene").iterdir()] == ["index.sqlite"]
    # Else it would show nothing. The moments are spread such that both are met many times.
    assert met["recording"] >= 5, met
    assert met["half saved"] >= 1, met
