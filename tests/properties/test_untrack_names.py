"""Whatever a repository's names hold, what is told of an untracking stays text, and a command stays a command."""

import json
import re
from collections.abc import Callable, Mapping

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from hygiene.model.criterion import Aspect, Criterion
from hygiene.model.finding import Evidence
from hygiene.model.inventory import Gap
from hygiene.model.json_path import path_from_json
from hygiene.model.paths import RepoPath
from hygiene.model.rule import Category
from hygiene.model.untracking import (
    CategoryLines,
    IgnoreChange,
    IgnorePlan,
    IndexEdit,
    NotIgnored,
    Obstacle,
    Operation,
    RefEdit,
    ReplacedLine,
    Standing,
    Staying,
    StayReason,
    StillIgnored,
    UntrackPlan,
)
from hygiene.policy.criteria import named_by
from hygiene.report.commit_message import commit_message
from hygiene.report.pull_request import pull_request_body
from hygiene.report.receipts_json import receipts_json
from hygiene.report.receipts_text import applied_text, purged_text, receipts_table, undone_text
from hygiene.report.style import ANSI, TextStyle
from hygiene.report.untrack_json import untrack_json
from hygiene.report.untrack_markdown import render_untrack_markdown
from hygiene.report.untrack_text import render_untrack_text
from hygiene.report.untrack_wording import pattern_of
from tests.fakes.untracking import CACHE, DATABASE, HEAD, REPORT, found, plain_plan, plain_receipt
from tests.properties.test_report_names import SGR, controls_in, names
from tests.unit.report.runner import commands_in

WIDE = TextStyle(width=10_000)  # so that no long name is wrapped

FORMS: Mapping[str, Callable[[UntrackPlan], str]] = {
    "table": lambda plan: render_untrack_text(plan, WIDE),
    "narrow": lambda plan: SGR.sub("", render_untrack_text(plan, TextStyle(palette=ANSI, width=60))),
    "json": untrack_json,
    "markdown": lambda plan: render_untrack_markdown(plan, WIDE),
    "pull request": pull_request_body,
    "commit": commit_message,
}


def plan_with(name: str) -> UntrackPlan:
    """A plan in which all that comes from a repository is that name."""
    path = RepoPath(name)
    line = name.replace("\n", " ").replace("\r", " ")
    lines = CategoryLines(Category.CACHE, (line,))
    leaving = [found(DATABASE, name, evidence=(Evidence("name", f"like {name}", 1, path, 3),))]
    return plain_plan(
        leaving,
        criteria=[Criterion(Aspect.PATH, name)],
        standing=Standing(HEAD, f"refs/heads/{name}", "", (name,)),
        deleting=[path],
        staying=[Staying(found(REPORT, name), why, name) for why in StayReason],
        placeholders=[path],
        ignoring=IgnorePlan(
            [IgnoreChange(path, (ReplacedLine(line, (line, line)),), (lines,))],
            [StillIgnored(path, path, 7)],
            [NotIgnored(path, name)],
        ),
        obstacles=[Obstacle(name, name)],
        incomplete=[Gap(name, name, path)],
    )


@given(names)
@settings(max_examples=60)
def test_no_form_prints_a_control_character_or_gives_a_ci_service_a_command(name: str) -> None:
    plan = plan_with(name)
    texts = {form: render(plan) for form, render in FORMS.items()}
    assert {form: controls_in(text) for form, text in texts.items()} == {form: set() for form in FORMS}
    assert [form for form, text in texts.items() if commands_in(text)] == []


@given(names)
@settings(max_examples=60)
def test_a_name_adds_no_line_to_the_table_and_no_structure_to_markdown(name: str) -> None:
    assert FORMS["table"](plan_with(name)).count("\n") == FORMS["table"](plan_with("x")).count("\n")
    for form in ("markdown", "pull request"):
        assert structure(FORMS[form](plan_with(name))) == structure(FORMS[form](plan_with("x")))


@given(names)
def test_no_line_of_a_commit_message_begins_with_a_name(name: str) -> None:
    subject, *body = commit_message(plan_with(name)).splitlines()
    assert subject == "Untrack 1 generated file"
    ours = commit_message(plan_with("x")).splitlines()
    assert [line for line in body if line and not re.match(r"- |  |[A-Z]", line) and line not in ours] == []


@given(names)
def test_the_paths_of_the_json_lead_back_to_their_bytes(name: str) -> None:
    document = json.loads(untrack_json(plan_with(name)))
    told = [document["leaving"][0]["finding"], document["placeholders"][0], document["still_ignored"][0]]
    told += [document["ignore_changes"][0], document["not_ignored"][0], document["staying"][0]["finding"]]
    assert {path_from_json(each["path"], each.get("path_b64")) for each in told} == {as_read(name)}


@given(names)
def test_receipts_print_no_control_character(name: str) -> None:
    path = RepoPath(name)
    held = plain_receipt().operation.index[0].before
    moves = [each._replace(path=path) for each in plain_receipt().operation.moves]
    files = [each._replace(path=path) for each in plain_receipt().operation.files]
    operation = Operation(
        (IndexEdit(path, held, None),), tuple(files), tuple(moves), RefEdit(f"refs/heads/{name}", HEAD, HEAD)
    )
    receipt = plain_receipt(operation=operation, commit=HEAD, id=name)
    texts = [receipts_table([receipt], [name], WIDE), applied_text(receipt), undone_text(receipt), purged_text(name, 1)]
    assert {control for text in texts for control in controls_in(text)} == set()
    assert [command for text in texts for command in commands_in(text)] == []
    (told,) = json.loads(receipts_json([receipt], [name], "0"))["receipts"][0]["untracked"]
    assert path_from_json(told["path"], told.get("path_b64")) == as_read(name)


segments = st.text(alphabet="ab*?[]!# \\\n\t\u202eé.'`$-", min_size=1, max_size=6).filter(
    lambda s: s not in {".", ".."}
)
paths = st.lists(segments, min_size=1, max_size=3).map("/".join)


@given(paths, st.lists(paths.filter(str.isprintable), max_size=6))
def test_the_pattern_that_is_offered_names_the_file(path: str, others: list[str]) -> None:
    tracked = [path, *(other for other in others if not other.startswith(f"{path}/"))]
    findings = [found(CACHE, each) for each in dict.fromkeys(tracked)]
    aspect, _, value = pattern_of(findings[0]).partition(":")
    named = named_by(findings, [Criterion(Aspect(aspect), value)])
    assert findings[0] in named
    if path.isprintable():
        assert named == findings[:1]


def structure(text: str) -> list[tuple[str, str]]:
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    return [(token.type, token.tag) for token in parser.parse(text)]


def as_read(name: str) -> str:
    """The name as it is read back: bytes that came to lie side by side may be UTF-8 together.

    What no path can be, as it stands for no bytes, has only to be harmless in print.
    """
    assume(not any("\ud800" <= each < "\udc80" or "\udcff" < each <= "\udfff" for each in name))
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "surrogateescape")
