"""Made-up histories for the tests of indexes, and all that an index can be asked about one."""

import random
from collections.abc import Iterator, Sequence
from hashlib import sha1, sha256
from typing import NamedTuple

from hygiene.model.history import Change, Changes, CommitId, ListedCommit
from hygiene.model.inventory import Mode
from hygiene.model.paths import BlobId, RepoPath
from hygiene.ports import HistoryIndex, Look, MediaType


def commit_id(name: object) -> CommitId:
    """The id of a commit that a test calls `name`."""
    return CommitId(sha1(f"commit {name}".encode(), usedforsecurity=False).hexdigest())


def blob_id(name: object) -> BlobId:
    """The id of a blob that a test calls `name`."""
    return BlobId(sha1(f"blob {name}".encode(), usedforsecurity=False).hexdigest())


def long_id(name: object) -> str:
    """An id as long as those of a sha256 repository."""
    return sha256(f"long {name}".encode()).hexdigest()


class Batch(NamedTuple):
    """What one recording is given."""

    commits: Sequence[ListedCommit]
    parts: Sequence[Changes]
    tips: Sequence[CommitId]

    def record_in(self, index: HistoryIndex) -> None:
        index.record(self.commits, iter(self.parts), self.tips)


def long_batch(commits: range, changes: int, parts: int = 10) -> Batch:
    """Commits with these numbers, with so many changes each, the same whenever it is made."""
    listed = [ListedCommit(commit_id(number), 1_000_000_000 + number * 40_000) for number in commits]
    share = -(-len(listed) // parts)
    told = [_part(commits[start : start + share], changes) for start in range(0, len(listed), share)]
    return Batch(listed, told, [listed[-1].id])


def _part(commits: Sequence[int], changes: int) -> Changes:
    told = [change for number in commits for change in _changes(number, changes)]
    return Changes([commit_id(number) for number in commits], told)


def _changes(number: int, changes: int) -> Iterator[Change]:
    chance = random.Random(number)  # noqa: S311 - the same whenever it is asked
    for path in chance.sample(range(changes * 20), changes):
        mode = chance.choice([Mode.FILE, Mode.FILE, Mode.FILE, Mode.EXECUTABLE, "000000"])
        blob = blob_id(chance.randrange(changes * 1_000))
        yield Change(commit_id(number), mode, blob, RepoPath(f"folder {path % 7}/file {path}"))


class Answers(NamedTuple):
    """All that an index told."""

    told: tuple[object, ...]


def paths_in(batches: Sequence[Batch]) -> list[RepoPath]:
    """Every path that they name."""
    return sorted({change.path for batch in batches for part in batch.parts for change in part.changes})


def blobs_in(batches: Sequence[Batch]) -> list[BlobId]:
    """Every blob that they name."""
    return sorted({change.blob for batch in batches for part in batch.parts for change in part.changes})


def ask(index: HistoryIndex, batches: Sequence[Batch]) -> Answers:
    """Every question, about half of the paths and blobs where it wants some."""
    paths, blobs = paths_in(batches)[::2], blobs_in(batches)[::2]
    return Answers(
        (
            index.frontier(),
            index.known(),
            list(index.latest()),
            list(index.versions_of(paths)),
            sorted(index.holding(blobs)),
            sorted(index.larger_than(500)),
            *(index.largest(count) for count in (0, 1, 3, 1_000)),
            index.removals(paths),
            index.rewrites(paths),
            *(index.most_rewritten(count) for count in (0, 2, 1_000)),
            *(index.givers([path]) for path in paths),
            index.months(),
            index.totals(),
            index.unsized(),
            index.looks(blobs),
        )
    )


def sizes_of(blobs: Sequence[BlobId]) -> dict[BlobId, int]:
    """A size for most of the blobs, some of them the same."""
    return {blob: int(blob[:3], 16) // 4 for blob in blobs if blob[0] != "f"}


def looks_at(blobs: Sequence[BlobId]) -> dict[BlobId, Look]:
    """A look at most of the blobs."""
    kinds = [
        Look(MediaType("text/x-c", "libmagic", is_text=True), 3, minified=False),
        Look(MediaType("image/png", "signature", is_text=False), None, minified=False),
        Look(None, None, minified=True),
    ]
    return {blob: kinds[int(blob[1], 16) % 3] for blob in blobs if blob[0] != "e"}
