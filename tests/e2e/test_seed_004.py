"""The repository whose clean-up plan this program grew out of, rebuilt: what the plan lists is found, nothing else."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from fixtures.repositories import RepositoryBuilder
from fixtures.seed_004 import build_inventory, sections
from tests.e2e.command import hygiene

CATEGORIES = {
    "A": {"cache"},
    "B": {"build"},
    "C": {"scratch"},
    "D": {"database"},
    "E": {"input"},
    "F": {"backup"},
    "G": {"media", "backup"},
    "H": {"report"},
    "I": {"model"},
}
"""The plan's sections, and what we call what they list. A file may stand in several: a wave in a scratch folder."""

TO_DECIDE = ("data/reports/", "voices/embeddings/", "samples/sample.mp4")
SOURCE = ("src/", "docs/", "scripts/", "tests/", "tools/", "config/")


class Found(NamedTuple):
    category: str
    confidence: str
    disposition: str
    also: frozenset[str]


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    built = RepositoryBuilder(tmp_path_factory.mktemp("seed") / "anime")
    built.files(build_inventory())
    built.commit()
    return built.path


@pytest.fixture(scope="module")
def found(repository: Path) -> Mapping[str, Found]:
    categories = _categories_by_rule()
    report = json.loads(hygiene("audit", repository, "--format", "json").out)
    assert report["incomplete"] == []
    return {
        each["path"]: Found(
            each["category"],
            each["confidence"],
            each["disposition"],
            frozenset(categories[rule] for rule in each["also"]),
        )
        for each in report["findings"]
    }


def _categories_by_rule() -> dict[str, str]:
    lines = hygiene("rule", "list").out.splitlines()
    return {words[0]: words[1] for line in lines if len(words := line.split()) > 2}


def _never_tracked() -> list[tuple[str, str]]:
    listed = [(section, path) for section, paths in sections().items() for path in paths]
    return [(section, path) for section, path in listed if not path.startswith(TO_DECIDE)]


@pytest.mark.parametrize("section", sorted(CATEGORIES))
def test_every_path_of_a_section_is_found_in_its_category(found: Mapping[str, Found], section: str) -> None:
    wrong = {
        path: found.get(path)
        for path in sections()[section]
        if path not in found or not CATEGORIES[section] & {found[path].category, *found[path].also}
    }
    assert wrong == {}


def test_what_should_never_be_tracked_is_certain_and_has_a_remedy(found: Mapping[str, Found]) -> None:
    doubtful = {path: found[path] for _, path in _never_tracked() if found[path].confidence != "certain"}
    assert doubtful == {}
    assert {found[path].disposition for _, path in _never_tracked()} == {"untrack", "delete-and-untrack"}


def test_what_may_be_deliberate_is_for_people_to_decide(found: Mapping[str, Found]) -> None:
    open_questions = {path: finding for path, finding in found.items() if path.startswith(TO_DECIDE)}
    assert len(open_questions) == 6
    assert {finding.disposition for finding in open_questions.values()} == {"decide"}
    assert "certain" not in {finding.confidence for finding in open_questions.values()}


def test_no_source_is_flagged(found: Mapping[str, Found]) -> None:
    flagged = [path for path in found if path.startswith(SOURCE) and "__pycache__/" not in path]
    assert flagged == []


def test_nothing_is_found_that_the_plan_does_not_list(found: Mapping[str, Found]) -> None:
    listed = {path for paths in sections().values() for path in paths}
    assert set(found) - listed == set()


def test_the_build_tree_is_known_by_its_blobs_also_where_it_is_stale(repository: Path) -> None:
    report = json.loads(hygiene("audit", repository, "--format", "json").out)
    build = [each for each in report["findings"] if each["path"].startswith("build/lib/")]
    assert len(build) == len(sections()["B"])
    assert all("copied-tree" in {evidence["kind"] for evidence in each["evidence"]} for each in build)


def test_credentials_in_a_databases_tables_make_it_critical(repository: Path) -> None:
    report = json.loads(hygiene("audit", repository, "--format", "json").out)
    auth = {each["path"]: each["severity"] for each in report["findings"] if each["path"].endswith("auth.db")}
    assert set(auth.values()) == {"critical"}


def test_the_plan_of_the_seed_is_generated_with_every_exact_path(repository: Path) -> None:
    plan = hygiene("audit", repository, "--format", "markdown").out
    missing = [path for section in "ACDEFHI" for path in sections()[section] if path not in plan]
    assert missing == []
    for heading in (
        "Executive summary",
        "Inventory",
        "Action matrix",
        ".gitignore",
        "allowlist",
        "CI gate",
        "execution order",
    ):
        assert heading.lower() in plan.lower(), heading
