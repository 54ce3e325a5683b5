"""What goes in a purge, what stays, and what it saves."""

import pytest

from hygiene.history.purge_plan import Chosen, purge_plan
from hygiene.history.purge_selection import selected
from hygiene.model.criterion import Aspect, Criterion
from hygiene.model.inventory import Gap, Mode
from hygiene.model.purge import PurgeTool, Sparing
from hygiene.model.rule import Category, Confidence
from tests.fakes.purges import NO_REACH, SIZE, STORED, blob_named, ground_of, history_of, of_audit, plan_of
from tests.fakes.reports import plain_finding, plain_report, plain_rule

RULE = plain_rule("database-file", category=Category.DATABASE, confidence=Confidence.CERTAIN)
A, B = plain_finding(RULE, "a.db"), plain_finding(RULE, "b.db")
TOOLS = pytest.mark.parametrize("tool", PurgeTool)


@TOOLS
def test_what_nothing_else_holds_goes_and_is_counted_once(tool: PurgeTool) -> None:
    held = {"a.db": ["one", "two"], "b.db": ["two"], "src.py": ["code"]}
    plan = plan_of(history_of([A, B], held), held, tool)
    assert list(plan.blobs) == sorted(map(blob_named, ["one", "two"]))
    assert (plan.saving.blobs, plan.saving.size, plan.saving.stored) == (2, 2 * SIZE, 2 * STORED)
    assert [(each.path, each.versions, each.freed) for each in plan.paths] == [
        ("a.db", 2, 2 * STORED),
        ("b.db", 1, STORED),
    ]
    assert not plan.spared


@TOOLS
def test_what_an_innocent_path_holds_stays_and_the_plan_says_who(tool: PurgeTool) -> None:
    held = {"a.db": ["empty", "one"], "src/__init__.py": ["empty"], "z": ["empty"]}
    plan = plan_of(history_of([A], held), held, tool)
    assert list(plan.blobs) == [blob_named("one")]
    (spared,) = plan.spared
    assert (spared.blob, spared.path, spared.why) == (blob_named("empty"), "a.db", Sparing.SHARED)
    assert spared.other == "src/__init__.py"
    assert (plan.paths[0].stored, plan.paths[0].freed) == (2 * STORED, STORED)


@TOOLS
def test_a_finding_that_is_not_selected_keeps_what_it_holds(tool: PurgeTool) -> None:
    held = {"a.db": ["both"], "b.db": ["both"]}
    plan = plan_of(history_of([A, B], held), held, tool, Criterion(Aspect.PATH, "a.db"))
    assert [each.path for each in plan.paths] == ["a.db"]
    assert not plan.blobs
    assert plan.spared[0].other == "b.db"


def test_contents_that_are_no_findings_go_with_the_path_and_stay_with_the_bfg() -> None:
    held = {"a.db": ["text", "one"]}
    report = of_audit(plain_report([A]), {"a.db": ["one"]})
    whole = plan_of(report, held, PurgeTool.FILTER_REPO)
    parts = plan_of(report, held, PurgeTool.BFG)
    assert (whole.paths[0].versions, whole.paths[0].innocent) == (2, 1)
    assert len(whole.blobs) == 2
    assert list(parts.blobs) == [blob_named("one")]
    assert parts.paths[0].innocent == 1


def test_the_bfg_keeps_a_blob_that_another_selected_path_held_as_no_finding() -> None:
    held = {"a.db": ["one"], "b.db": ["one", "two"]}
    report = of_audit(plain_report([A, B]), {"a.db": ["one"], "b.db": ["two"]})
    assert list(plan_of(report, held, PurgeTool.BFG).blobs) == [blob_named("two")]
    assert len(plan_of(report, held, PurgeTool.FILTER_REPO).blobs) == 2


def test_what_is_at_head_is_told_and_the_bfg_leaves_it() -> None:
    held = {"a.db": ["old", "new"]}
    report = of_audit(plain_report([A]), held, at_head=["a.db"])
    head = frozenset({blob_named("new")})
    with_bfg = plan_of(report, held, PurgeTool.BFG, at_head=head)
    assert list(with_bfg.blobs) == [blob_named("old")]
    assert [(each.blob, each.why) for each in with_bfg.spared] == [(blob_named("new"), Sparing.AT_HEAD)]
    with_filter_repo = plan_of(report, held, PurgeTool.FILTER_REPO, at_head=head)
    assert len(with_filter_repo.blobs) == 2
    assert with_filter_repo.paths[0].at_head


def test_a_submodule_has_no_blob_to_strip() -> None:
    held = {"a.db": ["commit"]}
    report = history_of([A], held)
    chosen = selected(report, [])
    ground = ground_of(held, ["a.db"])
    linked = ground._replace(versions=[each._replace(mode=Mode.GITLINK) for each in ground.versions])
    plan = purge_plan(report, Chosen([], chosen, PurgeTool.BFG), linked, NO_REACH)
    assert not plan.blobs
    assert plan.spared[0].why is Sparing.SUBMODULE


@TOOLS
def test_a_missing_blob_makes_the_saving_a_lower_bound(tool: PurgeTool) -> None:
    held = {"a.db": ["one", "lost"]}
    plan = plan_of(history_of([A], held), held, tool, stored={blob_named("one"): STORED})
    assert (plan.saving.stored, plan.saving.unsized) == (STORED, 1)


@TOOLS
def test_what_could_not_be_read_is_told(tool: PurgeTool) -> None:
    held = {"a.db": ["one"]}
    report = history_of([A], held, incomplete=[Gap("a commit is missing", "Fetch it.")])
    plan = plan_of(
        report, held, tool, gaps=[Gap("a tree is missing", "Fetch it."), Gap("a commit is missing", "Fetch it.")]
    )
    assert [each.reason for each in plan.incomplete] == ["a commit is missing", "a tree is missing"]


def test_a_path_that_was_a_folder_is_marked() -> None:
    held = {"a.db": ["one"], "a.db/readme": ["two"]}
    plan = plan_of(history_of([A], held), held, PurgeTool.FILTER_REPO, folders=frozenset({A.path}))
    assert [each.was_folder for each in plan.paths] == [True]


def test_a_path_with_two_findings_goes_once_by_either_and_as_the_worse() -> None:
    held = {"a.db": ["one"]}
    other = plain_rule("oversized-file", category=Category.OVERSIZE, confidence=Confidence.LIKELY)
    twice = history_of([A, plain_finding(other, "a.db")], held)
    for criterion in (Criterion(Aspect.CATEGORY, "database"), Criterion(Aspect.RULE, "oversized-file")):
        plan = plan_of(twice, held, PurgeTool.FILTER_REPO, criterion)
        assert [each.path for each in plan.paths] == ["a.db"]
    both = [Criterion(Aspect.RULE, "oversized-file"), Criterion(Aspect.CATEGORY, "database")]
    assert plan_of(twice, held, PurgeTool.FILTER_REPO, *both).paths[0].rule == "database-file"
