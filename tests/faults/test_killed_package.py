"""A packager that is killed at any moment, or that has no room, leaves no archive that is not whole."""

import hashlib
import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from fixtures.repositories import RepositoryBuilder
from hygiene.adapters.discovery import open_repository
from hygiene.adapters.draft_file import DraftFile
from hygiene.adapters.package_draft import ProcessPacker
from hygiene.errors import UnwritableOutput
from tests.faults.test_killed_untrack import in_a_child
from tests.packing import ZIP, Begun, all_of, begin

_KILLS = 24
_OLD = b"an older archive"
_PROOFS = {"demo.zip.sha256", "demo.zip.manifest.json"}
_REFUSED = 41


class Pace(NamedTuple):
    """Seconds that it takes to write, and to put in place; and what comes of it."""

    writing: float
    publishing: float
    sha256: str


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    builder = RepositoryBuilder(tmp_path_factory.mktemp("package") / "repository")
    for number in range(8):
        builder.file(f"text{number}", b"line %d\n" % number * 300_000)
    builder.file("noise", hashlib.shake_128(b"noise").digest(5 << 20))
    builder.commit()
    return builder.path


@pytest.fixture(scope="module")
def pace(place: Path, tmp_path_factory: pytest.TempPathFactory) -> Pace:
    """That of a program which nobody kills."""
    folder = tmp_path_factory.mktemp("pace")
    with start(place, folder) as process:
        began = time.monotonic()
        wait_for(process, "publishing")
        written = time.monotonic()
        wait_for(process, "done")
        done = time.monotonic()
    assert {each.name for each in folder.iterdir()} == {"demo.zip", *_PROOFS}
    return Pace(written - began, done - written, sha256_of(folder / "demo.zip"))


def start(place: Path, folder: Path) -> subprocess.Popen[str]:
    """A program that has just begun to write."""
    root = Path(__file__).parents[2]
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.package_writer", str(place), str(folder)],
        env={"PYTHONPATH": f"{root / 'src'}:{root}", "PATH": os.environ["PATH"]},
        stdout=subprocess.PIPE,
        text=True,
    )
    wait_for(process, "writing")
    return process


def wait_for(process: subprocess.Popen[str], word: str) -> None:
    assert process.stdout is not None
    assert process.stdout.readline() == f"{word}\n"


def sha256_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def has_unnamed_files(folder: Path) -> bool:
    draft = DraftFile.inside(folder)
    names = list(folder.iterdir())
    draft.discard()
    return not names


def kill_one(place: Path, folder: Path, wait: float, *, publishing: bool) -> str:
    """Kills a program that long after it began to write, or to publish; the last that it said."""
    with start(place, folder) as process:
        if publishing:
            wait_for(process, "publishing")
        time.sleep(wait)
        process.kill()
        assert process.stdout is not None
        words = process.stdout.read().split()
    return words[-1] if words else ("publishing" if publishing else "writing")


@pytest.mark.parametrize("before", [None, _OLD])
def test_whenever_it_is_killed_the_archive_is_whole_or_not_there(
    place: Path, pace: Pace, tmp_path: Path, before: bytes | None
) -> None:
    chance = random.Random(7)  # noqa: S311 - moments, not secrets
    met: Counter[str] = Counter()
    for moment in range(_KILLS // 2):
        folder = tmp_path / str(moment)
        folder.mkdir()
        unnamed = has_unnamed_files(folder)
        if before is not None:
            (folder / "demo.zip").write_bytes(before)
        publishing = moment % 2 == 1
        wait = chance.random() * (pace.publishing if publishing else pace.writing)
        met[kill_one(place, folder, wait, publishing=publishing)] += 1
        found = {each.name for each in folder.iterdir()}
        if "demo.zip" in found and (before is None or (folder / "demo.zip").read_bytes() != before):
            assert sha256_of(folder / "demo.zip") == pace.sha256
            assert (folder / "demo.zip.sha256").read_text() == pace.sha256
        if unnamed and before is None:
            assert found <= {"demo.zip", *_PROOFS}
    assert met["writing"] >= 2, met


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="no /proc to see processes in")
def test_the_writing_process_does_not_outlive_the_program(place: Path, tmp_path: Path) -> None:
    with start(place, tmp_path) as process:
        children = children_of(process.pid)
        process.kill()
    assert children
    deadline = time.monotonic() + 10
    while any(is_alive(child) for child in children) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not any(is_alive(child) for child in children)


def children_of(parent: int) -> list[int]:
    told = subprocess.run(["ps", "-o", "pid=", "--ppid", str(parent)], check=False, capture_output=True).stdout
    return [int(word) for word in told.split()]


def is_alive(process: int) -> bool:
    try:
        return "State:\tZ" not in Path(f"/proc/{process}/status").read_text()
    except OSError:
        return False


def told(work: Callable[[], object]) -> int:
    """How the work ends, as a status: well, or refused with a word on why."""

    def report() -> None:
        try:
            work()
        except UnwritableOutput as failure:
            os._exit(_REFUSED if failure.message else 1)

    return in_a_child(report)


@pytest.mark.parametrize("room", [0, 4_096, 1 << 20, 3 << 20])
def test_a_full_disk_is_told_and_leaves_nothing(place: Path, tmp_path: Path, room: int) -> None:
    def pack() -> None:
        repository = open_repository(place)
        chosen = all_of(repository)
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
        draft = Begun(ProcessPacker(repository.facts, tmp_path), ZIP, chosen)
        try:
            draft.finish()
        finally:
            draft.discard()

    assert told(pack) == _REFUSED
    assert list(tmp_path.iterdir()) == []


def test_no_room_for_the_proof_leaves_no_archive_either(place: Path, tmp_path: Path) -> None:
    def pack() -> None:
        draft = begin(place, tmp_path)
        draft.finish()
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
        try:
            draft.publish(tmp_path / "demo.zip", {".sha256": b"fits", ".manifest.json": bytes(1000)})
        finally:
            draft.discard()

    assert told(pack) == _REFUSED
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_folder_that_may_not_be_written_is_told(place: Path, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(UnwritableOutput):
        begin(place, tmp_path).finish()
    tmp_path.chmod(0o700)
