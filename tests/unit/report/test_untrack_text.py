"""The plan of an untracking for people at a terminal."""

import pytest

from hygiene.model.criterion import Aspect, Criterion
from hygiene.model.paths import RepoPath
from hygiene.model.rule import Category, Confidence
from hygiene.model.untracking import (
    CategoryLines,
    IgnoreChange,
    IgnorePlan,
    OnDisk,
    Staying,
    StayReason,
    UntrackPlan,
)
from hygiene.report.columns import width_of
from hygiene.report.style import TextStyle
from hygiene.report.untrack_text import render_untrack_text
from tests.fakes.untracking import (
    CACHE,
    DATABASE,
    OBSTACLES,
    REPORT,
    found,
    full_plan,
    group_of,
    plain_plan,
    staying_for_every_reason,
)


def text(plan: UntrackPlan) -> str:
    """In lines that are never broken."""
    return render_untrack_text(plan, TextStyle(width=10_000))


def section(plan: UntrackPlan, title: str) -> list[str]:
    """The lines below a title; none where there is no such title."""
    parts = [part.splitlines() for part in text(plan).split("\n\n")]
    return next((lines[1:] for lines in parts if lines[0].strip() == title), [])


def test_a_plan_without_anything_is_short() -> None:
    assert text(plain_plan()) == "no file would be untracked\n"


def test_the_first_line_has_the_numbers() -> None:
    plan = plain_plan(
        [found(CACHE, "a/x.pyc", 2048), found(CACHE, "b/y.pyc", None)],
        staying=[Staying(found(REPORT, "r.json"), StayReason.DECIDE)],
    )
    assert text(plan).splitlines()[0] == (
        "2 files in 2 folders, at least 2.0 KiB, would be untracked; 1 finding stays: 1 to decide"
    )


def test_the_table_tells_of_each_group_what_it_is_and_why() -> None:
    caches = [found(CACHE, f"p/__pycache__/{number}.pyc", 1024) for number in range(3)]
    lines = text(plain_plan(caches, groups=[group_of("p/__pycache__/", caches)])).splitlines()
    assert [line.split() for line in lines[4:7]] == [
        ["certain", "python-bytecode", "3", "3.0", "KiB", "delete", "and", "untrack"],
        ["├", "p/__pycache__/", "3", "3.0", "KiB"],
        ["└", "because:", "its", "name", "meets", "python-bytecode"],
    ]


def test_a_large_clean_up_fits_on_one_screen() -> None:
    caches = [found(CACHE, f"p{number}/__pycache__/m.pyc") for number in range(3000)]
    decisions = [Staying(found(REPORT, f"r/{number}.json"), StayReason.DECIDE) for number in range(3000)]
    change = IgnoreChange(RepoPath(".gitignore"), (), (CategoryLines(Category.CACHE, ("__pycache__/",)),))
    plan = plain_plan(caches, staying=decisions, ignoring=IgnorePlan([change]))
    assert len(render_untrack_text(plan, TextStyle()).splitlines()) <= 45


def test_what_stays_is_named_and_a_long_list_says_that_it_is_cut() -> None:
    lines = section(full_plan(), "What stays tracked")
    assert lines[1:7] == [
        *(f"    reports/{n}.json: generated-report" for n in range(5)),
        "    +2 more (--format json lists all)",
    ]
    assert "    stay/waived.db: live-database, the tutorial opens it" in lines


@pytest.mark.parametrize("staying", staying_for_every_reason(), ids=lambda staying: staying.why.value)
def test_every_reason_to_stay_has_words_of_its_own(staying: Staying) -> None:
    why, where = section(plain_plan(staying=[staying]), "What stays tracked")
    assert why.startswith("  1 ")
    assert ": " in why
    assert where.startswith(f"    {staying.finding.path}: ")


def test_a_decision_comes_with_the_option_that_takes_it() -> None:
    plan = plain_plan(staying=[Staying(found(REPORT, "my reports/[a].json"), StayReason.DECIDE)])
    assert "; `--select 'path:/my reports/\\[a].json'` names it" in text(plan)


def test_what_is_not_sure_enough_comes_with_the_confidence_that_takes_it() -> None:
    unsure = [found(DATABASE, f"{sure}.db", confidence=sure) for sure in (Confidence.REVIEW, Confidence.LIKELY)]
    plan = plain_plan(staying=[Staying(each, StayReason.UNSURE) for each in unsure])
    assert "it is less sure than certain; `--confidence likely` takes more" in text(plan)


