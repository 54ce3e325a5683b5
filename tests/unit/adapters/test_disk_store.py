"""A file is written whole or not at all."""

import os
import stat
from pathlib import Path

import pytest

from hygiene.adapters.disk_store import replace_unchanged, write_atomically
from hygiene.errors import ChangedMeanwhile, UnwritableOutput


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file_holds_the_bytes_and_stands_alone(tmp_path: Path) -> None:
    write_atomically(tmp_path / "report", b"a\r\nb\0")
    assert (tmp_path / "report").read_bytes() == b"a\r\nb\0"
    assert names_in(tmp_path) == ["report"]


def test_a_file_gets_the_mode_that_the_umask_gives(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_atomically(tmp_path / "report", b"")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "report").stat().st_mode) == 0o640


@pytest.mark.parametrize("mode", [0o444, 0o600, 0o755])
def test_a_file_that_is_replaced_keeps_its_mode(tmp_path: Path, mode: int) -> None:
    (tmp_path / "report").write_bytes(b"old")
    (tmp_path / "report").chmod(mode)
    write_atomically(tmp_path / "report", b"new")
    assert stat.S_IMODE((tmp_path / "report").stat().st_mode) == mode
    assert (tmp_path / "report").read_bytes() == b"new"


def test_a_file_is_replaced_as_a_whole(tmp_path: Path) -> None:
    report = tmp_path / "report"
    report.write_bytes(b"a much longer report of yesterday")
    with report.open("rb") as reader:
        write_atomically(report, b"new")
        assert reader.read() == b"a much longer report of yesterday"
    assert report.read_bytes() == b"new"


@pytest.mark.parametrize("exists", [True, False], ids=["target", "no-target"])
def test_a_symlink_stays_and_its_target_is_written(tmp_path: Path, *, exists: bool) -> None:
    target = tmp_path / "elsewhere" / "real"
    target.parent.mkdir()
    if exists:
        target.write_bytes(b"old")
    link = tmp_path / "link"
    link.symlink_to("elsewhere/real")
    write_atomically(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert names_in(target.parent) == ["real"]


def test_a_symlink_that_leads_out_of_its_folder_is_refused(tmp_path: Path) -> None:
    victim, folder = tmp_path / "victim", tmp_path / "repository"
    victim.write_bytes(b"precious")
    folder.mkdir()
    (folder / "report.json").symlink_to("../victim")
    with pytest.raises(UnwritableOutput, match="leads out of its folder"):
        write_atomically(folder / "report.json", b"new")
    assert victim.read_bytes() == b"precious"


def test_a_git_directory_is_no_place_for_reports(tmp_path: Path) -> None:
    index = tmp_path / ".git" / "index"
    index.parent.mkdir()
    index.write_bytes(b"DIRC")
    with pytest.raises(UnwritableOutput, match="Git directory"):
        write_atomically(index, b"report")
    assert index.read_bytes() == b"DIRC"


def test_a_relative_destination_means_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_atomically(Path("report"), b"here")
    assert (tmp_path / "report").read_bytes() == b"here"


def test_a_folder_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(UnwritableOutput, match="folder"):
        write_atomically(tmp_path / "folder", b"")
    assert names_in(tmp_path) == ["folder"]


def test_a_device_or_pipe_is_never_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for special in (tmp_path / "pipe", Path(os.devnull)):
        with pytest.raises(UnwritableOutput, match=r"not a regular file|stands for a stream"):
            write_atomically(special, b"")
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)
    assert names_in(tmp_path) == ["pipe"]


def test_a_symlink_that_leads_to_itself_is_refused(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(UnwritableOutput):
        write_atomically(tmp_path / "loop", b"")
    assert names_in(tmp_path) == ["loop"]


@pytest.mark.parametrize("place", ["no/such/folder/report", "file/report", "x" * 300])
def test_a_place_that_cannot_be_is_named(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UnwritableOutput, match=place):
        write_atomically(tmp_path / place, b"")
    assert names_in(tmp_path) == ["file"]


def test_a_full_disk_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "report").write_bytes(b"old")
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))  # stands in for a disk with 1,000 free bytes
    try:
        with pytest.raises(UnwritableOutput, match="report") as caught:
            write_atomically(tmp_path / "report", bytes(5000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert names_in(tmp_path) == ["report"]
    assert (tmp_path / "report").read_bytes() == b"old"
    assert "--" not in caught.value.hint  # not every command that writes has the same options


@pytest.mark.parametrize("before", [b"old", None])
def test_what_is_as_it_was_read_is_replaced(tmp_path: Path, before: bytes | None) -> None:
    if before is not None:
        (tmp_path / "file").write_bytes(before)
    replace_unchanged(tmp_path / "file", before, b"new")
    assert (tmp_path / "file").read_bytes() == b"new"


@pytest.mark.parametrize(("before", "now"), [(b"old", b"somebody's"), (None, b""), (b"old", None)])
def test_what_somebody_else_has_written_meanwhile_stays(
    tmp_path: Path, before: bytes | None, now: bytes | None
) -> None:
    if now is not None:
        (tmp_path / "file").write_bytes(now)
    with pytest.raises(ChangedMeanwhile, match="nothing was written"):
        replace_unchanged(tmp_path / "file", before, b"new")
    assert names_in(tmp_path) == ([] if now is None else ["file"])
    assert now is None or (tmp_path / "file").read_bytes() == now
