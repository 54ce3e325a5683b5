"""The ignore lines that a repository lacks."""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from hygiene.model.finding import Evidence
from hygiene.model.paths import RepoPath
from hygiene.model.report import AuditReport
from hygiene.model.rule import Category, Confidence, Disposition
from hygiene.model.untracking import CategoryLines
from hygiene.report.report_view import ReportView
from tests.golden.sample import finding, odd_report, report_of


def lines_of(report: AuditReport) -> dict[str, tuple[str, ...]]:
    return {each.category.value: each.lines for each in ReportView(report).gitignore_delta}


def test_lines_come_by_category_and_only_from_findings_that_shall_leave() -> None:
    assert lines_of(odd_report()) == {
        "cache": ("__pycache__/", "*.py[cod]"),
        "build": ("/build/",),
        "database": ("*.db",),
        "input": ("/Input/*", "!/Input/.gitkeep"),
    }


def test_a_rule_whose_findings_are_all_ignored_already_brings_nothing() -> None:
    ignored = Evidence("ignored", ".gitignore:1 ignores it", 1)
    covered = finding("live-database", "a.db", 1, evidence=(ignored,))
    assert lines_of(report_of({"a.db": [covered]})) == {}
    both = report_of({"a.db": [covered], "b.db": [finding("live-database", "b.db", 1)]})
    assert lines_of(both) == {"database": ("*.db",)}


def test_what_is_to_review_or_to_keep_brings_nothing() -> None:
    unsure = finding("live-database", "a.db", 1, confidence=Confidence.REVIEW)
    kept = finding("copied-build", "build/x", 1, disposition=Disposition.KEEP)
    assert lines_of(report_of({"a.db": [unsure], "build/": [kept]})) == {}


def test_git_itself_ignores_the_content_and_keeps_the_placeholder(tmp_path: Path) -> None:
    found = [finding("runtime-input", path, 1) for path in ("app/Input/x.mp4", "uploads/u")]
    (added,) = ReportView(report_of({each.path: [each] for each in found})).gitignore_delta
    assert added.category is Category.INPUT
    paths = [
        "Input/a",
        "Input/b/c",
        "app/Input/x.mp4",
        "uploads/u",
        "Input/.gitkeep",
        "app/Input/.gitkeep",
        "app/Input.py",
    ]
    assert ignored_by_git(tmp_path, [added], paths) == paths[:4]


def test_a_whole_folder_that_no_line_of_the_rule_names_is_named_itself() -> None:
    marker = Evidence("tool-marker", "a tool marked it", 2, RepoPath("myenv/pyvenv.cfg"))
    marked = [finding("python-bytecode", f"myenv/lib/m{n}", 1, evidence=(marker,)) for n in range(2)]
    lies_there = Evidence("place", "it lies there")
    filled = [finding("copied-build", f"output/b{n}", 1, evidence=(lies_there,)) for n in range(2)]
    called_so = [finding("copied-build", f"src/c{n}", 1, evidence=(Evidence("name", "it ends so"),)) for n in range(2)]
    alone = finding("copied-build", "odd/one", 1)
    report = report_of({"myenv/lib/": marked, "output/": filled, "odd/": [alone], "src/": called_so})
    assert lines_of(report) == {"cache": ("/myenv/",), "build": ("/odd/one", "/output/", "/src/c0", "/src/c1")}


def test_a_folder_with_an_everyday_name_is_bound_to_the_root_where_it_lies_there_alone() -> None:
    at_root = [finding("runtime-input", "Input/a", 1)]
    deeper = [finding("runtime-input", "app/Input/a", 1)]
    assert lines_of(report_of({"Input/": at_root}))["input"][0] == "/Input/*"
    assert lines_of(report_of({"Input/": at_root, "app/Input/": deeper}))["input"][0] == "**/Input/*"


def test_a_likely_fixture_and_what_a_tool_ignores_itself_bring_nothing() -> None:
    fixture = Evidence("fixture", "it lies among fixtures", -1)
    own = Evidence("tool-marker", "it excludes all", 2, RepoPath("cache/.gitignore"))
    report = report_of(
        {
            "tests/a.db": [finding("live-database", "tests/a.db", 1, evidence=(fixture,))],
            "cache/a.pyc": [finding("python-bytecode", "cache/a.pyc", 1, evidence=(own,))],
        }
    )
    assert lines_of(report) == {}


def test_odd_names_are_ignored_by_git_and_their_likes_are_not(tmp_path: Path) -> None:
    odd = [
        "x[1]/a",
        "#1",
        "!bang",
        "sp ace ",
        "back\\slash",
        "star*",
        "what?",
        "nl\nx",
        "latin-\udce9",
        "z\u200bw",
        "日本",
    ]
    report = report_of({path: [finding("copied-build", path, 1)] for path in odd})
    likes = ["x1/a", "1", "bang", "sp ace", "starfish", "日"]
    assert ignored_by_git(tmp_path, ReportView(report).gitignore_delta, [*odd, *likes]) == odd


def ignored_by_git(folder: Path, delta: Sequence[CategoryLines], paths: list[str]) -> list[str]:
    environment = os.environ | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(["git", "init", "-q", folder], check=True, env=environment)
    (folder / ".gitignore").write_text("".join(f"{line}\n" for each in delta for line in each.lines), encoding="utf-8")
    asked = subprocess.run(
        ["git", "-C", folder, "check-ignore", "--no-index", "-z", "--stdin"],
        check=True,
        env=environment,
        capture_output=True,
        input=b"\0".join(map(os.fsencode, paths)),
    )
    return [os.fsdecode(path) for path in asked.stdout.split(b"\0") if path]
