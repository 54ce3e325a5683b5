"""The audit of a whole history, beside git's own walk through it and git-filter-repo's analysis."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks.measure import Command, Figure, once, side_by_side

_LOG = "git log --all --raw -c"
_COLD, _WITHOUT = "hygiene audit --history, cold", "... with --no-index"
_AGAIN, _ONE_MORE = "... again, nothing new", "... again, one commit more"
_FILTER_REPO, _LIBGIT2 = "git-filter-repo --analyze (one run)", "hygiene, --reader libgit2 (one run)"
_BIN = Path(sys.executable).parent
_FINE = frozenset({0, 1, 4})

_RAW = ["--raw", "-c", "-z", "--no-abbrev", "--no-renames"]


def run(repository: Path, runs: int, *, with_slow: bool) -> Iterator[str]:
    """The lines of the report, each table as soon as it is known."""
    yield f"medians of {runs} runs; Python {sys.version.split()[0]}, {os.cpu_count()} cores"
    with tempfile.TemporaryDirectory(prefix="hygiene-bench-") as folder:
        clone = _clone(repository, Path(folder) / "clone")
        commits = _git(clone, "rev-list", "--all", "--count").strip()
        figures = dict(side_by_side(_commands(clone), runs))
        if with_slow:
            figures |= {command.name: once(command) for command in _slow(clone, Path(folder))}
        yield from _lines(f"{repository.name}: {int(commits):,} commits", figures, _LOG)
        yield f"second run: {figures[_AGAIN].seconds / figures[_COLD].seconds:.3f} of the cold one"
        yield f"one commit more: {figures[_ONE_MORE].seconds / figures[_COLD].seconds:.3f} of the cold one"
        yield from _growth(clone, runs)


def _clone(repository: Path, clone: Path) -> Path:
    """A clone without any checkout, which borrows its objects."""
    subprocess.run(["git", "clone", "--quiet", "--no-checkout", "--shared", str(repository), str(clone)], check=True)
    return clone


def _commands(clone: Path) -> list[Command]:
    audit = [str(_BIN / "hygiene"), "audit", "--history", "--quiet"]
    return [
        Command(_LOG, ["git", "log", "--all", *_RAW], clone),
        Command(_WITHOUT, [*audit, "--no-index"], clone, _FINE),
        Command(_COLD, audit, clone, _FINE, lambda: shutil.rmtree(clone / ".git" / "hygiene", ignore_errors=True)),
        Command(_AGAIN, audit, clone, _FINE),
        Command(_ONE_MORE, audit, clone, _FINE, lambda: _commit(clone)),
    ]


def _slow(clone: Path, folder: Path) -> Iterator[Command]:
    analyze = ["git", "filter-repo", "--analyze", "--force", "--report-dir", str(folder / "analysis")]
    environment = f"PATH={_BIN}{os.pathsep}{os.environ['PATH']}"
    yield Command(_FILTER_REPO, ["env", environment, *analyze], clone)
    audit = [str(_BIN / "hygiene"), "audit", "--history", "--quiet", "--no-index", "--reader", "libgit2"]
    yield Command(_LIBGIT2, audit, clone, _FINE)


def _growth(clone: Path, runs: int) -> Iterator[str]:
    """The cost of the first quarter, the first half and the whole of the history that HEAD has."""
    commits = _git(clone, "rev-list", "--topo-order", "--reverse", "HEAD").split()
    yield ""
    yield f"{'hygiene audit --history --no-index':<42}{'seconds':>9}{'a commit':>12}{'of git log':>12}"
    for part in (4, 2, 1):
        tip = commits[len(commits) // part - 1]
        count = int(_git(clone, "rev-list", "--count", tip))
        audit = [str(_BIN / "hygiene"), "audit", "--history", "--quiet", "--no-index", "--roots", tip]
        peer = Command(_LOG, ["git", "log", *_RAW, tip], clone)
        figures = side_by_side([Command(tip, audit, clone, _FINE), peer], runs)
        seconds = figures[tip].seconds
        label, ratio = f"{count:,} commits", seconds / figures[_LOG].seconds
        yield f"{label:<42}{seconds:>9.3f}{1e6 * seconds / count:>9.1f} us{ratio:>12.2f}"


def _commit(clone: Path) -> None:
    """One more commit on HEAD, with one more file."""
    blob = _git(clone, "hash-object", "-w", "--stdin", stdin=os.urandom(8).hex())
    listing = _git(clone, "ls-tree", "HEAD") + f"100644 blob {blob.strip()}\tone-more.py\n"
    tree = _git(clone, "mktree", stdin=listing).strip()
    person = ["-c", "user.name=Bench", "-c", "user.email=bench@example.org"]
    commit = _git(clone, *person, "commit-tree", tree, "-p", "HEAD", "-m", "one more").strip()
    _git(clone, "update-ref", "HEAD", commit)


def _git(clone: Path, *arguments: str, stdin: str = "") -> str:
    done = subprocess.run(["git", *arguments], cwd=clone, input=stdin, text=True, check=True, capture_output=True)
    return done.stdout


def _lines(title: str, figures: Mapping[str, Figure], unit: str) -> Iterator[str]:
    yield ""
    yield f"{title:<42}{'seconds':>9}{'own MiB':>9}{'ratio':>8}"
    for name, figure in figures.items():
        ratio = figure.seconds / figures[unit].seconds
        yield f"{name:<42}{figure.seconds:>9.3f}{figure.own_mebibytes:>9.1f}{ratio:>8.2f}"
