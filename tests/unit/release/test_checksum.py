"""A checksum is one that `sha256sum` reads, and that we read back."""

import hashlib
import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygiene.release.checksum import Checksum, checksum_line, checksums_in

CONTENT = b"an archive"
RIGHT = hashlib.sha256(CONTENT).hexdigest()


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
    assert checked(tmp_path, name, checksum_line(Checksum(RIGHT, name)))
    assert not checked(tmp_path, name, checksum_line(Checksum("0" * 64, name)))


def test_what_sha256sum_writes_is_read(tmp_path: Path) -> None:
    names = ["a b.zip", "back\\slash.zip", "two\nlines.zip"]
    for name in names:
        (tmp_path / name).write_bytes(CONTENT)
    for options in (["--text"], ["--binary"]):
        done = subprocess.run(["sha256sum", *options, *names], cwd=tmp_path, capture_output=True, check=True)
        assert list(checksums_in(done.stdout.decode())) == [Checksum(RIGHT, name) for name in names]


def test_it_is_one_line() -> None:
    assert checksum_line(Checksum("ab" * 32, "demo-1.zip")) == f"{'ab' * 32}  demo-1.zip\n"


@given(st.lists(st.text(st.characters(exclude_characters="\0"), min_size=1), max_size=3))
def test_any_names_come_back(names: list[str]) -> None:
    said = [Checksum(RIGHT, name) for name in names]
    assert list(checksums_in("".join(map(checksum_line, said)))) == said


@given(st.text(max_size=200))
def test_no_text_is_too_odd_to_be_read(text: str) -> None:
    assert all(len(each.sha256) == 64 for each in checksums_in(text))
