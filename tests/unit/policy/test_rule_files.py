"""What becomes of a team's rule files: read when sound, refused with every problem when not."""

import os
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hygiene.errors import BrokenRules
from hygiene.model.rule import Bucket, Category, Confidence, Disposition, Need, Release, Severity
from hygiene.wiring import rules_of as load_rules
from tests.fakes.policy_texts import CHECK, SOUND


def write(folder: Path, text: str, name: str = "team-export.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def problems_of(*paths: Path) -> tuple[str, ...]:
    """The problems, each without the line that it names."""
    return tuple(re.sub(r"\.toml:\d+: ", ".toml: ", problem, count=1) for problem in placed_problems_of(*paths))


def placed_problems_of(*paths: Path) -> tuple[str, ...]:
    with pytest.raises(BrokenRules) as caught:
        load_rules(paths)
    return caught.value.problems


def problems_with(folder: Path, old: str, new: str) -> tuple[str, ...]:
    """The problems of the sound file with one text replaced, without the file's own name."""
    assert old in SOUND
    path = write(folder, SOUND.replace(old, new))
    return tuple(problem.removeprefix(f"{path}: ") for problem in problems_of(path))


def test_a_sound_file_states_its_rule(tmp_path: Path) -> None:
    (rule,) = load_rules([write(tmp_path, SOUND)])

    assert rule.id == "team-export"
    assert rule.why == "The exporter writes these. They hold customers."
    assert (rule.category, rule.bucket) == (Category.REPORT, Bucket.EVIDENCE)
    assert (rule.confidence, rule.severity) == (Confidence.LIKELY, Severity.HIGH)
    assert (rule.disposition, rule.release) == (Disposition.UNTRACK, Release.DENY)
    assert rule.match is not None
    assert rule.match.globs == ("/exports/",)
    assert rule.match.needs is Need.CONTENT
    assert rule.examples.match == ("exports/a.zip", "b.export")
    assert rule.gitignore == ("/exports/",)
    assert rule.references == ()
    assert rule.check is None
    assert rule.origin == str(tmp_path / "team-export.toml")


def test_a_teams_rule_has_no_check_to_call(tmp_path: Path) -> None:
    with pytest.raises(BrokenRules, match="check: is for built-in rules alone"):
        load_rules([write(tmp_path, CHECK, "team-check.toml")])


def test_a_folder_stands_for_its_rule_files_and_no_others(tmp_path: Path) -> None:
    write(tmp_path, SOUND)
    write(tmp_path, SOUND.replace("team-export", "team-import"), "team-import.toml")
    write(tmp_path, "not a rule", "README.md")
    (tmp_path / "below").mkdir()
    write(tmp_path / "below", "broken", "deeper.toml")

    rules = load_rules([tmp_path])

    assert [rule.id for rule in rules] == ["team-export", "team-import"]


def test_a_file_that_is_named_twice_is_read_once(tmp_path: Path) -> None:
    path = write(tmp_path, SOUND)

    assert len(load_rules([path, tmp_path, path])) == 1


def test_windows_line_ends_and_a_byte_order_mark_are_welcome(tmp_path: Path) -> None:
    path = tmp_path / "team-export.toml"
    path.write_bytes(b"\xef\xbb\xbf" + SOUND.replace("\n", "\r\n").encode())

    (rule,) = load_rules([path])

    assert rule.why == "The exporter writes these. They hold customers."


def test_all_problems_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    misspelt = SOUND.replace("summary =", "sumary =").replace('"high"', '"hihg"')
    first = write(tmp_path, misspelt.replace('["/exp', '[3, "/exp'))
    second = write(tmp_path, "id = [", "other.toml")

    told = problems_of(first, second)

    assert f"{first}: sumary: unknown key; did you mean 'summary'?" in told
    assert f"{first}: summary: missing; a text that is not empty" in told
    assert f"{first}: severity: 'hihg' is not a choice; did you mean 'high'?" in told
    assert [problem for problem in told if problem.startswith(f"{first}: gitignore[0]: expected string, got integer")]
    assert [problem for problem in told if problem.startswith(f"{first}: match.globs[0]: expected string, got integer")]
    assert [problem for problem in told if problem.startswith(f"{second}: is not TOML")]
    assert len(told) == 6


def test_a_problem_names_its_line(tmp_path: Path) -> None:
    path = write(
        tmp_path, SOUND.replace('"high"', '"hihg"').replace('["/exports/"]\nsuffixes', '["!/exports/"]\nsuffixes')
    )

    assert [problem.partition(": ")[0] for problem in placed_problems_of(path)] == [f"{path}:11"]


@pytest.mark.parametrize(
    ("content", "line"), [(b"id = 'a'\n\nid = 'b'", 3), (b"\n\n\xff", 3), (b"\n" + b"a." * 200 + b"a = 1", 2)]
)
def test_what_is_not_toml_names_its_line(tmp_path: Path, content: bytes, line: int) -> None:
    path = tmp_path / "team-export.toml"
    path.write_bytes(content)

    assert placed_problems_of(path)[0].startswith(f"{path}:{line}: ")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"report"', '"zzz"', "category: 'zzz' is not a choice; one of cache, build, scratch"),
        ('"report"', "7", "category: expected string, got integer; one of cache"),
        ("suffixes", "sufixes", "match.sufixes: unknown key; did you mean 'suffixes'?"),
        ("[match]", "[qqqqqq]", "qqqqqq: unknown key; the keys here are id, summary"),
        ("[examples]", "[example]", "examples: missing; a table with match, ignore"),
        ('ignore = ["src', 'ignored = ["src', "examples.ignore: missing; an array of texts that are not empty"),
        ('"Nightly export"', '""', "summary: is empty; a text that is not empty"),
        ('[".export"]', '".export"', "match.suffixes: expected array, got string"),
        ('needs = "content"', 'needs = "contents"', "match.needs: 'contents' is not a choice; did you mean 'content'?"),
        ('id = "team-export"', 'id = "Team_Export"', "id: 'Team_Export' is not an id; lower-case words with hyphens"),
        (
            'id = "team-export"',
            'id = "team-exports"',
            "id: 'team-exports' is not the file's name; 'team-export', or",
        ),
        ('[".export"]', '["export"]', "match.suffixes: 'export' is not an ending; a dot and what follows it"),
        ('suffixes = [".export"]', 'names = ["a/b"]', "match.names: 'a/b' holds a slash; one exact part of a path"),
        ('suffixes = [".export"]', 'folders = ["x*"]', "match.folders: 'x*' is a pattern; an exact name"),
        ('["application/zip"]', '["zip"]', "match.content: 'zip' is not a media type; a type as in application/zip"),
        ('content = ["application/zip"]', "", "match.content: missing, and needs asks for it"),
        ('globs = ["/exports/"]', 'globs = ["!/exports/"]', "match.globs: '!/exports/' is negated; what to exclude"),
        (
            'globs = ["/exports/"]',
            'globs = ["# x"]',
            "match.globs: '# x' matches nothing; a pattern in gitignore",
        ),
        ('globs = ["/exports/"]', f'globs = ["{"*a" * 200}"]', "match.globs: pattern '*a*a"),
        ('gitignore = ["/exports/"]', 'gitignore = [" "]', "gitignore: ' ' matches nothing"),
        ('["src/export.py", "exports.md"]', '["src/export.py"]', "examples.ignore: 1 of them; at least 2 paths"),
        ('["exports/a.zip", "b.export"]', "[]", "examples.match: 0 of them; at least 2 paths"),
        (
            "gitignore = [",
            'check = "team-export"\ngitignore = [',
            "match: stands beside a check; either [match] or",
        ),
        ("gitignore = [", 'program = "sh"\ngitignore = [', "program: unknown key"),
        ("gitignore = [", 'module = "os"\ngitignore = [', "module: unknown key"),
    ],
)
def test_each_mistake_is_told_at_its_key(tmp_path: Path, old: str, new: str, told: str) -> None:
    problems = problems_with(tmp_path, old, new)

    assert [problem for problem in problems if problem.startswith(told)], problems


