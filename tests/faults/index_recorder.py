"""The program that `test_killed_index` kills: it records half of a made-up history, and says how far it has come."""

import sys
from pathlib import Path

from hygiene.adapters.history_index import open_index
from hygiene.ports import HistoryIndex
from tests.histories import blobs_in, long_batch, looks_at, sizes_of

EARLIER, LATER = long_batch(range(100), 6), long_batch(range(100, 500), 6, parts=40)
BLOBS = blobs_in([EARLIER, LATER])


def index_in(box: Path | None) -> HistoryIndex:
    """The index that is kept in a folder, together with the user's seal; one in memory if None."""
    if box is None:
        return open_index(None, "maker", "")
    return open_index(box / "git" / "hygiene" / "index.sqlite", "maker", "", box / "state")


def record_later(index: HistoryIndex) -> None:
    """Records the later half, and what is known of the blobs."""
    LATER.record_in(index)
    index.add_sizes(sizes_of(BLOBS))
    index.add_looks(looks_at(BLOBS))


def main() -> None:
    """Records, and prints a word before each step."""
    index = index_in(Path(sys.argv[1]))
    _say("recording")
    record_later(index)
    _say("saving")
    index.close()
    _say("done")


def _say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
