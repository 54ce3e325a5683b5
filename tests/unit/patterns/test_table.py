import time

import pytest

from hygiene.patterns.glob import Pattern, parse_pattern
from hygiene.patterns.table import PatternTable

LINES = [
    *("exact", "*.log", "*.tar.gz", "temp*", "*~", "a*z.log", "*.py[co]", "*[0-9]*", "?", "*"),
    *("folder/", "/rooted", "docs/*.txt", "docs/**", "docs/**/*.md", "**/deep/x", "*/any", "x/**/y/z"),
]


def patterns_of(*lines: str) -> list[Pattern]:
    patterns = [parse_pattern(line) for line in lines]
    return [pattern for pattern in patterns if pattern is not None]


@pytest.mark.parametrize(
    ("folder", "name", "expected"),
    [
        ("", "exact", ["exact"]),
        ("a/b", "exact", ["exact"]),
        ("", "x.log", ["*.log"]),
        ("", "abz.log", ["*.log", "a*z.log"]),
        ("", "x.tar.gz", ["*.tar.gz"]),
        ("", "temp~", ["temp*", "*~"]),
        ("", "m.pyc", ["*.py[co]"]),
        ("", "m.py", []),
        ("", "no1", ["*[0-9]*"]),
        ("", "q", ["?"]),
        ("", "folder", []),
        ("", "rooted", ["/rooted"]),
        ("a", "rooted", []),
        ("docs", "a.txt", ["docs/*.txt", "docs/**"]),
        ("docs/sub", "a.txt", ["docs/**"]),
        ("docs", "a.md", ["docs/**", "docs/**/*.md"]),
        ("docs/sub/more", "a.md", ["docs/**", "docs/**/*.md"]),
        ("p/deep", "x", ["?", "**/deep/x"]),
        ("deep", "x", ["?", "**/deep/x"]),
        ("p", "any", ["*/any"]),
        ("p/q", "any", []),
        ("x/y", "z", ["?", "x/**/y/z"]),
        ("x/a/b/y", "z", ["?", "x/**/y/z"]),
        ("", "no-match-é", []),
    ],
)
def test_a_file_meets_the_patterns_that_match_it(folder: str, name: str, expected: list[str]) -> None:
    table = PatternTable(patterns_of(*LINES))
    found = [LINES[number] for number in table.of_file(folder, name)]
    assert found == [line for line in LINES if line in [*expected, "*"]]


@pytest.mark.parametrize(
    ("folder", "expected"),
    [
        ("folder", ["*", "folder/"]),
        ("a/folder", ["*", "folder/"]),
        ("folder/a", ["?", "*"]),
        ("docs", ["*"]),
        ("docs/a-b", ["*", "docs/**"]),
        ("", []),
    ],
)
def test_a_folder_meets_the_patterns_that_match_it_itself(folder: str, expected: list[str]) -> None:
    table = PatternTable(patterns_of(*LINES))
    assert [LINES[number] for number in table.of_folder(folder)] == expected


def test_sets_written_out_are_found_once() -> None:
    assert list(PatternTable(patterns_of("*[ab]*[ab]*")).of_file("", "ab.ba")) == [0]


def test_names_are_compared_as_bytes() -> None:
    table = PatternTable(patterns_of("é", "caf??", "*\udcff", "ordner/ü*"))
    assert list(table.of_file("", "é")) == [0]
    assert list(table.of_file("", "café")) == [1]
    assert list(table.of_file("", "x\udcff")) == [2]
    assert list(table.of_file("ordner", "üb")) == [3]


MANY = ["name{}", "*.e{}", "*-{}.log", "pre{}*", "dir{}/x.txt", "dir{}/**", "dir{}/", "/a/b/c{}"]


@pytest.mark.parametrize("line", MANY)
def test_twenty_thousand_patterns_cost_a_path_little(line: str) -> None:
    table = PatternTable(patterns_of(*(line.format(number) for number in range(20_000))))
    start = time.process_time()
    for number in range(1000):
        table.of_file(f"some/folder{number % 100}", f"file{number}.log")
    assert time.process_time() - start < 0.1


def test_an_empty_name_meets_only_what_everything_meets() -> None:
    assert list(PatternTable(patterns_of("a", "*", "*.b", "c*", "?")).of_file("", "")) == [1]
