"""A write that is interrupted, for real, leaves what was there before."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

_WRITE = """
import sys
from pathlib import Path
from hygiene.adapters.disk_store import write_atomically
write_atomically(Path(sys.argv[1]), bytes(128 << 20))
"""


def start_writing(report: Path) -> subprocess.Popen[bytes]:
    """A process that has begun to write the report, and needs a while for it."""
    source = Path(__file__).parents[2] / "src"
    process = subprocess.Popen(
        [sys.executable, "-c", _WRITE, str(report)], env={"PYTHONPATH": str(source)}, stderr=subprocess.PIPE
    )
    deadline = time.monotonic() + 30
    while len(list(report.parent.iterdir())) < 2 and time.monotonic() < deadline:
        time.sleep(0.001)
    return process


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A report of yesterday, alone in its folder."""
    path = tmp_path / "report"
    path.write_bytes(b"yesterday")
    return path


def test_an_interrupted_write_leaves_the_old_file_and_nothing_else(report: Path) -> None:
    with start_writing(report) as process:
        process.send_signal(signal.SIGINT)
        _, complaint = process.communicate(timeout=30)
    assert b"KeyboardInterrupt" in complaint
    assert report.read_bytes() == b"yesterday"
    assert list(report.parent.iterdir()) == [report]


def test_a_killed_write_leaves_the_old_file(report: Path) -> None:
    with start_writing(report) as process:
        process.kill()
        process.communicate(timeout=30)
    assert process.returncode == -signal.SIGKILL
    assert report.read_bytes() == b"yesterday"
