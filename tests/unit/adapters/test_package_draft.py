"""Archives that a process writes: what is in them, how they get into their place, and what is left when they do not."""

import hashlib
import os
import signal
import subprocess
import tarfile
import time
import zipfile
from pathlib import Path

import pytest

from fixtures.repositories import RepositoryBuilder
from hygiene.adapters.discovery import Reader, open_repository
from hygiene.adapters.draft_file import DraftFile
from hygiene.adapters.package_draft import ProcessPacker
from hygiene.errors import BrokenObject, UnwritableOutput
from hygiene.model.packaging import ArchiveFormat, Storing
from tests.packing import ZIP, Begun, all_of, begin

READERS = [Reader.GIT, Reader.LIBGIT2]
CONTENTS = {f"src/{number:03}.py": b"print(%d)\n" % number * (number * 50) for number in range(150)}
NOISE = hashlib.shake_128(b"noise").digest(5 << 20)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with small files and large ones, twice the same blob, and a link."""
    builder = RepositoryBuilder(tmp_path_factory.mktemp("package") / "repository")
    builder.files(CONTENTS)
    builder.file("noise", NOISE)
    builder.file("text", b"a line\n" * 1_000_000)
    builder.file("twin", NOISE)
    builder.file("bin/run", b"#!/bin/sh\n", "100755")
    builder.symlink("link", b"text")
    builder.commit()
    return builder.path


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


@pytest.mark.parametrize("reader", READERS)
def test_an_archive_holds_what_was_chosen_and_says_its_digests(place: Path, out: Path, reader: Reader) -> None:
    draft = begin(place, out, reader=reader)
    written = draft.finish()
    draft.publish(out / "demo.zip", {})
    chosen = all_of(open_repository(place))
    assert [(each.path, each.mode, each.blob, each.size) for each in written.entries] == [
        (each.path, each.mode, each.blob, each.size) for each in chosen
    ]
    with zipfile.ZipFile(out / "demo.zip") as opened:
        assert opened.namelist() == [f"demo-1/{each.path}" for each in chosen]
        for info, entry in zip(opened.infolist(), written.entries, strict=True):
            assert hashlib.sha256(opened.read(info)).hexdigest() == entry.sha256
    whole = (out / "demo.zip").read_bytes()
    assert (written.size, written.sha256) == (len(whole), hashlib.sha256(whole).hexdigest())


@pytest.mark.parametrize(
    ("form", "storing"),
    [*((form, Storing.DEFLATED) for form in ArchiveFormat), (ArchiveFormat.ZIP, Storing.STORED)],
)
def test_both_readers_and_every_run_write_the_same_bytes(
    place: Path, out: Path, form: ArchiveFormat, storing: Storing
) -> None:
    digests = set()
    for reader in READERS:
        draft = begin(place, out, ZIP._replace(format=form, storing=storing), reader)
        digests.add(draft.finish().sha256)
        draft.discard()
    assert len(digests) == 1


def test_a_tar_holds_the_same(place: Path, out: Path) -> None:
    draft = begin(place, out, ZIP._replace(format=ArchiveFormat.TAR_GZ))
    written = draft.finish()
    draft.publish(out / "demo.tar.gz", {})
    with tarfile.open(out / "demo.tar.gz") as opened:
        assert opened.getnames() == [f"demo-1/{each.path}" for each in written.entries]
        link = opened.getmember("demo-1/link")
        assert (link.issym(), link.linkname) == (True, "text")


def test_a_sha256_repository_is_packed(tmp_path: Path, out: Path) -> None:
    builder = RepositoryBuilder(tmp_path / "repository", "--object-format=sha256")
    builder.file("a", b"content")
    builder.commit()
    draft = begin(builder.path, out)
    assert draft.finish().entries[0].sha256 == hashlib.sha256(b"content").hexdigest()
    draft.discard()


def test_an_empty_choice_is_an_empty_archive(place: Path, out: Path) -> None:
    draft = Begun(ProcessPacker(open_repository(place).facts, out), ZIP, [])
    assert list(draft.finish().entries) == []
    draft.publish(out / "demo.zip", {})
    assert zipfile.ZipFile(out / "demo.zip").namelist() == []


def test_proof_lies_beside_and_the_umask_decides_who_reads_it(place: Path, out: Path) -> None:
    before = os.umask(0o027)
    try:
        draft = begin(place, out)
        draft.finish()
        draft.publish(out / "demo.zip", {".sha256": b"proof", ".manifest.json": b"{}"})
    finally:
        os.umask(before)
    modes = {each.name: each.stat().st_mode & 0o777 for each in out.iterdir()}
    assert modes == dict.fromkeys(["demo.zip", "demo.zip.sha256", "demo.zip.manifest.json"], 0o640)
    assert (out / "demo.zip.sha256").read_bytes() == b"proof"


def test_what_is_there_is_replaced_and_nothing_else_stays(place: Path, out: Path) -> None:
    (out / "demo.zip").write_bytes(b"an older one")
    (out / "demo.zip.sha256").write_bytes(b"its proof")
    draft = begin(place, out)
    written = draft.finish()
    draft.publish(out / "demo.zip", {".sha256": b"proof"})
    draft.discard()
    draft.discard()
    assert sorted(each.name for each in out.iterdir()) == ["demo.zip", "demo.zip.sha256"]
    assert hashlib.sha256((out / "demo.zip").read_bytes()).hexdigest() == written.sha256
    assert (out / "demo.zip.sha256").read_bytes() == b"proof"


@pytest.mark.parametrize("unnamed", [True, False])
def test_what_is_discarded_leaves_nothing(
    place: Path,
    out: Path,
    unnamed: bool,  # noqa: FBT001 - pytest gives it
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if not unnamed:
        monkeypatch.delattr("os.O_TMPFILE", raising=False)
    for moment in (0, 0.05, 0.2):
        draft = begin(place, out)
        assert [each.name for each in out.iterdir() if not each.name.endswith(".tmp")] == []
        time.sleep(moment)
        draft.discard()
        assert list(out.iterdir()) == []
        draft.discard()


def test_without_files_that_have_no_name_it_is_the_same(
    place: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr("os.O_TMPFILE", raising=False)
    before = os.umask(0o022)
    try:
        draft = begin(place, out)
        written = draft.finish()
        draft.publish(out / "demo.zip", {".sha256": b"proof"})
    finally:
        os.umask(before)
    draft.discard()
    assert sorted(each.name for each in out.iterdir()) == ["demo.zip", "demo.zip.sha256"]
    assert hashlib.sha256((out / "demo.zip").read_bytes()).hexdigest() == written.sha256
    assert (out / "demo.zip").stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("kind", ["missing", "cut", "other"])
@pytest.mark.parametrize("size", [20, 300_000, 5_500_000])
def test_a_blob_that_is_not_what_its_id_says_is_named(
    tmp_path: Path, out: Path, reader: Reader, kind: str, size: int
) -> None:
    builder = RepositoryBuilder(tmp_path / "repository")
    builder.file("a", b"a")
    blob = builder.file("folder/b", NOISE[:size] + bytes(max(0, size - len(NOISE))))
    builder.file("c", b"c")
    builder.commit()
    repository = open_repository(builder.path, reader)
    chosen = all_of(repository)
    stored = builder.object_file(blob)
    stored.chmod(0o644)
    if kind == "missing":
        stored.unlink()
    elif kind == "cut":
        os.truncate(stored, stored.stat().st_size // 2)
    else:
        other = builder.blob(bytes(size))
        stored.write_bytes(builder.object_file(other).read_bytes())
    draft = Begun(ProcessPacker(repository.facts, out), ZIP, chosen)
    with pytest.raises(BrokenObject, match="folder/b"):
        draft.finish()
    draft.discard()
    assert list(out.iterdir()) == []


def test_a_blob_that_was_missing_from_the_start_is_named(tmp_path: Path, out: Path) -> None:
    builder = RepositoryBuilder(tmp_path / "repository")
    builder.file("lost", b"lost")
    builder.commit()
    builder.lose("HEAD:lost")
    draft = begin(builder.path, out)
    with pytest.raises(BrokenObject, match="lost"):
        draft.finish()
    draft.discard()


def test_a_folder_that_is_not_there_is_told(place: Path, tmp_path: Path) -> None:
    draft = begin(place, tmp_path / "nowhere")
    with pytest.raises(UnwritableOutput):
        draft.finish()
    with pytest.raises(UnwritableOutput):
        draft.publish(tmp_path / "nowhere" / "demo.zip", {})
    draft.discard()


@pytest.mark.parametrize("name", [".git/demo.zip", "leading-out.zip", "folder.zip"])
def test_places_where_nothing_of_ours_belongs_are_refused(place: Path, tmp_path: Path, out: Path, name: str) -> None:
    (out / ".git").mkdir()
    (out / "folder.zip").mkdir()
    (out / "leading-out.zip").symlink_to(tmp_path / "elsewhere.zip")
    before = sorted(out.rglob("*"))
    draft = begin(place, out)
    draft.finish()
    with pytest.raises(UnwritableOutput):
        draft.publish(out / name, {".sha256": b"proof"})
    draft.discard()
    assert sorted(out.rglob("*")) == before
    assert not (tmp_path / "elsewhere.zip").exists()


def test_no_draft_is_begun_in_a_git_directory(place: Path) -> None:
    draft = begin(place, place / ".git")
    with pytest.raises(UnwritableOutput):
        draft.finish()


def test_nothing_of_the_current_folder_or_the_environment_is_run(
    place: Path, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trap = tmp_path / "trap"
    trap.mkdir()
    for name in ("json", "zlib", "hashlib", "hygiene", "sitecustomize"):
        (trap / f"{name}.py").write_text("raise SystemExit('it ran')")
    monkeypatch.chdir(trap)
    monkeypatch.setenv("PYTHONPATH", str(trap))
    draft = begin(place, out)
    assert draft.finish().size
    draft.discard()


def test_no_process_is_left(place: Path, out: Path) -> None:
    for moment in (0, 0.06, 0.12, 0.3):
        draft = begin(place, out)
        time.sleep(moment)
        draft.discard()
    deadline = time.monotonic() + 5
    while (left := _at_work_on(place)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert left == []


def _at_work_on(place: Path) -> list[str]:
    """The commands of the processes that name this repository."""
    told = subprocess.run(["ps", "-ww", "-eo", "args"], check=True, capture_output=True, text=True).stdout
    return [line for line in told.splitlines() if str(place) in line and "cat-file" in line]


def test_a_draft_file_keeps_what_it_holds_and_replaces_in_one_step(tmp_path: Path) -> None:
    target = tmp_path / "a"
    for content in (b"first", b"second"):
        DraftFile.holding(tmp_path, content).put(target)
        assert target.read_bytes() == content
    assert list(tmp_path.iterdir()) == [target]


def test_an_entry_that_such_an_archive_cannot_hold_is_named(tmp_path: Path, out: Path) -> None:
    builder = RepositoryBuilder(tmp_path / "repository")
    builder.file("a", b"a")
    builder.symlink("odd", b"a\0b")
    builder.commit()
    draft = begin(builder.path, out, ZIP._replace(format=ArchiveFormat.TAR))
    with pytest.raises(BrokenObject, match="odd"):
        draft.finish()
    draft.discard()


def test_a_process_that_is_lost_is_told(place: Path, out: Path) -> None:
    draft = begin(place, out)
    (worker,) = _children()
    os.kill(worker, signal.SIGKILL)
    with pytest.raises(UnwritableOutput, match="before its time"):
        draft.finish()
    draft.discard()
    assert list(out.iterdir()) == []


def _children() -> list[int]:
    """The processes that this one has started, and that write archives."""
    command = ["ps", "-ww", "-o", "pid=", "-o", "args=", "--ppid", str(os.getpid())]
    lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    return [int(line.split()[0]) for line in lines if "package_worker" in line]


@pytest.mark.parametrize("form", [ArchiveFormat.ZIP, ArchiveFormat.TAR])
def test_names_that_are_not_utf8_end_nothing(tmp_path: Path, out: Path, form: ArchiveFormat) -> None:
    """The plan refuses them, but a draft is begun before there is a plan."""
    builder = RepositoryBuilder(tmp_path / "caf\u00e9 \udcff")
    builder.file("odd-\udcff", b"x")
    builder.file("line\nbreak", b"y")
    builder.commit()
    draft = begin(builder.path, out, ZIP._replace(format=form))
    assert [each.path for each in draft.finish().entries] == ["line\nbreak", "odd-\udcff"]
    draft.discard()


def test_many_entries_fit_through_the_pipes(tmp_path: Path, out: Path) -> None:
    builder = RepositoryBuilder(tmp_path / "repository")
    builder.files({f"{'folder/' * 20}{number:05}": b"x" for number in range(1_200)})
    builder.commit()
    draft = begin(builder.path, out)
    time.sleep(0.5)  # the answer, too, is longer than a pipe takes
    assert len(draft.finish().entries) == 1_200
    draft.discard()
