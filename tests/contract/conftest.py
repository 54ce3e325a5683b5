"""A repository to grow, and the readers to read it with."""

from pathlib import Path

import pytest

from fixtures.repositories import RepositoryBuilder
from hygiene.adapters.discovery import Reader


@pytest.fixture
def builder(tmp_path: Path) -> RepositoryBuilder:
    return RepositoryBuilder(tmp_path / "repository")


@pytest.fixture(params=[Reader.GIT, Reader.LIBGIT2])
def reader(request: pytest.FixtureRequest) -> Reader:
    return Reader(request.param)
