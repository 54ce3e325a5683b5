"""What of a commit is chosen, and by which line."""

import tarfile
from collections.abc import Mapping
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fixtures.repositories import RepositoryBuilder
from hygiene.errors import IdleLines
from hygiene.model.inventory import Entry
from hygiene.model.packaging import Line, Omission, PackageSettings
from hygiene.model.paths import BlobId, RepoPath
from hygiene.model.permit import Origin
from hygiene.patterns.attributes import Attributes
from hygiene.release.selection import Selection, Selector

_BLOB = BlobId("b" * 40)


def _lines(*texts: str) -> tuple[Line, ...]:
    return tuple(Line(text, Origin("hygiene.toml", number)) for number, text in enumerate(texts, 1))


def _selected(paths: list[str], asked: PackageSettings, attributes: Mapping[str, bytes] | None = None) -> Selection:
    entries = [Entry("100644", _BLOB, RepoPath(path)) for path in paths]
    said = Attributes({RepoPath(path): content for path, content in (attributes or {}).items()})
    return Selector(asked, said.export_ignored).select(entries, {_BLOB: 1})


def _chosen(selection: Selection) -> list[str]:
    return [each.path for each in selection.chosen]


def test_only_what_the_allowlist_names_is_chosen_and_each_knows_its_line() -> None:
    asked = PackageSettings(_lines("/src/", "*.md", "/src/a.py"))
    selection = _selected(["README.md", "junk", "src/a.py", "src/b.py"], asked)
    assert [(each.path, each.line.text) for each in selection.chosen] == [
        ("README.md", "*.md"),
        ("src/a.py", "/src/a.py"),
        ("src/b.py", "/src/"),
    ]
    assert [(each.path, each.why) for each in selection.left_out] == [("junk", Omission.NOT_INCLUDED)]


def test_an_exclude_line_wins_and_is_told() -> None:
    asked = PackageSettings(_lines("/src/"), exclude=_lines("*.md"))
    left_out = _selected(["src/a.py", "src/x.md"], asked).left_out
    assert [(each.path, each.why, each.by) for each in left_out] == [("src/x.md", Omission.EXCLUDED, asked.exclude[0])]


def test_of_a_root_only_what_is_below_it_counts_and_paths_are_seen_from_there() -> None:
    asked = PackageSettings(_lines("*"), root=RepoPath("app"))
    selection = _selected(["app/a", "app2/x", "b"], asked)
    assert _chosen(selection) == ["a"]
    assert [each.why for each in selection.left_out] == [Omission.OUTSIDE_ROOT, Omission.OUTSIDE_ROOT]


def test_what_is_chosen_is_ordered_by_the_bytes_of_its_path_in_the_archive() -> None:
    assert _chosen(_selected(["a/b", "a.b", "é", "z", "B"], PackageSettings(_lines("*")))) == [
        "B",
        "a.b",
        "a/b",
        "z",
        "é",
    ]


def test_lines_that_do_nothing_are_all_told_with_their_places() -> None:
    asked = PackageSettings(_lines("/src/", "/scr/", "#x"), exclude=_lines("*.md", "/docs/"), root=RepoPath("src"))
    selector = Selector(asked, lambda _: None)
    selector.select([Entry("100644", _BLOB, RepoPath(path)) for path in ("src/a", "docs/x.md")], {})
    with pytest.raises(IdleLines) as trouble:
        selector.require_use()
    assert [problem.partition(" names")[0] for problem in trouble.value.problems] == [
        "hygiene.toml:2: '/scr/'",
        "hygiene.toml:3: '#x'",
        "hygiene.toml:1: '*.md'",
        "hygiene.toml:2: '/docs/'",
    ]


def test_export_ignore_counts_for_folders_and_says_its_line() -> None:
    attributes = {".gitattributes": b"docs export-ignore\n*.in export-ignore\n"}
    paths = ["a.in", "docs/x/y", "src/z"]
    selection = _selected(paths, PackageSettings(_lines("*")), attributes)
    assert _chosen(selection) == ["src/z"]
    assert [(each.path, each.by) for each in selection.left_out] == [
        ("a.in", Line("export-ignore", Origin(".gitattributes", 2))),
        ("docs/x/y", Line("export-ignore", Origin(".gitattributes", 1))),
    ]


def test_modes_are_those_that_an_archive_can_keep() -> None:
    entries = [Entry(mode, _BLOB, RepoPath(mode)) for mode in ("100644", "100664", "100755", "120000")]
    chosen = Selector(PackageSettings(_lines("*")), lambda _: None).select(entries, {}).chosen
    assert [each.mode for each in chosen] == ["100644", "100644", "100755", "120000"]
    assert [each.size for each in chosen] == [None] * 4


_patterns = st.sampled_from(["*.a", "/d", "d/", "/d/e/", "**/x", "d/e", "x.a", "/d/*.a", "e"])
_states = st.sampled_from(["export-ignore", "-export-ignore", "!export-ignore"])
_rules = st.lists(st.tuples(_patterns, _states).map(" ".join), max_size=4).map(lambda lines: "\n".join(lines).encode())
_PATHS = ["d/e/x.a", "d/e/y", "d/x.a", "e/x", "x", "x.a"]


@settings(max_examples=25, deadline=None)
@given(top=_rules, below=_rules)
def test_what_is_left_out_by_attributes_is_what_git_archive_leaves_out(
    top: bytes, below: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    builder = RepositoryBuilder(tmp_path_factory.mktemp("r"))
    attributes = {".gitattributes": top, "d/.gitattributes": below}
    for path, content in (dict.fromkeys(_PATHS, b"x") | attributes).items():
        builder.file(path, content)
    commit = builder.commit()
    with tarfile.open(fileobj=BytesIO(builder.git("archive", "--format=tar", commit))) as archive:
        theirs = sorted(each.name for each in archive if each.isfile())
    assert sorted(_chosen(_selected([*_PATHS, *attributes], PackageSettings(_lines("*")), attributes))) == theirs
