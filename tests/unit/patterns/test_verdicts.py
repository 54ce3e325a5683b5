import pytest

from hygiene.model.paths import RepoPath
from hygiene.patterns.ignore import IgnoreRules, Verdict, parse_ignore_file


def rules_of(**contents: str) -> IgnoreRules:
    """Rules from the texts of the ignore files in these folders; the root is called `root`."""
    return IgnoreRules(
        parse_ignore_file(RepoPath(".gitignore" if folder == "root" else f"{folder}/.gitignore"), text.encode())
        for folder, text in contents.items()
    )


def said(verdict: Verdict | None) -> str | None:
    if verdict is None:
        return None
    return f"{verdict.source}:{verdict.pattern.line} {'ignores' if verdict.ignored else 'keeps'} {verdict.at}"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a.log", ".gitignore:1 ignores a.log"),
        ("sub/a.log", ".gitignore:1 ignores sub/a.log"),
        ("keep.log", ".gitignore:2 keeps keep.log"),
        ("build/x/y", ".gitignore:3 ignores build"),
        ("build/keep.log", ".gitignore:3 ignores build"),
        ("build", None),
        ("README", None),
    ],
)
def test_the_last_matching_line_decides_and_an_ignored_folder_before_all(path: str, expected: str | None) -> None:
    assert said(rules_of(root="*.log\n!keep.log\nbuild/\n").verdict(RepoPath(path))) == expected


def test_a_file_below_an_ignored_folder_cannot_be_brought_back() -> None:
    rules = rules_of(root="Input/\n!Input/.gitkeep\n")
    assert said(rules.verdict(RepoPath("Input/.gitkeep"))) == ".gitignore:1 ignores Input"
    rules = rules_of(root="Input/*\n!Input/.gitkeep\n")
    assert said(rules.verdict(RepoPath("Input/.gitkeep"))) == ".gitignore:2 keeps Input/.gitkeep"


def test_a_deeper_file_overrules_a_shallower_one() -> None:
    rules = rules_of(root="**/vendor/\n*.log\n", sub="!vendor\n!*.log\n/only\n")
    assert said(rules.verdict(RepoPath("sub/vendor/x"))) is None
    assert said(rules.verdict(RepoPath("sub/a.log"))) == "sub/.gitignore:2 keeps sub/a.log"
    assert said(rules.verdict(RepoPath("sub/only"))) == "sub/.gitignore:3 ignores sub/only"
    assert said(rules.verdict(RepoPath("sub/deeper/only"))) is None
    assert said(rules.verdict(RepoPath("vendor/x"))) == ".gitignore:1 ignores vendor"


def test_a_file_in_an_ignored_folder_is_not_read() -> None:
    rules = rules_of(root="sub/\n", sub="!*\n")
    assert said(rules.verdict(RepoPath("sub/x"))) == ".gitignore:1 ignores sub"


def test_a_cache_that_ignores_itself_is_ignored_by_its_own_file() -> None:
    assert said(rules_of(**{".cache": "*\n"}).verdict(RepoPath(".cache/x"))) == ".cache/.gitignore:1 ignores .cache/x"


@pytest.mark.parametrize(
    ("folder", "expected"),
    [
        ("", None),
        ("build", ".gitignore:1 ignores build"),
        ("build/sub", ".gitignore:1 ignores build"),
        ("src", None),
        ("src/keep", ".gitignore:3 keeps src/keep"),
    ],
)
def test_folders_have_verdicts_too(folder: str, expected: str | None) -> None:
    rules = rules_of(root="build/\nkeep/\n!src/keep/\n")
    assert said(rules.folder_verdict(RepoPath(folder))) == expected


def test_many_files_are_asked_for_by_folder_and_answered_in_order() -> None:
    rules = rules_of(root="*.log\nbuild/\n!keep.log\n", sub="x\n")
    by_folder = {
        RepoPath(""): ["b.log", "a", "keep.log", "a.log"],
        RepoPath("build/deep"): ["z", "y"],
        RepoPath("sub"): ["x", "a.log"],
    }
    found = [(path, said(verdict)) for path, verdict in rules.ignored_files(by_folder)]
    assert found == [
        ("b.log", ".gitignore:1 ignores b.log"),
        ("a.log", ".gitignore:1 ignores a.log"),
        ("build/deep/z", ".gitignore:2 ignores build"),
        ("build/deep/y", ".gitignore:2 ignores build"),
        ("sub/x", "sub/.gitignore:1 ignores sub/x"),
        ("sub/a.log", ".gitignore:1 ignores sub/a.log"),
    ]


@pytest.mark.parametrize(
    ("text", "path", "expected"),
    [
        ("*.log\n!keep.log\n", "keep.log", ".gitignore:2 keeps keep.log"),
        ("*.log\n!keep.log\n", "a.log", None),
        ("*.log\n!keep.log\n", "a.txt", None),
        ("!keep.log\n", "keep.log", None),
        ("!keep.log\n*.log\n", "keep.log", None),
        ("/*\n!/src/\n", "src/a/b.c", ".gitignore:2 keeps src"),
        ("/*\n!/src/\n*.c\n!b.c\n", "src/a/b.c", ".gitignore:4 keeps src/a/b.c"),
        ("build/\n!build/keep\n", "build/keep", None),
        ("*\n!*.c\n!*/\n*\n", "a.c", None),
    ],
)
def test_a_negation_revives_what_an_earlier_line_ignores(text: str, path: str, expected: str | None) -> None:
    assert said(rules_of(root=text).revived(RepoPath(path))) == expected


def test_a_deeper_negation_revives_what_a_shallower_file_ignores() -> None:
    rules = rules_of(root="*.so\n", lib="!need.so\n")
    assert said(rules.revived(RepoPath("lib/x/need.so"))) == "lib/.gitignore:1 keeps lib/x/need.so"


def test_a_path_may_be_deeper_than_a_call_stack() -> None:
    path = RepoPath("a/" * 2000 + "x.log")
    assert said(rules_of(root="*.log\n").verdict(path)) == f".gitignore:1 ignores {path}"
    assert said(rules_of(root="a/\n").verdict(path)) == ".gitignore:1 ignores a"
