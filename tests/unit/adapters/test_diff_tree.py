"""What is made of the output of `git diff-tree`, and that its processes never outlive their reader."""

import sys
import time
from collections.abc import Generator, Iterable, Iterator, Sequence
from pathlib import Path

import pytest

from fixtures.histories import Snapshot, grow
from fixtures.repositories import RepositoryBuilder
from hygiene.adapters.diff_tree import Compared, Comparison, parse
from hygiene.adapters.process import Git, find_git
from hygiene.model.history import CommitId
from tests.contract.history_reading import files
from tests.unit.adapters.waiting import wait_until, within

ONE, TWO = CommitId("1" * 40), CommitId("2" * 40)
BLOB = "a" * 40
CHANGED = f":100644 100755 {'b' * 40} {BLOB} M\0".encode()
MERGED = f"::100644 000000 120000 {'b' * 40} {'0' * 40} {BLOB} MA\0".encode()


def output(*parts: str | bytes) -> bytes:
    return b"".join(part if isinstance(part, bytes) else part.encode() + b"\0" for part in parts)


def test_records_follow_their_commit() -> None:
    printed = output(ONE, CHANGED, "path", MERGED, ":100644 no record", TWO)
    assert parse(printed, [ONE, TWO]) == [(ONE, "100755", BLOB, "path"), (ONE, "120000", BLOB, ":100644 no record")]


@pytest.mark.parametrize(
    "printed",
    [
        output(ONE),
        output(TWO, ONE),
        output(ONE, TWO, ONE),
        output(ONE, TWO, "something new"),
        output(ONE, TWO, ":100644 100644 R100", "a"),
        output(ONE, CHANGED, "path", TWO)[:-1],
        output(ONE, TWO, CHANGED) + b"cut of",
        b"",
    ],
)
def test_what_is_not_the_whole_answer_is_no_answer(printed: bytes) -> None:
    assert parse(printed, [ONE, TWO]) is None


def git_of(builder: RepositoryBuilder, program: Path | None = None) -> Git:
    found = program or find_git()
    assert found is not None
    return Git(found, builder.git_dir)


def parts_of(commits: Sequence[str]) -> Iterator[list[CommitId]]:
    return ([CommitId(commit)] for commit in commits)


def fill(comparison: Comparison, parts: Iterable[Sequence[CommitId]]) -> Generator[Compared, None, None]:
    for part in parts:
        comparison.add(part)
    comparison.no_more()
    return comparison.results()


def test_parts_come_in_order_and_one_that_fails_spoils_no_other(builder: RepositoryBuilder) -> None:
    commits = grow(builder, [Snapshot(files(a=str(number))) for number in range(40)])
    builder.lose(f"{commits[17]}:")
    answers = list(fill(Comparison(git_of(builder)), parts_of(commits)))
    assert [commit for part, _ in answers for commit in part] == commits
    assert [changes is None for _, changes in answers] == [commit == commits[17] for commit in commits]


def test_what_no_part_should_meet_is_raised_and_not_waited_for(builder: RepositoryBuilder) -> None:
    sound = grow(builder, [Snapshot(files(a="1"))])
    answers = fill(Comparison(git_of(builder)), parts_of([*sound, "no id of anything: \udcff", *sound]))
    assert within(10, lambda: next(answers))[0] == sound
    with pytest.raises(UnicodeEncodeError):
        within(10, lambda: next(answers))


def test_what_was_not_read_before_the_end_is_told_as_not_read(builder: RepositoryBuilder, tmp_path: Path) -> None:
    program = tmp_path / "git"
    program.write_text(f"#!/bin/sh\nread first\n[ $first = {ONE} ] || exec sleep 60\nprintf '{ONE}\\0'\n")
    program.chmod(0o755)
    comparison = Comparison(git_of(builder, program), look_ahead=1)
    answers = fill(comparison, parts_of([ONE, *[TWO] * 20]))
    assert next(answers) == ([ONE], [])
    within(10, comparison.stop)
    assert within(10, lambda: list(answers)) == [([TWO], None)] * 20


def test_what_comes_after_the_end_is_not_begun(builder: RepositoryBuilder) -> None:
    comparison = Comparison(git_of(builder))
    comparison.stop()
    comparison.add([ONE])
    comparison.stop()
    assert within(10, lambda: list(comparison.results())) == []


def test_no_more_parts_are_begun_than_are_soon_needed(builder: RepositoryBuilder, tmp_path: Path) -> None:
    program, log = tmp_path / "git", tmp_path / "log"
    program.write_text(f"#!/bin/sh\necho begun >> {log}\n")
    program.chmod(0o755)
    answers = fill(Comparison(git_of(builder, program), look_ahead=3), parts_of([ONE] * 100))
    next(answers)
    wait_until(lambda: log.read_text().count("begun") >= 4)
    time.sleep(0.1)  # long enough for one more
    begun = log.read_text().count("begun")
    answers.close()
    assert begun == 4


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_processes_at_work_are_ended_when_their_reader_leaves(builder: RepositoryBuilder, tmp_path: Path) -> None:
    program = tmp_path / "git"
    program.write_text(
        f"#!/bin/sh\necho $$ >> {tmp_path / 'numbers'}\nread first\n[ $first = {ONE} ] || exec sleep 60\n"
    )
    program.chmod(0o755)
    answers = fill(Comparison(git_of(builder, program)), parts_of([ONE, *[TWO] * 20]))
    assert next(answers) == ([ONE], None)
    begun = time.monotonic()
    answers.close()
    assert time.monotonic() - begun < 10
    numbers = (tmp_path / "numbers").read_text().split()
    assert numbers
    assert [number for number in numbers if Path(f"/proc/{number}").exists()] == []
