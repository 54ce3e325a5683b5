"""A checksum is one that `sha256sum` reads."""

import hashlib
import os
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from hygiene.model.release import Written
from hygiene.report.checksum_text import checksum_text

CONTENT = b"an archive"


def checked(folder: Path, name: str, text: str) -> bool:
    (folder / name).write_bytes(CONTENT)
    sums = folder / "sums"
    sums.write_bytes(os.fsencode(text))
    command = ["sha256sum", "-c", "--strict", sums.name]
    return subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize(
    "name", ["demo-1.2.0.zip", "a b.zip", "back\\slash.zip", "two\nlines.zip", "re\rturn.zip", "latin\udce9.zip", "*x"]
)
def test_sha256sum_takes_it(tmp_path: Path, name: str) -> None:
    right = Written(len(CONTENT), hashlib.sha256(CONTENT).hexdigest(), ())
    assert checked(tmp_path, name, checksum_text(right, name))
    assert not checked(tmp_path, name, checksum_text(replace(right, sha256="0" * 64), name))


def test_it_is_one_line() -> None:
    assert checksum_text(Written(1, "ab" * 32, ()), "demo-1.zip") == f"{'ab' * 32}  demo-1.zip\n"
