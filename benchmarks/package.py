"""Auditing and packing all of a commit that may be packed, beside `git archive`; and the memory that 1 GiB takes."""

import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks.measure import Command, Figure, once, side_by_side
from hygiene.patterns.glob import Kind
from hygiene.patterns.literal import literal_pattern

_GIT = "git archive --format={}"
_OURS = "hygiene package, {}"
_BIN = Path(sys.executable).parent
_FORMATS = ("zip", "tar.gz")
_GIB = 1 << 30
_CHUNK = 1 << 20
_EVERYTHING = '[size]\nmax = "2GiB"\n[package]\nname = "bench"\ninclude = ["/*"]\nnames = "any"\nsymlinks = "keep"\n'


def run(repository: Path, runs: int) -> Iterator[str]:
    """The lines of the report, each table as soon as it is known."""
    yield f"medians of {runs} runs; Python {sys.version.split()[0]}, {os.cpu_count()} cores"
    with tempfile.TemporaryDirectory(prefix="hygiene-bench-") as name:
        folder = Path(name)
        clone = _clone(repository, folder / "clone")
        files = len(_git(clone, "ls-tree", "-r", "--name-only", "HEAD").splitlines())
        refused = _write_settings(clone, folder / "clone.toml")
        yield f"{refused} of {files:,} files are refused, and only git packs them"
        for form in _FORMATS:
            figures = side_by_side(_commands(clone, folder, form), runs)
            yield from _lines(f"{repository.name}: {files:,} files", figures, _GIT.format(form))
        large = _with_large_file(folder / "large")
        _write_settings(large, folder / "large.toml")
        figures = {command.name: once(command) for command in _commands(large, folder, "zip")}
        yield from _lines("one file of 1 GiB that does not shrink (one run)", figures, _GIT.format("zip"))


def _clone(repository: Path, clone: Path) -> Path:
    """A clone without any checkout, which borrows its objects."""
    subprocess.run(["git", "clone", "--quiet", "--no-checkout", "--shared", str(repository), str(clone)], check=True)
    return clone


def _commands(place: Path, folder: Path, form: str) -> list[Command]:
    settings = folder / f"{place.name}.toml"
    options = ["--config", str(settings), "--archive-format", form, "--version", "1", "--quiet"]
    ours = [str(_BIN / "hygiene"), "package", str(place), *options, "--force", "--output", str(folder / f"ours.{form}")]
    theirs = ["git", "archive", f"--format={form}", "--output", str(folder / f"theirs.{form}"), "HEAD"]
    return [Command(_GIT.format(form), theirs, place), Command(_OURS.format(form), ours, folder)]


def _write_settings(place: Path, settings: Path) -> int:
    """An allowlist of all that may be in an archive; the number of files that may not, which git packs all the same."""
    settings.write_text(_EVERYTHING)
    asked = ["package", str(place), "--config", str(settings), "--version", "1", "--list", "--format", "json"]
    told = subprocess.run([str(_BIN / "hygiene"), *asked], text=True, check=False, capture_output=True).stdout
    refused = [literal_pattern(refusal["path"], Kind.FILE) for refusal in json.loads(told)["refusals"]]
    # In JSON, as TOML reads its strings alike.
    settings.write_text(f"{_EVERYTHING}exclude = {json.dumps(refused)}\n")
    return len(refused)


def _with_large_file(place: Path) -> Path:
    """A repository with one file of random bytes, the same every time."""
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main", str(place)], check=True)
    # Packed, as git maps a loose object into memory as a whole, and so does git archive.
    settings = ["-c", "core.compression=0", "-c", "fastimport.unpackLimit=1"]
    importer = subprocess.Popen(["git", *settings, "fast-import", "--quiet"], cwd=place, stdin=subprocess.PIPE)
    assert importer.stdin is not None  # noqa: S101  # a pipe was asked for
    importer.stdin.write(b"commit refs/heads/main\ncommitter A <a@example.org> 1700000000 +0000\ndata 6\nimport\n")
    importer.stdin.write(b"M 100644 inline large.txt\ndata %d\n" % _GIB)
    chance = random.Random(1)  # noqa: S311 - the same bytes every time
    for _ in range(_GIB // _CHUNK):
        importer.stdin.write(chance.randbytes(_CHUNK))
    importer.stdin.write(b"\n")
    importer.stdin.close()
    if importer.wait() != 0:
        raise SystemExit("git fast-import failed")
    return place


def _git(clone: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=clone, text=True, check=True, capture_output=True).stdout


def _lines(title: str, figures: Mapping[str, Figure], unit: str) -> Iterator[str]:
    yield ""
    yield f"{title:<52}{'seconds':>9}{'MiB':>9}{'own MiB':>9}{'ratio':>8}"
    for name, figure in figures.items():
        ratio = figure.seconds / figures[unit].seconds
        memory = f"{figure.mebibytes:>9.1f}{figure.own_mebibytes:>9.1f}"
        yield f"{name:<52}{figure.seconds:>9.3f}{memory}{ratio:>8.2f}"
