"""The pattern that is made from a path means that path: to us, and to the installed git."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygiene.model.paths import RepoPath
from hygiene.patterns.covering import Covering
from hygiene.patterns.glob import Kind, parse_pattern
from hygiene.patterns.literal import literal_pattern
from tests.properties.pattern_strategies import cases
from tests.properties.real_git import ScratchRepository, only_files

_SIGNS = (*"ab*?[]!#\\- ^{}", "é", "\t", "\x1b", "**", ".")
_parts = st.lists(st.sampled_from(_SIGNS), min_size=1, max_size=5).map("".join)
_paths = (
    st.lists(_parts, min_size=1, max_size=3)
    .filter(lambda parts: not {".", "..", ".git"}.intersection(parts))
    .map("/".join)
)
_path_lists = st.lists(_paths, min_size=1, max_size=20)


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> ScratchRepository:
    return ScratchRepository(tmp_path_factory.mktemp("literal"))


def covered(text: str, paths: Sequence[str]) -> list[str]:
    pattern = parse_pattern(text)
    assert pattern is not None
    assert not pattern.negated
    covering = Covering([(pattern, text)])
    return [path for path in paths if covering.of_file(RepoPath(path))]


def is_at_or_below(path: str, other: str) -> bool:
    return other == path or other.startswith(f"{path}/")


@given(_paths, _path_lists)
def test_a_file_is_covered_by_its_pattern_and_nothing_else_is(path: str, others: Sequence[str]) -> None:
    paths = [path, f"{path}x", f"x{path}", f"x/{path}", *others]
    assert covered(literal_pattern(path, Kind.FILE), paths) == [each for each in paths if is_at_or_below(path, each)]


@given(_paths, _path_lists)
def test_a_folder_covers_what_lies_below_it_and_nothing_else(path: str, others: Sequence[str]) -> None:
    paths = [path, f"{path}/x", f"x/{path}/x", *others]
    assert covered(literal_pattern(path, Kind.FOLDER), paths) == [each for each in paths if each.startswith(f"{path}/")]


@cases(60)
@given(path=_paths, others=_path_lists, kind=st.sampled_from(Kind))
def test_git_takes_the_pattern_for_the_same_path(
    repository: ScratchRepository, path: str, others: Sequence[str], kind: Kind
) -> None:
    text = literal_pattern(path, kind)
    contents = {".gitignore": text.encode()}
    repository.write(contents)
    paths = only_files([path, f"{path}/x", *others], contents)
    ignored = [path for path, (source, _) in zip(paths, repository.check_ignore(paths), strict=True) if source]
    assert ignored == covered(text, paths)


def test_a_byte_that_is_not_utf8_may_be_any_byte() -> None:
    text = literal_pattern("latin1-\udce9*", Kind.FILE)
    assert text == "/latin1-?\\*"
    assert covered(text, ["latin1-\udce9*", "latin1-x*", "latin1-xy*", "latin1-/*"]) == ["latin1-\udce9*", "latin1-x*"]
