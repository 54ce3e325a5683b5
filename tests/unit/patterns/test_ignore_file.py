import time

import pytest

from hygiene.model.paths import RepoPath
from hygiene.patterns.ignore import IgnoreFile, IgnoreRules, parse_ignore_file

PATH = RepoPath(".gitignore")


def texts(content: bytes) -> list[tuple[int, str]]:
    return [(pattern.line, pattern.text) for pattern in parse_ignore_file(PATH, content).patterns]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", []),
        (b"a\n\n# c\nb", [(1, "a"), (4, "b")]),
        (b"a\r\nb\r\n", [(1, "a"), (2, "b")]),
        (b"a\r", [(1, "a")]),
        (b"a\r\r\n", [(1, "a\r")]),
        (b"\r\n \n", []),
        (b"\xef\xbb\xbfa\n", [(1, "a")]),
        (b"a\n\xef\xbb\xbfb\n", [(1, "a"), (2, "\ufeffb")]),
        (b"a\0b\nc", [(1, "a"), (2, "c")]),
        (b"caf\xc3\xa9\n\xff\n", [(1, "café"), (2, "\udcff")]),
        (b"a\x0bb\x85c\xe2\x80\xa8d", [(1, "a\x0bb\udc85c\u2028d")]),
        (b" #a\n!\n/\n[\n", [(1, " #a")]),
    ],
)
def test_lines_are_read_as_git_reads_them(content: bytes, expected: list[tuple[int, str]]) -> None:
    assert texts(content) == expected


def test_lines_over_a_limit_are_skipped_and_named() -> None:
    file = parse_ignore_file(PATH, b"a\n" + b"x" * 5000 + b"\n" + b"*a" * 200 + b"\nb\n")
    assert [pattern.text for pattern in file.patterns] == ["a", "b"]
    assert [line for line, _ in file.skipped] == [2, 3]
    assert "5000 bytes" in file.skipped[0][1]
    assert "200 stars" in file.skipped[1][1]


def test_only_so_many_patterns_may_need_a_search_of_their_own() -> None:
    file = parse_ignore_file(PATH, b"\n".join(b"*a*%d*" % number for number in range(1500)) + b"\n*.log\n")
    assert len(file.patterns) == 1001
    assert file.patterns[-1].text == "*.log"
    assert [line for line, _ in file.skipped] == list(range(1001, 1501))


@pytest.mark.parametrize(
    "line", [b"name%d", b"*.e%d", b"*a*%d*b*", b"**/q%d/*.log", b"dir%d/**", b"!x%d/", b"*.log%.0d", b"[a-z]?[%d]*"]
)
def test_a_file_of_very_many_lines_is_read_and_asked_in_a_few_seconds(line: bytes) -> None:
    content = b"\n".join(line % number for number in range(50_000))
    start = time.process_time()
    rules = IgnoreRules([parse_ignore_file(PATH, content)])
    for number in range(1000):
        rules.verdict(RepoPath(f"some/folder{number % 100}/file{number}.log"))
    assert time.process_time() - start < 5


def test_an_ignore_file_can_be_written_down_without_skipped_lines() -> None:
    assert IgnoreFile(PATH, ()).skipped == ()
