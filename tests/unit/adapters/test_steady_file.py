"""Files of unknown origin, and how it is told that one cannot be read."""

from pathlib import Path

import pytest

from hygiene.adapters.steady_file import SteadyFile
from hygiene.errors import UnreadableFile


def test_what_is_no_file_is_told_of_as_a_file(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="it is a folder") as told:
        SteadyFile.at(tmp_path)
    assert "zip" not in str(told.value.hint)


def test_a_file_that_changes_is_not_read_as_if_it_had_not(tmp_path: Path) -> None:
    path = tmp_path / "demo.zip.sha256"
    path.write_bytes(b"before")
    file = SteadyFile.at(path)
    assert (file.size, file.read(2)) == (6, b"bef")
    path.write_bytes(b"afterwards")
    with pytest.raises(UnreadableFile, match="changed"):
        file.digest()
