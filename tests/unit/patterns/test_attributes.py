import pytest

from hygiene.model.paths import RepoPath
from hygiene.patterns.attributes import Attributes, AttributeValue
from hygiene.patterns.attributes_file import parse_attributes_file


def attributes(**contents: str) -> Attributes:
    bases = {"" if folder == "root" else f"{folder}/": text for folder, text in contents.items()}
    return Attributes({RepoPath(f"{base}.gitattributes"): text.encode() for base, text in bases.items()})


def value(text: str, path: str, name: str) -> str | bool | None:
    found = attributes(root=text).of(RepoPath(path), name)
    return found.value if found else "nothing"


@pytest.mark.parametrize(
    ("text", "path", "name", "expected"),
    [
        ("*.bin filter=lfs diff=lfs -text\n", "a/x.bin", "filter", "lfs"),
        ("*.bin filter=lfs diff=lfs -text\n", "a/x.bin", "text", False),
        ("*.bin filter=lfs\n", "a/x.txt", "filter", "nothing"),
        ("vendor/** linguist-vendored\n", "vendor/a/b.js", "linguist-vendored", True),
        ("vendor/ linguist-vendored\n", "vendor/a/b.js", "linguist-vendored", "nothing"),
        ("vendor/* linguist-vendored\n", "vendor/a/b.js", "linguist-vendored", "nothing"),
        ("* text\n*.png -text\n", "a.png", "text", False),
        ("*.png -text\n* text\n", "a.png", "text", True),
        ("* text\n*.png !text\n", "a.png", "text", None),
        ("a x -x\n", "a", "x", False),
        ("a x=\n", "a", "x", ""),
        ("a x=b=c\n", "a", "x", "b=c"),
        ("*.png binary\n", "a.png", "text", False),
        ("*.png binary text\n", "a.png", "text", True),
        ("*.png text binary\n", "a.png", "text", False),
        ("* text\n*.png binary\n*.png -binary\n", "a.png", "text", True),
        ("[attr]m x y=1\na m\n", "a", "y", "1"),
        ("[attr]m n\n[attr]n x\na m\n", "a", "x", True),
        ("[attr]m m x\na m\n", "a", "x", True),
        ("!a x\n", "!a", "x", "nothing"),
        ("#a x\n", "#a", "x", "nothing"),
        ("\\#a x\n", "#a", "x", True),
        ('"a b" x\n', "a b", "x", True),
        ('"\\303\\251\\t" x\n', "é\t", "x", True),
        ('"a x\n', '"a', "x", True),
        ("  a\tx\r\n", "a", "x", True),
        ("\ufeffa x\n", "a", "x", True),
        ("a x $bad\n", "a", "x", "nothing"),
        ("a x --y\n", "a", "x", "nothing"),
        (f"a x {'y' * 2100}\n", "a", "x", "nothing"),
    ],
)
def test_attributes_are_read_as_git_reads_them(text: str, path: str, name: str, expected: str | bool | None) -> None:  # noqa: FBT001  # an attribute's value may be one
    assert value(text, path, name) == expected


def said(found: AttributeValue | None) -> str | None:
    return f"{found.source}:{found.line} {found.value}" if found else None


def test_a_deeper_file_overrules_and_the_deciding_line_is_named() -> None:
    both = attributes(root="\n*.js linguist-generated\n*.js -diff\n", sub="*.js !linguist-generated\n/a.js diff\n")
    assert said(both.of(RepoPath("a.js"), "linguist-generated")) == ".gitattributes:2 True"
    assert said(both.of(RepoPath("sub/a.js"), "linguist-generated")) == "sub/.gitattributes:1 None"
    assert said(both.of(RepoPath("sub/x/a.js"), "diff")) == ".gitattributes:3 False"


def test_a_macro_counts_in_every_folder_and_is_defined_in_the_root_only() -> None:
    both = attributes(root="[attr]m x\n", sub="a m\n[attr]k y\nb k\n")
    assert said(both.of(RepoPath("sub/a"), "x")) == "sub/.gitattributes:1 True"
    assert both.of(RepoPath("sub/b"), "y") is None


@pytest.mark.parametrize(
    ("path", "line"),
    [("docs/a/b", 1), ("docs", None), ("x/secret", 2), ("x/secret/deep/y", 2), ("kept/a", None), ("named/a", None)],
)
def test_export_ignore_on_a_folder_leaves_out_all_below(path: str, line: int | None) -> None:
    text = "docs/ export-ignore\nsecret export-ignore\nkept/ -export-ignore\nnamed/ export-ignore=yes\n"
    found = attributes(root=text).export_ignored(RepoPath(path))
    assert (found.line if found else None) == line


def test_a_line_over_a_limit_is_skipped_and_named() -> None:
    file = parse_attributes_file(RepoPath(".gitattributes"), b"*a" * 200 + b" x\nb x\n")
    assert [pattern.text for pattern in file.patterns] == ["b"]
    assert [line for line, _ in file.skipped] == [1]
    whole = Attributes({RepoPath("sub/.gitattributes"): b"*a" * 200 + b" x\n"})
    assert [(path, line) for path, line, _ in whole.skipped] == [("sub/.gitattributes", 1)]
