"""Names that no archive may hold, and those that some systems cannot keep apart."""

import os
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygiene.model.packaging import Names, RefusalKind
from hygiene.release.names import refused_folders, refused_names


def _kinds(*paths: str, names: Names = Names.PORTABLE) -> set[tuple[str, str]]:
    return {(each.kind.value, each.path) for each in refused_names(paths, names)}


@pytest.mark.parametrize("names", Names)
@pytest.mark.parametrize(
    "path",
    [
        *("../x", "a/../../x", "/etc/passwd", "//server/share", "C:x", "c:/x", "a\\..\\x", "a//b", "a/./b", "", "a/"),
        *(
            "a\0b",
            "a\nb",
            "a\x1b[31m",
            "a\x7f",
            "a\x9b",
            "caf\udce9",
            "a\u202egnp.exe",
            "a\u200bb",
            "\ufeffa",
            "a\u00adb",
            "\u3164",
            "a\u2028b",
            "a\U000e0041",
        ),
        *(".git/hooks/pre-commit", "a/.GIT/config", ".git./x", "GIT~1/config", ".g\u200cit/config", ".git::$INDEX/x"),
    ],
)
def test_what_leads_elsewhere_or_lies_is_refused_whatever_the_settings(path: str, names: Names) -> None:
    assert (RefusalKind.UNSAFE_PATH, path) in _kinds(path, names=names)


@pytest.mark.parametrize(
    "path", [".gitignore", ".github/x", "a/b.c", "été", "日本", "x..y", "...", "a b", "-rf", "*", "gitx", ".git-blame"]
)
def test_honest_names_are_not_unsafe(path: str) -> None:
    assert (RefusalKind.UNSAFE_PATH, path) not in _kinds(path)


@pytest.mark.parametrize(
    "path",
    [
        *("con", "a/NUL.txt", "aux.h", "COM1", "lpt9.log", "com\u00b9", "conin$", "nul .txt"),
        *("ab:c", "a<b", 'say "x"', "a|b", "why?", "*.py", "a.", "a ", "a./b", "d /x"),
        *("x" * 256, "/".join(["y" * 200] * 21)),
    ],
)
def test_names_that_some_systems_cannot_hold_are_refused_unless_any_will_do(path: str) -> None:
    assert _kinds(path) == {("unportable-name", path)}
    is_too_long = len(path) > 255
    assert _kinds(path, names=Names.ANY) == ({("unportable-name", path)} if is_too_long else set())


@pytest.mark.parametrize("path", ["console", "auxiliary.c", "com10", "a.b.c", "lpt", "nulls/x", ".con"])
def test_names_that_only_resemble_those_pass(path: str) -> None:
    assert _kinds(path) == set()


def test_paths_that_are_one_file_elsewhere_are_refused() -> None:
    assert _kinds("README", "readme") == {("case-collision", "readme")}
    assert _kinds("caf\u00e9", "cafe\u0301") == {("unicode-collision", "cafe\u0301")}
    assert _kinds("straße", "STRASSE") == {("case-collision", "STRASSE")}
    assert _kinds("README", "readme", names=Names.ANY) == set()


def test_a_file_and_a_folder_that_are_one_elsewhere_are_refused() -> None:
    assert _kinds("docs", "Docs/a") == {("case-collision", "docs")}


def test_folders_that_differ_in_case_lose_no_file() -> None:
    assert _kinds("Docs/a", "docs/b") == set()


def test_a_path_twice_and_a_path_below_a_file_are_refused() -> None:
    assert _kinds("a", "a") == {("duplicate", "a")}
    assert _kinds("a", "a/b/c") == {("below-file", "a/b/c")}


def test_folder_entries_may_be_repeated_but_not_be_files() -> None:
    assert list(refused_folders(["a", "a"], frozenset(), Names.PORTABLE)) == []
    found = refused_folders(["a", "../b"], frozenset({"a"}), Names.PORTABLE)
    assert [(each.kind.value, each.path) for each in found] == [("duplicate", "a"), ("unsafe-path", "../b")]


_parts = st.text(st.sampled_from("ab./\\:\0é \u202e~C*"), max_size=8)


@given(st.lists(_parts, max_size=5).map("/".join))
def test_a_safe_name_stays_below_the_folder_that_it_is_unpacked_into(path: str) -> None:
    if (RefusalKind.UNSAFE_PATH, path) not in _kinds(path):
        top = Path("/top/folder")
        assert os.path.normpath(top / path) == str(top / path)
        assert PurePosixPath(path).parts == tuple(path.split("/"))


@given(st.text(st.sampled_from("aUxcn1.- /~:git\u202e\\"), max_size=10))
def test_what_passes_among_others_would_pass_alone(path: str) -> None:
    """Most paths are passed by one look at their letters; the folders' test asks everything about each."""
    alone = {each.kind for each in refused_folders([path], frozenset(), Names.PORTABLE)}
    assert {each.kind for each in refused_names([path], Names.PORTABLE)} == alone
