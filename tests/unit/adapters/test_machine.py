"""What this machine brings to an audit, whatever is on its PATH."""

from pathlib import Path

import pytest

from hygiene import __version__
from hygiene.adapters.machine import this_machine


def test_the_parts_are_there_with_their_versions() -> None:
    versions = {part.name: part.version for part in this_machine().parts}
    assert versions["hygiene"] == __version__
    assert all(versions[name] for name in ("python", "click", "msgspec", "tomlkit", "pygit2", "libgit2"))


def test_git_and_libmagic_are_tried_and_tell_their_versions() -> None:
    machine = this_machine()
    assert machine.git.version is not None
    assert machine.git.version[0].isdigit()
    assert Path(machine.git.place).is_absolute()
    assert machine.libmagic.version is None or machine.libmagic.version[0].isdigit()


def test_without_git_there_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert this_machine().git == ("git", None, "", "")


def test_a_git_that_fails_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "git"
    program.write_text("#!/bin/sh\necho no license >&2\nexit 7\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    git = this_machine().git
    assert (git.version, git.place) == (None, str(program))
    assert "no license" in git.trouble
