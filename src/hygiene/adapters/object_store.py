"""Looks at the files that hold a repository's objects, without opening any."""

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from hygiene.model.statistics import Footprint

_FAN = re.compile("[0-9a-f]{2}")
_LOOSE = re.compile("[0-9a-f]{38}|[0-9a-f]{62}")


class DiskObjectStore:
    """A `ports.ObjectStore`: the `objects` folder of a repository."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def footprint(self) -> Footprint:
        """By the sizes that the file system tells."""
        packs = [size for name, size in _files(self._folder / "pack") if name.endswith(".pack")]
        loose = [size for fan in _fans(self._folder) for name, size in _files(fan) if _LOOSE.fullmatch(name)]
        return Footprint(len(packs), sum(packs), len(loose), sum(loose))


def _fans(folder: Path) -> Iterator[Path]:
    try:
        with os.scandir(folder) as found:
            yield from [
                Path(each.path) for each in found if _FAN.fullmatch(each.name) and each.is_dir(follow_symlinks=False)
            ]
    except OSError:  # what cannot be looked at counts nothing
        return


def _files(folder: Path) -> Iterator[tuple[str, int]]:
    """The regular files of a folder that is no symlink, and their sizes in bytes."""
    try:
        if folder.is_symlink():
            return
        with os.scandir(folder) as found:
            for each in found:
                status = each.stat(follow_symlinks=False)
                if stat.S_ISREG(status.st_mode):
                    yield each.name, status.st_size
    except OSError:  # as above; or the file is gone since, as after a `git gc`
        return
