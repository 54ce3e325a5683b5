"""The report of a history for people at a terminal."""

import re
from dataclasses import replace

import pytest

from hygiene.model.past import Growth, HistoryReport, Past
from hygiene.report.columns import width_of
from hygiene.report.history_text import render_history_text
from hygiene.report.style import TextStyle
from tests.fakes.history_reports import plain_commit, plain_history, plain_past, plain_version
from tests.golden.history_sample import odd_history
from tests.golden.sample import finding, report_of


def history(*pasts: Past, rule: str = "python-bytecode") -> HistoryReport:
    return plain_history(report_of({past.path: [finding(rule, past.path, 100)] for past in pasts}), pasts)


def gone(path: str, number: int) -> Past:
    return plain_past(path, number, at_head=False, removed=plain_commit(number + 10))


def line_with(text: str, report: HistoryReport, width: int = 120) -> str:
    (line,) = (line for line in render_history_text(report, TextStyle(width=width)).splitlines() if text in line)
    return line


def said_by(report: HistoryReport) -> str:
    return " ".join(render_history_text(report, TextStyle(width=10_000)).split())


def test_a_path_that_is_gone_has_both_its_commits_and_days() -> None:
    line = line_with("└ a.pyc", history(gone("a.pyc", 1)))
    first, last = plain_commit(1).id[:8], plain_commit(11).id[:8]
    assert re.search(rf" 1 +1 +40 B  {first} 2021-03-02  {last} 2021-03-12$", line)


def test_a_path_at_head_or_removed_by_no_commit_says_so() -> None:
    report = history(plain_past("a.pyc", 1), plain_past("b.pyc", 2, at_head=False))
    assert line_with(" a.pyc", report).endswith("  at HEAD")
    assert line_with(" b.pyc", report).endswith("  by no commit")
    assert "by no commit: the file is on another root than HEAD, or a merge left it out." in said_by(report)
    assert "by no commit" not in said_by(history(plain_past("a.pyc", 1), gone("b.pyc", 2)))


def test_a_range_is_not_to_be_purged_but_mended_before_it_is_merged() -> None:
    report = history(plain_past("a.pyc", 1), gone("b.pyc", 2))
    assert "purge-plan" in said_by(report)
    assert "1 version in every full clone" in said_by(report)
    said = said_by(replace(report, is_range=True))
    assert "Of 2 files, 1 is still in its last commit; the 1 other is gone and still costs 1 version in the" in said
    assert "git rebase --interactive" in said
    for words in ("purge-plan", "purging", "full clone"):
        assert words not in said


def test_a_folder_has_its_first_commit_and_its_last_removal() -> None:
    pasts = [gone("c/a.pyc", 5), gone("c/b.pyc", 3)]
    audit = report_of({"c/": [finding("python-bytecode", past.path, 1) for past in pasts]})
    line = line_with("└ c/", plain_history(audit, pasts), 80)
    assert re.search(r"  2  +80 B  2021-03-04  2021-03-16$", line)
    one_left = [pasts[0], plain_past("c/b.pyc", 3)]
    assert line_with("└ c/", plain_history(audit, one_left), 80).endswith("  1 at HEAD")


def test_a_blob_that_two_paths_share_costs_once() -> None:
    versions = (plain_version(1), plain_version(2, stored=2))
    pasts = [gone("c/a.pyc", 1), plain_past("c/b.pyc", 1, at_head=False, versions=versions)]
    audit = report_of({"c/": [finding("python-bytecode", past.path, 1) for past in pasts]})
    assert re.search(r" 2 +2 +42 B ", line_with("└ c/", plain_history(audit, pasts)))


def test_the_costliest_place_of_a_rule_comes_first() -> None:
    costly = plain_past("z.pyc", 2, versions=(plain_version(2, stored=5000),))
    text = render_history_text(history(plain_past("a.pyc", 1), costly), TextStyle())
    assert text.index("├ z.pyc") < text.index("└ a.pyc")


