"""Keeps generated files equal to what is generated, or says which of them are not up to date."""

import sys
from collections.abc import Mapping
from pathlib import Path


def main(folder: Path, wanted: Mapping[str, str], generated: str = "*") -> int:
    """Makes `folder` hold exactly the pages that are wanted, by their file names; with --check only compares.

    Only the files whose names match the glob `generated` have a part in it.

    Returns:
        The exit status: 1 when --check found a page that is missing, different, or not wanted.
    """
    there = {path.name: path.read_text(encoding="utf-8") for path in folder.glob(generated)}
    stale = sorted(name for name in wanted.keys() | there.keys() if wanted.get(name) != there.get(name))
    if "--check" in sys.argv[1:]:
        if stale:
            print(f"stale: {', '.join(stale)}; run `python scripts/{Path(sys.argv[0]).name}`", file=sys.stderr)
        return int(bool(stale))
    _write(folder, wanted, stale)
    print(f"{len(stale)} of {len(wanted)} pages written")
    return 0


def _write(folder: Path, wanted: Mapping[str, str], stale: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in stale:
        if name in wanted:
            (folder / name).write_text(wanted[name], encoding="utf-8")
        else:
            (folder / name).unlink()
