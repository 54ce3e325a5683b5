"""Names in pure ASCII, as Git and printf read them."""

import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fixtures.repositories import RepositoryBuilder
from hygiene.model.paths import RepoPath
from hygiene.report.ascii_quoting import line_for_printf, path_as_git_prints_it

EVERY_BYTE = [bytes([byte]) + b"x" for byte in range(1, 256) if byte != ord("/")]
MORE = [b"a", b"trailing ", b" leading", b"\\END", b'"', b'\\"', "naïve/日本.txt".encode(), b"\xff\xfe/\x80", b"a\n"]


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")


def test_it_is_what_git_prints_and_what_git_reads(tmp_path: Path) -> None:
    built = RepositoryBuilder(tmp_path / "project")
    names = sorted({*EVERY_BYTE, *MORE})
    blob = built.blob(b"")
    built.git(
        "update-index", "-z", "--index-info", stdin=b"".join(b"100644 %b\t%b\0" % (blob.encode(), n) for n in names)
    )
    lines = [path_as_git_prints_it(RepoPath(_text(name))) for name in names]
    assert built.git("-c", "core.quotePath=true", "ls-files").decode("ascii").split("\n") == [*lines, ""]
    gone = "".join(f"0 {'0' * 40}\t{line}\n" for line in lines)
    built.git("update-index", "--index-info", stdin=gone.encode("ascii"))
    assert built.git("ls-files") == b""


@given(st.binary(min_size=1).filter(lambda raw: b"\0" not in raw))
def test_no_path_is_written_in_two_lines_or_begins_with_a_backslash(raw: bytes) -> None:
    line = path_as_git_prints_it(RepoPath(_text(raw)))
    assert line.isascii()
    assert line.isprintable()
    assert not line.startswith("\\")


@given(st.lists(st.binary().filter(lambda raw: not {0, 10} & set(raw)), min_size=20, max_size=40))
@settings(max_examples=20)
def test_printf_gives_the_lines_back(lines: list[bytes]) -> None:
    written = [line_for_printf(_text(line)) for line in lines]
    assert all(line.isascii() and (line.isprintable() or not line) and line == line.rstrip() for line in written)
    done = subprocess.run(["sh", "-c", 'printf "%b\\n" "$@"', "sh", *written], capture_output=True, check=True)
    assert done.stdout == b"".join(line + b"\n" for line in lines)


@pytest.mark.parametrize(
    ("line", "expected"),
    [("__pycache__/", "__pycache__/"), ("*.py[cod]", "*.py[cod]"), ("\\#a ", "\\\\#a\\0040"), ("é", "\\0303\\0251")],
)
def test_what_is_plain_stays_readable(line: str, expected: str) -> None:
    assert line_for_printf(line) == expected