def test_lines_of_ignore_files_are_told_as_a_difference() -> None:
    assert section(full_plan(), "Ignore files that would change") == [
        "  .gitignore",
        "    -Input/",
        "    +Input/*",
        "    +!Input/.gitkeep",
        "    +# caches",
        "    +__pycache__/",
        "    +*.py[cod]",
        "    +# databases",
        "    +/lat\\351n.db",
        "  pkg/.gitignore",
        "    +# caches",
        "    +*.tmp",
    ]


def test_many_lines_and_many_ignore_files_are_cut() -> None:
    lines = CategoryLines(Category.CACHE, tuple(f"/{number}/" for number in range(100)))
    changes = [IgnoreChange(RepoPath(f"{number}/.gitignore"), (), (lines,)) for number in range(9)]
    told = section(plain_plan(ignoring=IgnorePlan(changes)), "Ignore files that would change")
    assert told[31:33] == ["    +71 more (--format json lists all)", "  1/.gitignore"]
    assert told[-1] == "  +4 more (--format json lists all)"


def test_what_is_not_on_disk_does_not_stay_there() -> None:
    files = [found(CACHE, f"{name}.pyc") for name in "abc"]
    gone = {each.path: OnDisk.ABSENT for each in files[:1]} | {each.path: OnDisk.FILE for each in files[1:]}
    assert "every file would stay on disk" in text(plain_plan(files))
    assert "of these files 2 would stay on disk and 1 is not on disk anyway" in text(plain_plan(files, on_disk=gone))
    assert "of these files 2 would go to the trash and 1 is not on disk anyway" in text(
        plain_plan(files, on_disk=gone, deleting=[each.path for each in files[1:]])
    )


def test_obstacles_come_with_their_next_step_and_nobody_is_told_to_apply() -> None:
    plan = full_plan(obstacles=OBSTACLES)
    assert section(plan, "Apply would refuse now")[0] == (
        "  the repository is in the middle of a merge. Finish it or `git merge --abort`, then plan again."
    )
    assert "--yes" not in text(plan)
    assert "--yes" in text(full_plan())


@pytest.mark.parametrize(
    ("stored", "says"),
    [
        ((400, 600), "the history keeps their bytes, of the present versions alone 1000 B on disk."),
        ((400, None), "the history keeps their bytes, of the present versions alone at least 400 B on disk."),
        ((None, None), "the history keeps every byte."),
    ],
)
def test_the_number_of_bytes_that_history_keeps_is_told(stored: tuple[int | None, ...], says: str) -> None:
    files = [found(CACHE, "a.pyc"), found(CACHE, "b.pyc")]
    known = {each.blob: size for each, size in zip(files, stored, strict=True) if size is not None}
    (line,) = (line for line in section(plain_plan(files, stored=known), "Before you apply") if "frees nothing" in line)
    assert says in line
    assert "`hygiene purge-plan`" in line


def test_a_blob_that_two_paths_share_is_kept_once() -> None:
    first = found(CACHE, "a.pyc")
    plan = plain_plan([first, found(CACHE, "b.pyc", blob=first.blob)])
    assert "the history keeps their bytes, of the present versions alone 400 B on disk." in text(plan)


def test_credentials_are_spoken_of_only_where_there_may_be_some() -> None:
    warned = "replace every one of them now"
    assert warned in text(plain_plan([found(DATABASE, "auth.db")]))
    assert warned not in text(plain_plan([found(CACHE, "a.pyc")]))


def test_nothing_is_warned_of_where_nothing_leaves() -> None:
    assert section(plain_plan(placeholders=(RepoPath("Input/.gitkeep"),)), "Before you apply") == []


def test_the_command_to_apply_is_the_one_for_this_very_plan() -> None:
    plan = plain_plan(
        [found(CACHE, "a.pyc")],
        criteria=[Criterion(Aspect.PATH, "a b/*"), Criterion(Aspect.CONFIDENCE, "likely")],
        confidence=Confidence.LIKELY,
        deleting=(RepoPath("a.pyc"),),
    )
    command = "hygiene untrack --select 'path:a b/*' --confidence likely --delete --yes"
    assert f"`{command}` does this" in text(plan)


def test_a_confidence_that_was_named_stays_in_the_command() -> None:
    # With a path it limits what would else be taken whatever its confidence.
    criteria = [Criterion(Aspect.CONFIDENCE, "certain"), Criterion(Aspect.PATH, "x")]
    assert "`hygiene untrack --select path:x --confidence certain --yes`" in text(
        plain_plan([found(CACHE, "x")], criteria=criteria)
    )
    assert "`hygiene untrack --select path:x --yes`" in text(plain_plan([found(CACHE, "x")], criteria=criteria[1:]))


@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_line_is_wider_than_it_may_be(width: int) -> None:
    lines = render_untrack_text(full_plan(obstacles=OBSTACLES), TextStyle(width=width)).splitlines()
    assert max(map(width_of, lines)) <= width
