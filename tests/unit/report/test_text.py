"""The report for people at a terminal."""

import re

import pytest

from hygiene.model.finding import Cleared, Evidence, Unreadable
from hygiene.model.inventory import Gap
from hygiene.model.paths import RepoPath
from hygiene.model.report import AuditReport
from hygiene.model.rule import RuleId
from hygiene.report.columns import width_of
from hygiene.report.style import ANSI, TextStyle
from hygiene.report.text import render_text
from tests.golden.sample import clean_report, finding, odd_report, report_of

SGR = re.compile(r"\033\[[0-9;]*m")


def caches(folders: int) -> AuditReport:
    return report_of(
        {
            f"p{n:02}/__pycache__/": [finding("python-bytecode", f"p{n:02}/__pycache__/m.pyc", 100 + n)]
            for n in range(folders)
        }
    )


def test_a_clean_repository_gets_a_short_answer() -> None:
    assert render_text(clean_report(), TextStyle()) == (
        "Audit of the index: 412 tracked files, 34.0 MiB\n\nclean: 412 files, no finding fails this audit\n"
    )


def test_many_places_of_one_rule_become_its_three_largest_and_a_sum() -> None:
    text = render_text(caches(40), TextStyle())
    assert text.count("__pycache__/") == 3
    assert "├ p39/__pycache__/m.pyc" in text
    assert re.search(r"├ \+37 more places +37 +4.3 KiB\n", text)


def test_one_more_place_is_shown_rather_than_counted() -> None:
    assert render_text(caches(4), TextStyle()).count("__pycache__/") == 4


def test_the_strongest_reason_is_given() -> None:
    reasons = (
        Evidence("name", "its name says so", 0),
        Evidence("copied-tree", "it repeats src/", 2),
        Evidence("fixture", "in tests/", -1),
    )
    text = render_text(report_of({"build/": [finding("copied-build", "build/x", 1, evidence=reasons)]}), TextStyle())
    assert "└ because: it repeats src/" in text


@pytest.mark.parametrize("rows", [1, 5, 7, 16, 40])
def test_the_table_keeps_to_its_lines_and_says_what_it_left_out(rows: int) -> None:
    text = render_text(odd_report(), TextStyle(rows=rows))
    table = text[text.index("confidence  ") : text.index("What to do next")].strip().splitlines()
    assert len(table) - 2 <= rows + 1
    assert (table[-1].startswith("+") and "--format json" in table[-1]) == (rows < 7)


@pytest.mark.parametrize("width", [60, 70, 80, 100, 120, 200])
def test_tables_and_prose_fit_the_width(width: int) -> None:
    text = render_text(odd_report(), TextStyle(width=width))
    described = text[: text.index("Notes")].splitlines()
    assert max(map(width_of, described)) <= width


@pytest.mark.parametrize("width", [60, 80, 120])
def test_long_names_and_reasons_fit_the_width(width: int) -> None:
    deep = RepoPath("/".join(["services/a-long-name"] * 12))
    wide = RepoPath("日本語の長い名前" * 12)
    reason = Evidence("name", f"line 2 (!{deep}) does nothing: {wide} excludes it", 1, deep, 2)
    report = report_of(
        {path: [finding("python-bytecode", path, 1, evidence=(reason,))] for path in (deep, wide)},
        unreadable=[Unreadable(deep, "not a file that can be read")],
        incomplete=[Gap("an object is missing", "Fetch it.", wide)],
    )
    lines = render_text(report, TextStyle(width=width)).splitlines()
    assert [line for line in lines if width_of(line) > width] == []
    assert sum("because: line 2" in line for line in lines) == 1


def test_every_rule_shows_a_place_before_any_shows_more() -> None:
    report = report_of(
        {f"p{n}/a.pyc": [finding("python-bytecode", f"p{n}/a.pyc", 9)] for n in range(9)}
        | {"x.db": [finding("live-database", "x.db", 1)]}
    )
    text = render_text(report, TextStyle(rows=5))
    assert "└ p0/a.pyc (+8 more places)" in text
    assert "├ x.db" in text


def test_a_folder_is_shown_as_deep_as_all_its_files_lie() -> None:
    inside = [finding("copied-build", f"build/lib/pkg/{n}.py", 1) for n in range(2)]
    text = render_text(report_of({"build/": inside}), TextStyle())
    assert "├ build/lib/pkg/ " in text


def test_what_is_to_review_is_explained_by_what_speaks_for_it() -> None:
    name, used = Evidence("name", "its name says so", 1), Evidence("consumer", "app.py:3 names it", -1)
    fixture = Evidence("fixture", "it lies among fixtures", -1)
    for heard, said in (((name, used, fixture), used), ((name, fixture), fixture)):
        found = finding("generated-report", "reports/x", 1, evidence=heard)
        assert f"because: {said.text}" in render_text(report_of({"reports/": [found]}), TextStyle())


def test_colour_adds_nothing_but_colour() -> None:
    coloured = render_text(odd_report(), TextStyle(palette=ANSI))
    assert SGR.search(coloured)
    assert SGR.sub("", coloured) == render_text(odd_report(), TextStyle())


def test_a_name_that_looks_like_a_number_stays_as_it_is() -> None:
    names = ["1e5", "00123", "nan"]
    text = render_text(report_of({name: [finding("odd-name", name, 1)] for name in names}), TextStyle())
    assert all(f"├ {name} " in text for name in names)


def test_what_could_not_be_read_is_never_hidden() -> None:
    unreadable = [Unreadable(RepoPath(f"f{n:02}"), "its content is not there") for n in range(25)]
    text = render_text(report_of({}, unreadable=unreadable, incomplete=[Gap("gone", "Fetch it.")] * 12), TextStyle())
    assert "f09: its content is not there\n  +15 more (--format json lists all)" in text
    assert text.count("gone. Fetch it.") == 10
    assert "+2 more (--format json lists all)" in text
    assert text.endswith(
        "incomplete: 25 files and 11 other things could not be read, so this result is not a clean one\n"
    )


def test_what_was_cleared_is_counted() -> None:
    cleared = [Cleared(RepoPath("vendor/x.o"), RuleId("copied-build"), Evidence("vendoring", "listed", 0))]
    assert "1 file meets a rule and is declared to belong here" in render_text(
        report_of({}, cleared=cleared), TextStyle()
    )
