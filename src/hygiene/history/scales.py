"""From which values on a repository should worry somebody, and who says so."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from hygiene.model.statistics import Concern

_MIB = 1 << 20
_GIB = 1 << 30


class Scale(NamedTuple):
    """The values from which on one, two and three marks are given, and why."""

    steps: tuple[int, int, int]
    reason: str

    def concern(self, value: int) -> Concern:
        """How much a value should worry somebody."""
        return Concern(sum(value >= step for step in self.steps))


# Where somebody publishes one limit, it is worth two marks, half of it one and twice as much three.
# "GitHub's limits" is https://docs.github.com/en/repositories/creating-and-managing-repositories/repository-limits,
# "large files" https://docs.github.com/en/repositories/working-with-files/managing-large-files.
SCALES: Mapping[str, Scale] = MappingProxyType(
    {
        "largest-blob": Scale(
            (1 * _MIB, 50 * _MIB, 100 * _MIB),
            "GitHub recommends at most 1 MiB an object, warns of a push from 50 MiB on and refuses one above 100 MiB",
        ),
        "disk-size": Scale(
            (1 * _GIB, 5 * _GIB, 10 * _GIB),
            "GitHub calls up to 1 GB ideal, strongly recommends less than 5 GB, and 10 GB at most",
        ),
        "branches": Scale((2_500, 5_000, 10_000), "GitHub recommends at most 5,000: a fetch is told of them all"),
        "folder-width": Scale(
            (1_000, 3_000, 6_000),
            "GitHub lists the first 1,000 entries of a folder, and recommends at most 3,000: "
            "each change of a file there writes the whole list anew",
        ),
        "path-depth": Scale((25, 50, 100), "GitHub recommends at most 50 folders: each is read to reach the file"),
        "path-length": Scale(
            (160, 200, 240),
            "Windows takes 259 characters with the folder of the clone, unless both it and Git are set to more",
        ),
        "packs": Scale((50, 100, 200), "`git gc` joins more than 50 packs (gc.autoPackLimit): each is searched"),
        "loose-objects": Scale(
            (6_700, 13_400, 26_800), "`git gc` packs them from about 6,700 on (gc.auto): none is a delta of another"
        ),
    }
)
"""By the name of a line. A line without a scale has nobody's limit to be measured by, and gets no marks."""
