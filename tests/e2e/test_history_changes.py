"""What `hygiene audit --history` tells of a repository whose history has been rewritten since it was read."""

from pathlib import Path

import pytest

from fixtures.repositories import RepositoryBuilder
from tests.e2e.command import hygiene
from tests.e2e.project import CLUTTER, small_project


@pytest.fixture
def project(tmp_path: Path) -> RepositoryBuilder:
    """A branch whose second commit brings clutter in, read once."""
    built = small_project(tmp_path / "project")
    built.file(CLUTTER, b"\xcb\r\r\n" + bytes(12) + b"compiled" * 100)
    built.commit("clutter comes")
    assert history(built, "git").count(CLUTTER) > 0
    return built


def history(built: RepositoryBuilder, reader: str, *options: str) -> str:
    ended = hygiene("audit", built.path, "--history", "--format", "json", "--reader", reader, *options)
    assert ended.status in (0, 1), ended.err
    return ended.out


def force_push(built: RepositoryBuilder) -> str:
    """Another commit in place of the last one; returns that."""
    replaced = built.id_of("HEAD")
    built.git("update-ref", "HEAD", "HEAD~1")
    built.remove(CLUTTER)
    built.file(".DS_Store", b"store")
    built.commit("other clutter comes")
    return replaced


@pytest.mark.parametrize("reader", ["git", "libgit2"])
def test_a_tip_that_was_collected_is_forgotten(project: RepositoryBuilder, reader: str) -> None:
    replaced = force_push(project)
    project.git("reflog", "expire", "--expire=now", "--all")
    project.git("gc", "-q", "--prune=now")
    assert project.git("cat-file", "--batch-check", stdin=replaced.encode()).endswith(b"missing\n")
    again = history(project, reader)
    assert CLUTTER not in again
    assert ".DS_Store" in again
    assert again == history(project, reader, "--no-index")
    assert again == history(project, reader)


@pytest.mark.parametrize("reader", ["git", "libgit2"])
def test_a_tip_that_was_replaced_is_not_answered_for(project: RepositoryBuilder, reader: str) -> None:
    replaced = force_push(project)
    assert history(project, reader) == history(project, reader, "--no-index")
    project.git("update-ref", "refs/heads/back", replaced)
    again = history(project, reader)
    assert CLUTTER in again
    assert again == history(project, reader, "--no-index")
