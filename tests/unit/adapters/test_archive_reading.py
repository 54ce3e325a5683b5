"""Archives of unknown origin: good ones of every make, and every one that must not be trusted."""

import gzip
import hashlib
import io
import os
import shutil
import subprocess
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from fixtures.hostile_archives import HOSTILE, Fault
from fixtures.hostile_tars import TarEntry, pax, tar_bytes
from fixtures.hostile_zips import ZipEntry, unicode_path, zip_bytes
from hygiene.adapters import archive_caps
from hygiene.adapters.archive_reading import open_archive
from hygiene.adapters.zstd_library import zstd
from hygiene.errors import BrokenArchive, UnreadableArchive
from hygiene.model.packaging import ArchiveFormat, RefusalKind
from hygiene.ports.archive import ArchiveReader, Member, MemberKind

FILES: Mapping[str, bytes] = {
    "p/a.txt": b"a" * 1000,
    "p/empty": b"",
    "p/large": bytes(range(256)) * 1024,
    "p/" + "d" * 90 + "/" + "e" * 90 + "/" + "f" * 90: b"deep",
}


def contents(reader: ArchiveReader) -> dict[str, bytes]:
    members = reader.listing.members
    files = [number for number, member in enumerate(members) if member.kind is MemberKind.FILE]
    return {members[number].name: b"".join(chunks) for number, chunks in reader.contents(files)}


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def tree(folder: Path) -> Path:
    for name, content in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    (folder / "p/run").write_bytes(b"#!/bin/sh\n")
    (folder / "p/run").chmod(0o755)
    (folder / "p/link").symlink_to("a.txt")
    return folder


def by_zipfile(folder: Path, target: Path) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if not path.is_symlink():
                archive.write(path, path.relative_to(folder))


class _Pipe(io.RawIOBase):
    """Somewhere that cannot be gone back in."""

    def __init__(self) -> None:
        self.written = b""

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        self.written += bytes(data)  # type: ignore[call-overload]  # what zipfile hands on is bytes
        return len(data)  # type: ignore[arg-type]  # as above


def by_zipfile_into_a_pipe(folder: Path, target: Path) -> None:
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w") as archive:
        for name in FILES:
            with archive.open(name, "w", force_zip64=True) as entry:
                entry.write((folder / name).read_bytes())
    target.write_bytes(pipe.written)


def by_tarfile(form: int, mode: str) -> Callable[[Path, Path], None]:
    def write(folder: Path, target: Path) -> None:
        with tarfile.open(target, mode, format=form) as archive:  # type: ignore[call-overload]  # mode is no literal
            archive.add(folder / "p", "p")

    return write


def by_program(*command: str) -> Callable[[Path, Path], None]:
    def write(folder: Path, target: Path) -> None:
        if shutil.which(command[0]) is None:
            pytest.skip(f"{command[0]} is not here")
        subprocess.run([*command, str(target), "p"], cwd=folder, check=True, capture_output=True)

    return write


def by_git(ending: str) -> Callable[[Path, Path], None]:
    def write(folder: Path, target: Path) -> None:
        quiet = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        who = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
        for step in (("init", "-q"), ("add", "."), (*who, "commit", "-qm", "x")):
            subprocess.run(["git", *step], cwd=folder, check=True, env=quiet)
        archive = ("archive", f"--format={ending}", "-o", str(target), "HEAD")
        subprocess.run(["git", *archive], cwd=folder, check=True, env=quiet)

    return write


def in_zstd(folder: Path, target: Path) -> None:
    by_tarfile(tarfile.PAX_FORMAT, "w")(folder, target)
    half = target.stat().st_size // 2
    plain = target.read_bytes()
    target.write_bytes(zstd.compress(plain[:half]) + zstd.compress(plain[half:]))


def in_several_gzip_streams(folder: Path, target: Path) -> None:
    by_tarfile(tarfile.GNU_FORMAT, "w")(folder, target)
    plain = target.read_bytes()
    target.write_bytes(b"".join(gzip.compress(plain[at : at + 5000]) for at in range(0, len(plain), 5000)))