def test_content_alone_is_never_certain(tmp_path: Path) -> None:
    text = SOUND.replace('globs = ["/exports/"]\nsuffixes = [".export"]\n', "").replace('"likely"', '"certain"')

    (problem,) = problems_of(write(tmp_path, text))

    assert "confidence: 'certain' without a name to be certain of" in problem


def test_a_rule_must_match_something(tmp_path: Path) -> None:
    start, end = SOUND.index("globs ="), SOUND.index("[examples]")

    (problem,) = problems_of(write(tmp_path, SOUND[:start] + SOUND[end:]))

    assert "match: matches nothing; names, suffixes, folders, globs or content" in problem


def test_a_rule_without_match_or_check_is_none(tmp_path: Path) -> None:
    start, end = SOUND.index("[match]"), SOUND.index("[examples]")

    (problem,) = problems_of(write(tmp_path, SOUND[:start] + SOUND[end:]))

    assert "match: missing, and there is no check; either [match] or check" in problem


def test_a_check_bears_the_name_of_its_rule(tmp_path: Path) -> None:
    text = CHECK.replace('check = "team-check"', 'check = "other"')

    (problem,) = problems_of(write(tmp_path, text, "team-check.toml"))

    assert "check: 'other' is another name than the rule's; 'team-check'" in problem


