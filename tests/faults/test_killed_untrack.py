"""A program that is killed while it untracks or undoes, before any of its steps, loses nothing."""

import os
import random
import shutil
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest

from hygiene.model.untracking import Operation
from tests.untracking import (
    IGNORED_THEN,
    Seen,
    apply_at,
    recover_at,
    see,
    small_operation,
    small_repository,
    undo_at,
)

_STEPS = {"os.link", "os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.utime", "subprocess.Popen"}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_MANY = 200
_ROUNDS = 25

Action = Callable[[Path, Path], object]


class Box(NamedTuple):
    """A repository and the user's state, before it was untracked in and after; both are only ever copied."""

    before: Path
    after: Path
    operation: Operation

    @property
    def states(self) -> tuple[Seen, Seen]:
        return see(self.before / "r"), see(self.after / "r")


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Box:
    folder = tmp_path_factory.mktemp("box")
    (folder / "now").mkdir()
    builder = small_repository(folder / "now" / "r")
    whole = small_operation(builder.path, builder)
    operation = replace(whole, moves=whole.moves[1:3])  # each more would only repeat the steps of these
    shutil.copytree(folder / "now", folder / "before", symlinks=True)
    apply_at(folder / "now" / "r", folder / "now" / "state", operation)
    shutil.copytree(folder / "now", folder / "after", symlinks=True)
    # A receipt belongs to one Git directory, so that every trial must be at the same place.
    shutil.rmtree(folder / "now")
    return Box(folder / "before", folder / "after", operation)


def in_a_child(work: Callable[[], object]) -> int:
    """How a process ends that does nothing else than this: its status, or the signal, negative."""
    child = os.fork()
    if child == 0:
        status = 99
        try:
            work()
            status = 0
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def dying_at(step: int, work: Callable[[], object]) -> Callable[[], object]:
    """The work, in a process that is killed when it is about to take its n-th step."""
    left = [step]

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        flags = arguments[2] if event == "open" else 0
        if event in _STEPS or (isinstance(flags, int) and flags & _WRITING):
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    def doomed() -> None:
        sys.addaudithook(watch)
        work()

    return doomed


def trial(source: Path) -> Path:
    """A fresh copy, at the place where the receipts belong."""
    place = source.parent / "now"
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(source, place, symlinks=True)
    return place


def assert_nothing_is_lost(root: Path, before: Seen, after: Seen) -> None:
    now = see(root)
    assert now.listing in (before.listing, after.listing)
    for path, content in before.files.items():
        held = now.kept.get(path)
        assert held == content or (path == b".gitignore" and held == IGNORED_THEN)


def assert_no_trace(root: Path) -> None:
    assert not (root / ".git/index.lock").exists()
    # What was about to become a receipt is no receipt: who writes the next one removes it.
    assert {each.suffix for each in (root / ".git/hygiene/untrack").glob("*")} <= {".json", ".new"}


def kill_at_every_step(start: Path, box: Box, action: Action) -> Counter[str]:
    """What it came to in the end, after a recovery, for a kill before every single step of an action."""
    before, after = box.states
    outcomes: Counter[str] = Counter()
    for step in range(1, _MANY):
        place = trial(start)
        root, state = place / "r", place / "state"
        ended = in_a_child(dying_at(step, partial(action, root, state)))
        assert ended in (0, -signal.SIGKILL)
        assert_nothing_is_lost(root, before, after)
        assert in_a_child(partial(recover_at, root, state)) == 0
        assert_no_trace(root)
        now = see(root)
        assert now in (before, after), step
        if now == after and step % 3 == 0:
            assert in_a_child(partial(undo_at, root, state)) == 0
            assert see(root) == before
        if ended == 0:
            return outcomes
        outcomes["after" if now == after else "before"] += 1
    raise AssertionError("it never came to its end")


def test_whenever_an_apply_is_killed_the_next_command_completes_it_or_rolls_it_back(box: Box) -> None:
    outcomes = kill_at_every_step(box.before, box, lambda root, state: apply_at(root, state, box.operation))
    # Else it would show nothing.
    assert outcomes["before"] > 5, outcomes
    assert outcomes["after"] > 5, outcomes


def test_whenever_an_undo_is_killed_the_next_command_completes_it_or_rolls_it_back(box: Box) -> None:
    outcomes = kill_at_every_step(box.after, box, undo_at)
    assert outcomes["before"] > 5, outcomes
    assert outcomes["after"] > 5, outcomes


def test_whenever_a_recovery_is_killed_the_next_one_does_the_rest(box: Box) -> None:
    before, after = box.states
    for half_way in range(3, _MANY, 6):
        place = trial(box.before)
        root, state = place / "r", place / "state"
        ended = in_a_child(dying_at(half_way, partial(apply_at, root, state, box.operation)))
        for step in (1, 2, 3, 5, 8):
            in_a_child(dying_at(step, partial(recover_at, root, state)))
            assert_nothing_is_lost(root, before, after)
        assert in_a_child(partial(recover_at, root, state)) == 0
        assert_no_trace(root)
        assert see(root) in (before, after), half_way
        if ended == 0:
            return


def test_a_kill_of_all_processes_at_any_moment_loses_nothing(box: Box) -> None:
    """Git too is killed here, in the middle of what it does."""
    before, after = box.states
    chance = random.Random(5)  # noqa: S311 - moments, not secrets
    for _ in range(_ROUNDS):
        place = trial(box.before)
        root, state = place / "r", place / "state"
        child = os.fork()
        if child == 0:
            os.setsid()
            apply_at(root, state, box.operation)
            os._exit(0)
        time.sleep(chance.uniform(0.002, 0.06))
        try:
            os.killpg(child, signal.SIGKILL)
        except ProcessLookupError:
            os.kill(child, signal.SIGKILL)  # it has no group of its own yet
        os.waitpid(child, 0)
        assert_nothing_is_lost(root, before, after)
        assert in_a_child(partial(recover_at, root, state)) == 0
        assert see(root) in (before, after)
