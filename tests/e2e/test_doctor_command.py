"""`hygiene doctor` from the outside."""

import json
import os
from pathlib import Path

import pytest

from fixtures.repositories import RepositoryBuilder
from tests.e2e.command import Ended, environment, hygiene


@pytest.fixture
def repository(tmp_path: Path) -> RepositoryBuilder:
    builder = RepositoryBuilder(tmp_path / "repository")
    builder.file("a", b"a\n")
    builder.commit()
    return builder


def standing(ended: Ended, what: str) -> str:
    """How the condition stands; of several of that name the first."""
    told = json.loads(ended.out)["conditions"]
    return str(next(each["standing"] for each in told if each["what"] == what))


def doctor(place: Path, **more: str) -> Ended:
    ended = hygiene("doctor", "--format", "json", place, env=environment(**more))
    assert json.loads(ended.out)["status"] == ended.status
    assert ended.err == ""
    return ended


def test_all_is_well(repository: RepositoryBuilder) -> None:
    ended = hygiene("doctor", folder=repository.path)
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.endswith("ok: audits here are complete\n")
    for title in ("This machine", "This repository", "Its configuration"):
        assert f"{title}\n" in ended.out


def test_outside_a_repository_it_tells_about_the_machine(tmp_path: Path) -> None:
    ended = doctor(tmp_path)
    assert (ended.status, standing(ended, "place"), standing(ended, "python")) == (3, "broken", "ok")


def test_a_shallow_clone_is_noted(repository: RepositoryBuilder, tmp_path: Path) -> None:
    repository.file("b", b"b\n")
    repository.commit()
    ended = doctor(repository.shallow_clone(tmp_path / "clone"))
    assert (ended.status, standing(ended, "shallow")) == (0, "note")


def test_missing_objects_are_incomplete(repository: RepositoryBuilder, tmp_path: Path) -> None:
    ended = doctor(repository.partial_clone(tmp_path / "clone"))
    assert (ended.status, standing(ended, "partial-clone"), standing(ended, "objects")) == (4, "note", "incomplete")


def test_a_repository_without_a_commit_is_no_failure(tmp_path: Path) -> None:
    assert doctor(RepositoryBuilder(tmp_path / "empty").path).status == 0


def test_a_bare_repository_is_told_so(repository: RepositoryBuilder, tmp_path: Path) -> None:
    ended = doctor(repository.bare_clone(tmp_path / "bare"))
    assert (ended.status, standing(ended, "bare")) == (0, "note")


def test_a_bare_repository_whose_head_leads_nowhere_is_no_place_for_audits(
    repository: RepositoryBuilder, tmp_path: Path
) -> None:
    bare = repository.bare_clone(tmp_path / "bare")
    (bare / "HEAD").write_text("ref: refs/heads/nowhere\n")
    ended = doctor(bare)
    assert (ended.status, standing(ended, "tracked")) == (3, "broken")
    assert hygiene("audit", bare).status == ended.status
    assert "audits here are whole" not in hygiene("doctor", bare).out


def test_a_damaged_index_stops_audits(repository: RepositoryBuilder) -> None:
    index = repository.git_dir / "index"
    index.write_bytes(index.read_bytes()[:-1] + b"\0")
    ended = doctor(repository.path)
    assert (ended.status, standing(ended, "tracked")) == (4, "broken")


def test_every_problem_of_the_configuration_is_told(repository: RepositoryBuilder) -> None:
    (repository.path / "hygiene.toml").write_text("[gate]\nfail_on = 'maybe'\n[size]\nmax = -1\n")
    ended = doctor(repository.path)
    told = [each for each in json.loads(ended.out)["conditions"] if each["standing"] == "broken"]
    assert (ended.status, len(told)) == (2, 2)


def test_a_pipe_as_configuration_is_not_opened(repository: RepositoryBuilder) -> None:
    os.mkfifo(repository.path / "hygiene.toml")
    ended = doctor(repository.path)
    assert (ended.status, standing(ended, "settings")) == (2, "broken")


def test_a_baseline_that_is_not_there_is_told(repository: RepositoryBuilder) -> None:
    (repository.path / "hygiene.toml").write_text("[gate]\nbaseline = 'none.json'\n")
    ended = doctor(repository.path)
    assert (ended.status, standing(ended, "settings"), standing(ended, "baseline")) == (4, "ok", "incomplete")


def test_without_git_libgit2_reads(repository: RepositoryBuilder, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    ended = doctor(repository.path, PATH=str(empty))
    assert (ended.status, standing(ended, "git")) == (0, "note")
    assert '"libgit2' in ended.out


def test_the_path_of_a_repository_is_printed_as_text(tmp_path: Path) -> None:
    place = tmp_path / "a\x1b[31m\n::add-mask::b"
    place.mkdir()
    ended = hygiene("doctor", RepositoryBuilder(place / "repository").path)
    assert "\x1b" not in ended.out
    assert "\n::" not in ended.out
    assert ended.status == 0


def test_nothing_of_the_repository_is_executed(repository: RepositoryBuilder, tmp_path: Path) -> None:
    marker = tmp_path / "marker"
    script = tmp_path / "script"
    script.write_text(f"#!/bin/sh\ntouch {marker}\n")
    script.chmod(0o755)
    repository.config("core.fsmonitor", str(script))
    repository.check_out()
    repository.git("status")
    assert marker.exists()  # plain git does run it
    marker.unlink()
    assert doctor(repository.path).status == 0
    assert not marker.exists()
