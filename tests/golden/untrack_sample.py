"""Two plans of untrackings made by hand: one small, one with all that a plan can say and names nobody wishes for."""

from dataclasses import replace

from hygiene.model.criterion import Aspect, Criterion
from hygiene.model.finding import Evidence
from hygiene.model.inventory import Gap
from hygiene.model.paths import RepoPath
from hygiene.model.rule import Category
from hygiene.model.untracking import (
    CategoryLines,
    IgnoreChange,
    IgnorePlan,
    NotIgnored,
    Obstacle,
    OnDisk,
    ReplacedLine,
    Staying,
    StayReason,
    StillIgnored,
    UntrackPlan,
)
from tests.fakes.untracking import CACHE, DATABASE, REPORT, found, full_plan, group_of, plain_plan
from tests.golden.sample import HOSTILE_NAMES

_ODD = "`x`|<b>\x1b[31m@user fixes #1"


def plain_untrack_plan() -> UntrackPlan:
    """The usual choice: a cache leaves, one file is for somebody to decide about."""
    caches = [found(CACHE, f"src/__pycache__/m{number}.pyc") for number in range(3)]
    return plain_plan(
        caches,
        groups=[group_of("src/__pycache__/", caches)],
        staying=[Staying(found(REPORT, "reports/a.json"), StayReason.DECIDE)],
        ignoring=IgnorePlan(
            [IgnoreChange(RepoPath(".gitignore"), (), (CategoryLines(Category.CACHE, ("*.py[cod]",)),))]
        ),
    )


def odd_untrack_plan() -> UntrackPlan:
    """Every kind of content that a plan can have, with every kind of name."""
    plan = full_plan()
    reason = Evidence("name", f"its name meets {_ODD}", 2)
    odd = [found(DATABASE, name, evidence=(reason,)) for name in HOSTILE_NAMES]
    path = RepoPath(_ODD)
    return replace(
        plan,
        criteria=(*plan.criteria, Criterion(Aspect.PATH, _ODD)),
        standing=replace(plan.standing, branch=f"refs/heads/{_ODD}", under_way=("a merge",), is_locked=True),
        leaving=sorted([*plan.leaving, *odd], key=lambda each: each.path),
        groups=[*plan.groups, *(group_of(each.path, [each]) for each in odd)],
        on_disk={**plan.on_disk, **{each.path: OnDisk.SYMLINK for each in odd}},
        staying=[
            *plan.staying,
            *(Staying(found(REPORT, f"{_ODD}{number:02}"), StayReason.DECIDE) for number in range(40)),
            Staying(found(DATABASE, "x/\udce9"), StayReason.WAIVED, _ODD),
        ],
        placeholders=(*plan.placeholders, RepoPath(f"{_ODD}/.gitkeep")),
        ignoring=replace(
            plan.ignoring,
            changes=[*plan.ignoring.changes, _odd_change()],
            still_ignored=[*plan.ignoring.still_ignored, StillIgnored(path, path, 7)],
            not_ignored=[*plan.ignoring.not_ignored, NotIgnored(path, _ODD)],
        ),
        obstacles=[Obstacle("index.lock is there", "Wait for the other Git process."), Obstacle(_ODD, _ODD)],
        incomplete=[*plan.incomplete, Gap(_ODD, _ODD, path)],
    )


def _odd_change() -> IgnoreChange:
    lines = ("/```", "+++", "# x\x1b", "::error::x", "/a\\ ")
    return IgnoreChange(
        RepoPath("a|b/.gitignore"), (ReplacedLine("-- \udce9", (_ODD,)),), (CategoryLines(Category.DATABASE, lines),)
    )
