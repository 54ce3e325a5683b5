"""20,000 findings are no burden. Limits are several times what was measured, so that only a change of order fails."""

import time
from collections.abc import Callable

import pytest

from hygiene.model.report import AuditReport
from hygiene.model.untracking import Staying, StayReason, UntrackPlan
from hygiene.report import FORMATS, HISTORY_FORMATS, UNTRACK_FORMATS
from hygiene.report.commit_message import commit_message
from hygiene.report.pull_request import pull_request_body
from hygiene.report.style import TextStyle
from tests.fakes.history_reports import plain_history, plain_past
from tests.fakes.untracking import CACHE, REPORT, found, plain_plan
from tests.golden.sample import finding, report_of


@pytest.fixture(scope="module")
def large() -> AuditReport:
    folders = [f"src/p{n % 100}/m{n}/__pycache__/" for n in range(2000)]
    return report_of({f: [finding("python-bytecode", f"{f}{n}.pyc", 1000) for n in range(10)] for f in folders})


@pytest.mark.parametrize("name", FORMATS)
def test_twenty_thousand_findings_render_in_a_moment(large: AuditReport, name: str) -> None:
    started = time.process_time()
    text = FORMATS[name](large, TextStyle())
    assert time.process_time() - started < 2
    assert text.endswith("\n")


@pytest.mark.parametrize("name", ["table", "json", "markdown"])
def test_the_pasts_of_twenty_thousand_findings_do_too(large: AuditReport, name: str) -> None:
    history = plain_history(large, [plain_past(each.path, number) for number, each in enumerate(large.findings)])
    started = time.process_time()
    text = HISTORY_FORMATS[name](history, TextStyle())
    assert time.process_time() - started < 3
    assert text.endswith("\n")


@pytest.fixture(scope="module")
def large_plan() -> UntrackPlan:
    """Twenty thousand files leave, each a group of its own, and as many are for somebody to decide about."""
    leaving = [found(CACHE, f"src/p{n % 100}/m{n // 10}/{n}.pyc") for n in range(20_000)]
    return plain_plan(leaving, staying=[Staying(found(REPORT, f"r/{n}"), StayReason.DECIDE) for n in range(20_000)])


@pytest.mark.parametrize("name", UNTRACK_FORMATS)
def test_the_plan_of_a_large_untracking_renders_in_a_moment(large_plan: UntrackPlan, name: str) -> None:
    started = time.process_time()
    text = UNTRACK_FORMATS[name](large_plan, TextStyle())
    assert time.process_time() - started < 2
    assert text.endswith("\n")


@pytest.mark.parametrize("render", [pull_request_body, commit_message])
def test_its_pull_request_and_commit_message_do_too(
    large_plan: UntrackPlan, render: Callable[[UntrackPlan], str]
) -> None:
    started = time.process_time()
    assert render(large_plan).endswith("\n")
    assert time.process_time() - started < 1
