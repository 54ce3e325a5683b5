"""The Code Quality report, checked against the shape that GitLab documents and validates.

The shape is stated here in our words, after GitLab's documentation ("Code Quality report format") and the schema that
its parser checks each entry with (`app/validators/json_schemas/codeclimate.json`); ours is the stricter one.
"""

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from hygiene.model.inventory import Gap
from hygiene.model.report import AuditReport
from hygiene.model.rule import Severity
from hygiene.report.gitlab import render_gitlab
from hygiene.report.style import TextStyle
from tests.golden.sample import HOSTILE_NAMES, clean_report, finding, odd_report, report_of

TEXT = {"type": "string", "minLength": 1}
SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "additionalProperties": False,
        "properties": {
            "description": TEXT,
            "check_name": TEXT,
            "fingerprint": TEXT,
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "additionalProperties": False,
                "properties": {
                    "path": {"type": "string", "minLength": 1, "not": {"pattern": "^(\\./|/)"}},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "additionalProperties": False,
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}


def issues(report: AuditReport) -> list[dict[str, Any]]:
    return list(json.loads(render_gitlab(report, TextStyle())))


@pytest.mark.parametrize("report", [odd_report(), clean_report()], ids=["odd", "clean"])
def test_a_report_has_the_documented_shape(report: AuditReport) -> None:
    Draft202012Validator(SCHEMA).validate(issues(report))


def test_every_name_comes_back_as_text() -> None:
    found = {each["location"]["path"] for each in issues(odd_report())}
    assert {name.encode("utf-8", "surrogateescape").decode("utf-8", "replace") for name in HOSTILE_NAMES} <= found


def test_no_description_holds_what_cannot_be_seen() -> None:
    assert all(each["description"].isprintable() for each in issues(odd_report()))


def test_fingerprints_are_unique_and_say_nothing_of_size_or_content() -> None:
    found = [each["fingerprint"] for each in issues(odd_report())]
    assert len(set(found)) == len(found)
    sizes = (1, 2_000_000, None)
    assert len({issues(report_of({"a": [finding("live-database", "a", n)]}))[0]["fingerprint"] for n in sizes}) == 1


@pytest.mark.parametrize(
    ("severity", "word"),
    [
        (Severity.INFO, "info"),
        (Severity.LOW, "minor"),
        (Severity.MEDIUM, "major"),
        (Severity.HIGH, "critical"),
        (Severity.CRITICAL, "blocker"),
    ],
)
def test_severities_keep_their_order_and_what_is_to_review_is_only_information(severity: Severity, word: str) -> None:
    (likely,) = issues(report_of({"a": [finding("live-database", "a", 1, severity=severity)]}))
    (review,) = issues(report_of({"a": [finding("odd-name", "a", 1, severity=severity)]}))
    assert (likely["severity"], review["severity"]) == (word, "info")


def test_an_incomplete_audit_is_a_blocker_and_a_clean_one_is_empty() -> None:
    (issue,) = issues(report_of({}, incomplete=[Gap("a tree is gone", "Fetch it.")] * 2))
    assert (issue["severity"], issue["check_name"]) == ("blocker", "incomplete-audit")
    assert "a tree is gone" in issue["description"]
    assert issues(clean_report()) == []


def test_what_passes_is_one_remark_that_no_merge_request_is_said_to_bring() -> None:
    def remark(report: AuditReport) -> dict[str, Any]:
        (found,) = (each for each in issues(report) if each["check_name"] == "permitted-findings")
        return found

    fewer = report_of({}, waived=odd_report().waived[:1])
    assert remark(odd_report())["description"] == "2 findings waived, 3 in the baseline"
    assert remark(fewer)["description"] == "1 finding waived"
    assert remark(fewer)["fingerprint"] == remark(odd_report())["fingerprint"]
