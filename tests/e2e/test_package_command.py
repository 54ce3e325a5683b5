"""`hygiene package` from the outside: what it puts into an archive, beside it, and what it says when it must not."""

import hashlib
import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest
from google.protobuf.json_format import Parse
from in_toto_attestation.v1.statement import Statement
from in_toto_attestation.v1.statement_pb2 import Statement as Wire
from jsonschema import Draft202012Validator

from fixtures import content
from fixtures.repositories import RepositoryBuilder
from hygiene.report.package_diff_json import package_diff_schema
from hygiene.report.package_json import package_plan_schema
from hygiene.report.package_manifest import package_schema
from tests.e2e.command import command, environment, hygiene
from tests.e2e.release import FORMATS, PREFIX, entries, git_archive, package, packaged, released_project

RELEASE = ("--version", "1.0")
ALL = b'[package]\nname = "demo"\ninclude = ["*"]\nsymlinks = "keep"\n'


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> RepositoryBuilder:
    """A project that no test changes."""
    return released_project(tmp_path_factory.mktemp("released") / "project")


@pytest.fixture
def own(tmp_path: Path) -> RepositoryBuilder:
    """A small project with a package, for a test to change."""
    built = RepositoryBuilder(tmp_path / "project")
    built.file("hygiene.toml", b'[package]\nname = "demo"\ninclude = ["/src/"]\n')
    built.file("src/a.py", b"print()\n")
    built.commit()
    built.check_out()
    return built


def plan(repository: Path, *options: str | Path) -> dict[str, object]:
    """What `--list` says as JSON, valid against its schema."""
    ended = package(repository, "--version", "1.0", "--list", "--format", "json", *options)
    assert ended.status in {0, 5}, ended
    said: dict[str, object] = json.loads(ended.out)
    Draft202012Validator(json.loads(package_plan_schema())).validate(said)
    return said


# What git archive makes of the same


@pytest.mark.parametrize("ending", ["zip", "tar"])
def test_it_holds_what_git_archive_holds_of_the_same_selection(tmp_path: Path, ending: str) -> None:
    built = RepositoryBuilder(tmp_path / "project")
    built.file("hygiene.toml", ALL)
    built.file(".gitattributes", b"secret export-ignore\ndocs/*.odt export-ignore\n/internal/ export-ignore\n")
    built.file("docs/.gitattributes", b"*.odt -export-ignore\ndraft.md export-ignore\n")
    names = ("a.py", "secret/x", "docs/x.odt", "docs/draft.md", "internal/y/z", "b/internal/z", "-rf", "a b", "#x")
    for name in (*names, "\u00e9", "\u65e5\u672c/\U0001f4a9.md", "d" * 120 + "/" + "e" * 200, "empty"):
        built.file(name, b"" if name == "empty" else name.encode() * 99)
    built.file("run.sh", b"#!/bin/sh\n", "100755")
    built.symlink("docs/link", b"../a.py")
    built.commit()
    ours = entries(packaged(built.path, tmp_path / f"demo.{ending}"))
    assert ours == entries(git_archive(built.path, tmp_path / f"git.{ending}"))
    assert {ours[PREFIX + "run.sh"].kind, ours[PREFIX + "docs/link"].kind} == {"x", "l"}


def test_every_format_holds_the_same(project: RepositoryBuilder, tmp_path: Path) -> None:
    found = [entries(packaged(project.path, tmp_path / f"demo.{ending}")) for ending in FORMATS]
    assert found[0]
    assert all(each == found[0] for each in found)


# Refusals


def refused_project(path: Path) -> RepositoryBuilder:
    """A repository with one of everything that no archive may hold."""
    built = RepositoryBuilder(path)
    built.file("hygiene.toml", b'[package]\nname = "demo"\ninclude = ["/src/"]\nmax_size = "100KiB"\n')
    built.file("src/good.py", b"print()\n")
    built.file("src/weights.txt", content.lfs_pointer(b"weights"))
    built.file("src/gone.txt", b"gone\n")
    built.gitlink("src/vendored")
    built.symlink("src/link", b"good.py")
    built.file("src/jobs.db", content.sqlite({"jobs": ["id"]}))
    built.file("src/id_rsa", content.pem_key())
    built.file("src/huge.txt", b"x" * 200_000)
    built.file("src/Notes.md", b"1\n")
    built.file("src/notes.md", b"2\n")
    built.file("src/caf\u00e9.md", b"1\n")
    built.file("src/cafe\u0301.md", b"2\n")
    built.file("src/con.txt", b"device\n")
    built.file("src/what?.md", b"question\n")
    built.file(b"src/\xff.md", b"no name\n")
    built.commit()
    built.lose("HEAD:src/gone.txt")
    return built


