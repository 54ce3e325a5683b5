"""Plans for ignore files, case by case."""

import time
from collections.abc import Iterable, Mapping

import pytest

from hygiene.model.paths import RepoPath
from hygiene.model.untracking import IgnorePlan, NotIgnored, StillIgnored
from hygiene.untrack.ignore_ground import ROOT_FILE
from hygiene.untrack.ignoring import plan_ignoring
from tests.fakes.ignore_grounds import files_after, ground_of

KEEP = "Input/.gitkeep"


def planned(
    files: Mapping[str, str], leaving: Iterable[str], staying: Iterable[str] = (), placeholders: Iterable[str] = ()
) -> tuple[IgnorePlan, dict[str, str]]:
    """The plan, and every ignore file after it."""
    ground = ground_of({path: text.encode() for path, text in files.items()}, leaving, staying, placeholders)
    plan = plan_ignoring(ground)
    return plan, {path: content.decode() for path, content in files_after(ground, plan).items()}


def root_after(
    text: str, leaving: Iterable[str], staying: Iterable[str] = (), placeholders: Iterable[str] = ()
) -> list[str]:
    """The lines of the root's ignore file after the plan, without comments and empty ones."""
    _, files = planned({".gitignore": text} if text else {}, leaving, staying, placeholders)
    return [line for line in files.get(".gitignore", "").split("\n") if line and not line.startswith("#")]


def test_what_is_covered_brings_nothing() -> None:
    plan, files = planned({".gitignore": "*.pyc\n"}, ["a.pyc", "b/c.pyc"])
    assert [*plan.changes, *plan.still_ignored, *plan.not_ignored] == []
    assert files == {".gitignore": "*.pyc\n"}


def test_only_the_lines_that_are_missing_are_added() -> None:
    assert root_after("*.log\n", ["a.db", "x/__pycache__/b.pyc"]) == ["*.log", "__pycache__/", "*.py[cod]", "*.db"]


def test_a_line_that_would_take_what_stays_gives_way_to_a_folder_or_a_file() -> None:
    assert root_after("", ["data/a.db", "data/b.db", "x.db"], ["samples/x.db"]) == ["/data/", "/x.db"]


def test_what_stays_in_a_folder_of_the_same_name_elsewhere_binds_the_line_to_the_root() -> None:
    assert root_after("", ["build/a.o", "src/build/b.o"], ["docs/build/c.md"]) == ["/build/", "/src/build/b.o"]


def test_a_negation_of_the_rule_helps_before_its_line_is_given_up() -> None:
    assert root_after("", ["log/a.log"], ["log/.keep"]) == ["/log/*", "!/log/.keep"]


def test_a_deeper_ignore_file_that_lets_a_path_in_gets_the_line() -> None:
    _, files = planned({".gitignore": "*.pyc\n", "a/.gitignore": "!*.pyc\n"}, ["a/x.pyc"])
    assert files == {".gitignore": "*.pyc\n", "a/.gitignore": "!*.pyc\n\n# caches\n*.py[cod]\n"}


def test_what_was_ignored_all_along_stays_so_and_is_told() -> None:
    plan, files = planned({".gitignore": "a\n*.db\n"}, ["x.pyc"], ["samples/x.db"])
    assert plan.still_ignored == [StillIgnored(RepoPath("samples/x.db"), ROOT_FILE, 2)]
    assert "!" not in files[".gitignore"]


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("Input/\n", ["Input/*", "!Input/.gitkeep"]),
        ("/Input\n", ["/Input/*", "!/Input/.gitkeep"]),
        ("Input/**\n", ["Input/**", "!Input/.gitkeep"]),
        ("/Input/*\n", ["/Input/*", "!/Input/.gitkeep"]),
        ("[Ii]nput/\n", ["[Ii]nput/", "!/Input/", "/Input/*", "!/Input/.gitkeep"]),
        ("", ["Input/*", "!Input/.gitkeep"]),
        ("Input/*\n!Input/.gitkeep\n", ["Input/*", "!Input/.gitkeep"]),
        ("Input/\n!Input/.gitkeep\n", ["Input/*", "!Input/.gitkeep"]),
        ("!Input/.gitkeep\nInput/\n", ["!Input/.gitkeep", "Input/*", "!Input/.gitkeep"]),
    ],
)
def test_a_placeholder_is_let_in_and_all_else_in_its_folder_is_shut_out(text: str, after: list[str]) -> None:
    assert root_after(text, ["Input/clip.mp4"], [], [KEEP]) == after
    assert root_after(text, [], [], [KEEP]) == after


def test_a_line_that_keeps_out_what_lies_deeper_goes_on_doing_so() -> None:
    after = root_after("Input/\n", ["Input/a", "app/Input/b"], [], [KEEP])
    assert after == ["**/Input/*", "!**/Input/.gitkeep"]


def test_a_folder_above_is_opened_for_the_placeholder_alone() -> None:
    after = ["data/", "!/data/", "/data/*", "!/data/Input/", "/data/Input/*", "!/data/Input/.gitkeep"]
    assert root_after("data/\n", ["data/a"], [], ["data/Input/.gitkeep"]) == after


def test_a_folder_in_which_something_stays_is_not_shut() -> None:
    assert root_after("", ["Input/a.db"], ["Input/sample.wav"], [KEEP]) == ["*.db"]


def test_a_name_that_cannot_be_written_alone_is_told() -> None:
    plan, files = planned({}, ["lat\udce9n"], ["lat\udce8n"])
    assert [path for path, _ in plan.not_ignored] == ["lat\udce9n"]
    assert files == {}
    (far,) = planned({}, ["x" * 5000])[0].not_ignored
    assert far == NotIgnored(RepoPath("x" * 5000), "its name is too long for a line of an ignore file")


def test_a_placeholder_that_is_a_finding_stays() -> None:
    plan, _ = planned({}, [KEEP], [], [KEEP])
    assert plan.not_ignored == [NotIgnored(RepoPath(KEEP), "it keeps its folder, and stays tracked")]


def test_a_root_file_that_is_no_file_is_left_alone() -> None:
    plan, files = planned({}, ["a.pyc"], [".gitignore"])
    assert ([path for path, _ in plan.not_ignored], files) == (["a.pyc"], {})


def test_many_findings_take_a_moment() -> None:
    leaving = [f"p{n % 200}/__pycache__/m{n}.pyc" for n in range(20_000)] + [f"d{n % 9}/x{n}.db" for n in range(5000)]
    ground = ground_of({".gitignore": b"*.log\n"}, leaving, [f"p{n % 200}/m{n}.py" for n in range(25_000)] + ["s/x.db"])
    began = time.process_time()
    assert plan_ignoring(ground).not_ignored == []
    assert time.process_time() - began < 5
