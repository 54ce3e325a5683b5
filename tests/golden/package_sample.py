"""Two plans of packages made by hand: a plain one, and one with all that a plan can say and names nobody wishes for."""

from dataclasses import replace

from hygiene.model.finding import Evidence
from hygiene.model.package_proof import Delta, DeltaKind, PackageDiff
from hygiene.model.packaging import Chosen, Line, Note, Omission, PackagePlan, Refusal, RefusalKind
from hygiene.model.paths import RepoPath
from hygiene.model.permit import Origin, Waived
from hygiene.model.verification import Check, CheckState, Question, Verification
from tests.fakes.packages import (
    DATABASE,
    FONT,
    README,
    chosen,
    full_package_plan,
    left_out,
    package_diff,
    package_plan,
    refused_verification,
    waiver,
)
from tests.fakes.untracking import found
from tests.golden.sample import HOSTILE_NAMES

_ODD = "`x`|<b>\x1b[31m@user ::error::x"


def plain_package_plan() -> PackagePlan:
    """What most packages are: sources, a page to read first, and tests that stay at home."""
    files = [chosen("README.md", 2048, README), *(chosen(f"src/demo/{name}.py", 900) for name in ("__init__", "core"))]
    return package_plan(files, left_out=[left_out(f"tests/test_{name}.py") for name in ("core", "other")])


def odd_package_plan() -> PackagePlan:
    """Every kind of content that a plan can have, with every kind of name."""
    plan = full_package_plan()
    line = Line(_ODD, Origin(_ODD, 7, _ODD))
    odd = [chosen(f"odd/{name}", 1, line) for name in HOSTILE_NAMES]
    return replace(
        plan,
        source=plan.source._replace(revision=_ODD),
        target="docs",
        chosen=_ordered([*plan.chosen, *odd, chosen("src/link", 5, mode="120000"), chosen("src/lost", None)]),
        left_out=[
            *plan.left_out,
            left_out(_ODD, Omission.EXCLUDED, Line(_ODD, Origin(_ODD, 1, _ODD))),
            left_out("x/\udce9", Omission.OUTSIDE_ROOT),
        ],
        refusals=odd_refusals(),
        waived=[*plan.waived, Waived(found(DATABASE, _ODD), waiver(reason=_ODD, owner=_ODD, origin=line.origin))],
        undecided=[*plan.undecided, found(FONT, _ODD, evidence=(Evidence("name", _ODD),))],
        notes=[*plan.notes, Note(_ODD)],
        policy=(*plan.policy, Origin(_ODD)),
    )


def large_package_plan() -> PackagePlan:
    """More files than a terminal should list one by one."""
    files = [chosen(f"src/demo/part{number % 7}/deep/m{number:03}.py", number) for number in range(300)]
    mixed = [chosen("src/demo/part3/__init__.py", 1, README), chosen("setup.cfg", 10, README)]
    return package_plan([*files, *mixed], left_out=[left_out(f"a{number}/x.md") for number in range(50)])


def odd_refusals() -> list[Refusal]:
    """Every kind, each about a name that nobody wishes for."""
    return [
        Refusal(kind, f"odd/{HOSTILE_NAMES[number % len(HOSTILE_NAMES)]}", _ODD, _ODD, "odd-rule")
        for number, kind in enumerate(RefusalKind)
    ]


def odd_diff() -> PackageDiff:
    """Names that nobody wishes for, and more paths than a terminal should list."""
    deltas = [Delta(RepoPath(name), DeltaKind.ADDED, None, 1) for name in HOSTILE_NAMES]
    return package_diff(
        old=_ODD,
        new=_ODD,
        deltas=[*deltas, *(Delta(RepoPath(f"x{number:03}"), DeltaKind.REMOVED, 1, None) for number in range(300))],
        before=0,
    )


def odd_verification() -> Verification:
    """An archive whose every word is hostile."""
    told = refused_verification()
    return replace(
        told,
        archive=_ODD,
        checks=[*told.checks, Check(Question.RULES, CheckState.NOT_CHECKED, _ODD)],
        refusals=[*told.refusals, *odd_refusals()],
        undecided=[found(FONT, _ODD)],
    )


def _ordered(files: list[Chosen]) -> list[Chosen]:
    return sorted(files, key=lambda each: each.path.encode("utf-8", "surrogateescape"))
