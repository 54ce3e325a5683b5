"""Two builds of one commit are the same bytes, wherever and however they are made."""

import json
import shutil
import subprocess
import tarfile
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from fixtures.repositories import RepositoryBuilder, run_git
from tests.e2e.command import command, environment
from tests.e2e.release import FORMATS, package, packaged, released_project

Bytes = Mapping[str, bytes]


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> RepositoryBuilder:
    return released_project(tmp_path_factory.mktemp("origin") / "project")


@pytest.fixture(scope="module")
def expected(origin: RepositoryBuilder, tmp_path_factory: pytest.TempPathFactory) -> Bytes:
    return built_in(origin.path, tmp_path_factory.mktemp("expected"))


def built_in(repository: Path, folder: Path, formats: Sequence[str] = FORMATS) -> Bytes:
    """Archives with all their proof, by file name."""
    for ending in formats:
        packaged(repository, folder / f"demo-1.0.{ending}", "--attest")
    return bytes_of(folder)


def bytes_of(folder: Path) -> Bytes:
    return {each.name: each.read_bytes() for each in sorted(folder.iterdir())}


def test_each_archive_has_its_proof_beside_it(expected: Bytes) -> None:
    endings = ("", ".manifest.json", ".sha256", ".intoto.json")
    assert set(expected) == {f"demo-1.0.{ending}{proof}" for ending in FORMATS for proof in endings}


