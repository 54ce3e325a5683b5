"""A pattern covers a path, as a waiver's does, where the installed git would ignore the path by that pattern alone."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygiene.patterns.covering import Covering
from hygiene.patterns.glob import parse_pattern
from tests.properties.pattern_strategies import cases, lines, path_lists
from tests.properties.real_git import ScratchRepository, only_files


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> ScratchRepository:
    return ScratchRepository(tmp_path_factory.mktemp("covering"))


@cases()
@given(line=lines.filter(lambda line: not line.startswith("!") and "\r" not in line), paths=path_lists)
def test_a_pattern_covers_what_git_ignores_by_it(
    repository: ScratchRepository, line: str, paths: Sequence[str]
) -> None:
    contents = {".gitignore": line.encode("utf-8", "surrogateescape")}
    repository.write(contents)
    files = only_files(paths, contents)
    pattern = parse_pattern(line)
    covering = Covering([] if pattern is None else [(pattern, line)])
    ours = [bool(covering.of_file(path)) for path in files]
    assert ours == [source != "" for source, _ in repository.check_ignore(files)]


@given(st.lists(lines.filter(lambda line: not line.startswith("!")), max_size=4), path_lists)
def test_several_patterns_cover_what_each_of_them_does(texts: Sequence[str], paths: Sequence[str]) -> None:
    patterns = [pattern for pattern in map(parse_pattern, texts) if pattern is not None]
    pairs = [(pattern, at) for at, pattern in enumerate(patterns)]
    together, alone = Covering(pairs), [Covering([pair]) for pair in pairs]
    for path in only_files(paths, ())[:200]:
        assert together.of_file(path) == [at for at, each in enumerate(alone) if each.of_file(path)]
