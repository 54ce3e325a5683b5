"""Untracking half of a repository, its bytecode, beside git's own removal of the same folders from the index."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from benchmarks.measure import Command, Figure, once, side_by_side
from benchmarks.repositories import build_of
from fixtures.content import pyc

FOLDERS = 500
"""Folders of modules, each with a `__pycache__` that was committed with it."""

GOAL = 2
"""How many times as long as git may planning and applying take."""

_IGNORE_FILE = b"/dist/\n*.log\n"
"""What does not ignore bytecode yet, so that it has to change."""

_GIT = "git rm -r --cached -q, the folders"
_GIT_BY_FILE = "git rm --cached -q, every file (one run)"
_PLAN, _APPLY = "hygiene untrack --quiet", "hygiene untrack --yes --quiet"
_BIN = Path(sys.executable).parent
_PLANNED = frozenset({0, 1})


class Copy(NamedTuple):
    """A work tree whose `.git` is made anew from `pristine` before each run."""

    folder: Path
    pristine: Path

    def renew(self) -> None:
        """Takes back what the run before did: to Git's files, and to the one ignore file."""
        shutil.rmtree(self.folder / ".git", ignore_errors=True)
        shutil.copytree(self.pristine, self.folder / ".git")
        ignore_file = self.folder / ".gitignore"
        ignore_file.write_bytes(_IGNORE_FILE)
        shutil.copystat(self.pristine / "ignore-file", ignore_file)  # git would read it again otherwise


def run(files: int, runs: int, *, with_slow: bool) -> Iterator[str]:
    """The lines of the report."""
    yield f"medians of {runs} runs; Python {sys.version.split()[0]}, {os.cpu_count()} cores"
    with tempfile.TemporaryDirectory(prefix="hygiene-bench-") as folder:
        copy = _prepared(Path(folder), files)
        figures = dict(side_by_side(_commands(copy), runs))
        if with_slow:
            slow = _slow(copy, Path(folder) / "names")
            figures[slow.name] = once(slow)
        yield from _table(figures, files)


def _prepared(folder: Path, files: int) -> Copy:
    copy = Copy(folder / "repository", folder / "pristine")
    build_of(copy.folder, _content(files))
    subprocess.run(["git", "config", "gc.auto", "0"], cwd=copy.folder, check=True)
    (copy.folder / ".git").rename(copy.pristine)
    shutil.copy2(copy.folder / ".gitignore", copy.pristine / "ignore-file")
    return copy


def _content(files: int) -> Iterator[tuple[str, bytes]]:
    yield ".gitignore", _IGNORE_FILE
    for number in range(files // 2):
        package, name = _package(number), f"module{number // FOLDERS}"
        source = f"def function_{number}():\n    return {number}\n" * 10
        yield f"{package}/{name}.py", source.encode()
        # Most bytecode has some kilobytes; what is shorter could be an LFS pointer, and would be looked into.
        yield f"{package}/__pycache__/{name}.cpython-312.pyc", pyc(source, f"{name}.py") + source.encode() * 5


def _package(number: int) -> str:
    folder = number % FOLDERS
    return f"src/group{folder // 25}/package{folder}"


def _commands(copy: Copy) -> list[Command]:
    folders = [f"{_package(number)}/__pycache__" for number in range(FOLDERS)]
    untrack = [str(_BIN / "hygiene"), "untrack"]
    return [
        Command(_GIT, ["git", "rm", "-r", "--cached", "-q", "--", *folders], copy.folder, prepare=copy.renew),
        Command(_PLAN, [*untrack, "--quiet"], copy.folder, _PLANNED, copy.renew),
        Command(_APPLY, [*untrack, "--yes", "--quiet"], copy.folder, prepare=copy.renew),
    ]


def _slow(copy: Copy, names: Path) -> Command:
    """What somebody does who has a list of files; git matches each of them against every file of the index."""
    files = [path.relative_to(copy.folder) for path in copy.folder.glob("src/*/*/__pycache__/*.pyc")]
    names.write_text("".join(f"{file}\n" for file in files))
    remove = ["git", "rm", "-r", "--cached", "-q", f"--pathspec-from-file={names}"]
    return Command(_GIT_BY_FILE, remove, copy.folder, prepare=copy.renew)


def _table(figures: Mapping[str, Figure], files: int) -> Iterator[str]:
    goal = GOAL * figures[_GIT].seconds
    yield ""
    yield f"{f'{files // 2:,} of {files:,} files, {FOLDERS} folders':<42}{'seconds':>9}{'MiB':>8}{'ratio':>8}"
    for name, figure in figures.items():
        ratio = figure.seconds / figures[_GIT].seconds
        yield f"{name:<42}{figure.seconds:>9.3f}{figure.mebibytes:>8.1f}{ratio:>8.2f}"
    yield f"{f'goal: {GOAL} x git rm of the folders':<42}{goal:>9.3f}{'':>8}{GOAL:>8.2f}"