ENVIRONMENTS: Mapping[str, tuple[int, Mapping[str, str]]] = {
    "strict, far in the east": (
        0o077, {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1", "PYTHONUTF8": "0"}),
    "open, far in the west": (
        0o000, {"TZ": "Etc/GMT+12", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2", "LANGUAGE": "tr"}),
    "a language that is not installed": (
        0o022, {"TZ": "nowhere/at all", "LC_ALL": "tr_TR.ISO-8859-9", "PYTHONHASHSEED": "3", "PYTHONUTF8": "0"}),
}  # fmt: skip


@pytest.mark.parametrize("where", ENVIRONMENTS)
def test_the_machines_settings_change_no_byte(
    origin: RepositoryBuilder, expected: Bytes, tmp_path: Path, where: str
) -> None:
    umask, variables = ENVIRONMENTS[where]
    env = environment(**variables)
    for ending in FORMATS:
        words = command(
            "package", origin.path, "--version", "1.0", "--attest", "-o", tmp_path / f"demo-1.0.{ending}", "-q"
        )
        done = subprocess.run(words, env=env, umask=umask, capture_output=True, cwd=tmp_path, check=False)
        assert (done.returncode, done.stderr) == (0, b"")
    assert bytes_of(tmp_path) == expected


def clone(origin: Path, to: Path, *options: str) -> Path:
    run_git(origin, "clone", "-q", *options, str(origin), str(to))
    return to


def loose(origin: Path, to: Path) -> Path:
    clone(origin, to, "--no-local")
    packs = to / ".git/objects/pack"
    apart = shutil.move(packs, to.parent / "packs")
    packs.mkdir()
    for pack in Path(apart).glob("*.pack"):
        run_git(to, "unpack-objects", "-q", stdin=pack.read_bytes())
    assert not list(packs.iterdir())
    return to


def packed(origin: Path, to: Path) -> Path:
    clone(origin, to, "--no-local", "-c", "core.bigFileThreshold=100", "-c", "core.compression=0")
    run_git(to, "repack", "-adfq", "--depth=50")
    run_git(to, "pack-refs", "--all")
    return to


def with_windows_line_ends(origin: Path, to: Path) -> Path:
    clone(origin, to, "-c", "core.autocrlf=true", "-c", "core.eol=crlf")
    assert (to / "src/a.py").read_bytes() == b"print()\r\n"
    return to


def littered(origin: Path, to: Path) -> Path:
    clone(origin, to)
    (to / "src/a.py").write_bytes(b"changed\n")
    (to / "src/run.sh").unlink()
    (to / "src/large.txt").chmod(0o755)
    (to / "hygiene.toml").write_text('[package]\nname = "other"\ninclude = ["*"]\n')
    (to / ".gitattributes").write_text("* export-ignore\n")
    for name in ("src/new.py", "src/.env", "src/__pycache__/a.cpython-312.pyc", "docs/Thumbs.db"):
        (to / name).parent.mkdir(exist_ok=True)
        (to / name).write_bytes(b"litter\n")
    (to / "src/staged.py").write_bytes(b"staged\n")
    run_git(to, "add", "src/staged.py")
    run_git(to, "rm", "-q", "--cached", "src/empty.py")
    return to


def oddly_set(origin: Path, to: Path) -> Path:
    """With every setting that changes what git writes, or what it takes for the same."""
    settings = {
        "core.fileMode": "false", "core.symlinks": "false", "core.ignoreCase": "true", "core.quotePath": "true",
        "core.precomposeUnicode": "true", "core.safecrlf": "true", "core.compression": "9", "core.abbrev": "40",
        "core.attributesFile": str(to.parent / "attributes"), "core.excludesFile": str(to.parent / "excludes"),
        "i18n.logOutputEncoding": "ISO-8859-1", "log.showSignature": "true", "log.date": "relative",
        "color.ui": "always", "tar.umask": "0077", "zip.umask": "0077", "archive.format": "tar",
        "filter.odd.smudge": "tr a-z A-Z", "filter.odd.clean": "tr A-Z a-z", "filter.odd.required": "true",
    }  # fmt: skip
    clone(origin, to, *(f"-c{name}={value}" for name, value in settings.items() if not name.startswith("filter")))
    for name, value in settings.items():
        run_git(to, "config", "--replace-all", name, value)
    for attributes in (to.parent / "attributes", to / ".git/info/attributes"):
        attributes.parent.mkdir(exist_ok=True)
        attributes.write_text("*.py export-ignore\n*.txt filter=odd export-subst\n")
    for ignored in (to.parent / "excludes", to / ".git/info/exclude"):
        ignored.write_text("*.py\n")
    return to


def linked(origin: Path, to: Path) -> Path:
    whole = clone(origin, to.parent / "whole")
    run_git(whole, "worktree", "add", "-q", "--detach", str(to))
    return to


CLONES: Mapping[str, Callable[[Path, Path], Path]] = {
    "fresh": clone,
    "bare": lambda origin, to: clone(origin, to, "--bare"),
    "without anything checked out": lambda origin, to: clone(origin, to, "--no-checkout"),
    "shallow": lambda origin, to: clone(origin, to, "--no-local", "--depth=1"),
    "that borrows every object": lambda origin, to: clone(origin, to, "--shared"),
    "every object loose": loose,
    "every object packed": packed,
    "line ends of Windows": with_windows_line_ends,
    "dirty and littered": littered,
    "odd settings": oddly_set,
    "linked work tree": linked,
}


@pytest.mark.parametrize("kind", CLONES)
def test_the_clone_changes_no_byte(origin: RepositoryBuilder, expected: Bytes, tmp_path: Path, kind: str) -> None:
    repository = CLONES[kind](origin.path, tmp_path / "elsewhere" / "clone")
    # How objects are read, and what is chosen, does not depend on the format: all four where most could go wrong.
    found = built_in(repository, tmp_path / "out", FORMATS if kind == "odd settings" else ("zip", "tar"))
    assert found
    assert {name for name in found if found[name] != expected[name]} == set()


def test_one_content_has_one_digest_in_every_form(origin: RepositoryBuilder, expected: Bytes, tmp_path: Path) -> None:
    packaged(origin.path, tmp_path / "stored.zip", "--stored")
    manifests = [
        data for name, data in (*expected.items(), *bytes_of(tmp_path).items()) if name.endswith("manifest.json")
    ]
    read = [json.loads(data) for data in manifests]
    assert len(read) == len(FORMATS) + 1
    assert len({str(each["content_digest"]) for each in read}) == 1
    assert len({json.dumps(each["archive"]["sha256"]) for each in read}) == len(read)


def test_the_entries_have_the_time_of_source_date_epoch(origin: RepositoryBuilder, tmp_path: Path) -> None:
    env = environment(SOURCE_DATE_EPOCH="1000000000", TZ="Pacific/Kiritimati")
    for ending in ("zip", "tar.gz"):
        assert package(origin.path, "--version", "1.0", "-o", tmp_path / f"demo.{ending}", env=env).status == 0
    with zipfile.ZipFile(tmp_path / "demo.zip") as zipped:
        assert {each.date_time for each in zipped.infolist()} == {(2001, 9, 9, 1, 46, 40)}
    with tarfile.open(tmp_path / "demo.tar.gz") as opened:
        assert {each.mtime for each in opened} == {1_000_000_000}


@pytest.mark.parametrize("said", ["yesterday", "-1", "1.5", "9" * 30, "\u0661", " 1", "0x10", "1e3"])
def test_nonsense_in_source_date_epoch_is_told(origin: RepositoryBuilder, tmp_path: Path, said: str) -> None:
    ended = package(
        origin.path, "--version", "1.0", "-o", tmp_path / "demo.zip", env=environment(SOURCE_DATE_EPOCH=said)
    )
    assert ended.status == 2
    assert "SOURCE_DATE_EPOCH" in ended.err
    assert list(tmp_path.iterdir()) == []
