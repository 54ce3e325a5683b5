"""Whatever a repository's names hold, a report stays text, and a plan stays a plan."""

import json
import re
from urllib.parse import unquote_to_bytes
from xml.etree import ElementTree as ET

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from hygiene.model.finding import Cleared, Evidence, Unreadable
from hygiene.model.inventory import Gap
from hygiene.model.json_path import bytes_of
from hygiene.model.paths import BlobId, RepoPath
from hygiene.model.permit import Accepted, Idleness, IdleWaiver, Waived
from hygiene.model.report import AuditReport
from hygiene.model.rule import Category, RuleId
from hygiene.patterns.ignore import IgnoreRules, parse_ignore_file
from hygiene.report import FORMATS
from hygiene.report.markdown_quoting import code_path, code_span, prose
from hygiene.report.quoting import plain, shown
from hygiene.report.report_view import ReportView
from hygiene.report.style import ANSI, TextStyle
from tests.golden.sample import finding, report_of, waiver
from tests.unit.report.runner import commands_in

SGR = re.compile(r"\033\[[0-9;]*m")
NASTY = [
    "\x1b",
    "\n",
    "\r",
    "`",
    "``",
    "|",
    "\\",
    "<b>",
    "](x)",
    "![",
    "@u",
    "#1",
    "\u202e",
    "\x9b",
    "$",
    "*",
    "_",
    "&lt;",
    " ",
    "::error::",
    "##[error]",
    "%0A",
    "]]>",
    "=",
    ",",
    '"',
]
names = st.one_of(
    st.binary(min_size=1, max_size=40)
    .filter(lambda raw: b"\0" not in raw)
    .map(lambda raw: raw.decode("utf-8", "surrogateescape")),
    st.lists(st.one_of(st.sampled_from(NASTY), st.characters(exclude_characters="\0")), min_size=1, max_size=12).map(
        "".join
    ),
)
ESCAPES = {"a": 7, "b": 8, "t": 9, "n": 10, "v": 11, "f": 12, "r": 13, '"': 34, "\\": 92}
ESCAPE = re.compile(rb"\\(?:([0-7]{3})|(.))", re.DOTALL)


def report_with(name: str) -> AuditReport:
    reason = Evidence("name", f"like {name}", 1, RepoPath(name), 3)
    return report_of(
        {name: [finding("odd-name", name, 1, evidence=(reason,))]},
        revision=name,
        roots=(name,),
        cleared=[Cleared(RepoPath(name), RuleId("odd-name"), reason)],
        unreadable=[Unreadable(RepoPath(name), name)],
        incomplete=[Gap(name, f"see {name}", RepoPath(name))],
        notes=[name if name.strip() else "x"],
        waived=[Waived(finding("odd-name", name, 1), waiver("odd-name", name, name, owner=name))],
        idle_waivers=[IdleWaiver(waiver("odd-name", name, name), Idleness.UNUSED)],
        baselined=[finding("odd-name", name, 1)],
        stale=[Accepted(RuleId("odd-name"), RepoPath(name), BlobId("a" * 40), Category.STRUCTURE, 1)],
        policy=(name,),
    )


def structure(form: str, name: str) -> list[tuple[str, str]]:
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    return [(token.type, token.tag) for token in parser.parse(FORMATS[form](report_with(name), TextStyle()))]


def controls_in(text: str) -> set[str]:
    return {character for character in text if not character.isprintable()} - {"\n"}


def unquoted(text: str) -> bytes:
    """What Git reads from a quoted path."""
    if not text.startswith('"'):
        return text.encode("utf-8")
    inner = text[1:-1].encode("utf-8")
    return ESCAPE.sub(lambda found: bytes([int(found[1], 8) if found[1] else ESCAPES[found[2].decode()]]), inner)


@given(names)
@settings(max_examples=60)
def test_no_format_prints_a_control_character(name: str) -> None:
    report = report_with(name)
    assert {form: controls_in(render(report, TextStyle())) for form, render in FORMATS.items()} == {
        form: set() for form in FORMATS
    }
    assert controls_in(SGR.sub("", FORMATS["table"](report, TextStyle(palette=ANSI)))) == set()


