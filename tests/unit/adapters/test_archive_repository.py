"""An archive as a repository: what it lists, what it reads, and what the court finds in it."""

import gzip
import hashlib
import io
import subprocess
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from fixtures import content
from fixtures.hostile_archives import HOSTILE, Fault
from fixtures.hostile_tars import TarEntry, tar_bytes
from fixtures.hostile_zips import ZipEntry, zip_bytes
from hygiene.adapters.archive_reading import open_archive
from hygiene.adapters.archive_repository import ArchiveRepository
from hygiene.audit.engine import AuditRequest
from hygiene.cli.terminal import SilentProgress
from hygiene.model.inventory import Entry
from hygiene.model.package_proof import Packed
from hygiene.model.paths import BlobId, RepoPath
from hygiene.model.report import AuditReport
from hygiene.policy.configuration.settings import Settings
from hygiene.wiring import Policy, auditor, catalogue

NOWHERE = BlobId("0" * 40)


def blob_id(data: bytes, algorithm: str = "sha1") -> BlobId:
    return BlobId(hashlib.new(algorithm, b"blob %d\0" % len(data) + data).hexdigest())


def opened(folder: Path, whole: bytes, object_format: str = "sha1") -> ArchiveRepository:
    path = folder / "archive"
    path.write_bytes(whole)
    return ArchiveRepository(open_archive(path), object_format)


