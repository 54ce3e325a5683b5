"""What a person means who asks for a waiver, and all that speaks against it."""

from collections.abc import Sequence
from datetime import date

import pytest

from hygiene.adoption.waiver_plan import PlannedWaiver, WaiverAsked, planned_waivers
from hygiene.errors import BadWaiver, ExitStatus, WaiverRefused
from hygiene.model.inventory import Entry, Mode
from hygiene.model.paths import BlobId, RepoPath
from hygiene.model.permit import Origin, Waiver
from hygiene.model.rule import RuleId
from hygiene.policy.rules.about_permits import RULES_ABOUT_PERMITS

TODAY = date(2026, 6, 15)
TRACKED = ["a.db", "demo/a.db", "demo/b.db", "demo/deep/c.txt", "odd/*.db", "odd/x.db", "latin1-\udce9"]
ENTRIES = [Entry(Mode.FILE, BlobId(f"{number:040}"), RepoPath(path)) for number, path in enumerate(TRACKED)]


def planned(
    *paths: str,
    here: str = "",
    rule: str = "junk",
    reason: str = "why",
    pin: bool = False,
    expires: date | None = None,
    owner: str | None = None,
    there: Sequence[Waiver] = (),
) -> list[PlannedWaiver]:
    asked = WaiverAsked(paths, here, RuleId(rule), reason, pin, expires, owner)
    return planned_waivers(asked, ENTRIES, there, TODAY)


def patterns(*paths: str, here: str = "") -> list[tuple[str, int]]:
    return [(each.waiver.path, len(each.target.entries)) for each in planned(*paths, here=here)]


def problems(*paths: str, **asked: object) -> tuple[str, ...]:
    with pytest.raises(BadWaiver) as caught:
        planned(*paths, **asked)  # type: ignore[arg-type]  # the tests name the options
    assert caught.value.status is ExitStatus.USAGE
    return caught.value.problems


@pytest.mark.parametrize(
    ("named", "here", "pattern", "files"),
    [
        ("a.db", "", "/a.db", 1),
        ("./a.db", "", "/a.db", 1),
        ("demo", "", "/demo/", 3),
        ("demo/", "", "/demo/", 3),
        ("a.db", "demo", "/demo/a.db", 1),
        ("../a.db", "demo", "/a.db", 1),
        (".", "demo", "/demo/", 3),
        ("demo/a.db", "odd", "/demo/a.db", 1),
        ("/a.db", "demo", "/a.db", 1),
        ("odd/*.db", "", "/odd/\\*.db", 1),
        ("demo/*.db", "", "demo/*.db", 2),
        ("*.db", "", "*.db", 5),
        ("*.db", "demo", "*.db", 5),
        ("dem?/", "", "dem?/", 3),
        ("latin1-\udce9", "", "/latin1-?", 1),
    ],
)
def test_a_file_a_folder_or_a_pattern_is_meant(named: str, here: str, pattern: str, files: int) -> None:
    assert patterns(named, here=here) == [(pattern, files)]


def test_several_paths_are_a_waiver_each_and_the_same_path_is_one() -> None:
    assert patterns("a.db", "demo", "./a.db") == [("/a.db", 1), ("/demo/", 3)]


def test_all_parts_are_in_the_waiver() -> None:
    (plan,) = planned("demo/b.db", pin=True, expires=TODAY, owner="docs")
    waiver = plan.waiver
    assert (waiver.rule, waiver.reason, waiver.expires, waiver.owner) == ("junk", "why", TODAY, "docs")
    assert waiver.blob == ENTRIES[2].blob


@pytest.mark.parametrize("named", ["nope", "../a.db", ".", "", "demo/a", "!*.db", "#a.db", "*" * 200, "/"])
def test_what_nothing_tracked_is_called_is_refused(named: str) -> None:
    (problem,) = problems(named)
    assert "no tracked file is called that" in problem


def test_a_pin_is_for_one_file() -> None:
    assert problems("demo", pin=True) == ("demo: --blob is for one file, and 3 tracked files match",)
    assert planned("demo/a*", pin=True)[0].waiver.blob == ENTRIES[1].blob


@pytest.mark.parametrize("rule", sorted(RULES_ABOUT_PERMITS))
def test_the_rules_about_permits_are_not_to_be_waived(rule: str) -> None:
    (problem,) = problems("a.db", rule=rule)
    assert f"[overrides.{rule}]" in problem


def test_every_problem_is_told_at_once() -> None:
    told = problems("nope", "demo", reason=" \n", owner="", expires=date(2026, 6, 14), pin=True)
    assert [problem.partition(":")[0] for problem in told] == ["--reason", "--owner", "--expires", "nope", "demo"]


def test_what_is_no_text_is_refused() -> None:
    assert problems("a.db", reason="\udce9") == ("--reason: is not UTF-8",)
    assert "is not UTF-8" in problems("latin1-[\udce9]")[0]


def test_a_waiver_that_holds_is_not_written_again() -> None:
    there = [Waiver(RuleId("junk"), "/a.db", "old", Origin("hygiene.toml", 3), expires=TODAY)]
    with pytest.raises(WaiverRefused) as caught:
        planned("demo", "a.db", there=there)
    assert caught.value.status is ExitStatus.REFUSED
    assert caught.value.message == "hygiene.toml:3 waives junk for /a.db already, until 2026-06-15"
    assert planned("a.db", pin=True, there=there)
    assert planned("a.db", rule="other", there=there)


def test_a_waiver_that_is_over_is_renewed_and_keeps_its_owner() -> None:
    old = Waiver(RuleId("junk"), "/a.db", "old", Origin("hygiene.toml", 3), expires=date(2020, 1, 1), owner="docs")
    pinned = Waiver(RuleId("junk"), "/a.db", "old", Origin("hygiene.toml", 9), BlobId("f" * 40), date(2020, 1, 1))
    (plan,) = planned("a.db", there=[pinned, old], expires=TODAY)
    assert (plan.renewed, plan.waiver.reason, plan.waiver.expires, plan.waiver.owner) == (old, "why", TODAY, "docs")
    (plan,) = planned("a.db", there=[pinned, old], owner="web", pin=True)
    assert (plan.renewed, plan.waiver.blob, plan.waiver.owner) == (pinned, ENTRIES[0].blob, "web")
    assert planned("demo", there=[old])[0].renewed is None
