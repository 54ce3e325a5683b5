"""Packaging a repository of anybody's starts nothing, writes nowhere else, and takes nothing but its commit."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from fixtures.repositories import RepositoryBuilder, run_git
from tests.e2e.command import Ended, environment, hygiene
from tests.e2e.forked import forked
from tests.e2e.release import entries
from tests.faults.hostile_items import ITEMS, Item, Trap

RELEASE = ("--version", "1.0", "-q")


def settings(folder: Path, include: str = "a.txt") -> Path:
    file = folder / "settings.toml"
    file.write_text(f'[package]\nname = "demo"\ninclude = ["{include}"]\n')
    return file


def in_every_mode(repository: Path, out: Path, env: Mapping[str, str] | None = None) -> list[Ended]:
    """All that the command can do with a repository; the archive is to be that of `a.txt` alone."""
    out.mkdir()
    archive, how = out / "demo.zip", ("-q", "--config", settings(out.parent))
    return [
        forked("package", repository, "--version", "1.0", *how, "--attest", "-o", archive, env=env),
        forked("package", repository, *how, "--verify", archive, env=env),
        # It plans as `--list` does, and compares besides.
        forked("package", repository, "--version", "1.0", *how, "--diff", archive, env=env),
        forked("package", repository, "-q", "--init", env=env),
    ]


def require_packaged(ended: list[Ended], out: Path) -> None:
    """That all of it went well, and the archive holds what was committed."""
    assert [each.status for each in ended] == [0, 0, 0, 0], ended
    assert {each.data for each in entries(out / "demo.zip").values()} == {b"content\n"}


# Programs


@pytest.mark.parametrize("item", ITEMS, ids=[item.name for item in ITEMS])
def test_trap_18_nothing_is_started(trap: Trap, mark: Path, tmp_path: Path, item: Item) -> None:
    item.plant(trap)
    item.fire(trap)
    assert mark.exists(), "plain git did not start the program: this test would prove nothing"
    mark.unlink()
    (trap.builder.path / "a.txt").write_bytes(b"something else\n")
    ended = in_every_mode(trap.builder.path, tmp_path / "out")
    assert not mark.exists()
    require_packaged(ended, tmp_path / "out")


def test_programs_that_git_archive_would_start_are_not_started(trap: Trap, mark: Path, tmp_path: Path) -> None:
    for name in ("tar", "tar.gz", "tgz", "zip", "tar.zst"):
        trap.builder.config(f"tar.{name}.command", str(trap.program))
        trap.builder.config(f"tar.{name}.remote", "true")
    trap.git("archive", "--format=tar.gz", "HEAD")
    assert mark.exists(), "plain git did not start the program: this test would prove nothing"
    mark.unlink()
    for ending in ("zip", "tar", "tar.gz", "tar.zst"):
        archive = tmp_path / f"demo.{ending}"
        ended = forked("package", trap.builder.path, *RELEASE, "--config", settings(tmp_path), "-o", archive)
        assert ended.status == 0, ended
    assert not mark.exists()


def test_no_placeholder_is_filled_in(tmp_path: Path) -> None:
    built = RepositoryBuilder(tmp_path / "project")
    text = b"$Format:%H %(trailers)$ $Id$\n"
    built.file("a.txt", text)
    built.file(".gitattributes", b"*.txt export-subst ident\n")
    built.commit()
    archive = tmp_path / "demo.tar"
    assert forked("package", built.path, *RELEASE, "--config", settings(tmp_path), "-o", archive).status == 0
    assert [entry.data for entry in entries(archive).values()] == [text]


POISONS: Mapping[str, str] = {
    "GIT_DIR": "{elsewhere}/.git",
    "GIT_WORK_TREE": "{elsewhere}",
    "GIT_INDEX_FILE": "{elsewhere}/.git/index",
    "GIT_OBJECT_DIRECTORY": "{elsewhere}/.git/objects",
    "GIT_COMMON_DIR": "{elsewhere}/.git",
    "GIT_NAMESPACE": "other",
    "GIT_REPLACE_REF_BASE": "refs/heads/",
    "GIT_ATTR_SOURCE": "HEAD",
    "GIT_CEILING_DIRECTORIES": "/",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_SSH_COMMAND": "{program}",
    "GIT_EXTERNAL_DIFF": "{program}",
    "GIT_TRACE": "{elsewhere}/trace",
    "GIT_CONFIG_PARAMETERS": "'core.fsmonitor'='{program}'",
}


def test_a_poisoned_environment_changes_nothing(trap: Trap, mark: Path, tmp_path: Path) -> None:
    other = RepositoryBuilder(tmp_path / "elsewhere")
    other.file("a.txt", b"of another repository\n")
    other.commit()
    values = {"elsewhere": other.path, "program": trap.program}
    filled = {name: value.format(**values) for name, value in POISONS.items()}
    require_packaged(in_every_mode(trap.builder.path, tmp_path / "out", environment(**filled)), tmp_path / "out")
    assert not mark.exists()
    assert not (other.path / "trace").exists()


MODULES = ("click", "zlib", "hashlib", "json", "msgspec", "tarfile", "struct", "signal", "pygit2", "hygiene/__init__")


def test_modules_where_it_is_run_are_not_taken(trap: Trap, mark: Path, tmp_path: Path) -> None:
    planted = tmp_path / "planted"
    for name in MODULES:
        place = planted / f"{name}.py"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(f"open({str(mark)!r}, 'w').close()\n")
    how = ("--config", settings(tmp_path))
    for ending in ("zip", "tar.gz"):
        ended = hygiene("package", trap.builder.path, *RELEASE, *how, "-o", f"demo.{ending}", folder=planted)
        assert ended.status == 0, ended
        assert hygiene("package", trap.builder.path, *how, "--verify", f"demo.{ending}", folder=planted).status == 0
    assert not mark.exists()


# What a commit may claim


def literal_tree(built: RepositoryBuilder, *held: tuple[bytes, bytes, str]) -> str:
    """A tree object of (mode, name, id), although Git would make none like it."""
    raw = b"".join(mode + b" " + name + b"\0" + bytes.fromhex(target) for mode, name, target in held)
    words = ("hash-object", "-t", "tree", "-w", "--literally", "--stdin")
    return built.git(*words, stdin=raw).decode().strip()


@pytest.fixture(scope="module")
def forge(tmp_path_factory: pytest.TempPathFactory) -> RepositoryBuilder:
    """A repository that crafted commits are made in."""
    return RepositoryBuilder(tmp_path_factory.mktemp("forge") / "project")


def crafted(forge: RepositoryBuilder, *held: tuple[bytes, bytes, str]) -> str:
    """A commit of such a tree, with a configuration that lets every name in."""
    text = b'[package]\nname = "demo"\ninclude = ["*"]\nnames = "any"\nsymlinks = "keep"\n'
    tree = literal_tree(forge, *held, (b"100644", b"hygiene.toml", forge.blob(text)))
    return forge.git("commit-tree", "-m", "crafted", tree).decode().strip()


Craft = Callable[[RepositoryBuilder], tuple[tuple[bytes, bytes, str], ...]]


def a_file(*names: bytes, mode: bytes = b"100644") -> Craft:
    return lambda forge: tuple((mode, name, forge.blob(b"%d" % at)) for at, name in enumerate(names))


def a_folder(*names: bytes) -> Craft:
    """Folders one in the other, the last one with a file."""

    def craft(forge: RepositoryBuilder) -> tuple[tuple[bytes, bytes, str], ...]:
        held = (b"100644", b"x", forge.blob(b"x"))
        for name in reversed(names):
            held = (b"40000", name, literal_tree(forge, held))
        return (held,)

    return craft


CRAFTED: Mapping[str, tuple[Craft, str]] = {
    "folder ..": (a_folder(b".."), "unsafe-path"),
    "folder .. below": (a_folder(b"a", b"..", b".."), "unsafe-path"),
    "folder .": (a_folder(b"."), "unsafe-path"),
    "file ..": (a_file(b".."), "unsafe-path"),
    "folder .git": (a_folder(b".git", b"hooks"), "unsafe-path"),
    "folder .GiT": (a_folder(b"a", b".GiT"), "unsafe-path"),
    "folder git~1": (a_folder(b"git~1"), "unsafe-path"),
    "folder .git for macOS": (a_folder(".g\u200cit".encode()), "unsafe-path"),
    "slashes in a name that leaves": (a_file(b"../../x"), "unsafe-path"),
    "absolute": (a_file(b"/etc/x"), "unsafe-path"),
    "backslashes": (a_file(b"..\\..\\x"), "unsafe-path"),
    "drive": (a_file(b"C:x"), "unsafe-path"),
    "line feed": (a_file(b"a\nb"), "unsafe-path"),
    "escape sequence": (a_file(b"\x1b]52;c;eA==\x07"), "unsafe-path"),
    "not UTF-8": (a_file(b"\xff\xfe"), "unsafe-path"),
    "two files of one name": (a_file(b"x", b"x"), "duplicate"),
    "file of the name that a file's folder has": (
        lambda forge: (*a_file(b"x")(forge), *a_folder(b"x")(forge)), "below-file"),
    "too long": (a_file(b"n" * 5000), "unportable-name"),
    "submodule of an odd mode": (a_file(b"x", mode=b"160755"), "gitlink"),
}  # fmt: skip


@pytest.mark.parametrize("what", CRAFTED)
def test_no_crafted_tree_gets_into_an_archive(forge: RepositoryBuilder, tmp_path: Path, what: str) -> None:
    craft, kind = CRAFTED[what]
    commit = crafted(forge, *craft(forge))
    for env in (environment(), without_git(tmp_path)):
        out = tmp_path / "out"
        ended = forked("package", forge.path, *RELEASE, "--rev", commit, "-o", out, "--format", "json", env=env)
        assert ended.status == 5, ended
        assert kind in {each["kind"] for each in json.loads(ended.out)["refusals"]}
        assert not out.exists()


def without_git(folder: Path) -> dict[str, str]:
    (folder / "nothing").mkdir(exist_ok=True)
    return environment() | {"PATH": str(folder / "nothing")}


@pytest.mark.parametrize(
    ("mode", "kind"), [(b"100664", "-"), (b"104755", "x"), (b"100000", "-"), (b"0100755", "x"), (b"120777", "l")]
)
def test_modes_of_old_times_are_taken_as_git_takes_them(
    forge: RepositoryBuilder, tmp_path: Path, mode: bytes, kind: str
) -> None:
    commit = crafted(forge, (mode, b"a", forge.blob(b".")))  # as a link, one to where it is
    built: list[list[bytes]] = []
    for env in (environment(), without_git(tmp_path)):
        archive = tmp_path / f"{len(built)}" / "demo.zip"
        archive.parent.mkdir()
        ended = forked("package", forge.path, *RELEASE, "--rev", commit, "-o", archive, env=env)
        assert ended.status == 0, ended
        assert entries(archive)["demo-1.0/a"].kind == kind
        assert forked("package", forge.path, "-q", "--verify", archive, env=env, folder=tmp_path).status == 0
        built.append([each.read_bytes() for each in sorted(archive.parent.iterdir())])
    assert built[0] == built[1]


def test_what_replaces_objects_here_changes_no_archive(tmp_path: Path) -> None:
    built = RepositoryBuilder(tmp_path / "project")
    built.file("a.txt", b"as committed\n")
    first = built.commit()
    built.file("b.txt", b"more\n")
    second = built.commit()

    def archives(*envs: dict[str, str]) -> list[bytes]:
        found = []
        for env in envs:
            archive = tmp_path / "demo.zip"
            how = ("--config", settings(tmp_path, "*.txt"), "-o", archive, "--force")
            ended = forked("package", built.path, *RELEASE, *how, env=env)
            assert ended.status == 0, ended
            assert forked("package", built.path, "-q", *how[:2], "--verify", archive, env=env).status == 0
            found.append(archive.read_bytes() + Path(f"{archive}.manifest.json").read_bytes())
        return found

    with_git, without = environment(), without_git(tmp_path)
    before = archives(with_git, without)
    built.git("replace", built.id_of("HEAD:a.txt"), built.blob(b"as replaced\n"))
    built.git("replace", second, first)
    assert run_git(built.path, "cat-file", "-p", f"{second}^{{tree}}") == run_git(
        built.path, "cat-file", "-p", f"{first}^{{tree}}"
    )
    assert archives(with_git, without) == before
    # libgit2 says of grafts that it cannot read past them.
    (built.git_dir / "info").mkdir(exist_ok=True)
    (built.git_dir / "info/grafts").write_text(f"{second}\n")
    assert archives(with_git) == before[:1]


# Names for a terminal to obey

HOSTILE_NAMES = ("\x1b]52;c;eA==\x07", "a\nb", "\u202egnp.exe", "\r::error::x", "\x9b31m", "\udcff\udcfe")


def is_clean(ended: Ended) -> bool:
    """Whether nothing that was printed is for a terminal, or for a service that reads its log, to obey."""
    text = ended.out + ended.err
    return all(character.isprintable() or character == "\n" for character in text) and "\n::" not in text


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> RepositoryBuilder:
    """A repository with such names in a folder that is released, in one that is not, and in the work tree."""
    built = RepositoryBuilder(tmp_path_factory.mktemp("named") / "project")
    built.file("a.txt", b"content\n")
    for name in HOSTILE_NAMES:
        built.file(f"in/{name}", b"x\n")
        built.file(f"out/{name}/{name}", b"x\n")
    built.file("out/.gitattributes", b'"\\033]52;c\\007" export-ignore\n* export-ignore\n')
    built.commit()
    (built.path / "in").mkdir()
    for name in HOSTILE_NAMES:
        (built.path / "in" / f"new{name}").write_bytes(b"forgotten\n")
    return built


def test_names_that_are_left_out_reach_no_terminal_and_no_manifest(named: RepositoryBuilder, tmp_path: Path) -> None:
    how = (*RELEASE, "--config", settings(tmp_path))
    for form in ("table", "json"):
        archive = tmp_path / form / "demo.zip"
        archive.parent.mkdir()
        ended = [
            forked("package", named.path, *how, "--attest", "-o", archive, "--format", form),
            forked("package", named.path, *how, "--list", "--format", form),
            forked("package", named.path, *how, "--diff", archive, "--format", form),
            forked("package", named.path, *how[2:], "--verify", archive, "--format", form),
        ]
        assert [each.status for each in ended] == [0, 0, 0, 0], ended
        assert all(map(is_clean, ended))
        for proof in (each for each in archive.parent.iterdir() if each != archive):
            assert all(character.isprintable() or character == "\n" for character in proof.read_text("ascii"))


def test_names_that_are_refused_reach_no_terminal(named: RepositoryBuilder, tmp_path: Path) -> None:
    how = (*RELEASE, "--config", settings(tmp_path, "/in/"))
    for options in (("-o", tmp_path / "out"), ("--list",)):
        for form in ("table", "json"):
            ended = forked("package", named.path, *how, *options, "--format", form)
            assert ended.status == 5
            assert is_clean(ended)
    proposed = forked("package", named.path, "-q", "--init")
    assert proposed.status == 0
    assert is_clean(proposed)


@pytest.mark.parametrize("value", ["../x", "a/b", "\x1b[31m", "-x", "", ".", "a\nb", "\u202ex", "x" * 300, "con:"])
def test_no_version_or_name_makes_an_archive_elsewhere(trap: Trap, tmp_path: Path, value: str) -> None:
    out, config = tmp_path / "out", tmp_path / "other.toml"
    config.write_text('[package]\nname = "demo"\ninclude = ["a.txt"]\n')
    by_version = forked("package", trap.builder.path, f"--version={value}", "--config", config, "-o", out)
    config.write_text(f'[package]\nname = {json.dumps(value)}\ninclude = ["a.txt"]\n')
    by_name = forked("package", trap.builder.path, *RELEASE, "--config", config, "-o", out)
    config.write_text(f'[package]\nname = "demo"\n[package.targets.{json.dumps(value)}]\ninclude = ["a.txt"]\n')
    by_target = forked("package", trap.builder.path, *RELEASE, f"--target={value}", "--config", config, "-o", out)
    for ended in (by_version, by_name, by_target):
        assert ended.status == 2, ended
        assert is_clean(ended)
    assert not out.exists()
