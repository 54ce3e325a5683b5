"""The text of emitted scripts: pure ASCII, in the grammar of their language, and no name breaks out of its list."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import tree_sitter_powershell
from tree_sitter import Language, Node, Parser

from hygiene.model.untracking import UntrackPlan
from hygiene.report.untrack_scripts import EMITTERS, ScriptKind
from tests.contract.test_emitted_scripts import ODD, PLACEHOLDERS, plan
from tests.fakes.untrack_plans import ignore_change, script_plan

SHELLCHECK = shutil.which("shellcheck", path=str(Path(sys.executable).parent)) or shutil.which("shellcheck")
MISLEADING = ignore_change("'@/.gitignore", "'@", "\\END", "@HEADER@", replaced=[("'@", ("'@ exit", "\\END"))])
PLANS = {"empty": script_plan(), "odd": plan(), "misleading": script_plan(["\\END", "'@"], ["'@/a"], [MISLEADING])}

every_plan: Callable[[Callable[..., None]], Callable[..., None]] = pytest.mark.parametrize(
    "given", PLANS.values(), ids=PLANS.keys()
)


def nodes(text: str) -> Iterator[Node]:
    """Every node of the syntax tree of a PowerShell script."""
    waiting = [Parser(Language(tree_sitter_powershell.language())).parse(text.encode("ascii")).root_node]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += node.children


@every_plan
@pytest.mark.parametrize("kind", ScriptKind)
def test_a_script_is_lines_of_visible_ascii(kind: ScriptKind, given: UntrackPlan) -> None:
    text = EMITTERS[kind](given)
    assert text.endswith("\n")
    assert all(line.isascii() and (line.isprintable() or not line) for line in text.split("\n"))


@every_plan
def test_shellcheck_has_no_complaint(given: UntrackPlan) -> None:
    if SHELLCHECK is None:
        pytest.skip("there is no shellcheck on this machine")
    done = subprocess.run(
        [SHELLCHECK, "-"], input=EMITTERS[ScriptKind.SH](given).encode("ascii"), capture_output=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, b"")


@every_plan
def test_powershell_can_be_parsed(given: UntrackPlan) -> None:
    assert [n.start_point for n in nodes(EMITTERS[ScriptKind.PS1](given)) if n.is_error or n.is_missing] == []


def test_a_broken_script_cannot() -> None:
    assert [n for n in nodes(EMITTERS[ScriptKind.PS1](script_plan()) + "if (1 {\n") if n.is_error or n.is_missing]


def test_no_name_ends_the_list_that_it_stands_in() -> None:
    for given in PLANS.values():
        lists = [n for n in nodes(EMITTERS[ScriptKind.PS1](given)) if "here_string" in n.type]
        texts = [n.text for n in lists if n.text is not None]
        assert len(texts) == 4  # with the usage
        assert sum(text.count(b"\n ") for text in texts[:3]) == _lines_of(given)


def _lines_of(given: UntrackPlan) -> int:
    changes = given.ignoring.changes
    replaced = sum(1 + len(line.new) for change in changes for line in change.replaced)
    added = sum(1 + len(group.lines) for change in changes for group in change.added)
    return len(given.leaving) + len(given.placeholders) + len(changes) + replaced + added


def test_powershell_5_knows_all_that_is_used() -> None:
    newer = {"&&", "||", "??", "??=", "?.", "?["}
    assert newer.isdisjoint(n.type for n in nodes(EMITTERS[ScriptKind.PS1](script_plan())))


def test_the_plan_of_these_tests_has_what_misleads() -> None:
    assert {"'@", "\\END", "@LEAVING@"} <= set(ODD)
    assert any("\n" in path for path in PLACEHOLDERS)
