"""Which repository a path means, whether its owner is accepted, and who reads it."""

import os
from pathlib import Path

import pytest

from fixtures.repositories import RepositoryBuilder, run_git
from hygiene.adapters.discovery import Reader, open_repository
from hygiene.errors import NotARepository, OwnedBySomebodyElse, UnreadableRepository

STRANGER = 54321
EVERY_READER = [Reader.AUTO, Reader.GIT, Reader.LIBGIT2]


def give_away(folder: Path) -> None:
    """Makes another user the owner of all of it; only root can."""
    try:
        for place in (folder, *folder.rglob("*")):
            os.chown(place, STRANGER, STRANGER, follow_symlinks=False)
    except PermissionError:
        pytest.skip("only root can give a repository away")


def declare_safe(home: Path, folder: Path) -> None:
    (home / ".gitconfig").write_text(f"[safe]\n\tdirectory = {folder}\n")


@pytest.mark.parametrize("inside", [".", "src", "src/deep", ".git", ".git/objects", "src/a.py"])
def test_a_repository_is_found_from_everywhere_inside_it(
    builder: RepositoryBuilder, reader: Reader, inside: str
) -> None:
    builder.file("src/a.py")
    builder.check_out()
    (builder.path / "src" / "deep").mkdir()
    facts = open_repository(builder.path / inside, reader).facts
    assert (facts.git_dir, facts.work_dir) == (builder.git_dir, builder.path)


@pytest.mark.parametrize("inside", [".", "src", "src/a.py"])
def test_a_repository_that_only_git_reads_is_found_too(tmp_path: Path, inside: str) -> None:
    builder = RepositoryBuilder(tmp_path / "sha256", "--object-format=sha256")
    builder.file("src/a.py")
    builder.check_out()
    facts = open_repository(builder.path / inside).facts
    assert (facts.git_dir, facts.work_dir, facts.head) == (builder.git_dir, builder.path, None)


def test_a_bare_repository_that_only_git_reads_is_found_too(tmp_path: Path) -> None:
    builder = RepositoryBuilder(tmp_path / "bare.git", "--object-format=sha256", "--bare")
    facts = open_repository(builder.path).facts
    assert (facts.git_dir, facts.work_dir) == (builder.path, None)


@pytest.mark.parametrize("name", ["with space", "-rf", "caf\u00e9", "not-utf8-\udcff", "line\nend", "$(x)'\""])
def test_a_repository_may_lie_under_any_name(tmp_path: Path, reader: Reader, name: str) -> None:
    builder = RepositoryBuilder(tmp_path / name)
    builder.file("a")
    repository = open_repository(builder.path, reader)
    assert repository.facts.work_dir == builder.path
    assert len(repository.list_index().entries) == 1


