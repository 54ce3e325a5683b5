"""The JSON report keeps its promises to programs."""

import base64
import json
from pathlib import Path

import msgspec
import pytest
from jsonschema import Draft202012Validator

from hygiene.model.gate import Gate
from hygiene.model.report import AuditReport
from hygiene.model.rule import Confidence
from hygiene.report.json_v1 import audit_schema, render_json
from hygiene.report.shape_v1 import Audit
from hygiene.report.style import ANSI, TextStyle
from tests.golden.sample import HOSTILE_NAMES, clean_report, finding, odd_report, report_of

KEYS = [
    "schema",
    "tool",
    "repository",
    "revision",
    "roots",
    "findings",
    "groups",
    "cleared",
    "waived",
    "unused_waivers",
    "baselined",
    "stale_baseline",
    "unreadable",
    "incomplete",
    "notes",
    "policy",
    "summary",
]


@pytest.mark.parametrize("report", [odd_report(), clean_report()])
def test_a_report_meets_its_schema(report: AuditReport) -> None:
    schema = json.loads(audit_schema())
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(json.loads(render_json(report, TextStyle())))


def test_the_schema_refuses_what_it_does_not_list() -> None:
    validator = Draft202012Validator(json.loads(audit_schema()))
    report = json.loads(render_json(odd_report(), TextStyle()))
    for place in (report, report["findings"][0], report["summary"], report["tool"]):
        place["more"] = 1
        assert not validator.is_valid(report)
        del place["more"]
    assert validator.is_valid(report)


def test_every_object_of_the_schema_is_closed() -> None:
    parts = json.loads(audit_schema())["$defs"]
    assert parts
    assert all(
        part["additionalProperties"] is False and part["description"] for part in parts.values() if "properties" in part
    )


def test_the_text_is_ascii_in_the_promised_order_and_the_same_each_time() -> None:
    text = render_json(odd_report(), TextStyle())
    assert text.isascii()
    assert "\x7f" not in text
    assert list(json.loads(text)) == KEYS
    assert text == render_json(odd_report(), TextStyle(palette=ANSI, width=60, rows=1))


def test_nothing_tells_where_the_clone_lies_or_what_read_it() -> None:
    text = render_json(odd_report(), TextStyle())
    assert "somewhere" not in text
    assert "reader" not in text


def test_every_name_comes_back_exactly() -> None:
    report = report_of({name: [finding("odd-name", name, 1)] for name in HOSTILE_NAMES})
    back = json.loads(render_json(report, TextStyle()))["findings"]
    names = {
        base64.b64decode(each["path_b64"]).decode("utf-8", "surrogateescape") if "path_b64" in each else each["path"]
        for each in back
    }
    assert names == set(HOSTILE_NAMES)


def test_a_size_that_is_not_known_is_null_and_stays_out_of_the_sums() -> None:
    report = report_of(
        {"a.db": [finding("live-database", "a.db", None)], "b.db": [finding("live-database", "b.db", 5)]}
    )
    back = json.loads(render_json(report, TextStyle()))
    assert [each["size"] for each in back["findings"]] == [None, 5]
    assert back["summary"]["by_category"] == {"database": {"files": 2, "bytes": 5}}
    assert back["summary"]["by_disposition"] == {"delete-and-untrack": 0, "untrack": 2, "decide": 0, "keep": 0}


def test_the_outcome_follows_what_the_caller_calls_failing() -> None:
    report = report_of({"a.db": [finding("live-database", "a.db", 1)]})
    outcomes = {
        sure: json.loads(render_json(report, TextStyle(gate=Gate(sure))))["summary"]["outcome"] for sure in Confidence
    }
    assert outcomes == {Confidence.REVIEW: "findings", Confidence.LIKELY: "findings", Confidence.CERTAIN: "clean"}


def test_what_passes_is_listed_with_all_that_permits_it() -> None:
    back = json.loads(render_json(odd_report(), TextStyle()))
    assert [each["finding"]["path"] for each in back["waived"]] == ["demo/a.db", "demo/two\nlines.db"]
    assert back["waived"][0]["waiver"] == {
        "rule": "live-database",
        "path": "demo/*.db",
        "reason": "the \x1b[1mtutorial\x1b[0m opens it, ask @user, <b>, [x](y)",
        "blob": "0" * 39 + "9",
        "expires": "2027-01-31",
        "owner": "docs @team",
        "file": "hygiene.toml",
        "line": 12,
    }
    assert [(each["why"], each["waiver"]["file"]) for each in back["unused_waivers"]] == [
        ("unused", "base.toml"),
        ("expired", "hygiene.toml"),
    ]
    assert back["unused_waivers"][0]["waiver"]["revision"] == "v1"
    assert [each["path"] for each in back["baselined"]] == ["old/a.json", "old/b.json", "old/latin1-\ufffd.json"]
    assert [(each["rule"], each["path"], each["size"]) for each in back["stale_baseline"]] == [
        ("odd-name", "gone\x1b[m", None)
    ]
    assert back["policy"] == ["base.toml", "hygiene.toml"]
    counts = ("waived", "unused_waivers", "baselined", "stale_baseline")
    assert [back["summary"][name] for name in counts] == [2, 2, 3, 1]


def test_what_passes_is_no_finding() -> None:
    back = json.loads(render_json(odd_report(), TextStyle()))
    passed = {each["path"] for each in back["baselined"]} | {each["finding"]["path"] for each in back["waived"]}
    assert passed.isdisjoint(each["path"] for each in back["findings"])
    assert back["summary"]["findings"] == len(back["findings"])


def test_the_types_read_what_they_wrote() -> None:
    audit = msgspec.json.decode(render_json(odd_report(), TextStyle()), type=Audit)
    assert audit.summary.findings == len(odd_report().findings)


def test_the_committed_schema_is_shipped_beside_the_code() -> None:
    import hygiene.report  # noqa: PLC0415  # only its place on disk is asked for

    assert (Path(hygiene.report.__file__).parent / "schemas" / "audit-1.schema.json").is_file()
