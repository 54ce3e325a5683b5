"""A repository that is set to start a program, and the mark that the program would leave."""

from pathlib import Path

import pytest

from fixtures.repositories import RepositoryBuilder
from tests.faults.hostile_items import Trap


@pytest.fixture
def mark(tmp_path: Path) -> Path:
    """The file that exists once the planted program has run."""
    return tmp_path / "it-ran"


@pytest.fixture
def trap(tmp_path: Path, mark: Path) -> Trap:
    """A repository with a committed file whose time is not that of the index, and a program to plant."""
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\necho ran >> '{mark}'\nexit 1\n")
    program.chmod(0o755)
    builder = RepositoryBuilder(tmp_path / "repository")
    builder.file("a.txt", b"content\n")
    builder.file("lost.txt", b"lost\n")
    builder.commit()
    builder.check_out()
    (builder.path / "a.txt").write_bytes(b"CONTENT\n")
    return Trap(builder, program)
