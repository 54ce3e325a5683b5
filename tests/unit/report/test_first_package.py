"""The proposed `[package]` can be appended to a configuration, as it is and with every suggestion taken in."""

import re
from collections.abc import Sequence

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hygiene.model.inventory import Entry, Mode
from hygiene.model.paths import BlobId, RepoPath
from hygiene.policy.configuration.file import own_table
from hygiene.policy.configuration.loading import load_settings
from hygiene.policy.configuration.settings import Settings
from hygiene.release.metadata import Metadata, Told
from hygiene.release.proposal import Proposal, Proposed, proposal
from hygiene.report.first_package import first_package
from tests.fakes.policy_files import FakePolicyFiles
from tests.unit.adoption.first_reports import CATALOGUE, met
from tests.unit.report.runner import commands_in

SHOP = Metadata(Told("shop", RepoPath("pyproject.toml")))


def proposed(*paths: str, metadata: Metadata = SHOP, folder: str = "folder") -> Proposal:
    entries = [Entry(Mode.FILE, BlobId("0" * 40), RepoPath(path)) for path in paths]
    findings = [met("python-bytecode", path) for path in paths if path.endswith(".pyc")]
    return proposal(entries, findings, metadata, folder)


def taken_in(text: str) -> str:
    """The text with every suggestion taken in."""
    return re.sub(r"^( *)#(?=[^ \n])", r"\1", text, flags=re.MULTILINE)


def loaded(text: str, name: str = "hygiene.toml", before: str = "") -> Settings:
    return load_settings(FakePolicyFiles.holding({name: before + text}), None, CATALOGUE)


def patterns(lines: Sequence[Proposed]) -> list[str]:
    return [line.pattern for line in lines]


def included(some: Settings) -> list[str]:
    return [] if some.package is None else [line.text for line in some.package.include]


USUAL = proposed("src/a.py", "src/b.pyc", "README.md", "docs/a.md", ".github/x", "tests/a.py")


def test_it_says_what_is_proposed_and_why() -> None:
    assert first_package(USUAL).splitlines() == [
        "# What a release archive holds, as `hygiene package` makes it: what is named here, and nothing else.",
        "# Proposed by the names at the root of the repository; read it before you ship by it. A line that",
        "# begins with # and no space is a suggestion: take the # away to use it.",
        "[package]",
        "# The archive's name before its version; without this line it is as pyproject.toml says.",
        '#name = "shop"',
        "# Patterns in gitignore syntax from the repository's root. One that matches nothing is an error.",
        "# Below these is 1 file that no release may hold, such as src/b.pyc. `hygiene package` refuses as",
        "# long as one is in the commit: untrack it with `hygiene untrack` instead of excluding it, or say",
        "# with `hygiene waive` why it is meant to ship.",
        "include = [",
        '  "/src/",  # source: 1 file',
        '  "/README.md",  # what it is',
        "  # What only some releases hold:",
        '  #"/docs/",  # documentation: 1 file',
        '  #"/tests/",  # tests: 1 file',
        "]",
        "# What of that stays out all the same, in the same syntax.",
        '# An example: exclude = ["*.psd"]',
        "# At the root and not proposed: .github/.",
    ]


@pytest.mark.parametrize(("name", "before"), [("hygiene.toml", '[gate]\nfail_on = "likely"\n'), ("pyproject.toml", "")])
def test_it_can_be_appended_to_a_configuration(name: str, before: str) -> None:
    text = first_package(USUAL, own_table(name))
    assert included(loaded(text, name, before)) == ["/src/", "/README.md"]
    assert included(loaded(taken_in(text), name, before)) == ["/src/", "/README.md", "/docs/", "/tests/"]


def test_what_tests_need_may_be_excluded() -> None:
    some = proposed("src/a.py", "src/a/testdata/x/b.pyc", "src/Fixtures/c.pyc", "src/d.pyc")
    text = first_package(some)
    assert '#exclude = ["Fixtures/", "testdata/"]' in text
    package = loaded(taken_in(text)).package
    assert package is not None
    assert [line.text for line in package.exclude] == ["Fixtures/", "testdata/"]


def test_a_name_is_set_where_metadata_say_none() -> None:
    package = loaded(first_package(proposed("src/a.py", metadata=Metadata()))).package
    assert package is not None
    assert package.name == "folder"


def test_where_nothing_is_proposed_it_is_all_a_comment() -> None:
    text = first_package(proposed(".github/x", "docs/a.md", metadata=Metadata()))
    assert loaded(text).package is None
    assert included(loaded(taken_in(text))) == ["/docs/"]


NAMES = st.text(st.characters(exclude_characters="/\0"), min_size=1, max_size=8) | st.sampled_from(
    ["!a", "#a", "a ", "*", "[a]", '"', "\\", "\x1b[31m", "##[error]x", "::error::x", "a\nb", "\udcff", "\u202e", "…"]
)
PATHS = st.lists(st.builds("{}{}".format, NAMES, st.sampled_from(["/a.py", "/a.pyc", ".py", "/x", ""])), max_size=6)


@given(PATHS, NAMES, NAMES)
@example(["##[error]y/a.py"], "::error::y", "##[error]y")
@settings(max_examples=150, deadline=None)
def test_whatever_the_names_are_it_means_what_is_proposed_and_commands_nobody(
    paths: list[str], name: str, folder: str
) -> None:
    some = proposed(*dict.fromkeys(paths), metadata=Metadata(Told(name, RepoPath("package.json"))), folder=folder)
    text = first_package(some)
    assert included(loaded(text)) == patterns(some.include)
    if some.include or some.optional:
        assert included(loaded(taken_in(text))) == [*patterns(some.include), *patterns(some.optional)]
    assert all(character.isprintable() or character == "\n" for character in text)
    assert commands_in(text.replace(" ", "\n")) == []
