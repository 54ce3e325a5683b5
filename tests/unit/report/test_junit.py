"""JUnit XML as its readers share it: read by a library and by a strict parser."""

import re
from collections import Counter
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from junitparser import Error, Failure, JUnitXml, Skipped, TestCase, TestSuite

from hygiene.model.gate import Gate
from hygiene.model.inventory import Gap
from hygiene.model.report import AuditReport
from hygiene.model.rule import Confidence
from hygiene.report.junit import render_junit
from hygiene.report.quoting import shown
from hygiene.report.style import TextStyle
from tests.golden.sample import HOSTILE_NAMES, RULES, clean_report, finding, odd_report, report_of

TestCase.__test__ = TestSuite.__test__ = False  # they are no tests of ours

ATTRIBUTES = {
    "testsuites": {"name", "tests", "failures", "errors"},
    "testsuite": {"name", "tests", "failures", "errors", "skipped", "time"},
    "testcase": {"classname", "name", "time"},
    "failure": {"type", "message"},
    "error": {"type", "message"},
    "skipped": {"type", "message"},
    "system-out": set(),
}
CHILDREN = {
    "testsuites": ["testsuite"],
    "testsuite": ["testcase", "system-out"],
    "testcase": ["failure", "error", "skipped"],
}


def suite(report: AuditReport, gate: Gate | None = None) -> TestSuite:
    (found,) = JUnitXml.fromstring(render_junit(report, TextStyle(gate=gate or Gate())).encode())
    assert isinstance(found, TestSuite)
    return found


def cases(report: AuditReport, gate: Gate | None = None) -> dict[tuple[str, str], TestCase]:
    found = list(suite(report, gate))
    by_name = {(case.classname, case.name): case for case in found}
    assert len(by_name) == len(found)
    return by_name


def ending(case: TestCase) -> type | None:
    return type(case.result[0]) if case.result else None


@pytest.mark.parametrize("report", [odd_report(), clean_report()], ids=["odd", "clean"])
def test_only_what_all_readers_know_is_used_and_the_sums_are_right(report: AuditReport) -> None:
    root = ET.fromstring(render_junit(report, TextStyle()))  # noqa: S314  # our own text
    for element in root.iter():
        assert set(element.keys()) == ATTRIBUTES[element.tag]
        assert [child.tag for child in element if child.tag not in CHILDREN.get(element.tag, [])] == []
    tags = Counter(element.tag for element in root.iter())
    for total in (root, root[0]):
        sums = [int(total.attrib[name]) for name in ("tests", "failures", "errors")]
        assert sums == [tags["testcase"], tags["failure"], tags["error"]]
    assert int(root[0].attrib["skipped"]) == tags["skipped"]


def test_every_name_comes_back_as_quoted() -> None:
    found = {name for owner, name in cases(odd_report()) if owner == "hygiene.odd-name"}
    assert {shown(name) for name in HOSTILE_NAMES} <= found


def test_nothing_that_xml_forbids_is_in_it() -> None:
    text = render_junit(odd_report(), TextStyle())
    assert not re.search("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", text)
    assert "]]>" not in text


def test_what_fails_the_audit_fails_and_what_does_not_is_skipped_in_sight() -> None:
    report = report_of({"c": [finding("copied-build", "c", 1)], "l": [finding("live-database", "l", 1)]})
    found = cases(report)
    assert ending(found["hygiene.copied-build", "c"]) is Failure
    assert ending(found["hygiene.live-database", "l"]) is Skipped
    assert ending(cases(report, Gate(Confidence.LIKELY))["hygiene.live-database", "l"]) is Failure


def test_a_failure_says_the_same_in_its_message_and_in_its_body() -> None:
    (failure,) = cases(odd_report())["hygiene.live-database", "_tmp/jobs.db"].result
    assert failure.message == "A program's live database: .gitignore:3 ignores it (`*.db`) (certain; untrack only)"
    assert failure.text == f"{failure.message}\nthe name of a program's live state"


def test_two_findings_of_one_rule_in_one_file_are_two_cases() -> None:
    names = [name for owner, name in cases(odd_report()) if name.startswith("config/")]
    assert names == ["config/hygiene.toml", "config/hygiene.toml (2)"]


def test_a_name_that_looks_like_a_second_case_is_not_lost() -> None:
    twice = [finding("odd-name", "a", 1), finding("odd-name", "a (2)", 1), finding("odd-name", "a", 1)]
    assert len(cases(report_of({"a": twice}))) == 1 + 3


def test_rules_that_nothing_meets_pass_and_an_audit_that_saw_everything_does() -> None:
    found = cases(clean_report())
    assert list(found) == [
        ("hygiene.audit", "everything could be read"),
        *((f"hygiene.{rule}", str(rule)) for rule in RULES),
    ]
    assert {ending(case) for case in found.values()} == {None}


def test_a_rule_with_only_waived_findings_has_no_passing_case() -> None:
    report = replace(clean_report(), waived=odd_report().waived)
    assert ("hygiene.live-database", "live-database") not in cases(report)


def test_an_incomplete_audit_is_an_error_and_never_green() -> None:
    gaps = [Gap("a tree is gone", "Fetch it."), Gap("a blob is gone", "Fetch it too.")]
    case = cases(replace(clean_report(), incomplete=gaps))["hygiene.audit", "everything could be read"]
    assert ending(case) is Error
    assert "a blob is gone" in (case.result[0].text or "")


def test_what_passes_is_skipped_with_the_reason() -> None:
    found = cases(odd_report())
    (waived,) = found["hygiene.live-database", "demo/a.db"].result
    (baselined,) = found["hygiene.generated-report", "old/a.json"].result
    assert isinstance(waived, Skipped)
    assert waived.message == (
        "waived by hygiene.toml:12: the \\033[1mtutorial\\033[0m opens it, ask @user, <b>, [x](y),"
        " until 2027-01-31, docs @team"
    )
    assert isinstance(baselined, Skipped)
    assert baselined.message == "accepted by the baseline"
    assert "2 findings waived, 3 in the baseline" in render_junit(odd_report(), TextStyle())
