"""The plan of an untracking as JSON."""

import json
from base64 import b64decode
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from hygiene.model.json_path import path_from_json
from hygiene.model.paths import RepoPath
from hygiene.model.rule import Category
from hygiene.model.untracking import CategoryLines, IgnoreChange, IgnorePlan, Obstacle, OnDisk, UntrackPlan
from hygiene.report.untrack_json import untrack_json
from tests.fakes.untracking import CACHE, found, full_plan, plain_plan


def told(plan: UntrackPlan) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(untrack_json(plan))
    return document


def test_every_leaving_path_leads_back_to_its_bytes() -> None:
    plan = full_plan()
    leaving = told(plan)["leaving"]
    paths = [path_from_json(each["finding"]["path"], each["finding"].get("path_b64")) for each in leaving]
    assert paths == [each.path for each in plan.leaving]
    assert "Input/lat\udce9n.db" in paths


def test_a_leaving_file_has_its_place_on_disk_its_trash_and_what_history_keeps() -> None:
    leaving = {each["finding"]["path"]: each for each in told(full_plan())["leaving"]}
    absent, cache = leaving["Input/auth.db"], leaving["pkg/__pycache__/m03.pyc"]
    assert (absent["on_disk"], absent["to_trash"], absent["stored"]) == ("absent", False, None)
    assert (cache["on_disk"], cache["to_trash"], cache["stored"]) == ("file", True, 400)


def test_lines_that_are_not_utf8_lead_back_to_their_bytes() -> None:
    added = told(full_plan())["ignore_changes"][0]["added"]
    assert "lines_b64" not in added[0]
    assert added[1]["lines"] == ["/lat\ufffdn.db"]
    assert b64decode(added[1]["lines_b64"]) == b"/lat\xe9n.db"


def test_the_standing_is_told() -> None:
    plan = plain_plan()
    assert told(plan)["standing"] == {
        "head": plan.standing.head,
        "branch": "refs/heads/main",
        "index": "d1" * 32,
        "under_way": [],
        "locked": False,
    }


def test_equal_plans_give_equal_text_in_whatever_order_they_were_made() -> None:
    plan = full_plan()
    backwards = replace(
        plan,
        on_disk=dict(reversed(list(plan.on_disk.items()))),
        stored=dict(reversed(list(plan.stored.items()))),
        rules=dict(reversed(list(plan.rules.items()))),
    )
    assert untrack_json(full_plan()) == untrack_json(plan) == untrack_json(backwards)


def odd_line(line: str) -> IgnorePlan:
    return IgnorePlan([IgnoreChange(RepoPath(".gitignore"), (), (CategoryLines(Category.CACHE, (line,)),))])


Change = Callable[[UntrackPlan], UntrackPlan]
CHANGES: dict[str, Change] = {
    "index": lambda plan: replace(plan, standing=replace(plan.standing, index="e2" * 32)),
    "head": lambda plan: replace(plan, standing=replace(plan.standing, head="b" * 40)),
    "branch": lambda plan: replace(plan, standing=replace(plan.standing, branch=None)),
    "lock": lambda plan: replace(plan, standing=replace(plan.standing, is_locked=True)),
    "disk": lambda plan: replace(plan, on_disk={**plan.on_disk, RepoPath("a.pyc"): OnDisk.SYMLINK}),
    "deleting": lambda plan: replace(plan, deleting=(RepoPath("a.pyc"),)),
    "placeholder": lambda plan: replace(plan, placeholders=(RepoPath("Input/.gitkeep"),)),
    "lines": lambda plan: replace(plan, ignoring=odd_line("\udce9")),
    "other bytes": lambda plan: replace(plan, ignoring=odd_line("\udcea")),
    "obstacle": lambda plan: replace(plan, obstacles=(Obstacle("x", "y"),)),
    "stored": lambda plan: replace(plan, stored={}),
}


def test_what_differs_in_anything_differs_in_its_text() -> None:
    plan = plain_plan([found(CACHE, "a.pyc")])
    texts = [untrack_json(plan), *(untrack_json(change(plan)) for change in CHANGES.values())]
    assert len(set(texts)) == len(CHANGES) + 1


@pytest.mark.parametrize("plan", [full_plan(), plain_plan()], ids=["full", "empty"])
def test_the_summary_adds_up(plan: UntrackPlan) -> None:
    document = told(plan)
    summary = document["summary"]
    assert summary["leaving"] == len(document["leaving"]) == sum(summary["by_category"].values())
    assert sum(summary["staying"].values()) == len(document["staying"])
    assert summary["to_trash"] == sum(each["to_trash"] for each in document["leaving"])
