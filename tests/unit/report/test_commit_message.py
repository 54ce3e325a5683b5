"""The message of the commit that untracks files."""

import pytest

from hygiene.model.paths import RepoPath
from hygiene.model.rule import Category
from hygiene.model.untracking import CategoryLines, IgnoreChange, IgnorePlan
from hygiene.report.commit_message import commit_message
from tests.fakes.reports import plain_rule
from tests.fakes.untracking import CACHE, DATABASE, found, full_plan, plain_plan


def test_it_lists_categories_and_says_that_nothing_was_deleted() -> None:
    plan = plain_plan([found(CACHE, "a.pyc", 1024), found(CACHE, "b.pyc", 1024), found(DATABASE, "c.db", None)])
    assert commit_message(plan) == (
        "Untrack 3 generated files\n"
        "\n"
        "- cache: 2 files, 2.0 KiB\n"
        "- database: 1 file, size unknown\n"
        "\n"
        "They stay on the disk where this was done; a pull or a checkout of it\n"
        "takes tracked copies elsewhere away.\n"
    )


def test_ignore_files_placeholders_and_the_trash_are_told() -> None:
    message = commit_message(full_plan())
    assert "12 of the files were moved to the trash there." in " ".join(message.split())
    assert "Changed ignore files:\n\n- .gitignore\n- pkg/.gitignore\n" in message
    assert "keep their folders:\n\n- Input/.gitkeep\n- Output/.gitkeep\n" in message


def test_what_nobody_generated_is_not_called_so() -> None:
    photo = plain_rule("stray-media", category=Category.MEDIA)
    assert commit_message(plain_plan([found(photo, "a.mp4")])).startswith("Untrack 1 file that is not source\n")
    assert commit_message(plain_plan([found(CACHE, "a.pyc")])).startswith("Untrack 1 generated file\n")


@pytest.mark.parametrize("number", [1, 50_000])
def test_a_subject_is_short(number: int) -> None:
    plan = plain_plan([found(CACHE, f"{each}.pyc") for each in range(number)])
    assert len(commit_message(plan).splitlines()[0]) <= 72


def test_without_files_it_still_says_what_was_done() -> None:
    change = IgnoreChange(RepoPath(".gitignore"), (), (CategoryLines(Category.CACHE, ("*.pyc",)),))
    only_lines = plain_plan(ignoring=IgnorePlan([change]))
    only_places = plain_plan(placeholders=(RepoPath("Input/.gitkeep"),))
    assert commit_message(only_lines).startswith("Ignore what tools and runs leave behind\n\nChanged ignore files:")
    assert commit_message(only_places).startswith("Add placeholders for folders\n\nPlaceholders")


def test_many_placeholders_are_not_all_named() -> None:
    message = commit_message(plain_plan(placeholders=[RepoPath(f"{number:02}/.gitkeep") for number in range(30)]))
    assert message.endswith("- 09/.gitkeep\n- 20 more\n")


@pytest.mark.parametrize(
    "name",
    ["fixes #1", "closes GH-1", "@user", "# comment", "x\n\nSigned-off-by: you <y@e>", "https://e/x/1", "\x1b[m"],
)
def test_a_hosting_service_and_a_terminal_are_told_nothing_by_a_name(name: str) -> None:
    message = commit_message(plain_plan(placeholders=(RepoPath(f"{name}/.gitkeep"),)))
    named = message.split("folders:\n\n")[1]
    assert not set("@#:\x1b") & set(named)
    assert "GH-" not in named
    assert named.count("\n") == 1