def test_a_relative_path_is_as_good(
    builder: RepositoryBuilder, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    builder.file("a")
    monkeypatch.chdir(builder.path)
    repository = open_repository(Path(), reader)
    monkeypatch.chdir("/")
    assert len(repository.list_index().entries) == 1


@pytest.mark.parametrize("chosen", EVERY_READER)
@pytest.mark.parametrize("name", ["", "nowhere", "file"])
def test_what_holds_no_repository_is_named(tmp_path: Path, chosen: Reader, name: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(NotARepository, match=tmp_path.name):
        open_repository(tmp_path / name, chosen)


def test_a_git_file_leads_to_the_git_directory(builder: RepositoryBuilder, reader: Reader, tmp_path: Path) -> None:
    builder.file("a")
    moved = builder.git_dir.rename(tmp_path / "elsewhere")
    (builder.path / ".git").write_text("gitdir: ../elsewhere\n")
    repository = open_repository(builder.path, reader)
    assert repository.facts.git_dir == moved
    assert len(repository.list_index().entries) == 1


def test_a_git_file_that_leads_nowhere_is_no_repository(tmp_path: Path, reader: Reader) -> None:
    (tmp_path / ".git").write_text("gitdir: nowhere\n")
    with pytest.raises(NotARepository):
        open_repository(tmp_path, reader)


@pytest.mark.parametrize(
    ("chosen", "object_format"),
    [*((reader, "sha1") for reader in EVERY_READER), (Reader.AUTO, "sha256"), (Reader.GIT, "sha256")],
)
def test_trap_17_another_user_s_repository_is_refused_with_the_fix(
    tmp_path: Path, home: Path, chosen: Reader, object_format: str
) -> None:
    builder = RepositoryBuilder(tmp_path / "theirs", f"--object-format={object_format}")
    builder.file("a")
    give_away(builder.path)
    with pytest.raises(OwnedBySomebodyElse) as raised:
        open_repository(builder.path, chosen)
    assert f"git config --global --add safe.directory {builder.path}" in raised.value.hint
    declare_safe(home, builder.path)
    assert len(open_repository(builder.path, chosen).list_index().entries) == 1


@pytest.mark.parametrize("chosen", EVERY_READER)
def test_trap_17_a_bare_repository_of_another_user_is_refused(tmp_path: Path, home: Path, chosen: Reader) -> None:
    builder = RepositoryBuilder(tmp_path / "theirs.git", "--bare")
    give_away(builder.path)
    with pytest.raises(OwnedBySomebodyElse):
        open_repository(builder.path, chosen)
    declare_safe(home, builder.path)
    assert open_repository(builder.path, chosen).facts.work_dir is None


@pytest.mark.parametrize("chosen", EVERY_READER)
def test_trap_17_a_git_file_is_no_way_around_the_owner(
    tmp_path: Path, home: Path, builder: RepositoryBuilder, chosen: Reader
) -> None:
    assert not list(home.iterdir())
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / ".git").write_text(f"gitdir: {builder.git_dir}\n")
    open_repository(mine, chosen)
    give_away(builder.path)
    with pytest.raises(OwnedBySomebodyElse):
        open_repository(mine, chosen)


def test_the_repository_s_own_configuration_cannot_declare_it_safe(
    builder: RepositoryBuilder, home: Path, reader: Reader
) -> None:
    assert not list(home.iterdir())
    builder.config("safe.directory", "*")
    give_away(builder.path)
    with pytest.raises(OwnedBySomebodyElse):
        open_repository(builder.path, reader)


@pytest.mark.parametrize("chosen", EVERY_READER)
def test_a_poisoned_environment_changes_nothing(
    builder: RepositoryBuilder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chosen: Reader
) -> None:
    builder.file("mine", b"mine")
    builder.commit()
    other = RepositoryBuilder(tmp_path / "other")
    other.file("theirs", b"theirs")
    other.commit()
    poison = {
        "GIT_DIR": other.git_dir,
        "GIT_WORK_TREE": other.path,
        "GIT_COMMON_DIR": other.git_dir,
        "GIT_INDEX_FILE": other.git_dir / "index",
        "GIT_OBJECT_DIRECTORY": other.git_dir / "objects",
        "GIT_CEILING_DIRECTORIES": tmp_path,
        "GIT_NAMESPACE": "other",
        "GIT_CONFIG_PARAMETERS": "'core.worktree'='/nowhere'",
        "GIT_REPLACE_REF_BASE": "refs/heads",
        "GIT_TRACE": tmp_path / "trace",
    }
    for name, value in poison.items():
        monkeypatch.setenv(name, str(value))
    repository = open_repository(builder.path, chosen)
    assert repository.facts.git_dir == builder.git_dir
    for inventory in (repository.list_index(), repository.list_revision("HEAD")):
        (entry,) = inventory.entries
        assert entry.path == "mine"
        assert dict(repository.contents([entry.blob])) == {entry.blob: b"mine"}
    assert not (tmp_path / "trace").exists()


def test_the_reader_is_git_where_there_is_one(builder: RepositoryBuilder, monkeypatch: pytest.MonkeyPatch) -> None:
    assert open_repository(builder.path).facts.reader == "git"
    assert open_repository(builder.path, Reader.LIBGIT2).facts.reader == "libgit2"
    monkeypatch.setenv("PATH", str(builder.path))
    assert open_repository(builder.path).facts.reader == "libgit2"
    with pytest.raises(UnreadableRepository, match="no git program"):
        open_repository(builder.path, Reader.GIT)


@pytest.mark.parametrize(
    ("script", "complaint"),
    [
        ("#!/bin/sh\necho 'install the developer tools first' >&2\nexit 1\n", "developer tools"),
        ("#!/nowhere/sh\n", "No such file"),
    ],
)
def test_a_stand_in_for_git_is_passed_over(
    builder: RepositoryBuilder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, complaint: str
) -> None:
    stand_in = tmp_path / "bin" / "git"
    stand_in.parent.mkdir()
    stand_in.write_text(script)
    stand_in.chmod(0o755)
    monkeypatch.setenv("PATH", f"{stand_in.parent}{os.pathsep}/usr/bin{os.pathsep}/bin")
    assert open_repository(builder.path).facts.reader == "libgit2"
    with pytest.raises(UnreadableRepository, match=complaint):
        open_repository(builder.path, Reader.GIT)


def test_both_readers_tell_the_same_facts(builder: RepositoryBuilder) -> None:
    builder.file("a")
    builder.commit()
    git, libgit2 = (open_repository(builder.path, chosen).facts for chosen in (Reader.GIT, Reader.LIBGIT2))
    assert {**vars(git), "reader": ""} == {**vars(libgit2), "reader": ""}


@pytest.mark.parametrize(
    ("value", "partial"), [("true", True), ("ON", True), ("1", True), ("false", False), ("no", False), ("0", False)]
)
def test_a_promisor_makes_a_repository_partial(
    builder: RepositoryBuilder, reader: Reader, value: str, *, partial: bool
) -> None:
    with (builder.git_dir / "config").open("ab") as config:
        config.write(b'[remote "\xff"]\n\turl = x\n[remote "or\xc3\xad.gin"]\n\tpromisor = ' + value.encode() + b"\n")
    assert open_repository(builder.path, reader).facts.partial is partial


def test_a_submodule_s_work_tree_is_its_own(builder: RepositoryBuilder, reader: Reader, tmp_path: Path) -> None:
    inner = RepositoryBuilder(tmp_path / "inner")
    inner.file("inner.txt")
    inner.commit()
    run_git(builder.path, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(inner.path), "module")
    repository = open_repository(builder.path / "module", reader)
    assert repository.facts.work_dir == builder.path / "module"
    assert repository.facts.git_dir == builder.git_dir / "modules" / "module"
    assert [entry.path for entry in repository.list_index().entries] == ["inner.txt"]