REFUSED = {
    ("lfs-pointer", "src/weights.txt"),
    ("missing", "src/gone.txt"),
    ("gitlink", "src/vendored"),
    ("symlink", "src/link"),
    ("denied", "src/jobs.db"),
    ("credential", "src/id_rsa"),
    ("too-large", "src/huge.txt"),
    ("case-collision", "src/notes.md"),
    ("unicode-collision", "src/caf\u00e9.md"),
    ("unportable-name", "src/con.txt"),
    ("unportable-name", "src/what?.md"),
    ("unsafe-path", "src/\ufffd.md"),
}


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory) -> RepositoryBuilder:
    return refused_project(tmp_path_factory.mktemp("refused") / "project")


def refusals(said: dict[str, object]) -> set[tuple[str, str]]:
    listed = said["refusals"]
    assert isinstance(listed, list)
    return {(each["kind"], each["path"]) for each in listed}


def test_every_refusal_is_told_at_once_and_nothing_is_written(refused: RepositoryBuilder, tmp_path: Path) -> None:
    ended = hygiene("package", refused.path, *RELEASE, "-o", tmp_path, "--format", "json")
    assert ended.status == 5
    assert "was not written" in ended.err
    said = json.loads(ended.out)
    Draft202012Validator(json.loads(package_plan_schema())).validate(said)
    assert refusals(said) >= REFUSED
    assert list(tmp_path.iterdir()) == []


def test_a_person_reads_the_name_of_every_refused_file(refused: RepositoryBuilder, tmp_path: Path) -> None:
    ended = package(refused.path, *RELEASE, "-o", tmp_path)
    assert ended.status == 5
    assert [path for _, path in REFUSED if path.isascii() and path not in ended.out] == []
    assert list(tmp_path.iterdir()) == []


def test_a_listing_and_a_comparison_end_as_the_build_does(
    refused: RepositoryBuilder, project: RepositoryBuilder, tmp_path: Path
) -> None:
    assert refusals(plan(refused.path)) >= REFUSED
    old = packaged(project.path, tmp_path / "old.zip")
    for options in (("--list",), ("--diff", old), ("--diff", f"{old}.manifest.json")):
        assert package(refused.path, *RELEASE, *options).status == 5
    compared = package(refused.path, *RELEASE, "--diff", old, "--format", "json")
    Draft202012Validator(json.loads(package_diff_schema())).validate(json.loads(compared.out))
    assert {each.name for each in tmp_path.iterdir()} == {"old.zip", "old.zip.manifest.json", "old.zip.sha256"}


@pytest.mark.parametrize(
    "target", [b"../outside", b"/etc/passwd", b"src/../../x", b"other", b"C:\\x", b"\xff\xfe/../..", b"x" * 5000]
)
def test_a_link_that_leaves_the_tree_is_refused_also_where_links_are_kept(tmp_path: Path, target: bytes) -> None:
    built = RepositoryBuilder(tmp_path / "project")
    built.file("hygiene.toml", ALL)
    built.symlink("link", target)
    built.symlink("other", b"..")
    built.commit()
    ended = package(built.path, *RELEASE, "-o", tmp_path / "out", "--format", "json")
    assert ended.status == 5
    assert ("leaving-symlink", "link") in refusals(json.loads(ended.out))
    assert not (tmp_path / "out").exists()


def test_an_old_archive_stays_where_the_new_one_is_refused(refused: RepositoryBuilder, tmp_path: Path) -> None:
    (tmp_path / "demo-1.0.zip").write_bytes(b"old")
    assert package(refused.path, *RELEASE, "-o", tmp_path, "--force").status == 5
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == {"demo-1.0.zip": b"old"}


# Proof


def test_the_manifest_tells_of_every_entry_and_is_valid(project: RepositoryBuilder, tmp_path: Path) -> None:
    archive = packaged(project.path, tmp_path / "demo-1.0.zip")
    said = json.loads((tmp_path / "demo-1.0.zip.manifest.json").read_bytes())
    Draft202012Validator(json.loads(package_schema())).validate(said)
    held = entries(archive)
    assert {PREFIX + each["path"]: each["sha256"] for each in said["entries"]} == {
        name: hashlib.sha256(entry.data).hexdigest() for name, entry in held.items()
    }
    blobs = {each["path"]: each["blob"] for each in said["entries"]}
    assert blobs["src/a.py"] == project.id_of("HEAD:src/a.py")
    assert (said["source"]["commit"], said["source"]["tree"]) == (project.id_of("HEAD"), project.id_of("HEAD^{tree}"))


