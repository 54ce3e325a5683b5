"""A folder for what is about to be written."""

from contextlib import suppress
from pathlib import Path

import pytest

from hygiene.adapters.output_folder import output_folder
from hygiene.errors import UnwritableOutput


def test_what_was_made_and_stays_empty_goes_again(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    with output_folder(tmp_path / "there/a/b"):
        assert (tmp_path / "there/a/b").is_dir()
    assert list(tmp_path.rglob("*")) == [tmp_path / "there"]


def test_what_holds_something_stays_also_after_a_failure(tmp_path: Path) -> None:
    with suppress(ValueError), output_folder(tmp_path / "a/b"):
        (tmp_path / "a/file").write_bytes(b"")
        raise ValueError
    assert sorted(tmp_path.rglob("*")) == [tmp_path / "a", tmp_path / "a/file"]


def test_a_place_below_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(UnwritableOutput, match="file"), output_folder(tmp_path / "file/dist"):
        pass
