from dataclasses import replace

import pytest

from hygiene.audit.naming import Namer
from hygiene.model.rule import Category, Match, Rule
from hygiene.policy.rules.catalogue import Catalogue
from tests.fakes.repository import FakeRepository
from tests.unit.audit.scenes import audit, by_path, paths, rule


def names_met(path: str, *rules: Rule) -> list[str]:
    return [met.id for met in Namer(Catalogue(rules)).rules_for(path)]


@pytest.mark.parametrize(
    ("match", "path", "meets"),
    [
        (Match(names=(".DS_Store",)), "a/b/.DS_Store", True),
        (Match(names=(".DS_Store",)), ".ds_store", False),
        (Match(names=(".DS_Store",)), ".DS_Store/x", False),
        (Match(suffixes=(".pyc",)), "a.pyc", True),
        (Match(suffixes=(".pyc",)), "A.PYC", True),
        (Match(suffixes=(".pyc",)), "pyc", False),
        (Match(suffixes=(".pyc",)), ".pyc/x.py", False),
        (Match(suffixes=(".tar.gz",)), "a.tar.gz", True),
        (Match(suffixes=(".tar.gz",)), "a.gz", False),
        (Match(folders=("node_modules",)), "node_modules/a/b.js", True),
        (Match(folders=("node_modules",)), "x/node_modules/b.js", True),
        (Match(folders=("node_modules",)), "node_modules", False),
        (Match(folders=("node_modules",)), "my_node_modules/a", False),
        (Match(globs=("/build/",)), "build/a/b", True),
        (Match(globs=("/build/",)), "src/build/a", False),
        (Match(globs=("*.log",)), "deep/down/a.log", True),
        (Match(globs=("/data/reports/**",)), "data/reports/x/y.json", True),
        (Match(globs=("_tmp*/",)), "_tmp_a/x", True),
        (Match(globs=("_tmp*/",)), "_tmp_a", False),
        (Match(suffixes=(".log",), exempt=("/docs/",)), "docs/a.log", False),
        (Match(suffixes=(".log",), exempt=("keep.log",)), "b/keep.log", False),
        (Match(suffixes=(".log",), exempt=("keep.log",)), "b/other.log", True),
    ],
)
def test_a_path_meets_a_declared_form(match: Match, path: str, *, meets: bool) -> None:
    assert names_met(path, rule("r", match)) == (["r"] if meets else [])


def test_a_path_may_meet_several_rules_each_once() -> None:
    both = Match(suffixes=(".log",), folders=("logs",), globs=("*.log",))
    assert names_met("logs/a.log", rule("b", both), rule("a", Match(folders=("logs",)))) == ["a", "b"]


def test_the_evidence_says_what_in_the_name_told() -> None:
    report = audit({"x/node_modules/y.js": b"1"}, rule("r", Match(folders=("node_modules",))))
    assert by_path(report)["x/node_modules/y.js"].evidence[0].text == "it lies in a folder 'node_modules'"


@pytest.mark.parametrize("name", [".gitkeep", ".keep"])
def test_placeholders_are_never_met_by_name(name: str) -> None:
    assert names_met(f"Output/{name}", rule("r", Match(folders=("Output",)))) == []


@pytest.mark.parametrize(
    ("category", "path", "meets"),
    [
        (Category.DEPENDENCY, "node_modules/tr46/lib/.gitkeep", True),
        (Category.ENVIRONMENT, "node_modules/a/.env.example", True),
        (Category.DEPENDENCY, "node_modules/.gitkeep", False),
        (Category.CACHE, "node_modules/a/.gitkeep", False),
    ],
)
def test_only_within_installed_trees_nothing_is_ours(category: Category, path: str, *, meets: bool) -> None:
    assert names_met(path, replace(rule("r", Match(folders=("node_modules",))), category=category)) == ["r"] * meets


def test_symlinks_and_other_repositories_are_not_judged_by_name() -> None:
    repository = FakeRepository.holding({"a.pyc": b"text"})
    repository.symlink("b.pyc", b"a.pyc")
    repository.gitlink("node_modules/c")
    report = audit(repository, rule("r", Match(suffixes=(".pyc",), folders=("node_modules",))))
    assert paths(report.findings) == ["a.pyc"]


@pytest.mark.parametrize("name", ["a\nb.pyc", "-x.pyc", ":(glob)*.pyc", "[x].pyc", "\udcff.pyc", "café.pyc", " .pyc"])
def test_odd_names_are_met_like_any_other(name: str) -> None:
    assert paths(audit({name: b"x"}, rule("r", Match(suffixes=(".pyc",)))).findings) == [name]


def test_a_path_may_be_deeper_than_a_call_stack() -> None:
    deep = "a/" * 2_000
    report = audit(
        {f"{deep}x.pyc": b"x", f"node_modules/{deep}b": b"y"}, rule("r", Match((), (".pyc",), ("node_modules",)))
    )
    assert paths(report.findings) == [f"{deep}x.pyc", f"node_modules/{deep}b"]
