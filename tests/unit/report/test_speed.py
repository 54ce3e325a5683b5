"""20,000 findings are no burden. Limits are several times what was measured, so that only a change of order fails."""

import time

import pytest

from hygiene.model.report import AuditReport
from hygiene.report import FORMATS, HISTORY_FORMATS
from hygiene.report.style import TextStyle
from tests.fakes.history_reports import plain_history, plain_past
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
