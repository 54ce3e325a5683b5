"""What the tests of the adapters share."""

from collections.abc import Iterator
from pathlib import Path

import pygit2
import pytest
from pygit2.enums import ConfigLevel

from fixtures.repositories import RepositoryBuilder
from hygiene.adapters.discovery import Reader


@pytest.fixture(params=[Reader.GIT, Reader.LIBGIT2])
def reader(request: pytest.FixtureRequest) -> Reader:
    """Each of the readers in turn."""
    return Reader(request.param)


@pytest.fixture
def builder(tmp_path: Path) -> RepositoryBuilder:
    """An empty repository."""
    return RepositoryBuilder(tmp_path / "repository")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty home directory, for git and libgit2 alike, and no system configuration."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    for name in ("SUDO_UID", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    levels = (ConfigLevel.SYSTEM, ConfigLevel.GLOBAL, ConfigLevel.XDG)
    before = {level: pygit2.settings.search_path[level] for level in levels}
    for level in levels:
        pygit2.settings.search_path[level] = str(folder)
    yield folder
    for level, path in before.items():
        pygit2.settings.search_path[level] = path
