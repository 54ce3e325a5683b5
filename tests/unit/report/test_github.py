"""Workflow commands: what GitHub's runner makes of them is what they were meant to say, and nothing else."""

from collections import Counter

import pytest

from hygiene.model.finding import Unreadable
from hygiene.model.gate import Gate
from hygiene.model.inventory import Gap
from hygiene.model.paths import RepoPath
from hygiene.model.report import AuditReport
from hygiene.model.rule import Confidence
from hygiene.report import FORMATS
from hygiene.report.github import render_github
from hygiene.report.quoting import shown
from hygiene.report.style import TextStyle
from tests.golden.sample import HOSTILE_NAMES, clean_report, finding, odd_report, report_of
from tests.unit.report.runner import Command, commands_in

NAMEABLE = [name for name in HOSTILE_NAMES if not name.startswith("=") and name.replace("\n", "").isprintable()]


def commands(report: AuditReport, gate: Gate | None = None) -> list[Command]:
    return commands_in(render_github(report, TextStyle(gate=gate or Gate())))


def bytecode(number: int) -> AuditReport:
    return report_of({f"{n:05}.pyc": [finding("python-bytecode", f"{n:05}.pyc", 1)] for n in range(number)})


def test_the_runner_that_the_tests_have_obeys_both_forms() -> None:
    found = commands_in("x\n  ::error file=a%2Cb,line=1::50%25%0Amore\nlog ##[warning]careful\n::unknown::x\n##[x]y\n")
    assert found == [
        Command("error", {"file": "a,b", "line": "1"}, "50%\nmore"),
        Command("warning", {}, "careful"),
    ]


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_name_gives_one_command_that_tells_it(name: str) -> None:
    (command,) = commands(report_of({name: [finding("python-bytecode", name, 1)]}))
    assert command.name == "error"
    assert command.properties.get("file", name) == name
    assert command.data.startswith(f"{shown(name)}: ")
    assert command.properties["title"] == "hygiene: python-bytecode"


@pytest.mark.parametrize("name", NAMEABLE)
def test_a_name_that_a_command_can_hold_leads_back_to_the_file(name: str) -> None:
    (command,) = commands(report_of({name: [finding("python-bytecode", name, 1)]}))
    assert (command.properties["file"], command.properties["line"]) == (name, "1")


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "github"])
def test_no_other_format_gives_a_command(form: str) -> None:
    assert commands_in(FORMATS[form](odd_report(), TextStyle())) == []


def test_the_level_follows_the_gate() -> None:
    report = report_of(
        {
            "l": [finding("live-database", "l", 1)],
            "r": [finding("odd-name", "r", 1)],
            "c": [finding("copied-build", "c", 1)],
        }
    )
    assert [each.name for each in commands(report)] == ["error", "warning", "notice"]
    assert [each.name for each in commands(report, Gate(Confidence.LIKELY))] == ["error", "error", "notice"]


@pytest.mark.parametrize(("number", "shown_of_them", "rest"), [(9, 9, 0), (10, 10, 0), (11, 9, 2), (20_000, 9, 19_991)])
def test_what_github_would_not_show_is_counted(number: int, shown_of_them: int, rest: int) -> None:
    found = commands(bytecode(number))
    assert Counter("file" in each.properties for each in found) == {True: shown_of_them} | ({False: 1} if rest else {})
    assert (f"and {rest:,} more" in found[-1].data) == bool(rest)


def test_every_level_has_its_own_ten() -> None:
    counts = Counter(each.name for each in commands(odd_report()))
    assert counts == {"error": 10, "warning": 2, "notice": 10}


def test_an_incomplete_audit_is_an_error_before_all_others() -> None:
    report = report_of(
        {}, incomplete=[Gap("a tree is gone", "Fetch it.")], unreadable=[Unreadable(RepoPath("x"), "gone")]
    )
    (command,) = commands(report)
    assert command == Command("error", {"title": "hygiene: incomplete audit"}, "a tree is gone. Fetch it.")
    many = [Gap(f"gap {n}", "Fetch it.") for n in range(30)]
    assert [each.data[:4] for each in commands(report_of({}, incomplete=many))] == ["gap "] * 9 + ["and "]


def test_a_clean_audit_gives_no_command_and_a_line_to_read() -> None:
    text = render_github(clean_report(), TextStyle())
    assert commands_in(text) == []
    assert text == "hygiene: clean: 412 files, no finding fails this audit\n"


def test_what_passes_is_counted() -> None:
    assert "hygiene: 2 findings waived, 3 in the baseline\n" in render_github(odd_report(), TextStyle())


def test_a_finding_about_a_line_points_to_it() -> None:
    found = {(each.properties.get("file"), each.properties.get("line")) for each in commands(odd_report(), Gate())}
    assert ("build/lib/mod0.py", "1") in found
    lines = [each for each in odd_report().findings if each.path == "config/hygiene.toml"]
    assert [each.properties["line"] for each in commands(report_of({"config/": lines}))] == ["3", "7"]
