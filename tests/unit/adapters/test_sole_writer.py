"""One writer at a time, and nothing that a killed one leaves behind."""

import subprocess
import sys
from pathlib import Path

import pytest

from hygiene.adapters.sole_writer import sole_writer
from hygiene.errors import BusyPlace, ExitStatus, UnwritableOutput

_HOLD = """
import sys, time
from pathlib import Path
from hygiene.adapters.sole_writer import sole_writer
with sole_writer(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_another_waits_and_a_killed_one_holds_nothing(tmp_path: Path) -> None:
    file = tmp_path / "hygiene.toml"
    source = Path(__file__).parents[3] / "src"
    with subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(file)], env={"PYTHONPATH": str(source)}, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(BusyPlace) as caught, sole_writer(file, patience=0.1):
            pass
        holder.kill()
    assert caught.value.status is ExitStatus.REFUSED
    with sole_writer(file, patience=0.1):
        assert list(tmp_path.iterdir()) == []


def test_a_place_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnwritableOutput, match="none"), sole_writer(tmp_path / "none" / "file"):
        pass
