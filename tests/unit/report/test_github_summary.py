"""The job summary: short, within its budget, and nothing in it but what we wrote."""

import re

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from hygiene.model.gate import Gate
from hygiene.model.inventory import Gap
from hygiene.model.report import AuditReport
from hygiene.model.rule import Confidence
from hygiene.report.github_summary import BUDGET, render_github_summary
from hygiene.report.quoting import shown
from hygiene.report.style import TextStyle
from tests.golden.sample import HOSTILE_NAMES, clean_report, finding, odd_report, report_of


def tokens(markdown: str) -> list[Token]:
    parsed = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown)
    return [each for token in parsed for each in (token, *(token.children or ()))]


def summary(report: AuditReport, gate: Gate | None = None) -> str:
    return render_github_summary(report, TextStyle(gate=gate or Gate()))


def test_the_first_table_is_by_category_and_paths_are_folded() -> None:
    text = summary(odd_report())
    assert text.index("| Category |") < text.index("| Rule |") < text.index("<details>")
    outside = re.sub("<details>.*?</details>", "", text, flags=re.DOTALL)
    assert "build/lib/mod0.py" in text
    assert "build/lib/mod0.py" not in outside


def test_every_path_is_there_when_all_fit() -> None:
    fenced = "".join(token.content for token in tokens(summary(odd_report())) if token.type == "fence").splitlines()
    assert sorted(fenced) == sorted(shown(each.path) for each in odd_report().findings)


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_no_name_becomes_markup(name: str) -> None:
    found = [finding("odd-name", name, 1)]
    report = report_of({name: found}, incomplete=[Gap(name, name)], notes=(name,), revision=name)
    markup = {"link_open", "image", "html_inline", "em_open", "strong_open", "s_open"}
    strong = "**Outcome:**"
    assert [each.type for each in tokens(summary(report).replace(strong, "")) if each.type in markup] == []
    blocks = [each.content.strip() for each in tokens(summary(report)) if each.type == "html_block"]
    assert blocks == ["<details><summary>odd-name, review: 1 path</summary>", "</details>"]


def test_it_keeps_to_its_budget_and_counts_what_it_left_out() -> None:
    names = [f"{'x' * 3900}/{n:05}.pyc" for n in range(20_000)]
    text = summary(report_of({name: [finding("python-bytecode", name, 1)] for name in names}))
    assert BUDGET * 0.95 < len(text.encode()) <= BUDGET
    listed = text.count("/0")
    assert f"\n{20_000 - listed:,} more paths would not fit here" in text


def test_names_that_take_more_bytes_than_characters_fit_too() -> None:
    names = [f"{'日' * 900}/{'`' * 300}{n:05}\x1b" for n in range(2_000)]
    text = summary(report_of({name: [finding("odd-name", name, 1)] for name in names}))
    assert len(text.encode()) <= BUDGET


def test_the_worst_come_first_when_not_all_fit() -> None:
    names = [f"{'x' * 3900}/{n}" for n in range(400)]
    report = report_of(
        {name: [finding("odd-name", name, 1)] for name in names} | {"z.db": [finding("live-database", "z.db", 1)]}
    )
    assert "z.db\n" in summary(report, Gate(Confidence.LIKELY))


def test_many_gaps_are_cut_and_counted() -> None:
    text = summary(report_of({}, incomplete=[Gap(f"gap {n}", "Fetch it.") for n in range(100)]))
    assert text.count("`gap ") == 20
    assert "and 80 more" in text
    assert "incomplete: 100 things could not be read" in text


def test_a_clean_audit_is_three_lines() -> None:
    assert summary(clean_report()) == (
        "## Repository hygiene\n\n**Outcome:** clean: 412 files, no finding fails this audit.\n\n"
        "412 tracked files, 34.0 MiB; no finding.\n"
    )


def test_what_passes_is_counted() -> None:
    assert "2 findings waived, 3 in the baseline." in summary(odd_report())