@pytest.mark.parametrize("name", ["demo-1.0.tar.gz", "odd name \u00e9.zip"])
def test_sha256sum_finds_the_archive_right(project: RepositoryBuilder, tmp_path: Path, name: str) -> None:
    packaged(project.path, tmp_path / name)
    done = subprocess.run(["sha256sum", "-c", f"{name}.sha256"], cwd=tmp_path, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_the_statement_is_one_of_in_toto(project: RepositoryBuilder, tmp_path: Path) -> None:
    source, builder = "https://git.example.org/demo", "https://ci.example.org/builder"
    archive = packaged(
        project.path, tmp_path / "demo-1.0.zip", "--attest", "--source-uri", source, "--builder-id", builder
    )
    text = (tmp_path / "demo-1.0.zip.intoto.json").read_text()
    wire = Parse(text, Wire())
    statement = Statement(list(wire.subject), wire.predicate_type, wire.predicate)
    statement.pb = wire
    statement.validate()
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    assert ("demo-1.0.zip", digest) in {(each.name, each.digest["sha256"]) for each in wire.subject}
    assert wire.predicate_type == "https://slsa.dev/provenance/v1"
    assert source in text
    assert builder in text


def test_another_archive_of_the_name_stays_unless_it_is_to_go(own: RepositoryBuilder, tmp_path: Path) -> None:
    out = tmp_path / "out"
    packaged(own.path, out / "demo-1.0.zip")
    before = {each.name: each.read_bytes() for each in out.iterdir()}
    packaged(own.path, out / "demo-1.0.zip")
    assert {each.name: each.read_bytes() for each in out.iterdir()} == before
    own.file("src/a.py", b"changed\n")
    own.commit()
    ended = package(own.path, *RELEASE, "-o", out)
    assert ended.status == 5
    assert "other bytes" in ended.err
    assert {each.name: each.read_bytes() for each in out.iterdir()} == before
    packaged(own.path, out / "demo-1.0.zip", "--force")
    after = {each.name: each.read_bytes() for each in out.iterdir()}
    assert after.keys() == before.keys()
    assert not {name for name in after if after[name] == before[name]}


def test_what_lies_in_the_place_of_the_archive_is_not_followed(own: RepositoryBuilder, tmp_path: Path) -> None:
    out, precious = tmp_path / "out", tmp_path / "precious"
    out.mkdir()
    precious.write_bytes(b"precious")
    (out / "demo-1.0.zip").symlink_to(precious)
    assert package(own.path, *RELEASE, "-o", out).status != 0
    assert package(own.path, *RELEASE, "-o", out, "--force").status != 0
    assert precious.read_bytes() == b"precious"


@pytest.mark.skipif(not hasattr(os, "O_TMPFILE"), reason="what is being written has a name here")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_a_build_that_is_ended_before_its_time_leaves_nothing(own: RepositoryBuilder, tmp_path: Path, how: int) -> None:
    own.file("src/noise.txt", hashlib.shake_128(b"noise").hexdigest(4 << 20).encode())
    own.commit()
    out = tmp_path / "out"
    out.mkdir()
    met = set()
    for wait in (0.2, 0.45, 0.7, 0.95):
        words = command("package", own.path, *RELEASE, "-q", "-o", out / "demo.zip")
        with subprocess.Popen(words, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            time.sleep(wait)
            process.send_signal(how)
            _, err = process.communicate(timeout=60)
        found = {each.name for each in out.iterdir()}
        met.add(process.returncode)
        # A proof without its archive may be there, never the other way round.
        assert found in (set(), WHOLE) or (how == signal.SIGKILL and found < WHOLE - {"demo.zip"})
        # While Python is still starting, an interrupt ends it with its own traceback.
        assert process.returncode in (0, -how, 130) or (process.returncode == 1 and b"hygiene" not in err)
    assert met != {0}


WHOLE = {"demo.zip", "demo.zip.manifest.json", "demo.zip.sha256"}


# The work tree, and which configuration counts


def test_nothing_of_the_work_tree_gets_in_and_what_was_forgotten_is_told(
    own: RepositoryBuilder, tmp_path: Path
) -> None:
    before = packaged(own.path, tmp_path / "before.zip").read_bytes()
    (own.path / "src/a.py").write_bytes(b"uncommitted\n")
    (own.path / "src/forgotten.py").write_bytes(b"new\n")
    (own.path / "src/.env").write_bytes(b"TOKEN=x\n")
    own.file("src/staged.py", b"staged\n")
    assert packaged(own.path, tmp_path / "after.zip").read_bytes() == before
    notes = "\n".join(map(str, plan(own.path)["notes"]))  # type: ignore[call-overload]  # a list of text
    for name in ("src/a.py", "src/forgotten.py", "src/staged.py"):
        assert name in notes
    assert "src/forgotten.py" in package(own.path, *RELEASE, "--list").out


def test_a_bare_repository_packages_the_same(project: RepositoryBuilder, tmp_path: Path) -> None:
    bare = project.bare_clone(tmp_path / "bare.git")
    ours = packaged(project.path, tmp_path / "a.zip").read_bytes()
    assert packaged(bare, tmp_path / "b.zip").read_bytes() == ours
    assert plan(bare)["notes"] == plan(project.path)["notes"]


def test_a_commit_brings_its_own_configuration_unless_another_is_named(own: RepositoryBuilder, tmp_path: Path) -> None:
    own.tag("v1.0")
    own.file("hygiene.toml", b'[package]\nname = "demo"\ninclude = ["/lib/"]\n')
    own.file("lib/b.py", b"print(2)\n")
    own.commit("moved")
    own.check_out()
    (tmp_path / "other.toml").write_text('[package]\nname = "demo"\ninclude = ["hygiene.toml"]\n')

    def held(name: str, *options: str | Path) -> set[str]:
        return {each.partition("/")[2] for each in entries(packaged(own.path, tmp_path / f"{name}.zip", *options))}

    assert held("tag", "--rev", "v1.0") == {"src/a.py"}
    assert held("head") == {"lib/b.py"}
    assert held("old policy", "--policy-rev", "v1.0") == {"src/a.py"}
    assert held("named", "--config", tmp_path / "other.toml") == {"hygiene.toml"}
    assert package(own.path, *RELEASE, "--rev", "v1.0", "--policy-rev", "main", "-o", tmp_path).status == 2


def test_the_tag_gives_the_version(project: RepositoryBuilder, tmp_path: Path) -> None:
    assert package(project.path, "-o", tmp_path, "--rev", "v1.0").status == 0
    assert (tmp_path / "demo-1.0.zip").exists()


def test_a_configuration_that_is_only_on_the_disk_does_not_count(own: RepositoryBuilder, tmp_path: Path) -> None:
    (own.path / "hygiene.toml").write_text('[package]\nname = "demo"\ninclude = ["*"]\n')
    held = entries(packaged(own.path, tmp_path / "demo.zip"))
    assert set(held) == {PREFIX + "src/a.py"}


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ('[package]\nname = "demo"\ninclude = ["/srcc/"]\n', "/srcc/"),
        ('[package]\nname = "demo"\ninclude = ["/src/"]\nexclude = ["*.pyy"]\n', "*.pyy"),
        ('[package]\nname = "demo"\n', "include"),
        ('[package]\nname = "../demo"\ninclude = ["/src/"]\n', "name"),
        ('[package]\nname = "demo"\ninclude = ["!/src/"]\n', "include"),
        ('[package]\nname = "demo"\ninclude = ["/src/"]\nroot = "../.."\n', "root"),
        ('[package]\nname = "demo"\ninclude = ["/src/"]\nroot = "/etc"\n', "root"),
        ("", "no [package]"),
    ],
)
def test_settings_that_make_no_package_are_told_with_their_line(
    own: RepositoryBuilder, tmp_path: Path, settings: str, told: str
) -> None:
    (tmp_path / "other.toml").write_text(settings)
    ended = package(own.path, *RELEASE, "--config", tmp_path / "other.toml", "-o", tmp_path / "out")
    assert (ended.status, told in ended.err) == (2, True), ended
    assert not (tmp_path / "out").exists()


