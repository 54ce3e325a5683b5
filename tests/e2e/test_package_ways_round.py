"""Ways round what `hygiene package` promises, which were found by trying: each is shut."""

from pathlib import Path

import pytest

from fixtures import content
from fixtures.repositories import RepositoryBuilder
from tests.e2e.forked import forked
from tests.e2e.release import entries, package, packaged

SETTINGS = b'[package]\nname = "demo"\ninclude = ["/src/"]\nexclude = ["*.secret"]\n'
DATABASE = content.sqlite({"users": ["id"]})


@pytest.fixture
def own(tmp_path: Path) -> RepositoryBuilder:
    built = RepositoryBuilder(tmp_path / "project")
    built.file("hygiene.toml", SETTINGS)
    built.file("src/a.py", b"print()\n")
    built.file("src/b.secret", b"s\n")
    built.commit()
    return built


def refused(repository: Path) -> str:
    """What a person is told of a commit that must not ship."""
    ended = package(repository, "--version", "1.0", "--list")
    assert ended.status == 5, ended
    return ended.out


def test_a_tag_named_like_the_commit_decides_nothing(own: RepositoryBuilder, tmp_path: Path) -> None:
    commit = own.id_of("HEAD")
    own.switch("evil")
    own.file("hygiene.toml", b'[package]\nname = "demo"\ninclude = ["*"]\n')
    own.commit("evil")
    for name in (commit[:12], commit):
        own.git("update-ref", f"refs/tags/{name}", "refs/heads/evil")
    archive = packaged(own.path, tmp_path / "demo.zip", "--rev", "main")
    assert set(entries(archive)) == {"demo-1.0/src/a.py"}


@pytest.mark.parametrize("excuse", [".gitignore", ".gitattributes"])
def test_nothing_that_the_commit_declares_lets_a_key_out(own: RepositoryBuilder, excuse: str) -> None:
    said = {".gitignore": b"*\n!/src/\n!/src/id_rsa\n!/src/.env\n", ".gitattributes": b"/src/** linguist-generated\n"}
    own.file(excuse, said[excuse])
    own.file("src/id_rsa", content.pem_key())
    own.file("src/.env", b"PASSWORD=hunter2\n")
    own.commit("keys")
    assert refused(own.path).count("denies it") == 2


def test_a_waiver_of_one_rule_is_none_of_another(own: RepositoryBuilder) -> None:
    waiver = b'\n[[waivers]]\nrule = "python-package-metadata"\npath = "/src/foo.egg-info/"\nreason = "shipped"\n'
    own.file("hygiene.toml", SETTINGS + waiver)
    own.file("src/foo.egg-info/PKG-INFO", b"Name: foo\n")
    own.file("src/foo.egg-info/secret.p12", b"0\x82\x0a\x10\x02\x01\x03")
    own.commit("metadata")
    told = refused(own.path)
    assert "secret.p12: key-store denies it" in told
    assert "python-package-metadata denies it" not in told


def test_metadata_of_a_distribution_hides_no_database(own: RepositoryBuilder, tmp_path: Path) -> None:
    own.files({"x.egg-info/PKG-INFO": b"Name: x\n", "PKG-INFO": b"Name: x\n", "x.egg-info/prod.db": DATABASE})
    archive = tmp_path / "x-1.tar.gz"
    archive.write_bytes(own.git("archive", "--format=tar.gz", "--prefix=x-1/", own.commit()))
    ended = package(own.path, "--verify", archive, "--no-config")
    assert "x.egg-info/prod.db: database-file denies it" in ended.out
    assert "PKG-INFO:" not in ended.out


def test_a_baseline_lets_nothing_in(own: RepositoryBuilder) -> None:
    own.file("src/x.db", DATABASE)
    own.check_out()
    assert forked("audit", own.path, "--write-baseline").status == 0
    own.file(".hygiene-baseline.json", (own.path / ".hygiene-baseline.json").read_bytes())
    own.commit("a database that is accepted")
    assert forked("audit", own.path, "--rev", "HEAD").status == 0
    assert "src/x.db: database-file denies it" in refused(own.path)


def test_an_archive_declares_nothing_about_itself(tmp_path: Path) -> None:
    built = RepositoryBuilder(tmp_path / "project")
    built.files({".gitignore": b".env\n!.env\n", ".env": b"PASSWORD=x\n"})
    archive = tmp_path / "foreign.zip"
    archive.write_bytes(built.git("archive", "--format=zip", "--prefix=x-1/", built.commit()))
    ended = package(tmp_path / "project", "--verify", archive)
    assert ended.status == 5
    assert ".env: environment-file denies it" in ended.out


def test_a_clone_without_blobs_vouches_for_no_archive(own: RepositoryBuilder, tmp_path: Path) -> None:
    own.file("src/x.db", DATABASE)
    commit = own.commit("a database")
    archive = tmp_path / "foreign.zip"
    archive.write_bytes(own.git("archive", "--format=zip", "--prefix=demo-1.0/", commit, "src"))
    partial = own.partial_clone(tmp_path / "partial")
    for repository in (own.path, partial):
        ended = package(repository, "--verify", archive, "--rev", commit, "--no-config")
        assert ended.status == 5, ended
        assert "src/x.db: database-file denies it" in ended.out


