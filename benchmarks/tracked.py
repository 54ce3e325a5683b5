"""The default audit of the index, beside pre-commit-hooks' check-added-large-files, which looks at sizes only."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.measure import Command, Figure, side_by_side
from benchmarks.repositories import build

_AUDIT, _PEER, _LIST = "hygiene audit", "check-added-large-files --enforce-all", "git ls-files -s"
_VERSION, _PASS = "hygiene --version", "python -c pass"
_BIN = Path(sys.executable).parent


def run(repository: Path | None, sizes: Sequence[int], runs: int) -> Iterator[str]:
    """The lines of the report, each as soon as it is known."""
    yield f"medians of {runs} runs; Python {sys.version.split()[0]}, {os.cpu_count()} cores"
    yield from _start_up(runs)
    if repository is not None:
        yield from _table(repository, runs)
        return
    with tempfile.TemporaryDirectory(prefix="hygiene-bench-") as folder:
        for files in sizes:
            built = Path(folder) / str(files)
            build(built, files)
            yield from _table(built, runs)


def _start_up(runs: int) -> Iterator[str]:
    here = Path.cwd()
    figures = side_by_side(
        [
            Command(_PASS, [sys.executable, "-c", "pass"], here),
            Command(_VERSION, [str(_BIN / "hygiene"), "--version"], here),
        ],
        runs * 4,
    )
    yield from _lines("start-up", figures, _PASS)


def _table(repository: Path, runs: int) -> Iterator[str]:
    with tempfile.NamedTemporaryFile(suffix=".list") as names:
        listing = subprocess.run(["git", "ls-files", "-z"], cwd=repository, check=True, capture_output=True).stdout
        names.write(listing)
        names.flush()
        # The largest batches that the system allows: every batch more would cost the peer another start of Python.
        batches = [
            "xargs",
            "-0",
            "-s",
            "2000000",
            "-a",
            names.name,
            str(_BIN / "check-added-large-files"),
            "--enforce-all",
        ]
        # It ends with 1 for files that are too large, and xargs says so with 123.
        commands = [
            Command(_LIST, ["git", "ls-files", "-s", "-z"], repository),
            Command(_PEER, batches, repository, frozenset({0, 123})),
            Command(_AUDIT, [str(_BIN / "hygiene"), "audit"], repository, frozenset({0, 1})),
        ]
        title = f"{listing.count(bytes(1)):,} files"
        yield from _lines(title, side_by_side(commands, runs), _PEER)


def _lines(title: str, figures: Mapping[str, Figure], unit: str) -> Iterator[str]:
    yield ""
    yield f"{title:<42}{'seconds':>9}{'MiB':>8}{'ratio':>8}"
    for name, figure in figures.items():
        ratio = figure.seconds / figures[unit].seconds
        yield f"{name:<42}{figure.seconds:>9.3f}{figure.mebibytes:>8.1f}{ratio:>8.2f}"