MAKES: Mapping[str, tuple[Callable[[Path, Path], None], ArchiveFormat]] = {
    "zipfile": (by_zipfile, ArchiveFormat.ZIP),
    "zipfile into a pipe": (by_zipfile_into_a_pipe, ArchiveFormat.ZIP),
    "zip": (by_program("zip", "-qry"), ArchiveFormat.ZIP),
    "git zip": (by_git("zip"), ArchiveFormat.ZIP),
    "git tar": (by_git("tar"), ArchiveFormat.TAR),
    "git tar.gz": (by_git("tar.gz"), ArchiveFormat.TAR_GZ),
    "tarfile pax": (by_tarfile(tarfile.PAX_FORMAT, "w"), ArchiveFormat.TAR),
    "tarfile GNU": (by_tarfile(tarfile.GNU_FORMAT, "w"), ArchiveFormat.TAR),
    "tarfile gzip": (by_tarfile(tarfile.PAX_FORMAT, "w:gz"), ArchiveFormat.TAR_GZ),
    "tar": (by_program("tar", "-cf"), ArchiveFormat.TAR),
    "tar pax": (by_program("tar", "--format=pax", "-cf"), ArchiveFormat.TAR),
    "tar gzip": (by_program("tar", "-czf"), ArchiveFormat.TAR_GZ),
    "zstd": (in_zstd, ArchiveFormat.TAR_ZST),
    "several gzip streams": (in_several_gzip_streams, ArchiveFormat.TAR_GZ),
}


@pytest.mark.parametrize("make", MAKES)
def test_what_every_program_makes_reads_as_it_is(make: str, tmp_path: Path) -> None:
    write, form = MAKES[make]
    folder = tmp_path / "tree"
    folder.mkdir()
    target = tmp_path / "archive.of-any-name"
    write(tree(folder), target)
    reader = open_archive(target)
    assert reader.listing.format is form
    assert reader.listing.refusals == []
    found = contents(reader)
    assert {name: found[name] for name in FILES} == FILES
    members = {member.name: member for member in reader.listing.members}
    if "p/run" in members:
        assert members["p/run"].is_executable
        assert not members["p/a.txt"].is_executable
    if "p/link" in members:
        assert (members["p/link"].kind, members["p/link"].target) == (MemberKind.SYMLINK, "a.txt")
    assert reader.digest() == hashlib.sha256(target.read_bytes()).hexdigest()


@pytest.mark.parametrize("empty", ["zip", "tar", "tar.gz"])
def test_an_empty_archive_holds_nothing(empty: str, tmp_path: Path) -> None:
    whole = {"zip": zip_bytes([]), "tar": tar_bytes(), "tar.gz": gzip.compress(tar_bytes())}
    listing = open_archive(written(tmp_path / "x", whole[empty])).listing
    assert (listing.format, [*listing.members], [*listing.refusals]) == (empty, [], [])


@pytest.mark.parametrize("what", [name for name, each in HOSTILE.items() if each.fault is Fault.CONTAINER])
def test_a_wrong_container_is_refused_when_listed(what: str, tmp_path: Path) -> None:
    path = tmp_path / "x"
    HOSTILE[what].build(path)
    reader = open_archive(path)
    assert HOSTILE[what].says in [refusal.kind for refusal in reader.listing.refusals]
    assert all(refusal.why and refusal.help for refusal in reader.listing.refusals)


@pytest.mark.parametrize("what", [name for name, each in HOSTILE.items() if each.fault is Fault.CONTENT])
def test_wrong_content_is_told_when_read_and_never_longer_than_listed(what: str, tmp_path: Path) -> None:
    path = tmp_path / "x"
    HOSTILE[what].build(path)
    reader = open_archive(path)
    assert reader.listing.refusals == []
    read: list[bytes] = []
    for _, chunks in reader.contents([0]):
        with pytest.raises(BrokenArchive):
            read.extend(chunks)
    assert len(b"".join(read)) <= reader.listing.members[0].size


@pytest.mark.parametrize("what", [name for name, each in HOSTILE.items() if each.fault is Fault.NAMES])
def test_wrong_names_are_listed_as_they_stand_there(what: str, tmp_path: Path) -> None:
    path = tmp_path / "x"
    HOSTILE[what].build(path)
    listing = open_archive(path).listing
    assert listing.members
    assert listing.refusals == []


def test_a_nul_in_a_name_is_told_where_zipfile_cuts_the_name_off(tmp_path: Path) -> None:
    path = written(tmp_path / "x", zip_bytes([ZipEntry(b"p/x.txt\0.exe")]))
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist() == ["p/x.txt"]
    assert [member.name for member in open_archive(path).listing.members] == ["p/x.txt\0.exe"]


def test_an_old_name_is_good_if_a_field_says_the_same_in_utf_8(tmp_path: Path) -> None:
    name = "p/caf\u00e9"
    entries = [ZipEntry(raw, fields=unicode_path(raw, name)) for raw in (name.encode(), name.encode("cp437"))]
    for entry in entries:
        assert open_archive(written(tmp_path / "x", zip_bytes([entry]))).listing.refusals == []


