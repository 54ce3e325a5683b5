"""Tar files as other programs read them."""

import gzip
import io
import shutil
import subprocess
import tarfile
import zlib
from pathlib import Path

import pytest

from hygiene.adapters.archive_writing import UnfitEntry
from hygiene.adapters.zstd_library import zstd
from tests.unit.adapters.archives import TIME, Part, tar_of

KINDS = ("tar", "tar.gz", "tar.zst")
TEXT = b"".join(b"line %d of a text that shrinks well\n" % number for number in range(150_000))
DEEP = "demo-1/" + "folder/" * 20 + "file"
LONG = "demo-1/" + "n" * 180
PARTS = (
    Part("demo-1/a.txt", b"hello"),
    Part("demo-1/bin/run", b"#!/bin/sh\n", "100755"),
    Part("demo-1/caf\u00e9/\U0001f4a9", b"x"),
    Part("demo-1/empty", b""),
    Part(DEEP, b"deep"),
    Part("demo-1/large.txt", TEXT, streamed=True),
    Part("demo-1/link", b"a.txt", "120000"),
    Part("demo-1/link-far", b"../" * 60, "120000"),
    Part(LONG, b"long"),
)


def unpacked(kind: str, archive: bytes) -> bytes:
    match kind:
        case "tar.gz":
            return gzip.decompress(archive)
        case "tar.zst":
            return bytes(zstd.decompress(archive))
        case _:
            return archive


@pytest.mark.parametrize("kind", KINDS)
def test_tarfile_reads_what_was_written_in_its_order(kind: str) -> None:
    with tarfile.open(fileobj=io.BytesIO(unpacked(kind, tar_of(kind, PARTS)))) as opened:
        members = opened.getmembers()
        assert [member.name for member in members] == [part.name for part in PARTS]
        for member, part in zip(members, PARTS, strict=True):
            assert (member.uid, member.gid, member.uname, member.gname, member.mtime) == (0, 0, "", "", TIME)
            if part.mode == "120000":
                assert (member.issym(), member.linkname) == (True, part.content.decode())
                continue
            content = opened.extractfile(member)
            assert content is not None
            assert content.read() == part.content
            assert member.mode == int(part.mode, 8) & 0o777


@pytest.mark.parametrize("kind", KINDS)
def test_the_tar_program_unpacks_it(kind: str, tmp_path: Path) -> None:
    program = shutil.which("tar")
    if program is None or (kind == "tar.zst" and shutil.which("zstd") is None):
        pytest.skip("no program here that reads it")
    archive = tmp_path / f"a.{kind}"
    archive.write_bytes(tar_of(kind, PARTS))
    told = subprocess.run([program, "-xf", archive], cwd=tmp_path, check=True, capture_output=True)
    assert told.stderr == b""
    for part in PARTS:
        place = tmp_path / part.name
        if part.mode == "120000":
            assert place.readlink() == Path(part.content.decode())
        else:
            assert place.read_bytes() == part.content
            assert bool(place.stat().st_mode & 0o100) is (part.mode == "100755")


@pytest.mark.parametrize("kind", KINDS)
def test_twice_the_same_is_the_same_bytes(kind: str) -> None:
    assert tar_of(kind, PARTS) == tar_of(kind, PARTS)


def test_only_what_the_oldest_form_cannot_hold_has_a_header_of_the_newer_one() -> None:
    old = [part for part in PARTS if part.name not in (LONG, PARTS[2].name) and len(part.content) != 180]
    assert b"PaxHeader" not in tar_of("tar", old)
    for part in PARTS:
        assert (b"PaxHeader" in tar_of("tar", [part])) is (part not in old)


def test_names_that_are_not_utf8_come_back_as_they_are() -> None:
    with tarfile.open(fileobj=io.BytesIO(tar_of("tar", [Part("a/\udcff", b"x")]))) as opened:
        assert opened.getnames() == ["a/\udcff"]


def test_a_gzip_header_has_neither_time_nor_name() -> None:
    assert tar_of("tar.gz", PARTS)[:10] == b"\x1f\x8b\x08\0\0\0\0\0\0\xff"


def test_a_gzip_is_one_member_that_shrinks_as_well_as_others() -> None:
    archive = tar_of("tar.gz", PARTS)
    reader = zlib.decompressobj(wbits=31)
    plain = reader.decompress(archive)
    assert (reader.eof, reader.unused_data, plain) == (True, b"", tar_of("tar", PARTS))
    assert len(archive) < 1.01 * len(zlib.compress(plain, 6))


def test_a_zstandard_frame_carries_a_checksum() -> None:
    archive = bytearray(tar_of("tar.zst", PARTS))
    archive[-1] ^= 1
    with pytest.raises(zstd.ZstdError):
        zstd.decompress(bytes(archive))


@pytest.mark.parametrize("seconds", [0, 4_354_819_199, 1 << 40])
def test_any_time_is_kept(seconds: int) -> None:
    with tarfile.open(fileobj=io.BytesIO(tar_of("tar", [Part("a", b"")], seconds))) as opened:
        assert opened.getmembers()[0].mtime == seconds


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_tar_is_a_tar(kind: str) -> None:
    plain = unpacked(kind, tar_of(kind, []))
    assert (len(plain), plain.strip(b"\0")) == (tarfile.RECORDSIZE, b"")


def test_a_link_that_a_tar_would_cut_off_is_refused() -> None:
    with pytest.raises(UnfitEntry, match="NUL"):
        tar_of("tar", [Part("link", b"a\0b", "120000")])
