"""`hygiene history stats` from the outside."""

import json
from pathlib import Path

import jsonschema
import pytest

from fixtures.repositories import RepositoryBuilder
from hygiene.report.stats_json import stats_schema
from tests.e2e.command import hygiene

HOSTILE = "data/\x1b[31m`x`|\n\u202e.bin"


@pytest.fixture
def repository(tmp_path: Path) -> RepositoryBuilder:
    built = RepositoryBuilder(tmp_path / "project")
    built.file("src/a.py", b"print()\n")
    built.file(HOSTILE, b"x" * (2 << 20))
    built.commit("first")
    built.remove(HOSTILE)
    built.file("src/a.py", b"print(1)\n")
    built.commit("second")
    built.tag("v1")
    return built


def test_the_page_names_what_is_worst(repository: RepositoryBuilder) -> None:
    ended = hygiene("history", "stats", repository.path, "--no-index")
    assert (ended.status, ended.err) == (0, "")
    assert "2.0 MiB  !  " in ended.out
    assert "GitHub recommends at most 1 MiB an object" in ended.out
    assert ended.out.replace("\n", "").isprintable()


def test_the_json_meets_its_schema_and_tells_everything(repository: RepositoryBuilder) -> None:
    ended = hygiene("history", "stats", repository.path, "--no-index", "--format", "json", "--top", "1")
    document = json.loads(ended.out)
    jsonschema.validate(document, json.loads(stats_schema()))
    values = {line["name"]: line["value"] for line in document["lines"]}
    assert (values["commits"], values["paths"], values["versions"], values["tags"]) == (2, 2, 3, 1)
    assert (values["files"], values["loose-objects"]) == (1, len(list(repository.git_dir.glob("objects/??/*"))))
    assert [blob["path"] for blob in document["largest_blobs"]] == [HOSTILE]
    assert document["most_rewritten"] == [{"path": "src/a.py", "commits": 2}]
    assert document["head"] == repository.id_of("HEAD")


def test_both_readers_tell_the_same(repository: RepositoryBuilder) -> None:
    one, other = (
        hygiene("history", "stats", repository.path, "--no-index", "--format", "json", "--reader", reader)
        for reader in ("git", "libgit2")
    )
    assert one == other


def test_pull_requests_of_every_service_are_counted(repository: RepositoryBuilder) -> None:
    for name in ("refs/pull/1/head", "refs/pull-requests/2/from", "refs/merge-requests/3/head"):
        repository.git("update-ref", name, "HEAD")
    for reader in ("git", "libgit2"):
        ended = hygiene("history", "stats", repository.path, "--no-index", "--format", "json", "--reader", reader)
        assert {line["name"]: line["value"] for line in json.loads(ended.out)["lines"]}["pull-requests"] == 3


def test_a_clone_that_is_cut_is_told_so(repository: RepositoryBuilder, tmp_path: Path) -> None:
    clone = repository.shallow_clone(tmp_path / "shallow")
    ended = hygiene("history", "stats", clone, "--no-index")
    assert ended.status == 4
    assert "git fetch --unshallow" in " ".join(ended.out.split())
    assert hygiene("history", "stats", clone, "--no-index", "--allow-incomplete").status == 0


@pytest.mark.parametrize("reader", ["git", "libgit2"])
def test_what_is_missing_makes_the_answer_incomplete(repository: RepositoryBuilder, reader: str) -> None:
    repository.lose(f"HEAD~1:{HOSTILE}")
    ended = hygiene("history", "stats", repository.path, "--no-index", "--reader", reader)
    assert ended.status == 4
    assert "no size is known of a blob of the history" in " ".join(ended.out.split())


@pytest.mark.parametrize("reader", ["git", "libgit2"])
def test_a_broken_reference_that_was_not_asked_for_is_told(repository: RepositoryBuilder, reader: str) -> None:
    repository.git("update-ref", "refs/remotes/origin/x", "HEAD")
    (repository.git_dir / "refs/remotes/origin/x").write_text("nonsense\n")
    ended = hygiene("history", "stats", repository.path, "--no-index", "--reader", reader)
    assert ended.status == 4
    assert "refs/remotes/origin/x is broken" in " ".join(ended.out.split())


def test_without_a_commit_there_is_nothing_to_tell(tmp_path: Path) -> None:
    assert hygiene("history", "stats", RepositoryBuilder(tmp_path / "empty").path, "--no-index").status == 3


def test_the_roots_decide_what_is_counted(repository: RepositoryBuilder) -> None:
    ended = hygiene(
        "history", "stats", repository.path, "--no-index", "--format", "json", "--roots", repository.id_of("HEAD~1")
    )
    assert {line["name"]: line["value"] for line in json.loads(ended.out)["lines"]}["commits"] == 1