def test_bytes_that_are_not_utf_8_are_escaped(tmp_path: Path) -> None:
    path = written(tmp_path / "x", tar_bytes(TarEntry(b"p/\xff", b"x")))
    assert open_archive(path).listing.members == [Member("p/\udcff", MemberKind.FILE, 1)]


def test_a_refused_entry_is_not_read_and_the_others_are(tmp_path: Path) -> None:
    path = written(tmp_path / "x", zip_bytes([ZipEntry(b"a", flags=1), ZipEntry(b"b", b"good")]))
    reader = open_archive(path)
    assert [(refusal.path, refusal.kind) for refusal in reader.listing.refusals] == [("a", RefusalKind.BROKEN)]
    got = dict(reader.contents([1]))
    assert list(got) == [1]
    with pytest.raises(BrokenArchive, match="refused"):
        [list(chunks) for _, chunks in reader.contents([0])]


def test_nothing_is_read_of_what_is_over_a_cap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive_caps, "SMALL", 100_000)
    bomb = gzip.compress(tar_bytes(TarEntry(b"a", b"x"), TarEntry(b"b", bytes(500_000))))
    reader = open_archive(written(tmp_path / "x", bomb))
    assert [refusal.kind for refusal in reader.listing.refusals] == [RefusalKind.BOMB]
    assert [member.name for member in reader.listing.members] == ["a"]
    with pytest.raises(BrokenArchive):
        [list(chunks) for _, chunks in reader.contents([0])]


def test_more_entries_than_may_be_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hygiene.adapters.tar_reading.MAX_ENTRIES", 3)
    path = written(tmp_path / "x", tar_bytes(*(TarEntry(b"%d" % at) for at in range(4))))
    listing = open_archive(path).listing
    assert len(listing.members) == 3
    assert [refusal.kind for refusal in listing.refusals] == [RefusalKind.BOMB]


def test_headers_without_entries_come_to_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hygiene.adapters.tar_entries.MAX_HEADERS", 9)
    path = written(tmp_path / "x", tar_bytes(*(pax((b"comment", b"x"), of_all=b"g") for _ in range(20))))
    assert [refusal.kind for refusal in open_archive(path).listing.refusals] == [RefusalKind.BOMB]


def test_entries_of_a_tar_can_be_read_in_any_selection_and_in_part(tmp_path: Path) -> None:
    whole = tar_bytes(*(TarEntry(b"%d" % at, b"%d" % at * 70_000) for at in range(5)))
    for packed in (whole, gzip.compress(whole), zstd.compress(whole)):
        reader = open_archive(written(tmp_path / "x", packed))
        heads = {number: next(chunks)[:3] for number, chunks in reader.contents([4, 0, 2])}
        assert heads == {0: b"000", 2: b"222", 4: b"444"}
        assert max(len(chunk) for _, chunks in reader.contents([3]) for chunk in chunks) <= archive_caps.CHUNK


def test_a_file_that_changes_after_its_listing_is_not_read(tmp_path: Path) -> None:
    path = written(tmp_path / "x", zip_bytes([ZipEntry(b"a")]))
    reader = open_archive(path)
    written(path, zip_bytes([ZipEntry(b"a", b"something else")]))
    with pytest.raises(BrokenArchive, match="changed"):
        reader.digest()
    with pytest.raises(BrokenArchive, match="changed"):
        list(reader.contents([0]))


def test_a_symlink_to_an_archive_is_followed(tmp_path: Path) -> None:
    written(tmp_path / "x", zip_bytes([ZipEntry(b"a")]))
    (tmp_path / "link").symlink_to("x")
    assert len(open_archive(tmp_path / "link").listing.members) == 1


@pytest.mark.parametrize("name", ["folder", "fifo", "nothing", "text", "blank", "no-tar.gz", "a\0b", "/dev/zero"])
def test_what_is_no_archive_says_so(name: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "text").write_text("PK is how the name of a person begins\n" * 99)
    (tmp_path / "blank").touch()
    (tmp_path / "no-tar.gz").write_bytes(gzip.compress(b"no tar " * 999))
    with pytest.raises(UnreadableArchive):
        open_archive(tmp_path / name)


def test_what_may_not_be_read_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    path = written(tmp_path / "x", zip_bytes([ZipEntry(b"a")]))
    monkeypatch.setattr(os, "open", refused)
    with pytest.raises(UnreadableArchive, match="Permission denied"):
        open_archive(path)
