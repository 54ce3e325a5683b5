"""The audit of what is staged, beside git's own listing of it and the hook that looks at sizes alone."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import Command, side_by_side
from benchmarks.repositories import build

CHANGED = 10
"""Files that are staged: an ordinary commit."""

_PASS, _DIFF, _PEER = "python -c pass", "git diff --cached --name-only", "check-added-large-files"
_CHANGED, _ADDED = "hygiene audit --staged, files changed", "hygiene audit --staged, one of them new"
_BIN = Path(sys.executable).parent


def run(files: int, runs: int) -> Iterator[str]:
    """The lines of the report."""
    yield f"medians of {runs} runs; Python {sys.version.split()[0]}, {os.cpu_count()} cores"
    with tempfile.TemporaryDirectory(prefix="hygiene-bench-") as folder:
        changed, added = Path(folder) / "changed", Path(folder) / "added"
        for repository in (changed, added):
            build(repository, files)
            _stage(repository)
        (added / "src" / "new.py").write_text("def new():\n    return 1\n")
        subprocess.run(["git", "add", "src/new.py"], cwd=added, check=True)
        yield from _table(changed, added, files, runs)


def _stage(repository: Path) -> None:
    sources = sorted(repository.glob("src/package*/part*/module*1.py"))
    chosen = sources[:: max(len(sources) // CHANGED, 1)][:CHANGED]
    for source in chosen:
        source.write_text(source.read_text() + "# changed\n")
    subprocess.run(["git", "add", "--", *map(str, chosen)], cwd=repository, check=True)


def _table(changed: Path, added: Path, files: int, runs: int) -> Iterator[str]:
    audit = [str(_BIN / "hygiene"), "audit", "--staged"]
    staged = subprocess.run(["git", "diff", "--cached", "--name-only"], cwd=changed, check=True, capture_output=True)
    names = staged.stdout.decode().split()
    figures = side_by_side(
        [
            Command(_PASS, [sys.executable, "-c", "pass"], changed),
            Command(_DIFF, ["git", "diff", "--cached", "--name-only"], changed),
            Command(_PEER, [str(_BIN / "check-added-large-files"), *names], changed),
            Command(_CHANGED, audit, changed),
            Command(_ADDED, audit, added),
        ],
        runs,
    )
    goal = 2 * figures[_DIFF].seconds + figures[_PASS].seconds
    yield ""
    title = f"{len(names)} staged of {files:,} files"
    yield f"{title:<42}{'seconds':>9}{'MiB':>8}{'of goal':>9}"
    for name, figure in figures.items():
        yield f"{name:<42}{figure.seconds:>9.3f}{figure.mebibytes:>8.1f}{figure.seconds / goal:>9.2f}"
    yield f"{'goal: 2 x git diff + python':<42}{goal:>9.3f}"
