"""The job summary for a history."""

from collections.abc import Mapping

from hygiene.model.past import HistoryReport
from hygiene.report import HISTORY_FORMATS
from hygiene.report.github_summary import BUDGET
from hygiene.report.style import TextStyle
from tests.fakes.history_reports import plain_history, plain_past
from tests.fakes.reports import plain_finding, plain_report, plain_rule
from tests.golden.history_sample import clean_history, odd_history

RENDER = HISTORY_FORMATS["github-summary"]
HISTORIES: Mapping[str, HistoryReport] = {"odd": odd_history(), "clean": clean_history()}


def test_it_speaks_of_commits_and_bytes_on_the_disk_as_the_whole_report_does() -> None:
    for report in HISTORIES.values():
        said, whole = RENDER(report, TextStyle()), HISTORY_FORMATS["markdown"](report, TextStyle())
        assert said.split("\n")[:5] == whole.split("\n")[:5]
        assert "commits" in said


def test_it_is_never_too_long_for_github() -> None:
    paths = [f"{'long/' * 40}{number}.sqlite" for number in range(9000)]
    audit = plain_report([plain_finding(plain_rule(f"rule-{n % 9}"), path) for n, path in enumerate(paths)])
    said = RENDER(plain_history(audit, map(plain_past, paths)), TextStyle())
    assert len(said.encode()) <= BUDGET
    assert "did not fit" in said
