"""Where a plan may be written."""

from pathlib import Path

import pytest

from hygiene.adapters.plan_folder import require_place, write_plan
from hygiene.errors import NoPlaceForPlan, UnwritableOutput
from hygiene.model.inventory import RepositoryFacts


@pytest.fixture
def facts(tmp_path: Path) -> RepositoryFacts:
    git_dir = tmp_path / "repository" / ".git"
    git_dir.mkdir(parents=True)
    return RepositoryFacts(git_dir, git_dir.parent, "sha1", None, shallow=False, partial=False, reader="git")


def test_a_new_folder_and_one_with_an_older_plan_are_places(tmp_path: Path, facts: RepositoryFacts) -> None:
    require_place(tmp_path / "plan", ["a", "b"], facts)
    write_plan(tmp_path / "plan", {"a": b"1", "b": b"2"})
    require_place(tmp_path / "plan", ["a", "b"], facts)
    assert [file.read_bytes() for file in sorted((tmp_path / "plan").iterdir())] == [b"1", b"2"]


def test_a_folder_with_something_else_is_named_on_one_line(tmp_path: Path, facts: RepositoryFacts) -> None:
    (tmp_path / "x\nhelp: delete it").write_text("")
    with pytest.raises(NoPlaceForPlan) as refused:
        require_place(tmp_path, ["a"], facts)
    assert "\n" not in refused.value.message


def test_a_git_directory_is_no_place_by_whatever_name(tmp_path: Path, facts: RepositoryFacts) -> None:
    (tmp_path / "link").symlink_to(facts.git_dir)
    for folder in (facts.git_dir, facts.git_dir / "deep" / "er", tmp_path / "link" / "plan", tmp_path / "o" / ".git"):
        with pytest.raises(NoPlaceForPlan, match="Git directory"):
            require_place(folder, ["a"], facts)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UnwritableOutput):
        write_plan(tmp_path / "file" / "plan", {"a": b""})
