"""Without the lines of an ignore file that are told to do nothing, everything is as it was."""

from collections.abc import Mapping, Sequence

from hypothesis import given
from hypothesis import strategies as st

from hygiene.model.paths import RepoPath
from hygiene.patterns.ignore import IgnoreRules, parse_ignore_file
from hygiene.untrack.ignore_health import idle_lines
from tests.properties.pattern_strategies import cases, ignore_texts, path_lists, rule_files

_few = st.lists(
    st.sampled_from(
        ("a", "b", "/a", "a/", "*", "a*", "*b", "a/b", "/a/b", "!a", "!b", "!/a", "!a/", "a/*", "**/a", "")
    ),
    min_size=2,
    max_size=8,
).map(lambda lines: "\n".join(lines).encode())


def _ignored(files: Mapping[RepoPath, bytes], paths: Sequence[str]) -> list[str]:
    rules = IgnoreRules(parse_ignore_file(path, content) for path, content in files.items())
    verdicts = ((path, rules.verdict(RepoPath(path))) for path in paths)
    return [path for path, verdict in verdicts if verdict is not None and verdict.ignored]


@cases(200)
@given(contents=rule_files(".gitignore", _few | ignore_texts), paths=path_lists)
def test_idle_lines_may_go_all_at_once(contents: dict[str, bytes], paths: Sequence[str]) -> None:
    files = {RepoPath(path): content for path, content in contents.items()}
    idle = {(each.path, each.line) for each in idle_lines(files)}
    rest = {
        path: b"\n".join(b"" if (path, number) in idle else line for number, line in enumerate(content.split(b"\n"), 1))
        for path, content in files.items()
    }
    assert _ignored(rest, paths) == _ignored(files, paths)
