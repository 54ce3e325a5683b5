"""Which folders keep a placeholder."""

from collections.abc import Sequence

from hygiene.model.paths import RepoPath
from hygiene.model.rule import Category, Match
from hygiene.untrack.placeholders import Placeholders, placeholders
from tests.fakes.reports import plain_finding, plain_rule

INPUT = plain_rule(
    "runtime-input-folder",
    category=Category.INPUT,
    match=Match(globs=("/Input/", "**/public/uploads/")),
    gitignore=("Input/", "!Input/.gitkeep"),
)
CACHE = plain_rule("cache", match=Match(folders=("cache",)), gitignore=("cache/",))
RULES = {INPUT.id: INPUT, CACHE.id: CACHE}


def of(declared: Sequence[str] = (), leaving: Sequence[str] = (), staying: Sequence[str] = ()) -> Placeholders:
    findings = [plain_finding(CACHE if "cache" in path else INPUT, path) for path in leaving]
    return placeholders([RepoPath(each) for each in declared], findings, [RepoPath(each) for each in staying], RULES)


def test_a_declared_folder_gets_one_whatever_is_in_it() -> None:
    assert of(["Output", "a/b"], staying=["a/b/README.md"]) == (["Output/.gitkeep", "a/b/.gitkeep"], [])


def test_a_runtime_folder_that_would_vanish_gets_one_at_its_top() -> None:
    assert of(leaving=["Input/deep/x.mp4", "Input/y.mp4", "app/public/uploads/2024/cv.pdf"]).added == [
        "Input/.gitkeep",
        "app/public/uploads/.gitkeep",
    ]


def test_a_runtime_folder_in_which_something_stays_needs_none() -> None:
    assert of(leaving=["Input/x.mp4"], staying=["Input/README.md"]) == ([], [])


def test_other_folders_may_vanish() -> None:
    assert of(leaving=["cache/x"]) == ([], [])


def test_a_placeholder_that_is_tracked_is_kept_where_its_folder_is_emptied_or_declared() -> None:
    kept = of(
        ["Output"], ["Input/x.mp4", "cache/x"], ["Input/.gitkeep", "cache/.keep", "Output/.gitkeep", "logs/.gitkeep"]
    )
    assert kept == ([], ["Input/.gitkeep", "Output/.gitkeep", "cache/.keep"])
