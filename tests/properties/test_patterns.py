"""What holds for all patterns, without asking git."""

import time
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from hygiene.model.paths import RepoPath, folder_of, name_of
from hygiene.patterns.glob import Kind, Pattern, parse_pattern
from hygiene.patterns.ignore import IgnoreFile, IgnoreRules, dead_negations, parse_ignore_file
from hygiene.patterns.overlap import Overlaps
from hygiene.patterns.table import PatternTable
from tests.properties.pattern_strategies import EVERY_PATH, cases, ignore_texts, lines, path_lists, rule_files

_parsed = lines.map(parse_pattern).filter(lambda pattern: pattern is not None)
_GENEROUS_SECONDS = 1.0


def _files(contents: dict[str, bytes]) -> list[IgnoreFile]:
    return [parse_ignore_file(RepoPath(path), content) for path, content in contents.items()]


@cases()
@given(patterns=st.lists(_parsed, max_size=12), paths=path_lists)
def test_a_table_finds_what_each_pattern_matches_alone(patterns: list[Pattern], paths: Sequence[str]) -> None:
    table = PatternTable(patterns)
    for path in paths:
        as_file = [at for at, pattern in enumerate(patterns) if pattern.matches(path, Kind.FILE)]
        as_folder = [at for at, pattern in enumerate(patterns) if pattern.matches(path, Kind.FOLDER)]
        assert list(table.of_file(folder_of(path), name_of(path))) == as_file, path
        assert list(table.of_folder(path)) == as_folder, path


@cases()
@given(contents=rule_files(".gitignore", ignore_texts), paths=path_lists)
def test_many_files_at_once_get_the_same_verdicts(contents: dict[str, bytes], paths: Sequence[str]) -> None:
    by_folder: dict[RepoPath, list[str]] = {}
    for path in paths:
        by_folder.setdefault(folder_of(path), []).append(name_of(path))
    rules = IgnoreRules(_files(contents))
    each = [(RepoPath(path), rules.verdict(RepoPath(path))) for path in paths]
    assert dict(rules.ignored_files(by_folder)) == {path: found for path, found in each if found and found.ignored}


@cases()
@given(contents=rule_files(".gitignore", ignore_texts))
def test_a_dead_negation_can_go_and_no_verdict_changes(contents: dict[str, bytes]) -> None:
    files = _files(contents)
    dead = {(each.source, each.pattern.line) for each in dead_negations(files)}
    alive = [
        file._replace(patterns=tuple(each for each in file.patterns if (file.path, each.line) not in dead))
        for file in files
    ]
    assert _ignored(IgnoreRules(alive)) == _ignored(IgnoreRules(files))


def _ignored(rules: IgnoreRules) -> set[str]:
    return {path for path in EVERY_PATH if (found := rules.verdict(RepoPath(path))) and found.ignored}


@cases()
@given(contents=rule_files(".gitignore", ignore_texts), paths=path_lists)
def test_without_its_negations_a_revived_file_is_ignored(contents: dict[str, bytes], paths: Sequence[str]) -> None:
    files = _files(contents)
    rules = IgnoreRules(files)
    plain = IgnoreRules(
        file._replace(patterns=tuple(pattern for pattern in file.patterns if not pattern.negated)) for file in files
    )
    for path in map(RepoPath, paths):
        before, after = plain.verdict(path), rules.verdict(path)
        was_saved = before is not None and (after is None or not after.ignored)
        assert (rules.revived(path) is not None) == was_saved, path


@cases()
@given(one=_parsed, other=_parsed)
def test_globs_that_cannot_meet_match_no_path_in_common(one: Pattern, other: Pattern) -> None:
    if one.anchored == other.anchored and not Overlaps(100_000).may_meet(one.tokens, other.tokens):
        assert not [path for path in EVERY_PATH if _match_both(one, other, path)]


def _match_both(one: Pattern, other: Pattern, path: str) -> bool:
    return one.matches(path, Kind.FOLDER) and other.matches(path, Kind.FOLDER)


_unit = st.sampled_from(("*a", "a*", "*?", "**/", "**/a/", "*/", "[ab]*", "*[!b]", "a**b", "?", "a?*", "*/a/**/"))
_hostile_patterns = st.builds(
    lambda unit, other, times, end: (unit * times + other * times + end)[:1000],
    _unit,
    _unit,
    st.integers(1, 60),
    st.sampled_from(("b", "/b", "[c]", "*", "")),
).filter(lambda text: text.count("*") <= 128)
_hostile_paths = st.builds(
    lambda unit, times, end: (unit * times)[:4000].rstrip("/") + end,
    st.sampled_from(("a", "ab", "a/", "aaaaaaaa/", "a/b/", "é", "ba")),
    st.integers(500, 4000),
    st.sampled_from(("", "b", "/b", "c")),
)


@cases()
@given(pattern=_hostile_patterns, path=_hostile_paths)
def test_no_pattern_takes_long_for_any_path(pattern: str, path: str) -> None:
    parsed = parse_pattern(pattern)
    start = time.process_time()
    if parsed is not None:
        parsed.matches(path, Kind.FOLDER)
    assert time.process_time() - start < _GENEROUS_SECONDS