def test_two_files_with_one_id_are_told(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    first, second = write(tmp_path / "a", SOUND), write(tmp_path / "b", SOUND)

    assert problems_of(first, second) == (f"{second}: id: 'team-export' is taken by {first}; an id of its own",)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\xff\xfe", "is not UTF-8 at byte 0"),
        (b'id = "a"\nid = "b"', "is not TOML"),
        (b"x = " + b"[" * 100_000, "is nested too deeply"),
        (b"x = " + b"{a=" * 50_000, "is nested too deeply"),
        (b"x = " + b"9" * 5_000, "is not TOML"),
        (b"a." * 20_000 + b"a = 1", "has a line with more than 100 dots"),
        (b"[" + b"a." * 20_000 + b"a]", "has a line with more than 100 dots"),
        (b"#" * (256 * 1024 + 1), "is too large; at most 256 KiB"),
        (b"", "id: missing"),
    ],
)
def test_hostile_files_are_problems_not_crashes(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "team-export.toml"
    path.write_bytes(content)

    assert problems_of(path)[0].startswith(f"{path}: {told}")


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    absent = tmp_path / "absent.toml"

    assert problems_of(absent) == (f"{absent} is not there; a rule file, or a folder that holds *.toml",)


def test_a_folder_without_rule_files_is_told(tmp_path: Path) -> None:
    assert problems_of(tmp_path) == (f"{tmp_path} holds no *.toml; a rule file, or a folder that holds *.toml",)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "team-export.toml"
    os.mkfifo(pipe)

    assert "is not a regular file" in problems_of(pipe)[0]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read every file")
def test_an_unreadable_file_is_told(tmp_path: Path) -> None:
    path = write(tmp_path, SOUND)
    path.chmod(0)

    assert "cannot read" in problems_of(path)[0]


@given(st.binary(max_size=200) | st.text(alphabet="[]{}=\"'.\\\n#a1 ", max_size=200).map(str.encode))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_bytes_get_past_the_loader(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "team-export.toml"
    path.write_bytes(content)

    assert problems_of(path)


@given(st.text(min_size=1, max_size=30), st.sampled_from(["id", "category", "severity", "bucket", "release"]))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_wrong_word_is_told_at_its_key(tmp_path: Path, word: str, key: str) -> None:
    escaped = "".join(f"\\U{ord(char):08X}" for char in f"?{word}")
    lines = [f'{key} = "{escaped}"' if line.startswith(f"{key} =") else line for line in SOUND.splitlines()]
    path = write(tmp_path, "\n".join(lines))

    assert all(problem.startswith(f"{path}: {key}: ") for problem in problems_of(path))
