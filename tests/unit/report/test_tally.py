"""Sums and outcomes."""

import pytest

from hygiene.model.gate import Gate
from hygiene.model.inventory import Gap
from hygiene.model.report import AuditReport, Outcome
from hygiene.model.rule import Category, Confidence
from hygiene.report.tally import Tally, outcome_of, tally, tally_by_category
from hygiene.report.wording import counted, listed, outcome_sentence
from tests.golden.sample import clean_report, finding, odd_report, report_of

GAP = Gap("a tree could not be read", "Run `git fsck`.")
LIKELY = report_of({"a.db": [finding("live-database", "a.db", 1)]})
CERTAIN = report_of({"a.pyc": [finding("python-bytecode", "a.pyc", 1)]})


def test_findings_add_up() -> None:
    found = [finding("python-bytecode", "a.pyc", 3), finding("live-database", "b.db", None)]
    assert tally(found) == Tally(files=2, size=3, unsized=1, certain=1, likely=1, review=0)


def test_a_file_with_two_findings_is_one_file_and_its_bytes_count_once() -> None:
    found = [finding("live-database", "b.db", 5), finding("odd-name", "b.db", 5)]
    assert tally(found) == Tally(files=1, size=5, unsized=0, certain=0, likely=1, review=1)


def test_categories_stand_in_the_order_of_the_model() -> None:
    assert list(tally_by_category(odd_report().findings)) == [
        Category.CACHE,
        Category.BUILD,
        Category.DATABASE,
        Category.REPORT,
        Category.INPUT,
        Category.STRUCTURE,
    ]


@pytest.mark.parametrize(
    ("report", "fail_on", "outcome", "sentence"),
    [
        (clean_report(), Confidence.REVIEW, Outcome.CLEAN, "clean: 412 files, no finding fails this audit"),
        (
            LIKELY,
            Confidence.CERTAIN,
            Outcome.CLEAN,
            "no finding fails this audit; 1 likely finding is listed",
        ),
        (LIKELY, Confidence.LIKELY, Outcome.FINDINGS, "1 likely finding fails this audit"),
        (
            report_of({}, incomplete=(GAP, GAP)),
            Confidence.CERTAIN,
            Outcome.INCOMPLETE,
            "incomplete: 2 things could not be read, so this result is not a clean one",
        ),
        (
            report_of({"a.pyc": list(CERTAIN.findings), "a.db": list(LIKELY.findings)}, incomplete=(GAP,)),
            Confidence.LIKELY,
            Outcome.FINDINGS,
            "1 certain and 1 likely findings fail this audit; and it is incomplete: 1 thing could not be read",
        ),
    ],
)
def test_the_outcome_and_its_sentence(
    report: AuditReport, fail_on: Confidence, outcome: Outcome, sentence: str
) -> None:
    assert outcome_of(report, Gate(fail_on)) is outcome
    assert outcome_sentence(report, Gate(fail_on)) == sentence


def test_numbers_have_their_nouns() -> None:
    assert [counted(0, "file"), counted(1, "file"), counted(1204, "file")] == ["0 files", "1 file", "1,204 files"]
    assert counted(2, "entry", "entries") == "2 entries"
    assert [listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])] == ["a", "a and b", "a, b and c"]