# Without git


@pytest.mark.parametrize("ending", ["zip", "tar.gz"])
def test_without_git_the_bytes_are_the_same(project: RepositoryBuilder, tmp_path: Path, ending: str) -> None:
    env = without_git(tmp_path)
    expected = packaged(project.path, tmp_path / f"a/demo.{ending}", "--attest")
    options = (*RELEASE, "--attest", "-o", tmp_path / f"b/demo.{ending}")
    (tmp_path / "b").mkdir()
    assert package(project.path, *options, env=env).status == 0
    for proof in ("", ".manifest.json", ".sha256", ".intoto.json"):
        assert (tmp_path / f"b/demo.{ending}{proof}").read_bytes() == Path(f"{expected}{proof}").read_bytes()
    assert package(project.path, "--verify", expected, env=env) == package(project.path, "--verify", expected)


def test_without_git_the_plan_and_every_refusal_are_the_same(
    project: RepositoryBuilder, refused: RepositoryBuilder, tmp_path: Path
) -> None:
    env = without_git(tmp_path)
    options = (*RELEASE, "--list", "--format", "json")
    for built in (project, refused):
        without, with_it = package(built.path, *options, env=env), package(built.path, *options)
        assert (without.status, without.err) == (with_it.status, with_it.err)
        # Only git tells what the work tree is like.
        assert json.loads(without.out) | {"notes": []} == json.loads(with_it.out) | {"notes": []}


def without_git(folder: Path) -> dict[str, str]:
    (folder / "empty").mkdir(exist_ok=True)
    return environment() | {"PATH": str(folder / "empty")}
