"""Verdicts of ignore files are those of the installed git."""

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given

from hygiene.model.paths import RepoPath
from hygiene.patterns.ignore import IgnoreRules, parse_ignore_file
from tests.properties.pattern_strategies import cases, ignore_texts, path_lists, rule_files
from tests.properties.real_git import ScratchRepository, only_files


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> ScratchRepository:
    return ScratchRepository(tmp_path_factory.mktemp("ignore"))


def _rules(contents: Mapping[str, bytes]) -> IgnoreRules:
    return IgnoreRules(parse_ignore_file(RepoPath(path), content) for path, content in contents.items())


def _answer(rules: IgnoreRules, path: RepoPath) -> tuple[str, str]:
    verdict = rules.verdict(path)
    return (verdict.source, str(verdict.pattern.line)) if verdict else ("", "")


@cases()
@given(contents=rule_files(".gitignore", ignore_texts), paths=path_lists)
def test_every_path_gets_the_line_that_git_names(
    repository: ScratchRepository, contents: dict[str, bytes], paths: Sequence[str]
) -> None:
    repository.write(contents)
    files = only_files(paths, contents)
    rules = _rules(contents)
    ours = {path: _answer(rules, path) for path in files}
    assert ours == dict(zip(files, repository.check_ignore(files), strict=True))
