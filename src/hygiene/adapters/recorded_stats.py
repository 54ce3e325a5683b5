"""What an index says that files had on the disk when they were staged or checked out; git prints it."""

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

from hygiene.adapters.git_checkout import AS_IT_IS_MARKED
from hygiene.adapters.process import Git
from hygiene.model.inventory import Entry
from hygiene.model.paths import BlobId, RepoPath

_RECORD = re.compile(
    rb"(?P<mode>\d{6}) (?P<blob>[0-9a-f]+) (?P<stage>\d)\t(?P<path>[^\0]*)\0"
    rb"  ctime: \d+:\d+\n  mtime: (?P<seconds>\d+):(?P<nanoseconds>\d+)\n  dev: \d+\tino: \d+\n  uid: \d+\tgid: \d+\n"
    rb"  size: (?P<size>\d+)\tflags: (?P<flags>[0-9a-f]+)\n"
)
_ASSUMED_UNCHANGED, _SKIPPED = 1 << 15, 1 << 30
_BITS = 0xFFFF_FFFF
_NANOSECONDS = 10**9


class Recorded(NamedTuple):
    """One entry of an index.

    Attributes:
        is_unmerged: whether its path is in conflict.
        is_looked_at: whether Git looks for it on the disk: nobody told it not to.
        size: bytes, the last 32 bits of them; 0 also where Git did not trust what it saw.
        time: when the file was changed last, in seconds and nanoseconds; no nanoseconds where they are not known.
    """

    entry: Entry
    is_unmerged: bool
    is_looked_at: bool
    size: int
    time: tuple[int, int]

    def fits(self, found: os.stat_result) -> bool:
        """Whether a file on the disk has the same size and time."""
        seconds, nanoseconds = divmod(found.st_mtime_ns, _NANOSECONDS)
        is_same_second = seconds & _BITS == self.time[0]
        is_same_time = is_same_second and (nanoseconds == self.time[1] or 0 in (nanoseconds, self.time[1]))
        return is_same_time and self.fits_size(found)

    def fits_size(self, found: os.stat_result) -> bool:
        """Whether it has the same size."""
        return found.st_size & _BITS == self.size


def recorded_stats(git: Git) -> Iterator[Recorded]:
    """Every entry of the index, in its order. Nothing on the disk is looked at. Raises `GitFailed`."""
    listing = git.run(*AS_IT_IS_MARKED, "ls-files", "--stage", "--debug", "-z")
    return map(_recorded, _RECORD.finditer(listing))


def index_time(git: Git) -> tuple[int, int]:
    """When the index was written, as `Recorded.time`; long ago where there is none.

    A file that was changed in the same moment may have been changed after it was recorded.
    """
    with suppress(OSError):
        seconds, nanoseconds = divmod((git.git_dir / "index").stat().st_mtime_ns, _NANOSECONDS)
        return seconds & _BITS, nanoseconds
    return 0, 0


def _recorded(found: re.Match[bytes]) -> Recorded:
    flags = int(found["flags"], 16)
    entry = Entry(
        found["mode"].decode("ascii"),
        BlobId(found["blob"].decode("ascii")),
        RepoPath(found["path"].decode("utf-8", "surrogateescape")),
    )
    return Recorded(
        entry=entry,
        is_unmerged=found["stage"] != b"0",
        is_looked_at=not flags & (_ASSUMED_UNCHANGED | _SKIPPED),
        size=int(found["size"]),
        time=(int(found["seconds"]), int(found["nanoseconds"])),
    )