@given(names)
@settings(max_examples=60)
def test_no_format_gives_a_ci_service_a_command_but_the_one_for_that(name: str) -> None:
    report = report_with(name)
    given_by = {form: commands_in(render(report, TextStyle())) for form, render in FORMATS.items()}
    gap, found = given_by.pop("github")
    assert [gap.properties["title"], found.properties["title"]] == ["hygiene: incomplete audit", "hygiene: odd-name"]
    assert found.properties.get("file", name) == name
    assert set(map(len, given_by.values())) == {0}


@given(names)
@settings(max_examples=60)
def test_a_name_leads_back_from_sarif_and_junit(name: str) -> None:
    (run,) = json.loads(FORMATS["sarif"](report_with(name), TextStyle()))["runs"]
    uri = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert unquote_to_bytes(uri) == bytes_of(name)
    suite = ET.fromstring(FORMATS["junit"](report_with(name), TextStyle()))[0]  # noqa: S314  # our own text
    assert [case.attrib["name"] for case in suite.iter("testcase")][1] == shown(name)


@given(names)
@settings(max_examples=40)
def test_a_summary_has_the_same_structure_whatever_the_name(name: str) -> None:
    assert structure("github-summary", name) == structure("github-summary", "x")


@given(names)
@settings(max_examples=60)
def test_a_name_adds_no_line_to_the_table(name: str) -> None:
    style = TextStyle(width=10_000)  # so that no long name is wrapped
    assert FORMATS["table"](report_with(name), style).count("\n") == FORMATS["table"](report_with("x"), style).count(
        "\n"
    )


@given(names)
@settings(max_examples=40)
def test_a_plan_has_the_same_structure_whatever_the_name(name: str) -> None:
    assert structure("markdown", name) == structure("markdown", "x")


@given(st.binary(max_size=60).filter(lambda raw: b"\0" not in raw))
def test_a_shown_path_leads_back_to_its_bytes(raw: bytes) -> None:
    assert unquoted(shown(raw.decode("utf-8", "surrogateescape"))) == raw


@given(names)
def test_a_code_span_is_one_code_span(name: str) -> None:
    (inline,) = (token for token in MarkdownIt("commonmark").parse(f"x {code_path(name)} y") if token.type == "inline")
    children = inline.children or []
    assert [child.type for child in children] == ["text", "code_inline", "text"]
    assert "|" not in children[1].content


@given(names)
def test_prose_is_text_and_code_and_says_the_same(name: str) -> None:
    (inline,) = (token for token in MarkdownIt("commonmark").parse(f"x {prose(name)} y") if token.type == "inline")
    children = inline.children or []
    assert {child.type for child in children} <= {"text", "code_inline"}
    if "`" not in name:
        assert "".join(child.content for child in children) == f"x {plain(' '.join(name.split()))} y"


@given(names)
def test_a_message_in_code_cannot_end_a_cell_or_a_line(name: str) -> None:
    assert not set(code_span(name)) & {"|", "\n", "\r"}


segments = st.text(alphabet="ab*?[]!# \\\n\t\u202eé\udce9.", min_size=1, max_size=6).filter(
    lambda s: s not in {".", ".."}
)
paths = st.lists(segments, min_size=1, max_size=4).map("/".join)
leaving = st.sampled_from(["python-bytecode", "copied-build", "live-database", "runtime-input"])
found_paths = st.dictionaries(st.one_of(paths, paths.map("Input/{}".format), paths.map("{}/build/x".format)), leaving)


@given(found_paths)
@settings(max_examples=80)
def test_the_delta_and_the_deny_list_match_every_file_that_they_are_for(found: dict[str, str]) -> None:
    report = report_of({path: [finding(rule, path, 1)] for path, rule in found.items()})
    view = ReportView(report)
    delta = [line for each in view.gitignore_delta for line in each.lines]
    for lines in (delta, view.deny_patterns):
        rules = IgnoreRules([parse_ignore_file(RepoPath(".gitignore"), "\n".join(lines).encode())])
        verdicts = {path: rules.verdict(RepoPath(path)) for path in found}
        assert [path for path, verdict in verdicts.items() if verdict is None or not verdict.ignored] == []
