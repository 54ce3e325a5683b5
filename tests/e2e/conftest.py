"""What the tests of the whole program share."""

from pathlib import Path

import pytest

from fixtures.repositories import RepositoryBuilder
from tests.e2e.programs import programs
from tests.e2e.project import small_project


@pytest.fixture(scope="session")
def bin_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The commands of this checkout, where a shell finds them. Nothing writes there, so one serves all."""
    return programs(tmp_path_factory.mktemp("installed") / "bin")


@pytest.fixture
def repository(tmp_path: Path) -> RepositoryBuilder:
    return small_project(tmp_path / "project")
