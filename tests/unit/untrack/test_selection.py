"""What leaves and what stays, and why."""

import pytest

from hygiene.errors import NothingSelected
from hygiene.model.criterion import Aspect, Criterion
from hygiene.model.finding import Finding
from hygiene.model.permit import Origin, Waived, Waiver
from hygiene.model.rule import Category, Confidence, Disposition
from hygiene.model.untracking import StayReason
from hygiene.untrack.selection import Selection, select
from tests.fakes.reports import plain_finding, plain_report, plain_rule

CACHE = plain_rule("python-bytecode", category=Category.CACHE, confidence=Confidence.CERTAIN)
BUILD = plain_rule("build-folder", confidence=Confidence.LIKELY)
REPORTS = plain_rule("reports", category=Category.REPORT, disposition=Disposition.DECIDE)
IDLE = plain_rule("unused-waiver", category=Category.STRUCTURE, disposition=Disposition.KEEP)
DEAD_LINE = plain_rule("dead-negation", category=Category.IGNORE_FILE, disposition=Disposition.DECIDE)

PYC = plain_finding(CACHE, "a.pyc")
OUT = plain_finding(BUILD, "out/x")
REPORT = plain_finding(REPORTS, "data/report.md")


def chosen(*findings: Finding, by: tuple[Criterion, ...] = (), **changes: object) -> Selection:
    return select(plain_report(findings, **changes), by)


def leaving(*findings: Finding, by: tuple[Criterion, ...] = ()) -> list[str]:
    return [each.path for each in chosen(*findings, by=by).leaving]


def reasons(selection: Selection) -> dict[str, StayReason]:
    return {each.finding.path: each.why for each in selection.staying}


def criterion(text: str) -> Criterion:
    aspect, _, value = text.partition(":")
    return Criterion(Aspect(aspect), value)


def test_what_is_certain_and_to_be_untracked_leaves_by_itself() -> None:
    selection = chosen(PYC, OUT, REPORT)
    assert [each.path for each in selection.leaving] == ["a.pyc"]
    assert reasons(selection) == {"data/report.md": StayReason.DECIDE, "out/x": StayReason.UNSURE}


def test_a_lower_confidence_reaches_further_but_never_to_what_somebody_has_to_decide() -> None:
    selection = chosen(PYC, OUT, REPORT, by=(criterion("confidence:review"),))
    assert [each.path for each in selection.leaving] == ["a.pyc", "out/x"]
    assert reasons(selection) == {"data/report.md": StayReason.DECIDE}


@pytest.mark.parametrize("named", ["path:data/", "path:*.md", "rule:reports"])
def test_a_path_or_rule_that_is_named_reaches_what_somebody_has_to_decide(named: str) -> None:
    assert leaving(PYC, OUT, REPORT, by=(criterion(named),)) == ["data/report.md"]


def test_a_category_narrows_and_stays_as_careful() -> None:
    sure = plain_finding(REPORTS, "data/sure.md", confidence=Confidence.CERTAIN)
    assert leaving(PYC, sure, REPORT, by=(criterion("category:report"),)) == ["data/sure.md"]
    both = (criterion("category:report"), criterion("confidence:review"))
    assert leaving(PYC, sure, REPORT, by=both) == ["data/report.md", "data/sure.md"]


def test_what_was_not_named_stays_unselected() -> None:
    other = plain_finding(CACHE, "b.pyc")
    assert reasons(chosen(PYC, other, by=(criterion("path:a.pyc"),))) == {"b.pyc": StayReason.UNSELECTED}


def test_criteria_add_up() -> None:
    assert leaving(PYC, OUT, REPORT, by=(criterion("rule:build-folder"), criterion("category:cache"))) == [
        "a.pyc",
        "out/x",
    ]


def test_a_criterion_that_names_nothing_is_a_mistake() -> None:
    with pytest.raises(NothingSelected, match="path:nowhere/"):
        chosen(PYC, by=(criterion("category:cache"), criterion("path:nowhere/")))


def test_what_the_baseline_accepts_leaves_and_what_is_waived_stays() -> None:
    waiver = Waiver(CACHE.id, "w.pyc", "the decompiler's test data", Origin("hygiene.toml", 3))
    selection = chosen(
        PYC, baselined=(plain_finding(CACHE, "old.pyc"),), waived=(Waived(plain_finding(CACHE, "w.pyc"), waiver),)
    )
    assert [each.path for each in selection.leaving] == ["a.pyc", "old.pyc"]
    (stays,) = selection.staying
    assert (stays.finding.path, stays.why, stays.note) == ("w.pyc", StayReason.WAIVED, "the decompiler's test data")


@pytest.mark.parametrize(
    "finding",
    [
        plain_finding(IDLE, "hygiene.toml"),
        plain_finding(DEAD_LINE, "sub/.gitignore"),
        plain_finding(REPORTS, "Input/.gitkeep"),
    ],
)
def test_what_a_repository_needs_to_work_never_leaves(finding: Finding) -> None:
    selection = chosen(PYC, finding, by=(criterion("path:*"),))
    assert [each.path for each in selection.leaving] == ["a.pyc"]
    assert reasons(selection) == {finding.path: StayReason.KEEP}


@pytest.mark.parametrize("path", [".cache/.gitignore", "node_modules/x/lib/.gitkeep"])
def test_what_a_tree_that_leaves_holds_goes_with_it(path: str) -> None:
    assert leaving(plain_finding(CACHE, path)) == [path]


def test_each_path_is_told_once_and_by_its_worst_finding() -> None:
    worse = plain_finding(CACHE, "a.pyc", severity=PYC.severity + 1)
    selection = chosen(PYC, worse, plain_finding(REPORTS, "a.pyc"))
    assert selection == Selection([worse], [])


def test_nothing_found_is_nothing_selected() -> None:
    assert chosen() == Selection([], [])
