"""Attributes of paths are those of the installed git."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygiene.model.paths import RepoPath, ancestors
from hygiene.patterns.attributes import Attributes, AttributeValue
from tests.properties.pattern_strategies import cases, file_texts, path_lists, pattern_texts, rule_files
from tests.properties.real_git import ScratchRepository

_NAMES = ("x", "y", "m", "n", "binary", "text", "diff", "export-ignore")
_signed = [sign + name for sign in ("", "-", "!") for name in _NAMES]
_words = st.sampled_from([*_signed, "x=1", "x=2", "y=a=b", "diff=", "-x=1"]) | st.sampled_from(("=1", "--x", "$"))
_gaps = st.sampled_from((" ", " ", "\t", "  "))
_quoted = st.sampled_from(
    (
        *('"a"', '"a b"', '"\\141"', '"a\\tb"', '"a"x', '"!a"', '"#a"', '"é"', '"\\303\\251"'),
        *('"a\\"', '"\\q"', '"a '),  # broken: the quotation mark then is part of the pattern
    )
)
_macros = st.sampled_from(("[attr]m", "[attr]n", "[attr]binary", "[attr]", "[attr]-m", '"[attr]m"'))
_plain = st.sampled_from(("*", "a", "b", "a/", "a/*", "**", "a/b", "#a"))
_subjects = st.one_of(pattern_texts, pattern_texts, _plain, _quoted, _macros)
_lines = st.builds(
    lambda indent, subject, words: indent + subject + "".join(gap + word for gap, word in words),
    st.sampled_from(("", "", "", " ", "\t")),
    _subjects,
    st.lists(st.tuples(_gaps, _words), max_size=4),
)
_texts = file_texts(_lines)


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> ScratchRepository:
    return ScratchRepository(tmp_path_factory.mktemp("attributes"))


def _in_words(found: AttributeValue | None) -> str:
    if found is None or found.value is None:
        return "unspecified"
    if isinstance(found.value, str):
        return found.value
    return "set" if found.value else "unset"


@cases()
@given(contents=rule_files(".gitattributes", _texts), paths=path_lists)
def test_every_attribute_of_every_path_is_what_git_says(
    repository: ScratchRepository, contents: dict[str, bytes], paths: Sequence[str]
) -> None:
    repository.write(contents)
    attributes = Attributes({RepoPath(path): content for path, content in contents.items()})
    ours = [{name: _in_words(attributes.of(RepoPath(path), name)) for name in _NAMES} for path in paths]
    theirs = repository.check_attr(paths, _NAMES)
    assert dict(zip(paths, ours, strict=True)) == dict(zip(paths, theirs, strict=True))


@cases(50)
@given(contents=rule_files(".gitattributes", _texts), paths=path_lists)
def test_export_ignore_counts_for_the_file_and_for_every_folder_above(
    repository: ScratchRepository, contents: dict[str, bytes], paths: Sequence[str]
) -> None:
    repository.write(contents)
    attributes = Attributes({RepoPath(path): content for path, content in contents.items()})
    steps = {path: [path, *(f"{folder}/" for folder in ancestors(path))] for path in paths}
    asked = sorted({step for each in steps.values() for step in each})
    answers = repository.check_attr(asked, ["export-ignore"])
    is_set = {step: answer["export-ignore"] == "set" for step, answer in zip(asked, answers, strict=True)}
    ours = {path: attributes.export_ignored(RepoPath(path)) is not None for path in paths}
    assert ours == {path: any(is_set[step] for step in each) for path, each in steps.items()}
