import time

import pytest

from hygiene.model.paths import RepoPath
from hygiene.patterns.ignore import IgnoreFile, dead_negations, parse_ignore_file

FOLDER = "nothing in an ignored folder can be brought back"
NOTHING = "no earlier pattern of the repository ignores anything that it matches"


def files(**contents: str) -> list[IgnoreFile]:
    paths = {"" if folder == "root" else f"{folder}/": text for folder, text in contents.items()}
    return [parse_ignore_file(RepoPath(f"{base}.gitignore"), text.encode()) for base, text in paths.items()]


def dead(**contents: str) -> list[tuple[str, int, str]]:
    return [(each.source, each.pattern.line, each.reason) for each in dead_negations(files(**contents))]


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("Input/\n!Input/.gitkeep\n", 2, f".gitignore:1 (Input/) ignores the folder Input/, and {FOLDER}"),
        ("build/*\n!build/a/keep\n", 2, f".gitignore:1 (build/*) ignores the folder build/a/, and {FOLDER}"),
        ("/*\n!/a/*.txt\n", 2, f".gitignore:1 (/*) ignores the folder a/, and {FOLDER}"),
        ("!build/keep\nbuild/\n", 1, f".gitignore:2 (build/) ignores the folder build/, and {FOLDER}"),
        ("logs/\n!x/logs/**/keep\n", 2, f".gitignore:1 (logs/) ignores the folder x/logs/, and {FOLDER}"),
        ("é/\n!é/x\n", 2, f".gitignore:1 (é/) ignores the folder é/, and {FOLDER}"),
        ("*.log\n!keep.txt\n", 2, NOTHING),
        ("!keep.log\n*.log\n", 1, NOTHING),
        ("a/*.log\n!b/*.log\n", 2, NOTHING),
        ("/*\n!/a/\n!/a/b\n", 3, NOTHING),
        ("[a-c]*\n![!a-c]?\n", 2, NOTHING),
    ],
)
def test_a_negation_without_effect_is_found_with_the_reason(text: str, line: int, reason: str) -> None:
    assert dead(root=text) == [(".gitignore", line, reason)]


@pytest.mark.parametrize(
    "text",
    [
        "*.log\n!keep.log\n",
        "Input/*\n!Input/.gitkeep\n",
        "build/\n!build/\n",
        "*\n!*/\n!*.c\n",
        "build/\n!a/build/\n",
        "a?c\n!abc\n",
        "x/**\n!x/**/\n!x/**/keep\n",
        "*.[oa]\n!lib.a\n",
        "/a/*\n!/*/b\n",
    ],
)
def test_a_negation_that_may_have_an_effect_is_left_alone(text: str) -> None:
    assert dead(root=text) == []


def test_files_above_count_and_files_below_and_beside_do_not() -> None:
    assert dead(root="*.log\n", sub="!keep.log\n") == []
    assert dead(root="!keep.log\n", sub="*.log\n") == [(".gitignore", 1, NOTHING)]
    assert dead(sub="!keep.log\n", other="*.log\n") == [("sub/.gitignore", 1, NOTHING)]
    assert dead(root="/other/*.log\n", sub="!keep.log\n") == [("sub/.gitignore", 1, NOTHING)]


def test_every_negation_in_an_ignored_folder_is_dead() -> None:
    found = dead(root="cache/\n", cache="*\n!keep\n")
    assert found == [("cache/.gitignore", 2, f".gitignore:1 (cache/) ignores the folder cache/, and {FOLDER}")]


def test_nothing_is_claimed_where_a_line_could_not_be_read() -> None:
    too_long = "x" * 5000
    assert dead(root=f"{too_long}\n!keep.txt\n") == []
    assert dead(root=f"{too_long}\n", sub="!keep.txt\n") == []
    assert dead(root="!keep.txt\n", sub=f"{too_long}\n") == [(".gitignore", 1, NOTHING)]


def test_very_many_negations_are_judged_in_a_few_seconds() -> None:
    many = files(root="\n".join(f"!x{number}" for number in range(20_000)))
    start = time.process_time()
    assert len(dead_negations(many)) == 20_000
    assert time.process_time() - start < 5


def test_the_search_for_proofs_ends_in_time_and_then_claims_nothing_more() -> None:
    lines = [f"*a*b{number}*c*/**/d*" for number in range(900)] + [f"!x*a*c*{number}/**/*" for number in range(90)]
    many = files(root="\n".join(lines))
    start = time.process_time()
    dead_negations(many)
    assert time.process_time() - start < 10
