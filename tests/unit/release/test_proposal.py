"""What a first package should hold, judged by what lies at the root."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygiene.model.finding import Finding
from hygiene.model.inventory import Entry, Mode
from hygiene.model.json_path import bytes_of
from hygiene.model.paths import BlobId, RepoPath
from hygiene.patterns.glob import parse_patterns
from hygiene.patterns.ignore_file import IgnoreFile
from hygiene.patterns.verdicts import IgnoreRules
from hygiene.release.layout import Part
from hygiene.release.metadata import Metadata, Told
from hygiene.release.proposal import Denied, Proposal, Proposed, proposal
from tests.unit.adoption.first_reports import met

BLOB = BlobId("0" * 40)
SHOP = Metadata(Told("my-shop", RepoPath("pyproject.toml")))


def entries(*paths: str, mode: str = Mode.FILE) -> list[Entry]:
    return [Entry(mode, BLOB, RepoPath(path)) for path in paths]


def proposed(*paths: str, findings: tuple[Finding, ...] = (), metadata: Metadata = SHOP) -> Proposal:
    return proposal(entries(*paths), findings, metadata, "folder")


def part_of(path: str) -> Part | None:
    some = proposed(path)
    return next((line.part for line in (*some.include, *some.optional)), None)


@pytest.mark.parametrize(
    ("path", "part"),
    [
        ("src/a.py", Part.SOURCE),
        ("crates/a/b/c.rs", Part.SOURCE),
        ("my_shop/data.bin", Part.PACKAGE),
        ("config/a.json", Part.SUPPORT),
        ("projects/default/project.json", Part.SUPPORT),
        ("scripts/run.sh", Part.SUPPORT),
        ("docs/a.md", Part.DOCS),
        ("Tests/a.py", Part.TESTS),
        ("smoke-tests/a.js", Part.TESTS),
        ("examples/a.py", Part.EXAMPLES),
        ("docker/Dockerfile", Part.DOCKER),
        ("deploy/a.yml", Part.DEPLOY),
        ("node_modules/a/index.js", Part.DEPENDENCIES),
        ("reports/a.csv", Part.DATA),
        ("README.md", Part.README),
        ("README-deploy.md", Part.README),
        ("LICENSE", Part.LICENCE),
        ("COPYING.LESSER", Part.LICENCE),
        ("CHANGELOG.md", Part.CHANGES),
        (".env.example", Part.SETTINGS),
        ("pyproject.toml", Part.METADATA),
        ("Cargo.lock", Part.METADATA),
        ("package-lock.json", Part.METADATA),
        ("Makefile", Part.BUILD),
        ("main.py", Part.ENTRY),
        ("Dockerfile", Part.DOCKER),
        ("compose.yaml", Part.DOCKER),
        (".env", None),
        (".github/workflows/ci.yml", None),
        (".eslintrc.js", None),
        ("eslint.config.js", None),
        ("conftest.py", None),
        ("test_all.py", None),
        ("tox.ini", None),
        ("CONTRIBUTING.md", None),
        ("dump.bin", None),
    ],
)
def test_names_tell_what_something_is(path: str, part: Part | None) -> None:
    assert part_of(path) is part


def test_what_ships_is_proposed_in_the_order_of_reading_and_the_rest_is_named() -> None:
    some = proposed(".github/x", "README.md", "docs/a.md", "main.py", "notes.bin", "src/a.py", "src/b.png")
    assert some.include == [
        Proposed("/src/", Part.SOURCE, 2),
        Proposed("/main.py", Part.ENTRY, 1),
        Proposed("/README.md", Part.README, 1),
    ]
    assert some.optional == [Proposed("/docs/", Part.DOCS, 1)]
    assert some.left_out == [".github/", "notes.bin"]
    assert some.denied is None


def test_a_folder_in_which_everything_is_denied_is_not_proposed() -> None:
    some = proposed("build/lib/a.pyc", "src/a.py", findings=(met("python-bytecode", "build/lib/a.pyc"),))
    assert [line.pattern for line in some.include] == ["/src/"]
    assert some.left_out == ["build/"]
    assert some.denied is None


def test_a_denied_file_among_others_is_told() -> None:
    some = proposed("src/a.py", "src/a.pyc", findings=(met("python-bytecode", "src/a.pyc"),))
    assert some.include == [Proposed("/src/", Part.SOURCE, 1)]
    assert some.denied == Denied(1, RepoPath("src/a.pyc"), [])


def test_folders_of_tests_that_hold_denied_files_are_named() -> None:
    paths = ("src/a/testdata/b/c.pyc", "src/fixtures/d.pyc", "src/testdata/e.pyc", "src/f.pyc")
    some = proposed("src/a.py", *paths, findings=tuple(met("python-bytecode", path) for path in paths))
    assert some.denied == Denied(4, RepoPath(paths[0]), ["fixtures/", "testdata/"])


def test_links_and_submodules_are_no_files_that_ship() -> None:
    linked = [*entries("README.md", mode=Mode.SYMLINK), *entries("src", mode=Mode.GITLINK)]
    some = proposal(linked, (), SHOP, "folder")
    assert (some.include, some.left_out) == ([], ["README.md", "src"])


def test_a_name_that_no_archive_can_hold_is_not_proposed() -> None:
    assert proposed("\udcff/a.py").include == []


def test_metadata_name_the_package_else_its_folder_does() -> None:
    assert (proposed().told, proposed().name) == (SHOP.name, None)
    assert (proposed(metadata=Metadata()).told, proposed(metadata=Metadata()).name) == (None, "folder")
    odd = Metadata(Told("no such name", RepoPath("package.json")))
    assert (proposed(metadata=odd).told, proposed(metadata=odd).name) == (None, "folder")
    assert proposal([], (), Metadata(), "no such name").name is None


NAMES = st.text(st.characters(exclude_characters="/\0\n", codec="utf-8"), min_size=1, max_size=6) | st.sampled_from(
    ["!a", "#a", "a ", "*", "[a]", "\\", "src", "README.md", "main.py"]
)


@given(st.lists(NAMES, min_size=1, max_size=5, unique=True))
def test_each_line_means_what_it_is_proposed_for_and_nothing_else(names: list[str]) -> None:
    some = proposed(*(f"{name}/a.py" for name in sorted(names, key=bytes_of)))
    for line in (*some.include, *some.optional):
        (pattern,) = parse_patterns([line.pattern])
        assert not pattern.negated
        rules = IgnoreRules([IgnoreFile(RepoPath(".gitignore"), (pattern,))])
        assert sum(rules.verdict(RepoPath(f"{name}/a.py")) is not None for name in names) == 1
