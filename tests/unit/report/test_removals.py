"""How files leave, and the commands that take them out of the index: those, and no others."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from hygiene.model.finding import Evidence
from hygiene.model.paths import RepoPath
from hygiene.model.report import AuditReport, TopLevel
from hygiene.model.rule import Bucket, Category, Confidence, Severity
from hygiene.report.markdown import render_markdown
from hygiene.report.removals import Removal, removals
from hygiene.report.style import TextStyle
from tests.golden.sample import finding, report_of

FIXTURE = Evidence("fixture", "it lies among fixtures", -1)
ENVIRONMENT = os.environ | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}


@pytest.mark.parametrize(
    ("rule", "changes", "way"),
    [
        ("python-bytecode", {}, Removal.DELETE),
        ("python-bytecode", {"confidence": Confidence.LIKELY}, Removal.CHECK),
        ("python-bytecode", {"evidence": (FIXTURE,)}, Removal.DELETE),  # certain all the same: it was outvoted
        ("python-bytecode", {"bucket": Bucket.PRODUCT}, Removal.CHECK),
        ("python-bytecode", {"bucket": Bucket.EVIDENCE}, Removal.MOVE),
        ("copied-build", {"category": Category.BACKUP}, Removal.MOVE),
        ("live-database", {}, Removal.MOVE),
        ("live-database", {"evidence": (FIXTURE,)}, Removal.CHECK),
        ("runtime-input", {}, Removal.UNTRACK),
    ],
)
def test_only_what_is_certain_and_made_again_is_deleted_at_once(
    rule: str, changes: dict[str, object], way: Removal
) -> None:
    assert removals(report_of({"x": [finding(rule, "x", 1, **changes)]})) == {way: ["x"]}


def test_a_file_with_two_findings_leaves_once_and_carefully() -> None:
    twice = [finding("python-bytecode", "x", 1), finding("live-database", "x", 1)]
    assert removals(report_of({"x": twice})) == {Removal.MOVE: ["x"]}


@pytest.mark.parametrize(
    ("changes", "asked"),
    [
        ({}, True),
        ({"severity": Severity.MEDIUM}, False),
        ({"severity": Severity.LOW, "category": Category.CREDENTIAL}, True),
        ({"confidence": Confidence.REVIEW}, False),
        ({"evidence": (FIXTURE,)}, False),
    ],
)
def test_credentials_are_replaced_where_a_file_is_likely_to_hold_them(changes: dict[str, object], asked: bool) -> None:  # noqa: FBT001  # a table
    plan = render_markdown(report_of({"a.db": [finding("live-database", "a.db", 1, **changes)]}), TextStyle())
    assert ("Replace every credential" in plan) == asked


def test_the_commands_untrack_the_listed_files_and_no_others(tmp_path: Path) -> None:
    odd = [
        "x[1].pyc",
        "nl\nx.pyc",
        "latin-\udce9.pyc",
        '"quoted".pyc',
        " lead.pyc",
        "END-OF-PATHS",
        "-rf",
        ":(glob)x",
        "d'q",
    ]
    whole = ["out[1]/a", "out[1]/b"]
    kept = ["x1.pyc", "out1/a", "src/main.py"]
    report = report_of(
        {path: [finding("python-bytecode", path, 1)] for path in odd}
        | {"out[1]/": [finding("copied-build", path, 1) for path in whole]}
    )
    assert untracked_by(report, [*odd, *whole, *kept], tmp_path) == {*odd, *whole}


def test_a_large_tree_is_named_once_in_the_plan_and_goes_as_a_whole(tmp_path: Path) -> None:
    built = [finding("copied-build", f"build/f{n}", 1) for n in range(201)]
    report = report_of({f.path: [f] for f in built}, top_level=(TopLevel(RepoPath("build/"), 202),))
    plan = render_markdown(report, TextStyle())
    assert "- `build/`: 201 files; exact paths: `hygiene audit --format json`" in plan
    assert "build/f7" not in plan
    tracked = [each.path for each in built]
    assert untracked_by(report, [*tracked, "build/other", "src/build"], tmp_path) == {*tracked, "build/other"}


def untracked_by(report: AuditReport, tracked: list[str], folder: Path) -> set[str]:
    """What leaves the index of a repository with these files when every command of the plan is run in it."""
    git(folder, "init", "-q")
    for path in tracked:
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(path, encoding="utf-8", errors="surrogateescape")
    git(folder, "add", ".")
    before = listed(folder)
    for commands in re.findall(
        r"^```sh\n(git .*?)\n```$", render_markdown(report, TextStyle()), re.MULTILINE | re.DOTALL
    ):
        subprocess.run(["sh", "-c", commands], cwd=folder, env=ENVIRONMENT, check=True)
    return before - listed(folder)


def listed(folder: Path) -> set[str]:
    return {os.fsdecode(path) for path in git(folder, "ls-files", "-z").split(b"\0") if path}


def git(folder: Path, *words: str) -> bytes:
    return subprocess.run(["git", "-C", folder, *words], check=True, env=ENVIRONMENT, capture_output=True).stdout
