"""What a release is called."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hygiene.errors import BadPackageName, NoPackage, SeveralVersions
from hygiene.model.packaging import PackageSettings
from hygiene.model.paths import RepoPath
from hygiene.model.release_name import is_release_name
from hygiene.release.metadata import Metadata, Told
from hygiene.release.version import Clues, Version, release_name, version_by_tag, version_of

COMMIT = "0123456789abcdef" + "0" * 24
NOTHING = Clues(None, "HEAD", (), (), "shop", Metadata(), COMMIT)
FILE = RepoPath("pyproject.toml")


def told(version: str) -> Metadata:
    return Metadata(Told("shop", FILE), Told(version, FILE))


@pytest.mark.parametrize(
    ("tag", "version"),
    [
        ("v1.2.3", "1.2.3"),
        ("V1", "1"),
        ("1.2.3", "1.2.3"),
        ("1.2.3rc1", "1.2.3rc1"),
        ("v1.2.3-beta.1+x", "1.2.3-beta.1+x"),
        ("2024-01-31", "2024-01-31"),
        ("release-1.2", "1.2"),
        ("release/v1.2", "1.2"),
        ("shop-1.2.3", "1.2.3"),
        ("shop@1.2.3", "1.2.3"),
        ("shop/v1.2.3", "1.2.3"),
        ("Shop_1.2.3", "1.2.3"),
        ("other-1.2.3", None),
        ("other/v1.2.3", None),
        ("release-notes", None),
        ("1password", None),
        ("latest", None),
        ("v", None),
        ("v1.2/x", None),
        ("v1.2\n", None),
        ("v\u0661.\u0662", None),
    ],
)
def test_a_tag_reads_as_a_version(tag: str, version: str | None) -> None:
    assert version_by_tag(tag, "shop") == version


def test_a_name_that_looks_like_a_pattern_is_taken_as_it_is() -> None:
    assert version_by_tag("a.b-1.2", "a.b") == "1.2"
    assert version_by_tag("axb-1.2", "a.b") is None


def test_who_gives_a_version_is_asked_nothing_more() -> None:
    clues = NOTHING._replace(asked="7", tags=("v1", "v2"), metadata=told("3"))
    assert version_of(clues) == Version("7")


def test_the_tag_that_was_named_wins_over_the_others() -> None:
    clues = NOTHING._replace(tags=("v1.2", "v1.2-rc1"))
    assert version_of(clues._replace(revision="v1.2-rc1")) == Version("1.2-rc1")
    assert version_of(clues._replace(revision="refs/tags/v1.2")) == Version("1.2")


def test_a_branch_that_is_called_like_a_version_is_no_tag() -> None:
    assert version_of(NOTHING._replace(revision="v9", tags=("v1.2",))) == Version("1.2")


def test_tags_that_say_the_same_are_one() -> None:
    assert version_of(NOTHING._replace(tags=("latest", "v1.2", "1.2", "other-3.0"))) == Version("1.2")


@pytest.mark.parametrize(
    ("tag", "version"),
    [
        ("other-v3.0", "3.0"),
        ("rel_1.2", "1.2"),
        ("lib/v1.0-rc.1", "1.0-rc.1"),
        ("py3-lib-2.0", "2.0"),
        ("nightly", "0+g"),
    ],
)
def test_a_tag_that_is_named_counts_whatever_stands_before_its_version(tag: str, version: str) -> None:
    assert version_of(NOTHING._replace(revision=tag, tags=(tag,))).text.startswith(version)


def test_a_version_that_another_commit_was_released_with_is_noted() -> None:
    version = version_of(NOTHING._replace(elsewhere=("v1.2", "v1.1"), metadata=told("1.2")))
    assert (version.text, "the tag v1.2, which is another commit" in version.note) == ("1.2", True)
    assert version_of(NOTHING._replace(elsewhere=("v1.1",), metadata=told("1.2"))).note == ""


def test_beside_a_full_version_its_beginnings_may_stand() -> None:
    assert version_of(NOTHING._replace(tags=("v1", "v1.2", "v1.2.3"))) == Version("1.2.3")
    with pytest.raises(SeveralVersions):
        version_of(NOTHING._replace(tags=("v1.0", "v1.0-rc1")))


def test_tags_that_differ_are_all_told() -> None:
    with pytest.raises(SeveralVersions, match=r"v1\.2, v1\.3") as caught:
        version_of(NOTHING._replace(tags=("v1.3", "nightly", "v1.2")))
    assert "--version" in caught.value.hint
    assert "nightly" not in caught.value.message


def test_a_tag_wins_over_metadata_and_says_so_where_they_differ() -> None:
    assert version_of(NOTHING._replace(tags=("v1.2",), metadata=told("1.2"))) == Version("1.2")
    version = version_of(NOTHING._replace(tags=("v1.2",), metadata=told("1.3")))
    assert version.text == "1.2"
    assert "1.3" in version.note
    assert FILE in version.note


def test_without_a_tag_metadata_say_it() -> None:
    assert version_of(NOTHING._replace(metadata=told("1.3"))) == Version("1.3")


def test_without_anything_it_is_the_commit_and_that_is_told() -> None:
    version = version_of(NOTHING)
    assert version.text == "0+g0123456789ab"
    assert "--version" in version.note


@pytest.mark.parametrize("version", ["", "1!2", "../1", "-1", "1 2", "1\n", "a" * 101])
def test_a_version_that_no_file_can_be_called_by_is_an_error(version: str) -> None:
    with pytest.raises(BadPackageName):
        version_of(NOTHING._replace(asked=version))
    with pytest.raises(BadPackageName):
        version_of(NOTHING._replace(metadata=told(version)))


@given(
    st.text(max_size=20), st.lists(st.text(max_size=12) | st.from_regex(r"v?\d\.\d"), max_size=3), st.text(max_size=6)
)
@example("HEAD", ["v1.2"], "(")
def test_whatever_is_told_an_archive_can_be_called_by(revision: str, tags: list[str], name: str) -> None:
    clues = NOTHING._replace(revision=revision, tags=(*tags, revision), name=name)
    try:
        version = version_of(clues)
    except SeveralVersions:
        assert len(clues.tags) > 1
    else:
        assert is_release_name(version.text)


def test_the_configuration_names_the_package() -> None:
    assert release_name(PackageSettings((), name="own"), "docs", told("1")) == "own"


def test_else_metadata_do_with_the_target_behind_it() -> None:
    assert release_name(PackageSettings(()), None, told("1")) == "shop"
    assert release_name(PackageSettings(()), "docs", told("1")) == "shop-docs"


def test_a_package_that_nothing_names_is_an_error_with_the_way_out() -> None:
    with pytest.raises(NoPackage) as caught:
        release_name(PackageSettings(()), None, Metadata())
    assert "[package]" in caught.value.hint


def test_a_name_that_no_file_can_have_is_an_error() -> None:
    with pytest.raises(BadPackageName):
        release_name(PackageSettings(()), None, Metadata(Told("a b", FILE)))
