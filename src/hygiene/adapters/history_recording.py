"""Writing commits, and what they changed, into the database of a history index."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import count, islice

from hygiene.adapters.history_database import Database
from hygiene.model.history import REMOVED, Change, Changes, CommitId, ListedCommit
from hygiene.model.inventory import Sizes
from hygiene.model.paths import BlobId

_LATEST = 2**63 - 1
"""Seconds that SQLite can hold; what a broken commit says beyond them stands as them."""

_BUFFERED = 250_000
"""Changes for whose blobs one pass over all known blobs is made."""

_REMEMBERED = 500_000
"""Blobs whose numbers are held in memory, about 150 bytes each."""


class Numbering(defaultdict[str, int]):
    """Numbers of names; a name that is asked for and has none gets the next one, which C counts: there are many."""

    def __init__(self, last: int) -> None:
        super().__init__(count(last + 1).__next__)
        self._told = 0

    def learn(self, numbers: Mapping[str, int]) -> None:
        """Takes over numbers that were given before."""
        self.update(numbers)
        self._told = len(self)

    def fresh(self) -> list[tuple[str, int]]:
        """The names that got their number since this was last asked."""
        fresh = list(islice(reversed(self.items()), len(self) - self._told))
        self._told = len(self)
        return fresh[::-1]

    def forget(self) -> None:
        """Knows no name any more, and goes on counting."""
        self.clear()
        self._told = 0


def encode(name: str) -> bytearray:
    """A path as the database has it."""
    return bytearray(name, "utf-8", "surrogateescape")


def decode(name: bytes) -> str:
    """The path that `encode` was given."""
    return name.decode("utf-8", "surrogateescape")


def known_among(database: Database, commits: Iterable[CommitId]) -> dict[str, int]:
    """The ranks of those of the commits that are in the database, also of those that were not read whole."""
    if not database.value("SELECT EXISTS (SELECT 1 FROM commits)"):
        return {}
    database.ask_about(map(bytearray.fromhex, commits))
    rows = database.rows("SELECT id, rank FROM commits WHERE id IN (SELECT name FROM asked)")
    return {name.hex(): rank for name, rank in rows}


def known_blobs(database: Database, blobs: Iterable[str]) -> dict[str, tuple[int, int | None]]:
    """The number and size of those of the blobs that are in the database."""
    database.ask_about(map(bytearray.fromhex, blobs))
    rows = database.rows("SELECT name, id, size FROM blob WHERE name IN (SELECT name FROM asked)")
    return {name.hex(): (number, size) for name, number, size in rows}


def last_blob(database: Database) -> int:
    """The highest number of a blob."""
    return int(database.value("SELECT coalesce(max(id), 0) FROM blob"))


def add_sizes(database: Database, sizes: Sizes, known_numbers: Mapping[str, int]) -> None:
    """Keeps sizes, given the numbers of those of these blobs that the database has."""
    numbers = Numbering(last_blob(database))
    numbers.learn(known_numbers)
    known = sorted((numbers[blob], size) for blob, size in sizes.items())  # in the order of the table: thrice as fast
    with database.all_or_nothing():
        forget_totals(database)
        _add_blobs(database, numbers.fresh(), {})
        database.run_many("UPDATE blob SET size = ? WHERE id = ?", ((size, number) for number, size in known))


def add_silent(database: Database, subject: str, blobs: Iterable[str]) -> None:
    """Keeps blobs that name nothing of a subject, and forgets those of every other subject."""
    with database.all_or_nothing():
        if database.rows("SELECT value FROM meta WHERE key = 'silent'") != [(subject,)]:
            database.run("DELETE FROM silent")
            database.run("INSERT OR REPLACE INTO meta VALUES ('silent', ?)", subject)
        database.run_many("INSERT OR IGNORE INTO silent VALUES (?)", ((bytearray.fromhex(blob),) for blob in blobs))


def record(
    database: Database, commits: Sequence[ListedCommit], parts: Iterable[Changes], tips: frozenset[CommitId]
) -> bool:
    """As `HistoryIndex.record` promises; whether there is anything to keep. To be called inside a transaction."""
    forget_totals(database)
    _forget_passing(database, commits)
    known = known_among(database, (*(commit.id for commit in commits), *tips))
    ranks = _add_commits(database, [commit for commit in commits if commit.id not in known])
    writer = _Writer(database, ranks)
    missing = set(ranks)
    for part in parts:
        missing.difference_update(part.commits)
        writer.write(part.changes, part.sizes)
    writer.finish()
    database.run_many("INSERT INTO passing VALUES (?)", ((ranks[commit],) for commit in missing))
    is_whole = not missing and tips <= ranks.keys() | read_whole(database, known)
    has_moved = is_whole and _move_frontier(database, tips)
    return has_moved or len(missing) < len(ranks)


def forget_history(database: Database) -> None:
    """Forgets all commits and changes; the blobs stay, with their sizes."""
    with database.all_or_nothing():
        forget_totals(database)
        for table in ("change", "commits", "path", "tip", "passing", "left_out"):
            database.run(f"DELETE FROM {table}")  # noqa: S608 - names of ours


def forget_sights(database: Database) -> None:
    """Forgets what was seen in blobs, which depends on who looked."""
    database.run("DELETE FROM look")
    database.run("DELETE FROM silent")


def forget_totals(database: Database) -> None:
    """Forgets the totals that were counted before something changed."""
    database.run("DELETE FROM meta WHERE key = 'totals'")


def forget_all_passing(database: Database) -> None:
    """Takes out what is not to outlast this run: the commits that were not read whole."""
    if database.value("SELECT EXISTS (SELECT 1 FROM passing)"):
        database.run("DELETE FROM change WHERE rank IN (SELECT rank FROM passing)")
        database.run("DELETE FROM commits WHERE rank IN (SELECT rank FROM passing)")
        database.run("DELETE FROM passing")


def _forget_passing(database: Database, commits: Sequence[ListedCommit]) -> None:
    """Makes room for a second attempt at commits that were not read whole the first time."""
    passing = {name.hex() for (name,) in database.rows("SELECT id FROM commits JOIN passing USING (rank)")}
    again = passing.intersection(commit.id for commit in commits)
    if again:
        ranks = [(rank,) for rank in known_among(database, map(CommitId, again)).values()]
        for table in ("change", "commits", "passing", "left_out"):
            database.run_many(f"DELETE FROM {table} WHERE rank = ?", ranks)  # noqa: S608 - names of ours


def read_whole(database: Database, known: Mapping[str, int]) -> set[str]:
    """Those of the known commits that will be known the next time."""
    passing = {rank for (rank,) in database.rows("SELECT rank FROM passing")}
    return {commit for commit, rank in known.items() if rank not in passing}


def _add_commits(database: Database, commits: Sequence[ListedCommit]) -> dict[str, int]:
    """The ranks that the commits get, above all earlier ones; each commit counts once."""
    last = int(database.value("SELECT coalesce(max(rank), 0) FROM commits"))
    times = {commit.id: max(-_LATEST, min(commit.time, _LATEST)) for commit in commits}
    ranks: dict[str, int] = dict(zip(times, count(last + 1)))
    rows = zip(ranks.values(), map(bytearray.fromhex, times), times.values(), strict=True)
    database.run_many("INSERT INTO commits VALUES (?, ?, ?)", rows)
    return ranks


def _add_blobs(database: Database, blobs: Collection[tuple[str, int]], sizes: Sizes) -> None:
    rows = ((bytearray.fromhex(name), number, sizes.get(BlobId(name))) for name, number in blobs)
    database.run_many("INSERT INTO blob (name, id, size) VALUES (?, ?, ?)", rows)


def _move_frontier(database: Database, tips: frozenset[CommitId]) -> bool:
    """Makes the tips the frontier; whether they are another one."""
    if {name.hex() for (name,) in database.rows("SELECT id FROM tip")} == tips:
        return False
    database.run("DELETE FROM tip")
    database.run_many("INSERT INTO tip VALUES (?)", ((bytearray.fromhex(tip),) for tip in tips))
    return True


class _Modes(dict[str, int]):
    def __missing__(self, mode: str) -> int:
        self[mode] = number = int(mode, 8)
        return number


class _Writer:
    """Writes the changes of those commits that have a rank, numbering the paths and blobs in them.

    As long as every blob that the database knows is remembered here, changes are written as they come. Later they wait
    until it pays to look their blobs up.
    """

    def __init__(self, database: Database, ranks: Mapping[str, int]) -> None:
        self._database = database
        self._ranks = ranks
        self._paths = _numbered_paths(database)
        last = last_blob(database)
        self._blobs = Numbering(last)
        self._modes = _Modes()
        self._waiting: list[Change] = []
        self._sizes: dict[BlobId, int] = {}
        self._remembers_all = last == 0

    def write(self, changes: Sequence[Change], sizes: Sizes) -> None:
        """Writes changes, and the sizes of blobs that are new with them; now or later."""
        if self._remembers_all:
            self._insert(changes, sizes)
            self._remembers_all = len(self._blobs) <= _REMEMBERED
            return
        self._waiting.extend(changes)
        self._sizes.update(sizes)
        if len(self._waiting) >= _BUFFERED:
            self.finish()

    def finish(self) -> None:
        """Writes what waits."""
        if self._waiting:
            blobs = {change.blob for change in self._waiting if change.mode != REMOVED}
            self._blobs.forget()
            self._blobs.learn({name: number for name, (number, _) in known_blobs(self._database, blobs).items()})
            self._insert(self._waiting, self._sizes)
            self._waiting, self._sizes = [], {}

    def _insert(self, changes: Sequence[Change], sizes: Sizes) -> None:
        ranks, paths, modes, blobs = self._ranks, self._paths, self._modes, self._blobs
        rows = [
            (paths[path], ranks[commit], modes[mode], None if mode == REMOVED else blobs[blob])
            for commit, mode, blob, path in changes
            if commit in ranks
        ]
        self._database.run_many("INSERT OR IGNORE INTO change VALUES (?, ?, ?, ?)", rows)
        _add_blobs(self._database, blobs.fresh(), sizes)
        names = ((encode(name), number) for name, number in paths.fresh())
        self._database.run_many("INSERT INTO path (name, id) VALUES (?, ?)", names)


def _numbered_paths(database: Database) -> Numbering:
    """All paths with their numbers: there are few beside the changes."""
    rows = database.rows("SELECT name, id FROM path")
    paths = Numbering(max((number for _, number in rows), default=0))
    paths.learn({decode(name): number for name, number in rows})
    return paths
