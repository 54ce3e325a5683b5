"""Lines of ignore files that do nothing."""

import time

import pytest

from hygiene.model.paths import RepoPath
from hygiene.untrack.ignore_health import idle_lines


def idle(**files: str) -> list[tuple[str, int]]:
    """Every idle line by a word for its file, `root` or the folder's name, and its number."""
    paths = {name: ".gitignore" if name == "root" else f"{name}/.gitignore" for name in files}
    found = idle_lines({RepoPath(paths[name]): text.encode() for name, text in files.items()})
    return [(next(name for name, path in paths.items() if path == each.path), each.line) for each in found]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("//a\n", "no path can match it"),
        ("*.pyc\na.pyc\n", "line 1 (*.pyc) ignores the same"),
        ("a.pyc\n*.pyc\n", "line 2 (*.pyc) ignores the same"),
        ("/x/a.pyc\n*.pyc\n", "line 2 (*.pyc) ignores the same"),
        ("build/\n/build/lib/\n", ".gitignore:1 (build/) ignores all of build/"),
        ("*.a\nb\n*.a\n", "line 1 says the same"),
        ("*.a\n!x.a\n*.a\n!x.a\n", "line 3 says the same again, and has the last word"),
        ("out\nout/\n", "line 1 (out) ignores the same"),
        ("*.a\n!y.b\n", "no earlier pattern of the repository ignores anything that it matches"),
    ],
)
def test_a_line_that_does_nothing_is_told_with_its_reason(text: str, why: str) -> None:
    assert why in [each.why for each in idle_lines({RepoPath(".gitignore"): text.encode()})]


@pytest.mark.parametrize(
    "text",
    [
        "# a comment\n\n   \n*.pyc\n",
        "*.pyc\n!a.pyc\n/x/a.pyc\n",
        "/a\na/b\n!/a\n",
        "/a.pyc\nb.pyc\n*.py\n",
        "build/\n!build/\nbuild/lib/\n",
        "*/\na\n",
    ],
)
def test_a_line_that_may_do_something_is_not_told(text: str) -> None:
    assert idle(root=text) == []


def test_files_above_cover_those_below() -> None:
    assert idle(root="*.pyc\nvendor/\n", sub="a.pyc\nb\n", vendor="b\n*.c\n") == [
        ("sub", 1),
        ("vendor", 1),
        ("vendor", 2),
    ]


def test_a_negation_in_between_leaves_the_line_below_its_say() -> None:
    assert idle(root="*.pyc\n!b.pyc\n", sub="a.pyc\n") == []
    assert idle(root="*.pyc\n", sub="!*.pyc\na.pyc\n") == []


def test_a_huge_file_takes_no_time() -> None:
    text = "".join(f"/folder{n}/name{n}.x\n" for n in range(200_000)) + "*.x\n"
    began = time.process_time()
    idle(root=text)
    assert time.process_time() - began < 4
