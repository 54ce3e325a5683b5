"""What git has begun to read: what becomes of it where git fails once, and that it ends when it is told to."""

import errno
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from fixtures.histories import Snapshot, grow
from fixtures.repositories import RepositoryBuilder
from hygiene.adapters.discovery import Reader, open_repository
from hygiene.adapters.git_history import GitHistory
from hygiene.adapters.process import Git, find_git
from hygiene.cli.terminal import SilentProgress
from hygiene.model.history import CommitId, RootsAsked
from hygiene.wiring.history import Historian
from tests.contract.history_reading import files, ids, read_whole
from tests.unit.adapters.waiting import wait_until, within


class Scene(NamedTuple):
    """A repository of three commits, one after the other, and a git before the real one."""

    builder: RepositoryBuilder
    commits: list[CommitId]
    program: Path

    def plant(self, script: str) -> None:
        """The script goes first, and then the real git on."""
        self.program.write_text(f'#!/bin/sh\n{script}\nexec {find_git()} "$@"\n')
        self.program.chmod(0o755)

    def history(self) -> GitHistory:
        """As the planted git reads it."""
        return GitHistory(Git(self.program, self.builder.git_dir), open_repository(self.builder.path).facts)


@pytest.fixture
def scene(builder: RepositoryBuilder, tmp_path: Path) -> Scene:
    commits = grow(builder, [Snapshot(files(a=str(n)), [n - 1] if n else []) for n in range(3)])
    builder.git("update-ref", "HEAD", commits[-1])
    (tmp_path / "bin").mkdir()
    scene = Scene(builder, ids(commits), tmp_path / "bin" / "git")
    scene.plant("")
    return scene


def assert_all_is_read(scene: Scene, history: GitHistory) -> None:
    tips = scene.commits[-1:]
    listed = [commit.id for commit in within(10, lambda: history.list_commits(tips)).commits]
    assert listed == scene.commits
    assert len(within(10, lambda: read_whole(history, listed))) == len(listed)


def test_a_listing_that_fails_once_loses_nothing(scene: Scene, tmp_path: Path) -> None:
    scene.plant(f'case "$*" in *rev-list*) mkdir {tmp_path}/once 2>&- && exit 128;; esac')
    history = scene.history()
    history.begin(scene.commits[-1:], ())
    assert_all_is_read(scene, history)


def test_a_listing_for_which_no_process_could_be_started_loses_nothing(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    start, refused = subprocess.Popen, threading.Event()

    def refuse_once(*arguments: object, **options: object) -> object:
        if not refused.is_set():
            refused.set()
            raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")
        return start(*arguments, **options)  # type: ignore[call-overload]  # whatever it is given

    history = scene.history()
    monkeypatch.setattr(subprocess, "Popen", refuse_once)
    history.begin(scene.commits[-1:], ())
    assert refused.wait(10)
    assert_all_is_read(scene, history)


def test_what_no_listing_should_meet_is_raised_and_not_waited_for(scene: Scene) -> None:
    odd = [CommitId("no id of anything: \udcff")]
    history = scene.history()
    history.begin(odd, ())
    with pytest.raises(UnicodeEncodeError):
        within(10, lambda: history.list_commits(odd))
    history.end()


def test_what_was_ended_can_be_read_all_the_same(scene: Scene) -> None:
    history = scene.history()
    history.end()
    history.begin(scene.commits[-1:], ())
    history.end()
    history.end()
    assert_all_is_read(scene, history)
    history.begin(scene.commits[-1:], ())
    assert_all_is_read(scene, history)
    history.end()
    assert_all_is_read(scene, history)


linux = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


@linux
@pytest.mark.parametrize("command", ["rev-list", "diff-tree"])
def test_the_end_of_a_reading_is_that_of_its_processes_and_threads(scene: Scene, tmp_path: Path, command: str) -> None:
    is_at_work, is_over = hanging(scene, tmp_path / "numbers", command)
    history = scene.history()
    before = threading.active_count()
    history.begin(scene.commits[-1:], ())
    wait_until(is_at_work)
    within(10, history.end)
    assert is_over()
    assert threading.active_count() <= before


@linux
@pytest.mark.parametrize("command", ["rev-list", "diff-tree"])
def test_a_reading_ends_when_its_reader_meets_something_else(
    scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    is_at_work, is_over = hanging(scene, tmp_path / "numbers", command)
    monkeypatch.setenv("PATH", f"{scene.program.parent}:/usr/bin:/bin")
    opened = open_repository(scene.builder.path, Reader.GIT)
    before = threading.active_count()

    def terms() -> None:
        wait_until(is_at_work)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Historian(opened, SilentProgress()).with_reading(RootsAsked(keeps_index=False), lambda _: terms())
    assert is_over()
    assert threading.active_count() <= before


def hanging(scene: Scene, numbers: Path, command: str) -> tuple[Callable[[], bool], Callable[[], bool]]:
    """Has git hang in a command; returns what tells whether it does by now, and whether it does no more."""
    scene.plant(f'case "$*" in *{command}*) echo $$ >> {numbers}; exec sleep 60;; esac')
    return (
        lambda: numbers.exists() and bool(numbers.read_text().endswith("\n")),
        lambda: not any(Path(f"/proc/{number}").exists() for number in numbers.read_text().split()),
    )
