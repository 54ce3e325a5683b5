"""Whatever happens to an archive's bytes, reading it ends soon, and in no other way than it promises."""

import gzip
import tarfile
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fixtures.hostile_tars import TarEntry, pax, tar_bytes
from fixtures.hostile_zips import UTF_8, ZipEnd, ZipEntry, deflated, unicode_path, zip_bytes
from hygiene.adapters.archive_reading import open_archive
from hygiene.adapters.archive_repository import ArchiveRepository
from hygiene.adapters.zstd_library import zstd
from hygiene.errors import BrokenArchive, UnreadableArchive
from hygiene.ports.archive import MemberKind

_ZIP = zip_bytes(
    [
        ZipEntry(b"p/", b"", 0o040755),
        ZipEntry(b"p/a", b"abc" * 50, method=8, packed=deflated(b"abc" * 50)),
        ZipEntry("p/\u00e9".encode(), b"x", 0o100755, UTF_8, fields=unicode_path("p/\u00e9".encode(), "p/\u00e9")),
        ZipEntry(b"p/l", b"a", 0o120777),
    ],
    ZipEnd(comment=b"a comment"),
)
_TAR = tar_bytes(
    pax((b"comment", b"x"), of_all=b"g"),
    TarEntry(b"p/", type=b"5"),
    pax((b"path", b"p/" + b"n" * 120), (b"size", b"5")),
    TarEntry(b"p/n", b"12345"),
    TarEntry(b"@LongLink", b"p/" + b"m" * 120 + b"\0", b"L"),
    TarEntry(b"p/m", b"x" * 600),
    TarEntry(b"p/l", type=b"2", target=b"n"),
)
GOOD = {"zip": _ZIP, "tar": _TAR, "tar.gz": gzip.compress(_TAR, mtime=0), "tar.zst": zstd.compress(_TAR)}


def read_all(path: Path) -> None:
    """Everything that a verification does. Raises `UnreadableArchive`, and nothing else."""
    try:
        reader = open_archive(path)
    except UnreadableArchive:
        return
    repository = ArchiveRepository(reader)
    entries = repository.list_revision("x").entries
    blobs = [entry.blob for entry in entries]
    heads = repository.heads(blobs, 10)
    assert set(heads) == set(repository.sizes(blobs)) == {each.blob for each in repository.packed}
    assert len(reader.digest()) == 64


@pytest.mark.parametrize("form", GOOD)
def test_the_whole_archives_are_good(form: str, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(GOOD[form])
    assert open_archive(tmp_path / "x").listing.refusals == []


@pytest.mark.parametrize("form", GOOD)
def test_an_archive_may_end_anywhere(form: str, tmp_path: Path) -> None:
    whole = GOOD[form]
    for size in range(0, len(whole), 1 if len(whole) < 1500 else 23):
        (tmp_path / "x").write_bytes(whole[:size])
        read_all(tmp_path / "x")


@pytest.mark.parametrize("form", GOOD)
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=2000)
@given(data=st.data())
def test_any_bytes_may_be_any_others(form: str, tmp_path: Path, data: st.DataObject) -> None:
    changed = bytearray(GOOD[form])
    places = st.lists(st.tuples(st.integers(0, len(changed) - 1), st.integers(0, 255)), min_size=1, max_size=4)
    for at, byte in data.draw(places):
        changed[at] = byte
    (tmp_path / "x").write_bytes(changed)
    read_all(tmp_path / "x")


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=2000)
@given(at=st.integers(0, len(_TAR) // 512 - 1), content=st.binary(max_size=512), where=st.integers(0, 511))
def test_a_header_with_a_true_checksum_may_say_anything(tmp_path: Path, at: int, content: bytes, where: int) -> None:
    changed = bytearray(_TAR)
    block = changed[at * 512 : at * 512 + 512]
    block[where : where + len(content)] = content[: 512 - where]
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    changed[at * 512 : at * 512 + 512] = block
    (tmp_path / "x").write_bytes(changed)
    read_all(tmp_path / "x")


def changed_header(whole: bytes, data: st.DataObject) -> bytes:
    """A tar with one or two bytes of a header changed, and its checksum true."""
    changed = bytearray(whole)
    start = 512 * data.draw(st.integers(0, len(whole) // 512 - 3))
    for at in data.draw(st.lists(st.integers(0, 511), min_size=1, max_size=2)):
        changed[start + at] = data.draw(st.sampled_from(b"\0 /0127KLSx\x80\xff"))
    changed[start + 148 : start + 156] = b" " * 8
    changed[start + 148 : start + 156] = b"%06o\0 " % sum(changed[start : start + 512])
    return bytes(changed)


def read_without_refusal(path: Path) -> dict[str, bytes] | None:
    """The files of an archive that is told to be good; None for one that is not."""
    try:
        reader = open_archive(path)
        members = reader.listing.members
        files = [number for number, member in enumerate(members) if member.kind is MemberKind.FILE]
        read = {members[number].name: b"".join(chunks) for number, chunks in reader.contents(files)}
    except (UnreadableArchive, BrokenArchive):
        return None
    return None if reader.listing.refusals else read


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(data=st.data())
def test_a_tar_without_refusal_is_the_same_for_tarfile(tmp_path: Path, data: st.DataObject) -> None:
    (tmp_path / "x").write_bytes(changed_header(_TAR, data))
    ours = read_without_refusal(tmp_path / "x")
    if ours is not None:
        with tarfile.open(tmp_path / "x", "r:", errors="surrogateescape") as archive:
            files = [(member.name, archive.extractfile(member)) for member in archive if member.isreg()]
            assert {name: file.read() for name, file in files if file is not None} == ours


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(at=st.integers(0, len(_ZIP) - 1), byte=st.sampled_from(b"\0\1\x08/PK\xff"))
def test_a_zip_without_refusal_is_the_same_for_zipfile(tmp_path: Path, at: int, byte: int) -> None:
    (tmp_path / "x").write_bytes(_ZIP[:at] + bytes([byte]) + _ZIP[at + 1 :])
    ours = read_without_refusal(tmp_path / "x")
    if ours is not None:
        with suppress(NotImplementedError), zipfile.ZipFile(tmp_path / "x") as archive:
            read = {each.filename: archive.read(each) for each in archive.infolist()}
            assert {name: read.get(name) for name in ours} == ours
            assert len(read) == len(open_archive(tmp_path / "x").listing.members)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=2000)
@given(head=st.sampled_from([b"", b"PK\3\4", b"PK\5\6", b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd"]), rest=st.binary())
def test_what_only_begins_like_an_archive_is_none(tmp_path: Path, head: bytes, rest: bytes) -> None:
    (tmp_path / "x").write_bytes(head + rest)
    read_all(tmp_path / "x")
