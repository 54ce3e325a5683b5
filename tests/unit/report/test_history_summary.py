"""The job summary for a history."""

from collections.abc import Mapping

import pytest

from hygiene.model.past import HistoryReport
from hygiene.report import HISTORY_FORMATS
from hygiene.report.style import TextStyle
from tests.golden.history_sample import clean_history, odd_history

RENDER = HISTORY_FORMATS["github-summary"]
HISTORIES: Mapping[str, HistoryReport] = {"odd": odd_history(), "clean": clean_history()}


def test_it_speaks_of_commits_and_bytes_on_the_disk_as_the_whole_report_does() -> None:
    for report in HISTORIES.values():
        said, whole = RENDER(report, TextStyle()), HISTORY_FORMATS["markdown"](report, TextStyle())
        assert said.split("\n")[:5] == whole.split("\n")[:5]
        assert "commits" in said


def test_what_does_not_fit_is_left_out_and_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = RENDER(odd_history(), TextStyle())
    budget = len(whole.encode()) - 200
    monkeypatch.setattr("hygiene.report.history_summary.BUDGET", budget)
    said = RENDER(odd_history(), TextStyle())
    assert len(said.encode()) <= budget + 100  # the sentence that says so
    assert "did not fit" in said
    assert "did not fit" not in whole
