"""Whatever the names and commits of a repository hold, the report of its history stays a report."""

import json
import re

from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt

from hygiene.model.history import Root
from hygiene.model.past import HistoryReport
from hygiene.report import HISTORY_FORMATS
from hygiene.report.history_json import history_schema
from hygiene.report.style import ANSI, TextStyle
from tests.fakes.history_reports import plain_commit, plain_history, plain_past
from tests.properties.test_report_names import SGR, controls_in, names, report_with
from tests.unit.report.runner import commands_in

VALIDATOR = Draft202012Validator(json.loads(history_schema()))
times = st.one_of(st.integers(), st.integers(min_value=0, max_value=2**31))


def history_with(name: str, time: int = 0) -> HistoryReport:
    """A history in which everything that somebody can choose is that name, and each commit is of that time."""
    first, last = (plain_commit(number, author=name, summary=name, time=time) for number in (1, 2))
    past = plain_past(name, introduced=first, removed=last, at_head=False)
    return plain_history(report_with(name), [past], scope=name, roots=[Root(name, "a" * 40)])


def structure(name: str) -> list[tuple[str, str]]:
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    text = HISTORY_FORMATS["markdown"](history_with(name), TextStyle())
    return [(token.type, token.tag) for token in parser.parse(text)]


@given(names, times)
@settings(max_examples=60)
def test_no_format_prints_a_control_character(name: str, time: int) -> None:
    report = history_with(name, time)
    printed = {form: controls_in(render(report, TextStyle())) for form, render in HISTORY_FORMATS.items()}
    assert printed == {form: set() for form in HISTORY_FORMATS}
    assert controls_in(SGR.sub("", HISTORY_FORMATS["table"](report, TextStyle(palette=ANSI)))) == set()


@given(names)
@settings(max_examples=60)
def test_no_format_for_people_gives_a_ci_service_a_command(name: str) -> None:
    report = history_with(name)
    given_by = [commands_in(HISTORY_FORMATS[form](report, TextStyle())) for form in ("table", "json", "markdown")]
    assert given_by == [[], [], []]


@given(names, times)
@settings(max_examples=60)
def test_the_json_meets_its_schema_and_the_same_report_gives_the_same(name: str, time: int) -> None:
    text = HISTORY_FORMATS["json"](history_with(name, time), TextStyle())
    assert re.fullmatch(r"[\n\x20-\x7e]*", text)
    VALIDATOR.validate(json.loads(text))
    assert HISTORY_FORMATS["json"](history_with(name, time), TextStyle()) == text


@given(names)
@settings(max_examples=60)
def test_a_name_adds_no_line_to_the_table(name: str) -> None:
    style = TextStyle(width=10_000)  # so that no long name is wrapped
    lines = [HISTORY_FORMATS["table"](history_with(each), style).count("\n") for each in (name, "x")]
    assert lines[0] == lines[1]


@given(names)
@settings(max_examples=40)
def test_the_markdown_has_the_same_structure_whatever_the_name(name: str) -> None:
    assert structure(name) == structure("x")
