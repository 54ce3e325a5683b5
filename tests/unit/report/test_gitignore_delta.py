"""The ignore lines that a repository lacks."""

import os
import subprocess
from pathlib import Path

from hygiene.model.finding import AuditReport, Evidence
from hygiene.model.rule import Category, Confidence, Disposition
from hygiene.report.gitignore_delta import gitignore_delta
from tests.golden.sample import finding, odd_report, report_of


def lines_of(report: AuditReport) -> dict[str, tuple[str, ...]]:
    return {each.category.value: each.lines for each in gitignore_delta(report)}


def test_lines_come_by_category_and_only_from_findings_that_shall_leave() -> None:
    assert lines_of(odd_report()) == {
        "cache": ("__pycache__/", "*.py[cod]"),
        "build": ("/build/", "/dist/"),
        "database": ("*.db", "*.sqlite", "*.sqlite3"),
        "input": ("Input/*", "!Input/.gitkeep", "/uploads/*", "!/uploads/.gitkeep"),
    }


def test_a_rule_whose_findings_are_all_ignored_already_brings_nothing() -> None:
    ignored = Evidence("ignored", ".gitignore:1 ignores it", 1)
    covered = finding("live-database", "a.db", 1, evidence=(ignored,))
    assert lines_of(report_of({"a.db": [covered]})) == {}
    both = report_of({"a.db": [covered], "b.db": [finding("live-database", "b.db", 1)]})
    assert lines_of(both) == {"database": ("*.db", "*.sqlite", "*.sqlite3")}


def test_what_is_to_review_or_to_keep_brings_nothing() -> None:
    unsure = finding("live-database", "a.db", 1, confidence=Confidence.REVIEW)
    kept = finding("copied-build", "build/x", 1, disposition=Disposition.KEEP)
    assert lines_of(report_of({"a.db": [unsure], "build/": [kept]})) == {}


def test_git_itself_ignores_the_content_and_keeps_the_placeholder(tmp_path: Path) -> None:
    deep = finding("runtime-input", "app/Input/x.mp4", 1)
    (added,) = gitignore_delta(report_of({"app/Input/x.mp4": [deep]}))
    assert added.category is Category.INPUT
    environment = os.environ | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(["git", "init", "-q", tmp_path], check=True, env=environment)
    (tmp_path / ".gitignore").write_text("\n".join(added.lines) + "\n")
    paths = [
        "Input/a",
        "Input/b/c",
        "app/Input/x.mp4",
        "uploads/u",
        "Input/.gitkeep",
        "app/Input/.gitkeep",
        "app/Input.py",
    ]
    asked = subprocess.run(
        ["git", "-C", tmp_path, "check-ignore", "--no-index", *paths], check=True, env=environment, capture_output=True
    )
    assert asked.stdout.decode().split() == paths[:4]
