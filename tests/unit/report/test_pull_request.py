"""The text of a pull request that untracks files."""

import pytest

from hygiene.model.paths import RepoPath
from hygiene.model.rule import Category
from hygiene.model.untracking import (
    CategoryLines,
    IgnoreChange,
    IgnorePlan,
    Standing,
    Staying,
    StayReason,
    UntrackPlan,
)
from hygiene.report.pull_request import pull_request_body
from tests.fakes.untracking import CACHE, DATABASE, HEAD, REPORT, found, full_plan, group_of, plain_plan

MOST = 65_536
"""Characters that GitHub takes."""


def part(plan: UntrackPlan, title: str) -> str:
    """What stands below a heading, up to the next; empty where there is no such heading."""
    return pull_request_body(plan).partition(f"## {title}\n")[2].partition("\n## ")[0]


def test_it_says_why_what_and_how_much() -> None:
    body = pull_request_body(full_plan())
    assert body.startswith("This untracks 14 files in 2 folders, at least 72.5 KiB, which are not source.\n")
    assert "- `python-bytecode` (Python bytecode cache): CPython writes these files" in body
    assert "| Caches | 12 | 64.5 KiB |\n| Databases | 2 | at least 8.0 KiB |" in body
    assert "- `pkg/__pycache__/` (12 files, 64.5 KiB)" in body


def test_many_places_are_folded() -> None:
    caches = [found(CACHE, f"p{number}/m.pyc") for number in range(40)]
    assert "<details><summary>40 places</summary>" in part(plain_plan(caches), "What leaves")


def test_what_to_decide_is_listed() -> None:
    plan = plain_plan(staying=[Staying(found(REPORT, "r/a.json"), StayReason.DECIDE)])
    assert "- `r/a.json` (`generated-report`)" in part(plan, "Left to decide")
    assert part(plain_plan(), "Left to decide") == ""


def test_ignore_files_that_need_no_change_are_said_to_suffice() -> None:
    assert "ignores all of it already" in part(plain_plan([found(CACHE, "a.pyc")]), "Ignore files")


def test_the_commands_name_a_file_that_somebody_may_need() -> None:
    plan = plain_plan([found(CACHE, "a.pyc"), found(DATABASE, "data/-rf.db"), found(DATABASE, "-rf")])
    told = part(plan, "If you have a clone")
    assert "tar -cf ../kept.tar data/-rf.db\n" in told
    assert f"git show {HEAD}:data/-rf.db > data/-rf.db\n" in told


@pytest.mark.parametrize("name", ["-rf", ":(glob)x", "a b.db", "$(x).db", "`x`.db", "~", "x;y", "\x1b", "a\nb"])
def test_the_commands_name_no_file_that_a_shell_or_git_would_misread(name: str) -> None:
    told = part(plain_plan([found(DATABASE, name)]), "If you have a clone")
    assert "tar -cf ../kept.tar FILE\n" in told
    assert name not in told


def test_before_the_first_commit_there_is_no_content_to_fetch() -> None:
    plan = plain_plan([found(DATABASE, "a.db")], standing=Standing(None, "refs/heads/main", ""))
    assert "git show" not in pull_request_body(plan)


def test_both_ways_back_are_told() -> None:
    told = part(full_plan(), "How to undo this")
    assert "`hygiene untrack --undo`" in told
    assert "`git revert COMMIT`" in told


def test_a_hosting_service_takes_the_text_however_much_leaves() -> None:
    long = "d" * 200
    caches = [found(CACHE, f"{long}/{number}.pyc") for number in range(2000)]
    lines = CategoryLines(Category.CACHE, tuple(f"/{long}/{number}" for number in range(500)))
    changes = [IgnoreChange(RepoPath(f"{long}{number}/.gitignore"), (), (lines,)) for number in range(60)]
    plan = plain_plan(
        caches,
        placeholders=[RepoPath(f"{long}{number}/.gitkeep") for number in range(2000)],
        staying=[Staying(found(REPORT, f"{long}/{number}.json"), StayReason.DECIDE) for number in range(2000)],
        ignoring=IgnorePlan(changes),
    )
    body = pull_request_body(plan)
    assert len(body) < MOST
    assert body.count(" more\n") >= 4


def test_a_folder_that_leaves_is_one_line() -> None:
    caches = [found(CACHE, f"p/__pycache__/{number}.pyc") for number in range(500)]
    body = pull_request_body(plain_plan(caches, groups=[group_of("p/__pycache__/", caches)]))
    assert "- `p/__pycache__/` (500 files, 488.3 KiB)" in body
    assert ".pyc`" not in body
