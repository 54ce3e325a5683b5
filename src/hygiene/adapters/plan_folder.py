"""The folder that a plan is written into: one of its own."""

import os
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from hygiene.adapters.disk_store import write_atomically
from hygiene.adapters.git_files import common_dir
from hygiene.errors import NoPlaceForPlan, UnwritableOutput
from hygiene.model.inventory import RepositoryFacts


def require_place(folder: Path, names: Collection[str], facts: RepositoryFacts) -> None:
    """Raises `NoPlaceForPlan` for what is no folder, holds other files than these, or lies in a Git directory."""
    place = Path(os.path.realpath(folder))
    refusal = next(_refusals(place, names, facts), None)
    if refusal is not None:
        raise NoPlaceForPlan(str(folder), refusal)


def write_plan(folder: Path, files: Mapping[str, bytes]) -> None:
    """Writes each file whole or not at all, in their order. Raises `UnwritableOutput`."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as failure:
        raise UnwritableOutput(str(folder), failure.strerror or str(failure)) from failure
    for name, content in files.items():
        write_atomically(folder / name, content)


def _refusals(place: Path, names: Collection[str], facts: RepositoryFacts) -> Iterator[str]:
    git_dirs = [Path(os.path.realpath(each)) for each in (facts.git_dir, common_dir(facts.git_dir))]
    if ".git" in place.parts or any(place.is_relative_to(each) for each in git_dirs):
        yield "it lies in a Git directory"
    if os.path.lexists(place) and not place.is_dir():
        yield "it is no folder"
    if place.is_dir():
        others = sorted({each.name for each in place.iterdir()}.difference(names))
        if others:
            yield f"it holds something else: {others[0]!r}"
