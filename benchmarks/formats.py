"""What the reports cost: an audit with 20,000 findings and a table, beside the same with every other format too."""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.measure import Command, side_by_side
from benchmarks.repositories import build_of
from hygiene.report import FORMATS

FINDINGS = 20_000
"""As many as a repository has that nobody has cleaned up for years: eight kinds, in folders like a project's."""

GOAL = 0.2
"""What all other formats together may add to the audit with the table, as a part of it."""

_TABLE, _ALL = "hygiene audit --format table", "... with all other formats"
_BIN = Path(sys.executable).parent
_REPORTS = [name for name in FORMATS if name != "table"]

_KINDS: list[Callable[[int], tuple[str, bytes]]] = [
    lambda n: (f"src/p{n // 1000}/part{n // 10}/__pycache__/m{n}.cpython-312.pyc", b"\xcb\r\r\n" + _bytes(n) * 100),
    lambda n: (f"services/s{n // 400}/node_modules/dep{n // 20}/lib/file{n}.js", b"module.exports = %d;\n" % n),
    lambda n: (f"logs/day{n // 50}/run{n}.log", b"started %d\n" % n * 5),
    lambda n: (f"reports/r{n // 100}/screenshot-{n}.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + _bytes(n) * 20),
    lambda n: (f"app/module{n // 30}/notes{n}.txt.bak", b"backup %d\n" % n),
    lambda n: (f"build/lib/module{n // 40}/part{n}.o", b"\x7fELF" + _bytes(n) * 20),
    lambda n: (f"data/run{n // 20}/state{n}.sqlite3-journal", b"\xd9\xd5\x05\xf9" + _bytes(n) * 20),
    lambda n: (f"lib/module{n // 25}/.file{n}.py.swp", b"b0VIM 9.0" + _bytes(n) * 20),
]


def run(files: int, runs: int) -> Iterator[str]:
    """The lines of the report, each as soon as it is known."""
    yield f"medians of {runs} runs; Python {sys.version.split()[0]}, {os.cpu_count()} cores"
    with tempfile.TemporaryDirectory(prefix="hygiene-bench-") as folder:
        repository = Path(folder) / "messy"
        build_of(repository, _content(files))
        yield from _table(repository, files, runs)


def _table(repository: Path, files: int, runs: int) -> Iterator[str]:
    audit = [str(_BIN / "hygiene"), "audit"]
    reports = [word for name in _REPORTS for word in ("--report", f"{name}={repository.parent / name}")]
    findings = frozenset({1})
    figures = side_by_side(
        [Command(_TABLE, audit, repository, findings), Command(_ALL, [*audit, *reports], repository, findings)], runs
    )
    yield ""
    yield f"{f'{FINDINGS:,} findings in {files:,} files':<42}{'seconds':>9}{'MiB':>8}"
    for name, figure in figures.items():
        yield f"{name:<42}{figure.seconds:>9.3f}{figure.mebibytes:>8.1f}"
    added = figures[_ALL].seconds / figures[_TABLE].seconds - 1
    yield f"{len(_REPORTS)} formats add {added:.1%} (goal: at most {GOAL:.0%})"


def _content(files: int) -> Iterator[tuple[str, bytes]]:
    yield ".gitignore", b"__pycache__/\n*.py[cod]\n/build/\n"
    for number in range(FINDINGS):
        yield _KINDS[number % len(_KINDS)](number // len(_KINDS))
    for number in range(files - FINDINGS - 1):
        folder = f"src/p{number // 1000}/part{number // 10}"
        yield f"{folder}/m{number}.py", (f"def function_{number}():\n    return {number}\n" * 20).encode()


def _bytes(number: int) -> bytes:
    return number.to_bytes(4, "big")
