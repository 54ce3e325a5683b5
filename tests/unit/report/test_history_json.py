"""The JSON report of a history keeps its promises to programs."""

import base64
import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import hygiene.report
from hygiene.model.past import HistoryReport, Past
from hygiene.report.history_json import history_schema, render_history_json
from hygiene.report.style import ANSI, TextStyle
from tests.fakes.history_reports import plain_commit, plain_history, plain_past, plain_version
from tests.golden.history_sample import clean_history, odd_history
from tests.golden.sample import HOSTILE_NAMES, finding, report_of


def history(*pasts: Past) -> HistoryReport:
    return plain_history(report_of({past.path: [finding("live-database", past.path, 9)] for past in pasts}), pasts)


@pytest.mark.parametrize("report", [odd_history(), clean_history()])
def test_a_report_meets_its_schema(report: HistoryReport) -> None:
    schema = json.loads(history_schema())
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(json.loads(render_history_json(report, TextStyle())))


def test_the_schema_refuses_what_it_does_not_list() -> None:
    validator = Draft202012Validator(json.loads(history_schema()))
    report = json.loads(render_history_json(odd_history(), TextStyle()))
    past = report["pasts"][0]
    for place in (report, past, past["introduced"], past["versions"][0], report["accounts"]["total"], report["totals"]):
        place["more"] = 1
        assert not validator.is_valid(report)
        del place["more"]
    assert validator.is_valid(report)


def test_every_object_of_the_schema_is_closed_and_described() -> None:
    parts = json.loads(history_schema())["$defs"]
    described = [part for part in parts.values() if "properties" in part]
    assert len(described) > 20
    assert all(part["additionalProperties"] is False and part["description"] for part in described)


def test_the_text_is_ascii_and_the_same_each_time() -> None:
    text = render_history_json(odd_history(), TextStyle())
    assert text.isascii()
    assert text == render_history_json(odd_history(), TextStyle(palette=ANSI, width=60, rows=1))


def test_the_order_of_the_pasts_does_not_matter() -> None:
    pasts = [plain_past(f"{name}.db", number) for number, name in enumerate("cab")]
    audit = history(*pasts).audit
    texts = {render_history_json(plain_history(audit, each), TextStyle()) for each in (pasts, pasts[::-1])}
    assert len(texts) == 1
    assert [each["path"] for each in json.loads(texts.pop())["pasts"]] == ["a.db", "b.db", "c.db"]


def test_a_past_comes_whole() -> None:
    removed = plain_commit(5)
    past = plain_past(
        "a.db",
        2,
        at_head=False,
        removed=removed,
        rewrites=3,
        versions=(plain_version(2), plain_version(3, size=None, stored=None, shared=True)),
    )
    (back,) = json.loads(render_history_json(history(past), TextStyle()))["pasts"]
    assert back["introduced"] == {
        "id": plain_commit(2).id,
        "author": "A U Thor <author@example.org>",
        "time": 1614729600,
        "day": "2021-03-03",
        "summary": "Change 2",
    }
    assert (back["removed"]["id"], back["at_head"], back["rewrites"]) == (removed.id, False, 3)
    sizes = [(each["size"], each["stored"], each["shared"], each["introduced"]) for each in back["versions"]]
    assert sizes == [(100, 40, False, plain_commit(2).id), (None, None, True, plain_commit(3).id)]


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_every_name_comes_back_exactly(name: str) -> None:
    past = plain_past(name, 1, introduced=plain_commit(1, author=name, summary=name))
    back = json.loads(render_history_json(history(past), TextStyle()))
    (told,) = back["pasts"]
    author = back["accounts"]["by_author"][0]
    assert {exact(told, "path"), exact(told["introduced"], "author"), exact(told["introduced"], "summary")} == {name}
    assert exact(author, "key") == name


@pytest.mark.parametrize("time", [-(10**30), 10**30, -(2**63), 2**63 - 1])
def test_a_time_beyond_all_calendars_is_still_a_time(time: int) -> None:
    back = json.loads(
        render_history_json(history(plain_past("a.db", introduced=plain_commit(1, time=time))), TextStyle())
    )
    introduced = back["pasts"][0]["introduced"]
    assert introduced["time"] == min(max(time, -(2**63)), 2**63 - 1)
    assert introduced["day"] in {"0001-01-01", "9999-12-31"}


def test_the_summary_tells_what_is_at_head_and_what_the_others_cost() -> None:
    report = history(plain_past("a.db", 1), plain_past("b.db", 2, at_head=False), plain_past("c.db", 2, at_head=False))
    summary = json.loads(render_history_json(report, TextStyle()))["summary"]
    assert (summary["findings"], summary["at_head"], summary["gone"], summary["gone_stored"]) == (3, 1, 2, 40)


def test_what_is_let_pass_has_a_past_too() -> None:
    back = json.loads(render_history_json(odd_history(), TextStyle()))
    told = {each["path"] for each in back["pasts"]}
    assert {each["finding"]["path"] for each in back["waived"]} | {each["path"] for each in back["baselined"]} <= told


def test_the_schema_is_part_of_the_package() -> None:
    assert (Path(hygiene.report.__file__).parent / "schemas" / "history-1.schema.json").is_file()


def exact(told: dict[str, str], key: str) -> str:
    if f"{key}_b64" in told:
        return base64.b64decode(told[f"{key}_b64"]).decode("utf-8", "surrogateescape")
    return told[key]
