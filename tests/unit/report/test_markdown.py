"""The clean-up plan holds what seed 004's did, and nothing that a name smuggled in."""

import re

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from hygiene.model.paths import RepoPath
from hygiene.model.report import TopLevel
from hygiene.report.markdown import render_markdown
from hygiene.report.quoting import shown
from hygiene.report.style import TextStyle
from tests.golden.sample import HOSTILE_NAMES, RULES, clean_report, finding, odd_report, report_of

PLAN = render_markdown(odd_report(), TextStyle())


def tokens(markdown: str) -> list[Token]:
    parsed = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown)
    return [each for token in parsed for each in (token, *(token.children or ()))]


def headings(markdown: str) -> list[str]:
    return [line for line in markdown.splitlines() if line.startswith("#") and "`text" not in line]


def test_the_plan_has_every_part() -> None:
    titles = [title for title in re.findall(r"^## (.*)$", PLAN, re.MULTILINE) if title]
    assert titles == [
        "Executive summary",
        "Inventory: tracked files that are not source",
        "Action matrix",
        "Decisions to take",
        "`.gitignore` delta",
        "Release allowlist",
        "CI gate",
        "Recommended execution order",
        "What could not be looked into",
        "What makes this audit incomplete",
        "Files that met a rule and are declared to belong here",
        "Findings that waivers let pass",
        "Findings that the baseline accepts",
        "Waivers that let nothing pass",
        "Entries of the baseline that nothing meets",
        "Notes",
    ]


def test_every_exact_path_is_in_a_fenced_block() -> None:
    fenced = "".join(token.content for token in tokens(PLAN) if token.type == "fence").splitlines()
    assert {shown(each.path) for each in odd_report().findings} <= set(fenced)


def test_a_long_list_folds_away_and_a_short_one_does_not() -> None:
    def plan(number: int) -> str:
        found = [finding("copied-build", f"build/{n}", 1) for n in range(number)]
        return render_markdown(report_of({"build/": found}), TextStyle())

    assert "<details><summary>31 paths</summary>" in plan(31)
    assert "<details>" not in plan(30)


def test_no_name_becomes_markup() -> None:
    found = tokens(PLAN)
    assert not [token for token in found if token.type in {"link_open", "image", "html_inline", "em_open", "s_open"}]
    blocks = {token.content.strip() for token in found if token.type == "html_block"}
    assert all(re.fullmatch(r"<details><summary>[0-9,]+ \w+</summary>|</details>", block) for block in blocks)


@pytest.mark.parametrize("name", [name for name in HOSTILE_NAMES if len(name) > 3])
def test_an_odd_name_stands_only_in_code(name: str) -> None:
    report = report_of({name: [finding("odd-name", name, 1)]}, top_level=(TopLevel(RepoPath(name), 1),))
    found = tokens(render_markdown(report, TextStyle()))
    code = [token.content for token in found if token.type in {"code_inline", "fence"}]
    assert sum(shown(name) in content for content in code) >= 1 + 2 * ("|" not in name)
    assert not [
        token for token in found if token.type == "text" and (name in token.content or shown(name) in token.content)
    ]


def test_the_table_of_decisions_keeps_its_columns() -> None:
    rows = [token for token in tokens(PLAN) if token.type == "tr_open"]
    cells = [token for token in tokens(PLAN) if token.type in {"td_open", "th_open"}]
    decisions = 1 + len(["reports/", "config/hygiene.toml", *odd_report().baselined]) + len(HOSTILE_NAMES)
    exits, actions = 1 + 6, 1 + 7
    assert len(rows) == decisions + exits + actions
    assert len(cells) == 4 * decisions + 2 * exits + 7 * actions


def test_risks_come_from_the_categories_that_are_there() -> None:
    plan = render_markdown(report_of({"a.pyc": [finding("python-bytecode", "a.pyc", 1)]}), TextStyle())
    assert "**Noise and bloat** (caches)" in plan
    assert "Security" not in plan
    assert "Replace every credential" not in plan


def test_a_database_calls_for_new_credentials_first() -> None:
    plan = render_markdown(report_of({"a.db": [finding("live-database", "a.db", 1)]}), TextStyle())
    assert "1. Replace every credential" in plan


def test_the_gate_is_the_command_with_all_its_exit_statuses() -> None:
    assert "```sh\npipx install repo-hygiene\nhygiene audit --fail-on certain\n```" in PLAN
    assert [int(number) for number in re.findall(r"^\| (\d+) \| [^|]+ \|$", PLAN, re.MULTILINE)] == [0, 1, 2, 3, 4, 70]


def test_a_clean_repository_gets_no_inventory() -> None:
    plan = render_markdown(clean_report(), TextStyle())
    assert "nothing to clean up" in plan
    assert "Inventory" not in plan
    assert "## CI gate" in plan


def test_what_the_baseline_accepts_is_planned_and_shipped_no_more_than_the_rest() -> None:
    key = finding("live-database", "deploy/auth.db", 4096)
    top_level = (TopLevel(RepoPath("deploy/"), 1), TopLevel(RepoPath("src/"), 2))
    plan = render_markdown(report_of({}, baselined=[key], rules=RULES, top_level=top_level), TextStyle())
    assert "no finding fails this audit" in plan
    assert "this plan is about 1 finding" in plan
    assert "deploy/auth.db" in plan.split("## Release allowlist")[0]
    included = plan.split("Include:")[1].split("```")[1]
    assert "deploy" not in included
