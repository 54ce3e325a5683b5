"""`hygiene gitignore` from the outside."""

from pathlib import Path

import pytest

from fixtures.repositories import RepositoryBuilder, run_git
from tests.e2e.bytecode import PYC
from tests.e2e.command import hygiene

CACHE = "src/__pycache__/a.cpython-312.pyc"
IGNORED = b"# mine\r\nbuild/\r\nInput/\r\nbuild/\r\n"


@pytest.fixture
def cluttered(tmp_path: Path) -> RepositoryBuilder:
    """Tracked bytecode, a runtime folder that a line ignores, and a line that is there twice."""
    built = RepositoryBuilder(tmp_path / "project")
    built.file("src/a.py", b"print()\n")
    built.file(CACHE, PYC)
    built.file("Input/clip.mp4", b"\0\0\0\x18ftypmp42" + b"\0" * 500)
    built.file(".gitignore", IGNORED)
    built.commit("all of it")
    built.check_out()
    return built


def ignored(built: RepositoryBuilder, *paths: str) -> list[str]:
    asked = "\0".join(paths).encode()
    answer = run_git(built.path, "check-ignore", "--no-index", "-z", "--stdin", stdin=asked)
    return answer.decode().split("\0")[:-1]


def test_a_difference_is_printed_and_nothing_is_changed(cluttered: RepositoryBuilder) -> None:
    ended = hygiene("gitignore", cluttered.path, "--select", "rule:python-bytecode")
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.splitlines() == [
        "--- a/.gitignore",
        "+++ b/.gitignore",
        "@@ -2,3 +2,7 @@",
        " build/",
        " Input/",
        " build/",
        "+",
        "+# caches",
        "+__pycache__/",
        "+*.py[cod]",
        "",
        "1 line without effect:",
        "  .gitignore:4 (build/): line 2 says the same",
        "",
        "1 file tracked although ignored:",
        "  Input/clip.mp4 (.gitignore:3)",
    ]
    assert (cluttered.path / ".gitignore").read_bytes() == IGNORED


def test_what_is_written_works_and_needs_no_more(cluttered: RepositoryBuilder) -> None:
    ended = hygiene("gitignore", cluttered.path, "--confidence", "likely", "--write")
    assert ended.status == 0
    assert ended.out.endswith("wrote .gitignore\n")
    content = (cluttered.path / ".gitignore").read_bytes()
    assert content.startswith(b"# mine\r\nbuild/\r\nInput/*\r\n!Input/.gitkeep\r\nbuild/\r\n")
    assert content.count(b"\n") == content.count(b"\r\n")
    paths = [CACHE, "Input/clip.mp4", "Input/.gitkeep", "src/a.py", ".gitignore"]
    assert ignored(cluttered, *paths) == [CACHE, "Input/clip.mp4"]
    again = hygiene("gitignore", cluttered.path, "--confidence", "likely", "--write")
    assert again.out.startswith("Nothing to change")
    assert (cluttered.path / ".gitignore").read_bytes() == content


def test_a_new_file_is_made_where_there_is_none(tmp_path: Path) -> None:
    built = RepositoryBuilder(tmp_path / "project")
    built.file(CACHE, PYC)
    built.commit("cache")
    built.check_out()
    ended = hygiene("gitignore", built.path, "--write")
    assert ended.out.startswith("--- /dev/null\n+++ b/.gitignore\n")
    assert (built.path / ".gitignore").read_bytes() == b"# caches\n__pycache__/\n*.py[cod]\n"
    assert hygiene("gitignore", built.path).out.startswith("Nothing to change")


def test_no_symlink_is_written_through(cluttered: RepositoryBuilder, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_bytes(b"precious\n")
    (cluttered.path / ".gitignore").unlink()
    (cluttered.path / ".gitignore").symlink_to(other)
    ended = hygiene("gitignore", cluttered.path, "--write")
    assert (ended.status, ended.out) == (5, "")
    assert other.read_bytes() == b"precious\n"


def test_names_and_lines_in_the_difference_cannot_steer_a_terminal(tmp_path: Path) -> None:
    built = RepositoryBuilder(tmp_path / "project")
    built.file("a\x1b[31m/.gitignore", b"x\x1b]52;c;aGk=\x07\n!*.pyc\n")
    built.file("a\x1b[31m/__pycache__/b.pyc", PYC)
    built.file("a\x1b[31m/__pycache__/b.py", b"")
    built.commit("odd")
    built.check_out()
    ended = hygiene("gitignore", built.path)
    assert ended.status == 0
    assert "\x1b" not in ended.out
    assert "\x07" not in ended.out
    assert "a\\033[31m" in ended.out


def test_a_bare_repository_has_no_files_to_change(tmp_path: Path) -> None:
    built = RepositoryBuilder(tmp_path / "bare", "--bare")
    built.file(CACHE, PYC)
    built.commit("cache")
    ended = hygiene("gitignore", built.path)
    assert ended.status != 0
    assert "is bare" in ended.err