def in_zip(files: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return target.getvalue()


def in_tar_gz(files: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w:gz") as archive:
        for name, data in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return target.getvalue()


WRITERS = {"zip": in_zip, "tar.gz": in_tar_gz}


def audited(repository: ArchiveRepository) -> AuditReport:
    policy = Policy(None, None, Settings(), catalogue())
    return auditor(repository, policy, SilentProgress()).audit(AuditRequest(revision="the archive"))


@pytest.mark.parametrize("form", WRITERS)
def test_the_court_finds_in_an_archive_what_it_finds_in_a_commit(form: str, tmp_path: Path) -> None:
    files = {
        "pkg-1.0/src/a.py": b"x = 1\n",
        "pkg-1.0/src/__pycache__/a.cpython-312.pyc": content.pyc("x = 1\n"),
        "pkg-1.0/x.db": content.sqlite({"users": ("id",)}),
        "pkg-1.0/id_rsa": content.pem_key("OPENSSH PRIVATE KEY"),
    }
    report = audited(opened(tmp_path, WRITERS[form](files)))
    assert {(finding.path, finding.rule) for finding in report.findings} == {
        ("src/__pycache__/a.cpython-312.pyc", "python-bytecode"),
        ("x.db", "database-file"),
        ("id_rsa", "ssh-private-key"),
    }
    assert not report.unreadable


def test_what_cannot_be_read_is_judged_by_its_name(tmp_path: Path) -> None:
    whole = zip_bytes([ZipEntry(b"p/a.py"), ZipEntry(b"p/__pycache__/a.cpython-312.pyc", said={"crc": 5})])
    repository = opened(tmp_path, whole)
    report = audited(repository)
    assert [finding.path for finding in report.findings] == ["__pycache__/a.cpython-312.pyc"]
    assert [refusal.path for refusal in repository.refusals] == ["p/__pycache__/a.cpython-312.pyc"]
    assert [entry.blob for entry in repository.list_index().entries] == [NOWHERE, blob_id(b"x")]
    assert repository.sizes([NOWHERE]) == {}


@pytest.mark.parametrize("object_format", ["sha1", "sha256"])
def test_entries_have_the_ids_and_modes_that_git_gives_them(object_format: str, tmp_path: Path) -> None:
    whole = zip_bytes(
        [
            ZipEntry(b"n-1/run", b"#!", 0o100755),
            ZipEntry(b"n-1/", b"", 0o040755),
            ZipEntry(b"n-1/a.b", b"x"),
            ZipEntry(b"n-1/a/b", b"x" * 99),
            ZipEntry(b"n-1/l", b"a/b", 0o120777),
        ]
    )
    repository = opened(tmp_path, whole, object_format)
    assert repository.prefix == "n-1"
    expected = [
        ("100644", b"x", "a.b"),
        ("100644", b"x" * 99, "a/b"),
        ("120000", b"a/b", "l"),
        ("100755", b"#!", "run"),
    ]
    inventory = repository.list_revision("whatever")
    assert (inventory.label, inventory.commit) == ("whatever", None)
    assert inventory.entries == [
        Entry(mode, blob_id(data, object_format), RepoPath(path)) for mode, data, path in expected
    ]
    assert repository.packed == [
        Packed(RepoPath(path), mode, len(data), blob_id(data, object_format), hashlib.sha256(data).hexdigest())
        for mode, data, path in expected
    ]
    assert repository.facts.object_format == object_format
    assert repository.facts.work_dir is None


def test_ids_are_those_of_git_itself(tmp_path: Path) -> None:
    data = b"some content\n"
    git = subprocess.run(["git", "hash-object", "--stdin"], input=data, capture_output=True, check=True, cwd=tmp_path)
    (entry,) = opened(tmp_path, in_zip({"p/a": data})).list_index().entries
    assert entry.blob == git.stdout.decode().strip()


@pytest.mark.parametrize(
    ("names", "prefix"),
    [
        (["p/a", "p/b/c"], "p"),
        (["p/a", "q/b"], ""),
        (["p/a", "b"], ""),
        (["p", "p/a"], ""),
        (["a"], ""),
        (["./p/a", "./p/b"], "p"),
        (["p/a", "../x"], "p"),
        (["x-1.dist-info/RECORD", "x-1.dist-info/METADATA"], ""),
        ([], ""),
    ],
)
def test_the_prefix_is_the_folder_that_holds_everything(names: list[str], prefix: str, tmp_path: Path) -> None:
    assert opened(tmp_path, tar_bytes(*(TarEntry(name.encode()) for name in names))).prefix == prefix


@pytest.mark.parametrize("what", [name for name, each in HOSTILE.items() if each.fault is Fault.NAMES])
def test_the_court_sees_only_paths_that_a_tree_can_hold(what: str, tmp_path: Path) -> None:
    HOSTILE[what].build(tmp_path / "x")
    repository = ArchiveRepository(open_archive(tmp_path / "x"))
    paths = [entry.path for entry in repository.list_index().entries]
    assert len(paths) == len(set(paths))
    for path in paths:
        assert not {"", ".", ".."} & set(path.split("/"))
        assert "\0" not in path
        assert "\\" not in path


def test_of_two_entries_of_one_name_the_last_counts(tmp_path: Path) -> None:
    repository = opened(tmp_path, zip_bytes([ZipEntry(b"a", b"first"), ZipEntry(b"a", b"last")]))
    assert [(each.path, each.blob) for each in repository.packed] == [("a", blob_id(b"last"))]


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["tar", "tar.gz"])
def test_content_comes_by_its_id_in_whatever_order_it_is_asked_for(pack: object, tmp_path: Path) -> None:
    assert callable(pack)
    files = {f"p/{at}": b"%d" % at * 100_000 for at in range(4)}
    entries = [TarEntry(name.encode(), data) for name, data in files.items()]
    repository = opened(tmp_path, pack(tar_bytes(*entries, TarEntry(b"p/l", type=b"2", target=b"0"))))
    ids = [blob_id(data) for data in files.values()]
    link = blob_id(b"0")
    asked = [ids[3], ids[1], ids[2], NOWHERE, link, ids[2]]
    by_id = {**dict(zip(ids, files.values(), strict=True)), link: b"0"}
    assert dict(repository.contents(asked)) == {blob: by_id[blob] for blob in set(asked) - {NOWHERE}}
    assert repository.heads(asked, 3) == {blob: by_id[blob][:3] for blob in set(asked) - {NOWHERE}}
    assert repository.start_sizing(asked)() == {blob: len(by_id[blob]) for blob in set(asked) - {NOWHERE}}


def test_an_archive_that_changes_meanwhile_is_read_no_further(tmp_path: Path) -> None:
    repository = opened(tmp_path, in_zip({"p/a": b"x", "p/b": b"y"}))
    blobs = [entry.blob for entry in repository.list_index().entries]
    (tmp_path / "archive").write_bytes(b"something else")
    assert repository.heads(blobs, 9) == {}
    assert list(repository.contents(blobs)) == []


def test_an_archive_that_changes_before_it_is_read_is_refused(tmp_path: Path) -> None:
    repository = opened(tmp_path, in_zip({"p/a": b"x"}))
    (tmp_path / "archive").write_bytes(b"something else")
    assert repository.packed == []
    assert ["changed" in refusal.why for refusal in repository.refusals] == [True]


def test_there_is_neither_an_index_nor_a_history(tmp_path: Path) -> None:
    repository = opened(tmp_path, in_zip({"p/a": b"x"}))
    repository.begin_listing_staged()
    assert not repository.list_staged().changed
    assert repository.merge_base("HEAD", "main") is None
    assert [entry.path for entry in repository.find_in_head([RepoPath("a"), RepoPath("b")])] == ["a"]