@pytest.mark.parametrize(
    ("pasts", "words"),
    [
        ([plain_past("a.pyc", 1)], "The file is still at HEAD."),
        ([plain_past("a.pyc", 1), plain_past("b.pyc", 2)], "All 2 files are still at HEAD."),
        (
            [gone("a.pyc", 1)],
            "The file is gone from HEAD, and still costs 1 version in every full clone (40 B on disk).",
        ),
        ([gone("a.pyc", 1), gone("b.pyc", 2)], "All 2 files are gone from HEAD, and still cost 2 versions in every"),
        (
            [plain_past("a.pyc", 1), gone("b.pyc", 2)],
            "Of 2 files, 1 is still at HEAD; the 1 other is gone and still costs 1 version in every full clone",
        ),
        (
            [plain_past("a.pyc", 1), plain_past("d.pyc", 4), gone("b.pyc", 2), gone("c.pyc", 3)],
            "Of 4 files, 2 are still at HEAD; the 2 others are gone and still cost 2 versions in every full clone",
        ),
    ],
)
def test_it_says_how_much_is_still_there(pasts: list[Past], words: str) -> None:
    assert words in said_by(history(*pasts))


def test_what_is_missing_makes_a_lower_bound() -> None:
    lost = plain_past("b.pyc", 2, at_head=False, versions=(plain_version(2), plain_version(3, size=None, stored=None)))
    said = said_by(history(lost))
    assert "2 versions in every full clone (at least 40 B on disk)" in said
    assert "purging them would free at least 40 B." in said


def test_what_others_share_is_not_reclaimable() -> None:
    shared = plain_past("a.pyc", 1, versions=(plain_version(1), plain_version(2, shared=True)))
    assert "All findings together: 80 B on disk; purging them would free 40 B." in said_by(history(shared))


def test_secrets_are_to_be_rotated_where_a_database_is_found_and_only_there() -> None:
    assert "rotate every secret" in said_by(history(gone("a.db", 1), rule="live-database"))
    assert "rotate every secret" not in said_by(history(gone("a.pyc", 1)))


def test_untracking_is_planned_only_where_something_is_tracked() -> None:
    assert "how to untrack the 1 file that is still at HEAD" in said_by(history(plain_past("a.pyc", 1)))
    assert "how to untrack" not in said_by(history(gone("a.pyc", 1)))


@pytest.mark.parametrize("rows", [1, 2, 5, 7, 8, 16, 40, 400])
def test_the_table_keeps_to_its_lines_and_says_what_it_left_out(rows: int) -> None:
    text = render_history_text(odd_history(), TextStyle(rows=rows))
    table = text[text.index("confidence  ") :].split("\n\n")[0].splitlines()[2:]
    assert len(table) <= rows + 1
    assert table[-1].startswith("+") == (rows < 7)
    assert ("more places" in text) == (8 < rows < 400)


def test_a_rest_of_one_place_is_shown_rather_than_counted() -> None:
    report = history(*(plain_past(f"{name}.pyc", number) for number, name in enumerate("abc")))
    assert "more place" not in render_history_text(report, TextStyle(rows=4))
    assert "└ +2 more places" in render_history_text(report, TextStyle(rows=3))


@pytest.mark.parametrize("width", [66, 72, 79, 80, 100, 109, 110, 120, 200])
def test_tables_and_prose_fit_the_width(width: int) -> None:
    text = render_history_text(odd_history(), TextStyle(width=width))
    assert max(map(width_of, text[: text.index("Notes")].splitlines())) <= width


def test_a_narrow_terminal_keeps_what_was_removed() -> None:
    header = line_with("rule / where", odd_history(), 60)
    assert header.split() == ["sure", "rule", "/", "where", "versions", "on", "disk", "removed"]


def test_growth_is_cut_to_the_last_years() -> None:
    report = history(gone("a.pyc", 1))
    many = [Growth(f"{year}-0{month}", "cache", 10, 5) for year in range(1980, 2010) for month in (1, 2)]
    report = replace(report, accounts=replace(report.accounts, growth=many))
    text = render_history_text(report, TextStyle())
    assert "1985" not in text
    assert re.search(r"^1986 +20 B +10 B  █+  cache$", text, re.MULTILINE)
    assert "+6 earlier years (--format json lists every month)" in text
