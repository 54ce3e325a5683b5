"""What is known of a history, in an SQLite file that outlasts the program, or in memory."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from hygiene.adapters import history_questions, history_recording
from hygiene.adapters.history_place import Place, remove
from hygiene.adapters.history_store import Store
from hygiene.adapters.user_seal import Seal, default_state_folder
from hygiene.model.history import Changes, CommitId, Life, ListedCommit, Month, Removal, Rewritten, Totals, Version
from hygiene.model.inventory import Sizes
from hygiene.model.paths import BlobId, RepoPath
from hygiene.ports import Look


def open_index(
    file: Path | None, made_by: str, shallow_state: str, state_folder: Path | None = None
) -> "SqliteHistoryIndex":
    """The index that is kept in `file`, or one in memory where that is None or nothing may be read or put there.

    What is known is taken from the file, which is only read meanwhile; what is new is kept in memory, and `close` puts
    both together in its place in one step. So a kill leaves the old file or the new one, two programs at once do not
    meet, and of two that have something to keep the first one wins: both are right, and the other's is read again.

    Only a file that this user's own program made counts, byte for byte (`user_seal`): one that came with the
    repository, or is damaged, is never even opened as a database, and is replaced, with a note. Something else in its
    place than a regular file is left alone, with a note.

    Args:
        file: in a folder of its own, which `close` makes if there is something to keep.
        made_by: what the looks depend on; those that something else took are forgotten.
        shallow_state: where history is cut; if it was cut elsewhere, the frontier is forgotten, the commits are not.
        state_folder: where this user's seal is; `default_state_folder` if None. Nothing is kept where there is none.
    """
    state_folder = state_folder or default_state_folder()
    place = Place(file, Seal(state_folder)) if file is not None and state_folder is not None else None
    store = Store(place)
    store.settle(made_by, shallow_state)
    return SqliteHistoryIndex(store)


def clear(file: Path) -> bool:
    """Removes the index in `file`; whether there was one. Raises `UnremovableIndex`."""
    return remove(file)


class SqliteHistoryIndex:
    """A `HistoryIndex`, as `open_index` makes it. One thread at a time may use it.

    Raises `BrokenIndex` where SQLite fails, as when the file is damaged while it is in use; then nothing is kept.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._left_out: set[CommitId] = set()

    @property
    def notes(self) -> Sequence[str]:
        """What a person should know, also after `close`."""
        return tuple(self._store.notes)

    def frontier(self) -> frozenset[CommitId]:
        """Commits that are recorded with all that can be reached from them."""
        return frozenset(CommitId(name.hex()) for (name,) in self._store.database.rows("SELECT id FROM tip"))

    def known(self) -> frozenset[CommitId]:
        """Every commit that is recorded."""
        rows = self._store.database.rows("SELECT id FROM commits WHERE rank NOT IN (SELECT rank FROM passing)")
        return frozenset(CommitId(name.hex()) for (name,) in rows)

    def known_among(self, commits: Collection[CommitId]) -> frozenset[CommitId]:
        """Those of the commits that are recorded."""
        found = history_recording.known_among(self._store.database, commits) if commits else {}
        return frozenset(map(CommitId, history_recording.read_whole(self._store.database, found)))

    def record(self, commits: Sequence[ListedCommit], parts: Iterable[Changes], tips: Collection[CommitId]) -> None:
        """Records commits and what they changed, all or nothing; kept once `close` is called."""
        if not commits and frozenset(tips) == self.frontier():
            return
        database = self._store.to_change()
        with database.all_or_nothing():
            is_new = history_recording.record(database, commits, parts, frozenset(tips))
        self._store.is_changed |= is_new
        self._hide(self._left_out)

    def forget(self) -> None:
        """Forgets all commits and what they changed; sizes and looks stay, as they are true of any history."""
        if self._store.database.value("SELECT EXISTS (SELECT 1 FROM commits)"):
            history_recording.forget_history(self._store.to_change())
            self._store.is_changed = True

    def leave_out(self, commits: Collection[CommitId]) -> None:
        """From now on the questions are not about these commits."""
        self._left_out.update(commits)
        self._hide(commits)

    def latest(self) -> Iterator[Version]:
        """The last content of every path that was ever held, as a file if it ever was one, ordered by path bytewise."""
        return history_questions.latest(self._store.database)

    def versions_of(self, paths: Collection[RepoPath]) -> Iterator[Version]:
        """Every distinct (mode, blob) of each path, by path and from first to last."""
        return history_questions.versions_of(self._store.database, paths)

    def holding(self, blobs: Collection[BlobId]) -> Iterator[Version]:
        """Every version that has one of these blobs, by path and from first to last."""
        return history_questions.holding(self._store.database, blobs)

    def larger_than(self, size: int) -> Iterator[Version]:
        """Every version whose blob has more than `size` bytes, by path and from first to last."""
        return history_questions.larger_than(self._store.database, size)

    def largest(self, count: int) -> Sequence[Version]:
        """The first version of each of the `count` largest blobs, largest first."""
        return history_questions.largest(self._store.database, count)

    def removals(self, paths: Collection[RepoPath]) -> Mapping[RepoPath, Removal]:
        """Who removed each path last, as far as any commit did."""
        return history_questions.removals(self._store.database, paths)

    def lives(self, paths: Collection[RepoPath]) -> Mapping[RepoPath, Sequence[Life]]:
        """When each path was there, in order; of paths that were removed and came back, each time."""
        return history_questions.lives(self._store.database, paths)

    def rewrites(self, paths: Collection[RepoPath]) -> Mapping[RepoPath, int]:
        """How many commits gave each path a content; without the paths that none gave any."""
        return history_questions.rewrites(self._store.database, paths)

    def givers(self, paths: Collection[RepoPath]) -> frozenset[CommitId]:
        """Every commit that gave one of these paths a content."""
        return history_questions.givers(self._store.database, paths)

    def most_rewritten(self, count: int) -> Sequence[Rewritten]:
        """The paths that most commits gave a content, most first, then by path."""
        return history_questions.most_rewritten(self._store.database, count)

    def months(self) -> Sequence[Month]:
        """What each month brought in, in order; months without anything are left out."""
        return history_questions.months(self._store.database)

    def totals(self) -> Totals:
        """How much all of it is."""
        totals = history_questions.totals(self._store.database)
        if self._store.is_changed:
            history_questions.keep_totals(self._store.database, totals)
        return totals

    def unsized(self) -> Sequence[BlobId]:
        """The blobs whose size is not known, by path and from last to first; submodules' commits are none."""
        return history_questions.unsized(self._store.database)

    def add_sizes(self, sizes: Sizes) -> None:
        """Keeps the sizes of blobs, also of those that no path holds yet."""
        known = history_recording.known_blobs(self._store.database, sizes)
        fresh = {blob: size for blob, size in sizes.items() if known.get(blob, (0, None))[1] != size}
        if fresh:
            numbers = {blob: number for blob, (number, _) in known.items()}
            history_recording.add_sizes(self._store.to_change(), fresh, numbers)
            self._store.is_changed = True

    def looks(self, blobs: Collection[BlobId]) -> Mapping[BlobId, Look]:
        """What earlier looks into these blobs told, as far as they were kept."""
        return history_questions.looks(self._store.database, blobs)

    def add_looks(self, looks: Mapping[BlobId, Look]) -> None:
        """Keeps what looks told."""
        known = self.looks(looks)
        rows = [history_questions.look_row(blob, look) for blob, look in looks.items() if known.get(blob) != look]
        if rows:
            self._store.to_change().run_many("INSERT OR REPLACE INTO look VALUES (?, ?, ?, ?, ?, ?)", rows)
            self._store.is_changed = True

    def silent_about(self, subject: str, blobs: Collection[BlobId]) -> frozenset[BlobId]:
        """Those of the blobs that are known to name nothing of the subject that was kept last."""
        return history_questions.silent(self._store.database, subject, blobs)

    def add_silent(self, subject: str, blobs: Collection[BlobId]) -> None:
        """Keeps that these blobs name nothing of a subject, and forgets every other subject."""
        if blobs:
            history_recording.add_silent(self._store.to_change(), subject, blobs)
            self._store.is_changed = True

    def close(self) -> None:
        """Keeps what is new for the next time, and ends it; nothing may be asked any more."""
        self._store.close()

    def _hide(self, commits: Collection[CommitId]) -> None:
        if commits:
            ranks = history_recording.known_among(self._store.database, commits).values()
            self._store.database.leave_out([(rank,) for rank in ranks])
