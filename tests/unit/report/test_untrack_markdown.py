"""The plan of an untracking in Markdown."""

from hygiene.model.criterion import Aspect, Criterion
from hygiene.model.paths import RepoPath
from hygiene.model.untracking import Standing, Staying, StayReason, UntrackPlan
from hygiene.report.style import TextStyle
from hygiene.report.untrack_markdown import render_untrack_markdown
from tests.fakes.untracking import CACHE, DATABASE, HEAD, OBSTACLES, REPORT, found, full_plan, plain_plan


def text(plan: UntrackPlan) -> str:
    return render_untrack_markdown(plan, TextStyle())


def headings(plan: UntrackPlan) -> list[str]:
    return [line.removeprefix("## ") for line in text(plan).splitlines() if line.startswith("## ")]


def test_a_plan_without_anything_has_no_empty_sections() -> None:
    assert headings(plain_plan()) == []


def test_the_sections_stand_in_the_order_in_which_they_matter() -> None:
    assert headings(full_plan(obstacles=OBSTACLES)) == [
        "What stands in the way",
        "What could not be read, so that more may have to leave",
        "What leaves",
        "What goes to the trash",
        "What is not on disk anyway",
        "Placeholders",
        "Ignore files",
        "What stays tracked though it is ignored",
        "What leaves, and no line can ignore",
        "What stays tracked",
        "Before you apply",
        "What to do next",
    ]


def test_no_list_is_cut_and_long_ones_are_folded() -> None:
    plan = plain_plan(
        [found(CACHE, f"{number}.pyc") for number in range(50)],
        staying=[Staying(found(REPORT, f"{number}.json"), StayReason.DECIDE) for number in range(50)],
    )
    told = text(plan)
    assert [f"\n{number}.pyc\n" in told for number in range(50)] == [True] * 50
    assert [f"- `{number}.json` (`generated-report`, likely)\n" in told for number in range(50)] == [True] * 50
    assert "<summary>50 paths</summary>" in told
    assert "<summary>50 findings</summary>" in told


def test_it_says_where_it_was_made() -> None:
    assert f"Written by hygiene 0.0.0 on `refs/heads/main` at `{HEAD}`." in text(plain_plan())
    assert "Written by hygiene 0.0.0. Nothing" in text(plain_plan(standing=Standing(None, None, "")))


def test_what_was_asked_is_told_with_its_limit() -> None:
    path, sure = Criterion(Aspect.PATH, "x"), Criterion(Aspect.CONFIDENCE, "certain")
    leaving = [found(DATABASE, "x")]
    assert "- Selected: what is to be untracked and is at least certain." in text(plain_plan(leaving, criteria=[sure]))
    assert "- Selected by `--select path:x`." in text(plain_plan(leaving, criteria=[path]))
    assert "- Selected by `--select path:x`, at least certain." in text(plain_plan(leaving, criteria=[path, sure]))


def test_an_obstacle_that_reads_like_a_number_opens_no_list() -> None:
    plan = plain_plan(obstacles=[OBSTACLES[0]._replace(what="1")], deleting=(RepoPath("x"),))
    assert "- 1\\. Next step: " in text(plan)
