"""`hygiene package --verify` from the outside: what it takes, and that it takes nothing else."""

import hashlib
import io
import json
import shutil
import tarfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from fixtures import content
from fixtures.hostile_archives import HOSTILE
from fixtures.repositories import RepositoryBuilder
from hygiene.report.verify_json import package_verify_schema
from tests.e2e.command import Ended, hygiene
from tests.e2e.forked import forked
from tests.e2e.release import FORMATS, PREFIX, packaged, released_project

SCHEMA = Draft202012Validator(json.loads(package_verify_schema()))
REFUSING = (2, 4, 5)
"""Not what it should be, or not to be read as an archive or manifest at all: each is told, and none is a bug."""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> RepositoryBuilder:
    """A small project that no test changes: two commits, the second one tagged."""
    built = RepositoryBuilder(tmp_path_factory.mktemp("verified") / "project")
    built.file("hygiene.toml", b'[package]\nname = "demo"\ninclude = ["/src/"]\n')
    built.file("src/a.py", b"print()\n" * 20)
    built.commit()
    built.file("src/b.py", b"print(2)\n")
    built.file("src/run.sh", b"#!/bin/sh\n", "100755")
    built.commit()
    built.tag("v1.0")
    return built


@pytest.fixture(scope="module")
def released(project: RepositoryBuilder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with archives of every format, each with its proof."""
    folder = tmp_path_factory.mktemp("released")
    for ending in FORMATS:
        packaged(project.path, folder / f"demo.{ending}")
    return folder


@pytest.fixture
def copy(released: Path, tmp_path: Path) -> Path:
    """The same, to be tampered with."""
    return shutil.copytree(released, tmp_path / "copy")


def verify(archive: Path, *options: str | Path, folder: Path | None = None) -> Ended:
    """How it ends where no repository is, unless one is named."""
    return forked("package", *options, "--verify", archive, folder=folder or archive.parent)


def said(ended: Ended) -> dict[str, object]:
    found: dict[str, object] = json.loads(ended.out)
    SCHEMA.validate(found)
    return found


def checks(ended: Ended) -> dict[str, str]:
    listed = said(ended)["checks"]
    assert isinstance(listed, list)
    return {each["what"]: each["state"] for each in listed}


def kinds(ended: Ended) -> set[str]:
    listed = said(ended)["refusals"]
    assert isinstance(listed, list)
    return {each["kind"] for each in listed}


ALL_CHECKS = ("container", "names", "checksum", "manifest", "commit", "rules")


# What is right


@pytest.mark.parametrize("ending", FORMATS)
def test_its_own_archives_hold_beside_their_repository(project: RepositoryBuilder, released: Path, ending: str) -> None:
    archive = released / f"demo.{ending}"
    ended = verify(archive, project.path, "--format", "json")
    assert ended.status == 0, ended
    assert checks(ended) == dict.fromkeys(ALL_CHECKS, "held")
    assert verify(archive, project.path, "--manifest", f"{archive}.manifest.json", "--rev", "v1.0").status == 0


@pytest.mark.parametrize("ending", FORMATS)
def test_its_own_archives_hold_without_a_repository_and_without_proof(
    released: Path, tmp_path: Path, ending: str
) -> None:
    with_proof = verify(released / f"demo.{ending}", "--format", "json")
    assert checks(with_proof) == dict.fromkeys(ALL_CHECKS, "held") | {"commit": "not-checked"}
    alone = Path(shutil.copy2(released / f"demo.{ending}", tmp_path))
    ended = verify(alone, "--format", "json")
    assert (with_proof.status, ended.status) == (0, 0)
    assert checks(ended) == dict.fromkeys(ALL_CHECKS, "held") | dict.fromkeys(
        ("checksum", "manifest", "commit"), "not-checked"
    )
    assert said(ended)["content_digest"] == said(with_proof)["content_digest"]


def test_the_rich_project_holds_too(tmp_path: Path) -> None:
    built = released_project(tmp_path / "project")
    for ending in FORMATS:
        archive = packaged(built.path, tmp_path / f"demo.{ending}")
        ended = verify(archive, built.path)
        assert (ended.status, ended.err) == (0, ""), ended
        alone = tmp_path / f"alone-{ending}"
        alone.mkdir()
        config = tmp_path / "links.toml"
        config.write_text('[package]\ninclude = ["*"]\nsymlinks = "keep"\n')
        assert verify(Path(shutil.copy2(archive, alone)), "--config", config).status == 0


def test_what_git_made_of_the_commit_holds_as_well(project: RepositoryBuilder, tmp_path: Path) -> None:
    for ending in ("zip", "tar.gz"):
        archive = tmp_path / f"git.{ending}"
        project.git("archive", "--prefix=demo-1.0/", "-o", str(archive), "v1.0", "src")
        ended = verify(archive, project.path, "--rev", "v1.0", "--format", "json")
        assert ended.status == 0, ended
        assert checks(ended)["commit"] == "held"


def test_ids_of_sha256_are_compared_as_well(tmp_path: Path) -> None:
    built = RepositoryBuilder(tmp_path / "project", "--object-format=sha256")
    built.file("hygiene.toml", b'[package]\nname = "demo"\ninclude = ["/src/"]\n')
    built.file("src/a.py", b"print()\n")
    built.commit()
    archive = packaged(built.path, tmp_path / "demo.zip")
    assert checks(verify(archive, built.path, "--format", "json")) == dict.fromkeys(ALL_CHECKS, "held")
    Path(f"{archive}.manifest.json").unlink()
    alone = verify(archive, built.path, "--rev", "HEAD", "--format", "json")
    assert checks(alone) == dict.fromkeys(ALL_CHECKS, "held") | {"manifest": "not-checked"}


# What was tampered with


@pytest.mark.parametrize("ending", FORMATS)
def test_a_byte_that_was_changed_anywhere_is_never_overlooked(copy: Path, ending: str) -> None:
    archive = copy / f"demo.{ending}"
    whole = archive.read_bytes()
    step = max(37, len(whole) // 12)
    for place in (*range(0, len(whole), step), len(whole) - 1):
        archive.write_bytes(whole[:place] + bytes([whole[place] ^ 0x21]) + whole[place + 1 :])
        ended = verify(archive)
        assert ended.status in REFUSING, (place, ended)


@pytest.mark.parametrize("ending", FORMATS)
def test_bytes_that_were_changed_are_told_by_the_archive_alone_or_are_no_content(
    released: Path, tmp_path: Path, ending: str
) -> None:
    """Without any proof: what still passes holds the same entries."""
    archive = tmp_path / f"demo.{ending}"
    whole = (released / f"demo.{ending}").read_bytes()
    digest = json.loads((released / f"demo.{ending}.manifest.json").read_bytes())["content_digest"]
    for place in range(3, len(whole), max(37, len(whole) // 8)):
        archive.write_bytes(whole[:place] + bytes([whole[place] ^ 0x01]) + whole[place + 1 :])
        ended = verify(archive, "--format", "json")
        assert ended.status in (0, *REFUSING), (place, ended)
        # A plain tar has no checksum over content; the others do.
        assert ended.status != 0 or ending == "tar" or said(ended)["content_digest"] == digest, (place, ended)


@pytest.mark.parametrize("ending", FORMATS)
def test_an_archive_that_was_cut_off_or_added_to_is_refused(copy: Path, ending: str) -> None:
    archive = copy / f"demo.{ending}"
    whole = archive.read_bytes()
    alone = copy.parent / f"alone.{ending}"
    for changed in (b"", whole[: len(whole) // 2], whole[:-1], whole + b"\0", whole + b"more", whole * 2):
        archive.write_bytes(changed)
        alone.write_bytes(changed)
        assert verify(archive).status in REFUSING, len(changed)
        # Zeros behind the end of a tar are its own padding, and hide nothing.
        is_padding = ending == "tar" and changed.rstrip(b"\0") == whole.rstrip(b"\0")
        assert is_padding or verify(alone).status in REFUSING, len(changed)


Members = dict[str, bytes]
NOTHING: Members = {}

CHANGES: Mapping[str, tuple[Members, str]] = {
    "added": ({PREFIX + "src/new.py": b"evil()\n"}, "unlisted"),
    "removed": (NOTHING, "lacking"),
    "replaced": ({PREFIX + "src/b.py": b"print(3)\n"}, "changed"),
    "outside the prefix": ({"other/x": b"x"}, "changed"),
}
"""What is in the archive instead, and the refusal that must follow."""


@pytest.mark.parametrize("what", CHANGES)
@pytest.mark.parametrize("ending", ["zip", "tar"])
def test_an_entry_that_was_changed_is_named_whatever_the_checksum_says(
    project: RepositoryBuilder, copy: Path, ending: str, what: str
) -> None:
    archive = copy / f"demo.{ending}"
    members = members_of(archive)
    instead, kind = CHANGES[what]
    members |= instead
    if instead is NOTHING:
        del members[PREFIX + "src/b.py"]
    archive.write_bytes((content.zip_archive if ending == "zip" else content.tar)(members))
    claim(archive)
    ended = verify(archive, project.path, "--format", "json")
    assert ended.status == 5
    assert kind in kinds(ended)
    assert checks(ended)["manifest"] == "failed"
    # And by the commit, where no manifest is to be trusted.
    Path(f"{archive}.manifest.json").unlink()
    by_commit = verify(archive, project.path, "--rev", "v1.0", "--format", "json")
    assert what == "removed" or by_commit.status == 5, by_commit


def members_of(archive: Path) -> Members:
    if archive.suffix == ".zip":
        with zipfile.ZipFile(archive) as opened:
            return {name: opened.read(name) for name in opened.namelist()}
    with tarfile.open(archive) as tar:
        return {each.name: inside.read() for each in tar if (inside := tar.extractfile(each)) is not None}


def claim(archive: Path) -> None:
    """Makes the checksum that of the archive, and what the manifest says of the archive as a file, too."""
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    Path(f"{archive}.sha256").write_text(f"{digest}  {archive.name}\n")
    manifest = Path(f"{archive}.manifest.json")
    read = json.loads(manifest.read_bytes())
    read["archive"] |= {"sha256": digest, "size": archive.stat().st_size}
    manifest.write_text(json.dumps(read))


def edits(read: dict[str, object]) -> Iterator[tuple[str, dict[str, object]]]:
    """Manifests that say something else in one place each, of the same form."""
    entries = read["entries"]
    assert isinstance(entries, list)
    for key, value in {
        "sha256": "0" * 64,
        "blob": "0" * 40,
        "size": 1,
        "path": "src/other.py",
        "mode": "100755",
    }.items():
        yield f"entry's {key}", read | {"entries": [entries[0] | {key: value}, *entries[1:]]}
    yield "an entry less", read | {"entries": entries[1:]}
    yield "an entry twice", read | {"entries": [entries[0], *entries]}
    yield "no entry", read | {"entries": []}
    yield "content digest", read | {"content_digest": "0" * 64}
    for part, key, value in (
        ("archive", "sha256", "0" * 64),
        ("archive", "size", 1),
        ("archive", "prefix", "other-1.0"),
        ("source", "commit", "0" * 40),
    ):
        inside = read[part]
        assert isinstance(inside, dict)
        yield f"{part}'s {key}", read | {part: inside | {key: value}}


def test_a_manifest_that_was_edited_is_never_right(project: RepositoryBuilder, copy: Path) -> None:
    archive, manifest = copy / "demo.zip", copy / "demo.zip.manifest.json"
    met = []
    for what, edited in edits(json.loads(manifest.read_bytes())):
        manifest.write_text(json.dumps(edited))
        ended = verify(archive, project.path)
        met.append(what)
        # A commit that is not here cannot be looked into: told as not checked, not as held.
        expected = (0,) if what == "source's commit" else (2, 5)
        assert ended.status in expected, (what, ended)
    assert len(met) > 10


NO_MANIFEST: Mapping[str, bytes] = {
    "empty": b"",
    "no JSON": b"hello",
    "another document": b"{}",
    "a list": b"[]",
    "nested": b"[" * 200_000,
    "nested objects": b'{"a":' * 100_000,
    "another version": b'{"schema": "hygiene.package/2"}',
    "not UTF-8": b'{"schema": "\xff"}',
    "large number": b'{"schema": ' + b"9" * 10_000 + b"}",
    "surrogates": b'{"schema": "\\ud800"}',
}


@pytest.mark.parametrize("what", NO_MANIFEST)
def test_what_is_no_manifest_is_told(copy: Path, what: str) -> None:
    (copy / "demo.zip.manifest.json").write_bytes(NO_MANIFEST[what])
    beside = verify(copy / "demo.zip")
    assert (beside.status, "manifest" in beside.err) == (2, True), beside
    (copy / "named").write_bytes(NO_MANIFEST[what])
    assert verify(copy / "demo.tar", "--manifest", copy / "named").status == 2


def test_the_manifest_of_another_archive_is_not_its_own(copy: Path) -> None:
    ended = verify(copy / "demo.zip", "--manifest", copy / "demo.tar.manifest.json", "--format", "json")
    assert ended.status == 5
    assert kinds(ended) == {"changed"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0" * 64 + "  demo.zip\n",
        "{digest}  other.zip\n",
        "{digest}\n",
        "{digest}  demo.zip\n" + "0" * 64 + "  demo.zip\n",
    ],
)
def test_a_checksum_that_is_not_its_own_is_refused(copy: Path, text: str) -> None:
    digest = hashlib.sha256((copy / "demo.zip").read_bytes()).hexdigest()
    (copy / "demo.zip.sha256").write_text(text.format(digest=digest))
    ended = verify(copy / "demo.zip", "--format", "json")
    assert ended.status == 5
    assert checks(ended)["checksum"] == "failed"


def test_an_archive_of_another_commit_is_not_that_commits(
    project: RepositoryBuilder, released: Path, tmp_path: Path
) -> None:
    ended = verify(released / "demo.zip", project.path, "--rev", "main~1", "--format", "json")
    assert ended.status == 5
    assert checks(ended)["commit"] == "failed"
    older = packaged(project.path, tmp_path / "demo.zip", "--rev", "main~1", "--policy-rev", "main~1")
    assert verify(older, project.path).status == 0
    assert verify(older, project.path, "--manifest", released / "demo.zip.manifest.json").status == 5


def test_a_revision_that_is_not_here_is_told(project: RepositoryBuilder, released: Path) -> None:
    assert verify(released / "demo.zip", project.path, "--rev", "nowhere").status == 2
    assert verify(released / "demo.zip", "--rev", "v1.0").status == 2


def test_what_the_audit_could_not_look_into_is_not_called_clean(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive, database = tmp_path / "demo-1.zip", content.sqlite({"people": ("name",)})
    with zipfile.ZipFile(archive, "w") as written:
        written.writestr("demo-1/people.db", database)
    monkeypatch.setattr("hygiene.audit.tables.LARGEST_DATABASE", len(database) - 1)
    ended = verify(archive, "--format", "json")
    assert (ended.status, kinds(ended)) == (5, {"denied", "missing"})


@pytest.mark.parametrize("name", ["nowhere.zip", "a folder", "a pipe.zip", "text.zip", "devices.zip"])
def test_what_is_no_archive_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "a folder").mkdir()
    (tmp_path / "text.zip").write_bytes(b"hello\n" * 200)
    (tmp_path / "devices.zip").symlink_to("/dev/zero")
    ended = verify(tmp_path / name)
    assert ended.status in (2, 4)
    assert ended.err.startswith(("error: ", "Usage: "))


# Archives made to harm


# The reader's own tests have the first, which is of a size that takes long; the others are no harm by our lights.
ELSEWHERE = ("zip: directory of 4 GiB", "zip: folders differ by case", "tar: folders differ by case")


@pytest.mark.parametrize("what", [what for what in HOSTILE if what not in ELSEWHERE])
def test_a_hostile_archive_is_refused_for_what_is_wrong_with_it(tmp_path: Path, what: str) -> None:
    hostile = HOSTILE[what]
    archive = tmp_path / f"hostile.{hostile.ending}"
    hostile.build(archive)
    ended = verify(archive, "--format", "json")
    assert ended.status == 5, ended
    assert hostile.says in kinds(ended)


@pytest.mark.parametrize(
    "what", ["zip: escape sequence", "tar: bidi override", "tar: line feed", "tar: name not UTF-8"]
)
def test_what_an_archive_calls_its_entries_reaches_no_terminal(tmp_path: Path, what: str) -> None:
    hostile = HOSTILE[what]
    archive = tmp_path / f"hostile.{hostile.ending}"
    hostile.build(archive)
    for options in ((), ("--format", "json")):
        ended = verify(archive, *options)
        text = ended.out + ended.err
        assert all(each.isprintable() or each == "\n" for each in text)


# What other tools build

METADATA = b"Metadata-Version: 2.1\nName: demo\nVersion: 1.0\n"
WHEEL = {
    "demo/__init__.py": b"",
    "demo/a.py": b"print()\n",
    "demo-1.0.dist-info/METADATA": METADATA,
    "demo-1.0.dist-info/WHEEL": b"Wheel-Version: 1.0\nGenerator: x\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    "demo-1.0.dist-info/top_level.txt": b"demo\n",
    "demo-1.0.dist-info/licenses/LICENSE": b"MIT\n",
    "demo-1.0.dist-info/RECORD": b"demo/__init__.py,,\n",
}
SDIST = {
    "demo-1.0/PKG-INFO": METADATA,
    "demo-1.0/setup.cfg": b"[egg_info]\ntag_build = \n",
    "demo-1.0/pyproject.toml": b'[project]\nname = "demo"\n',
    "demo-1.0/src/demo/__init__.py": b"",
    "demo-1.0/src/demo.egg-info/PKG-INFO": METADATA,
    "demo-1.0/src/demo.egg-info/SOURCES.txt": b"pyproject.toml\n",
    "demo-1.0/src/demo.egg-info/dependency_links.txt": b"\n",
    "demo-1.0/src/demo.egg-info/top_level.txt": b"demo\n",
}
PLANTED = {
    "__pycache__/a.cpython-312.pyc": content.pyc("print()\n"),
    ".env": b"TOKEN=abc\nSECRET_KEY=5f2c\n",
    "cache.db": content.sqlite({"jobs": ["id"]}),
    "id_rsa": content.pem_key(),
}


def distribution(folder: Path, kind: str, planted: Mapping[str, bytes]) -> Path:
    if kind == "wheel":
        path = folder / "demo-1.0-py3-none-any.whl"
        inside = {f"demo/{name}": data for name, data in planted.items()}
        path.write_bytes(deflated_zip(WHEEL | inside))
    else:
        path = folder / "demo-1.0.tar.gz"
        inside = {f"demo-1.0/src/demo/{name}": data for name, data in planted.items()}
        path.write_bytes(content.gzip(content.tar(SDIST | inside)))
    return path


def deflated_zip(members: Mapping[str, bytes]) -> bytes:
    """As build backends write them: by `zipfile`, compressed, with plain permissions."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, data in members.items():
            entry = zipfile.ZipInfo(name, (2026, 1, 1, 12, 0, 0))
            entry.external_attr = 0o100644 << 16
            opened.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return target.getvalue()


@pytest.mark.parametrize("kind", ["wheel", "sdist"])
def test_a_distribution_is_taken_as_what_it_is(tmp_path: Path, kind: str) -> None:
    ended = verify(distribution(tmp_path, kind, {}), "--format", "json")
    assert ended.status == 0, ended
    assert said(ended)["kind"] == kind


@pytest.mark.parametrize("planted", PLANTED)
@pytest.mark.parametrize("kind", ["wheel", "sdist"])
def test_a_leftover_in_a_distribution_is_refused_by_name(tmp_path: Path, kind: str, planted: str) -> None:
    ended = verify(distribution(tmp_path, kind, {planted: PLANTED[planted]}))
    assert ended.status == 5, ended
    assert planted in ended.out


def test_metadata_of_another_distribution_is_not_its_own(tmp_path: Path) -> None:
    inside = {"vendored/other-2.0.dist-info/METADATA": METADATA}
    ended = verify(distribution(tmp_path, "wheel", inside))
    assert ended.status == 5, ended


def test_the_whole_program_ends_so_too(project: RepositoryBuilder, copy: Path) -> None:
    """Once more in a process of its own, as everybody runs it."""
    assert hygiene("package", project.path, "--verify", copy / "demo.tar.zst").status == 0
    (copy / "demo.tar.zst").write_bytes(b"\x28\xb5\x2f\xfd" + bytes(40))
    ended = hygiene("package", project.path, "--verify", copy / "demo.tar.zst")
    assert ended.status in REFUSING
    assert "Traceback" not in ended.err