def test_what_is_missing_from_the_repository_is_not_held_against_an_archive(
    own: RepositoryBuilder, tmp_path: Path
) -> None:
    archive = packaged(own.path, tmp_path / "demo.zip")
    commit = own.id_of("HEAD")
    own.lose("HEAD:src")
    ended = package(own.path, "--verify", archive)
    assert ended.status == 0, ended
    assert "commit: not checked: part of" in ended.out
    assert package(own.path, "--verify", archive, "--rev", commit).status == 2
    assert "src" in refused(own.path)


def test_nothing_of_somebody_elses_is_replaced(own: RepositoryBuilder, tmp_path: Path) -> None:
    (tmp_path / "demo.zip.sha256").write_bytes(b"precious\n")
    ended = package(own.path, "--version", "1.0", "-o", tmp_path / "demo.zip")
    assert ended.status == 5
    assert "demo.zip.sha256 is there already" in ended.err
    assert [each.name for each in tmp_path.iterdir() if each.is_file()] == ["demo.zip.sha256"]
    assert (tmp_path / "demo.zip.sha256").read_bytes() == b"precious\n"


def test_a_replaced_archive_keeps_no_proof_of_the_old_one(own: RepositoryBuilder, tmp_path: Path) -> None:
    archive = packaged(own.path, tmp_path / "demo.zip", "--attest")
    statement = tmp_path / "demo.zip.intoto.json"
    packaged(own.path, archive)
    assert statement.exists(), "it still proves the same bytes"
    own.file("README.md", b"not in it\n")
    own.commit("another commit, and so another time")
    assert package(own.path, "--version", "1.0", "-o", archive).status == 5
    packaged(own.path, archive, "--force")
    assert not statement.exists()
    assert package(own.path, "--verify", archive).status == 0
    statement.write_bytes(b"somebody else's\n")
    archive.unlink()
    assert package(own.path, "--version", "1.0", "-o", archive).status == 5


@pytest.mark.parametrize("place", ["", "refs/tags", "hooks/new"])
def test_nothing_is_written_into_a_bare_repository(own: RepositoryBuilder, tmp_path: Path, place: str) -> None:
    bare = own.bare_clone(tmp_path / "bare")
    before = sorted(bare.rglob("*"))
    ended = package(own.path, "--version", "1.0", "-o", bare / place)
    assert ended.status == 2, ended
    assert "it lies in a Git directory" in ended.err
    assert sorted(bare.rglob("*")) == before


def test_a_package_of_nothing_is_none(own: RepositoryBuilder, tmp_path: Path) -> None:
    own.file(".gitattributes", b"/src/ export-ignore\n")
    own.commit("nothing")
    ended = package(own.path, "--version", "1.0", "-o", tmp_path / "demo.zip")
    assert ended.status == 2
    assert "nothing is left" in ended.err


def test_an_empty_revision_is_none(own: RepositoryBuilder, tmp_path: Path) -> None:
    assert package(own.path, "--version", "1.0", "--rev", "", "-o", tmp_path / "demo.zip").status == 2


def test_a_broken_index_is_no_reason_to_package_nothing(own: RepositoryBuilder, tmp_path: Path) -> None:
    own.check_out()
    (own.git_dir / "index").write_bytes(b"DIRC no index")
    ended = package(own.path, "--version", "1.0", "-o", tmp_path / "demo.zip")
    assert ended.status == 0, ended
    assert "nobody could look whether the work tree is dirty" in ended.out


def test_a_version_in_a_file_that_is_too_large_is_none_and_soon(own: RepositoryBuilder) -> None:
    own.file("pyproject.toml", b'[project]\nname = "x"\ndynamic = ["version"]\n[tool.hatch.version]\npath = "big.py"\n')
    own.file("big.py", b"#" * (2 << 20))
    own.commit("large")
    assert "demo-0+g" in package(own.path, "--list").out


def test_a_symlink_that_holds_a_secret_leads_to_nothing(own: RepositoryBuilder) -> None:
    own.file("hygiene.toml", SETTINGS + b'symlinks = "keep"\n')
    own.symlink("src/.env", b"PASSWORD=hunter2")
    own.commit("a link")
    assert "src/.env: its target is not in the archive" in refused(own.path)


def test_a_path_of_many_folders_takes_little_time(own: RepositoryBuilder) -> None:
    own.file("src/" + "d/" * 4_000 + "x", b"")
    own.commit("deep")
    assert "longer than systems allow" in refused(own.path)


def test_an_archive_of_a_target_is_verified_as_such(own: RepositoryBuilder, tmp_path: Path) -> None:
    target = b'\n[package.targets.docs]\ninclude = ["/docs/"]\nsymlinks = "keep"\n'
    own.file("hygiene.toml", SETTINGS + target)
    own.file("docs/a.md", b"a\n")
    own.symlink("docs/b.md", b"a.md")
    own.commit("docs")
    archive = packaged(own.path, tmp_path / "demo-docs.zip", "--target", "docs")
    assert package(own.path, "--verify", archive).status == 0
