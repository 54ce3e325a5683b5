"""Zip files as other programs read them."""

import io
import random
import shutil
import stat
import subprocess
import zipfile
from pathlib import Path

import pytest

from hygiene.adapters.archive_writing import UnfitEntry
from tests.unit.adapters.archives import Part, write_zip, zip_of

TEXT = b"".join(b"line %d of a text that shrinks well\n" % number for number in range(200_000))
NOISE = random.Random(1).randbytes(3_000_000)  # noqa: S311 - the same bytes every time

PARTS = (
    Part("demo-1/a.txt", b"hello hello hello hello hello hello"),
    Part("demo-1/bin/run", b"#!/bin/sh\n", "100755"),
    Part("demo-1/caf\u00e9/\U0001f4a9", b"x"),
    Part("demo-1/empty", b""),
    Part("demo-1/large.txt", TEXT, streamed=True),
    Part("demo-1/link", b"a.txt", "120000"),
    Part("demo-1/noise", NOISE[:5_000]),
    Part("demo-1/noise-large", NOISE, streamed=True),
)


def read(archive: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        assert opened.testzip() is None
        return {info.filename: opened.read(info) for info in opened.infolist()}


def test_zipfile_reads_what_was_written_in_its_order() -> None:
    archive = zip_of(PARTS)
    assert list(read(archive).items()) == [(part.name, part.content) for part in PARTS]


def test_info_zip_finds_no_error(tmp_path: Path) -> None:
    program = shutil.which("unzip")
    if program is None:
        pytest.skip("no unzip here")
    (tmp_path / "a.zip").write_bytes(zip_of(PARTS))
    told = subprocess.run([program, "-tq", tmp_path / "a.zip"], check=True, capture_output=True)
    assert told.stderr == b""
    subprocess.run([program, "-q", tmp_path / "a.zip", "-d", tmp_path], check=True, env={"LC_ALL": "C.UTF-8"})
    assert (tmp_path / "demo-1/large.txt").read_bytes() == TEXT
    assert (tmp_path / "demo-1/link").readlink() == Path("a.txt")
    assert (tmp_path / "demo-1/bin/run").stat().st_mode & 0o777 == 0o755
    assert (tmp_path / "demo-1/a.txt").stat().st_mode & 0o777 == 0o644
    assert (tmp_path / "demo-1/caf\u00e9/\U0001f4a9").read_bytes() == b"x"


def test_an_entry_says_its_mode_its_time_and_nothing_else() -> None:
    with zipfile.ZipFile(io.BytesIO(zip_of(PARTS))) as opened:
        infos = {info.filename.removeprefix("demo-1/"): info for info in opened.infolist()}
        assert opened.comment == b""
    modes = {name: stat.filemode(info.external_attr >> 16) for name, info in infos.items()}
    assert (modes["a.txt"], modes["bin/run"], modes["link"]) == ("-rw-r--r--", "-rwxr-xr-x", "l---------")
    for name, info in infos.items():
        assert (info.create_system, info.extra, info.comment, info.internal_attr) == (3, b"", b"", 0)
        assert info.external_attr & 0xFFFF == 0
        assert info.date_time == (2023, 11, 14, 22, 13, 20)
        assert info.flag_bits == (0 if name.isascii() else 0x800)


def test_what_does_not_shrink_is_stored() -> None:
    with zipfile.ZipFile(io.BytesIO(zip_of(PARTS))) as opened:
        methods = {info.filename.removeprefix("demo-1/"): info.compress_type for info in opened.infolist()}
        sizes = {info.filename.removeprefix("demo-1/"): info.compress_size for info in opened.infolist()}
    assert {name for name, method in methods.items() if method == zipfile.ZIP_DEFLATED} == {"a.txt", "large.txt"}
    assert sizes["large.txt"] < len(TEXT) / 3
    assert sizes["noise-large"] == len(NOISE)


def test_a_stored_zip_compresses_nothing() -> None:
    with zipfile.ZipFile(io.BytesIO(zip_of(PARTS, stored=True))) as opened:
        assert {info.compress_type for info in opened.infolist()} == {zipfile.ZIP_STORED}
        assert opened.testzip() is None


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (0, (1980, 1, 1, 0, 0, 0)),
        (-1 << 40, (1980, 1, 1, 0, 0, 0)),
        (315_532_800, (1980, 1, 1, 0, 0, 0)),
        (951_782_400, (2000, 2, 29, 0, 0, 0)),
        (4_354_819_199, (2107, 12, 31, 23, 59, 58)),
        (1 << 40, (2107, 12, 31, 23, 59, 58)),
    ],
)
def test_a_time_beyond_what_a_zip_holds_becomes_the_nearest(seconds: int, expected: tuple[int, ...]) -> None:
    with zipfile.ZipFile(io.BytesIO(zip_of([Part("a", b"")], seconds=seconds))) as opened:
        assert opened.infolist()[0].date_time == expected


def test_twice_the_same_is_the_same_bytes() -> None:
    assert zip_of(PARTS) == zip_of(PARTS)


def test_an_empty_zip_is_a_zip() -> None:
    assert read(zip_of([])) == {}


@pytest.mark.parametrize("size", [1 << 20, (1 << 20) + 1, 1])
def test_a_stream_may_end_where_a_block_ends(size: int) -> None:
    content = TEXT[:size]
    assert read(zip_of([Part("a", content, streamed=True)])) == {"a": content}


@pytest.mark.parametrize(("count", "is_wide"), [(65_534, False), (65_535, True), (70_000, True)])
def test_more_entries_than_16_bits_count(count: int, is_wide: bool) -> None:  # noqa: FBT001 - pytest gives it
    archive = zip_of(Part(f"{number:05}", b"") for number in range(count))
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        assert [info.filename for info in opened.infolist()] == [f"{number:05}" for number in range(count)]
    assert (b"PK\6\6" in archive[-200:]) is is_wide


def test_offsets_beyond_4_gib(tmp_path: Path) -> None:
    place = tmp_path / "sparse.zip"
    with place.open("w+b") as file:
        file.seek(5 << 30)
        write_zip(file, PARTS)
    with zipfile.ZipFile(place) as opened:
        assert opened.infolist()[0].header_offset == 5 << 30
        assert opened.infolist()[0].extra[:4] == b"\1\0\10\0"
        assert {info.filename: opened.read(info) for info in opened.infolist()} == {p.name: p.content for p in PARTS}
    program = shutil.which("unzip")
    if program is not None:
        assert subprocess.run([program, "-tq", place], check=True, capture_output=True).stderr == b""


def test_a_name_that_no_zip_holds_is_refused() -> None:
    assert list(read(zip_of([Part("n" * 65_535, b"x")])).values()) == [b"x"]
    with pytest.raises(UnfitEntry, match="too long"):
        zip_of([Part("n" * 65_536, b"x")])
