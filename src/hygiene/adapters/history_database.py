"""The SQLite database behind a history index: its tables, how it is opened, and how it is spoken to."""

import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import Any, Self

from hygiene.errors import BrokenIndex

_APPLICATION_ID = int.from_bytes(b"hygi")
_SCHEMA_VERSION = 1

_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE path (id INTEGER PRIMARY KEY, name BLOB NOT NULL UNIQUE);
CREATE TABLE commits (rank INTEGER PRIMARY KEY, id BLOB NOT NULL, time INTEGER NOT NULL);
CREATE TABLE blob (id INTEGER PRIMARY KEY, name BLOB NOT NULL, size INTEGER);
CREATE TABLE change (path INTEGER, rank INTEGER, mode INTEGER NOT NULL, blob INTEGER,
    PRIMARY KEY (path, rank)) WITHOUT ROWID;
CREATE TABLE silent (blob BLOB PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE tip (id BLOB PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE look (blob BLOB PRIMARY KEY, media_type TEXT, tier TEXT, is_text INTEGER,
    generated INTEGER, minified INTEGER NOT NULL) WITHOUT ROWID;
"""
"""Ranks follow the graph: a parent's is lower than its children's. Names of blobs and commits are their ids in bytes.
Neither has an index of its own: to go through all of them once is as fast as to keep one, and the file is half as long.
A mode is a number, 0 for a removal, which has no blob.
"""

_TABLES_OF_ONE_RUN = """
CREATE TEMP TABLE asked (name BLOB PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE left_out (rank INTEGER PRIMARY KEY);
CREATE TEMP TABLE passing (rank INTEGER PRIMARY KEY);
CREATE TEMP VIEW told AS SELECT path, rank, mode, blob FROM change;
"""
"""`asked` takes the lists that a question comes with; `passing` are commits that were not read whole."""

_TOLD_WITHOUT_SOME = """
CREATE TEMP VIEW told AS
    SELECT path, rank, mode, blob FROM change WHERE rank NOT IN (SELECT rank FROM left_out)
"""

_CACHE = -(128 << 10)
"""KiB of memory that a database may take; what a larger one has beyond goes to a nameless file of the system's."""


class NotThisSchema(Exception):
    """A database is no index of ours, or one of another version."""


class Database:
    """One database, private to this program. Every failure of SQLite becomes `BrokenIndex`.

    Attributes:
        is_sound: nothing has failed yet.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.is_sound = True
        self._connection = connection
        with self._telling_failure():
            connection.executescript(_TABLES_OF_ONE_RUN)

    @classmethod
    def empty(cls) -> Self:
        """A new one, in memory."""
        connection = _private_connection()
        connection.executescript(_TABLES)
        connection.execute(f"PRAGMA application_id={_APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version={_SCHEMA_VERSION}")
        return cls(connection)

    @classmethod
    def kept(cls, file: Path) -> Self:
        """The one in a file, which nobody changes: whoever has more to keep puts another in its place.

        So no lock or log is looked for, and it can be read where nothing can be written. Raises `NotThisSchema`.
        """
        with ExitStack() as failing:
            connection = failing.enter_context(closing(_connection(f"{file.absolute().as_uri()}?mode=ro&immutable=1")))
            _check(connection)
            kept = cls(connection)
            failing.pop_all()  # nothing failed: it stays open
        return kept

    def copy(self) -> Self:
        """The same in memory, where it can be changed."""
        with ExitStack() as failing:
            connection = failing.enter_context(closing(_private_connection()))
            with self._telling_failure():
                self._connection.backup(connection)
            copy = type(self)(connection)
            copy.leave_out(self.rows("SELECT rank FROM left_out"))
            failing.pop_all()  # nothing failed: it stays open
        return copy

    def save_to(self, file: Path) -> None:
        """Writes all to an empty file. Raises `BrokenIndex` where that fails, as on a full disk."""
        with self._telling_failure(), closing(sqlite3.connect(file, isolation_level=None)) as target:
            target.execute("PRAGMA journal_mode=OFF")  # a file that is not whole is not put in its place
            target.execute("PRAGMA synchronous=OFF")
            self._connection.backup(target)

    def rows(self, query: str, *values: object) -> list[Any]:
        """The rows that a query gives, read to the end, so that the next question cannot disturb it."""
        with self._telling_failure():
            return self._connection.execute(query, values).fetchall()

    def value(self, query: str, *values: object) -> Any:  # noqa: ANN401 - what SQLite gives
        """The first value of the only row that a query gives."""
        return self.rows(query, *values)[0][0]

    def run(self, statement: str, *values: object) -> None:
        """Changes something."""
        with self._telling_failure():
            self._connection.execute(statement, values)

    def run_many(self, statement: str, rows: Iterable[tuple[object, ...]]) -> None:
        """Changes something once for every row, all or nothing."""
        with self.all_or_nothing(), self._telling_failure():
            self._connection.executemany(statement, rows)

    def ask_about(self, names: Iterable[bytearray]) -> None:
        """Fills the table `asked`, for the next query. As bytearrays: sqlite3 takes bytes half as fast."""
        self.run("DELETE FROM asked")
        self.run_many("INSERT OR IGNORE INTO asked VALUES (?)", ((name,) for name in names))

    def leave_out(self, ranks: Collection[tuple[int]]) -> None:
        """Hides the changes of these commits from the view `told`, which is slower from then on."""
        if ranks:
            self.run_many("INSERT OR IGNORE INTO left_out VALUES (?)", ranks)
            self.run("DROP VIEW temp.told")
            self.run(_TOLD_WITHOUT_SOME)

    @contextmanager
    def all_or_nothing(self) -> Iterator[None]:
        """Takes back what the block did where it ends with an exception; a block inside another one is part of it."""
        if self._connection.in_transaction:
            yield
            return
        try:
            self.run("BEGIN")
            yield
            self.run("COMMIT")
        finally:
            with suppress(sqlite3.Error):  # the exception that is on its way up says more
                self._connection.rollback()  # nothing, once it is committed

    def close(self) -> None:
        """Ends it."""
        self._connection.close()

    @contextmanager
    def _telling_failure(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as failure:
            self.is_sound = False
            raise BrokenIndex(str(failure)) from failure


def _private_connection() -> sqlite3.Connection:
    """An empty database without a name."""
    connection = _connection("")
    connection.execute("PRAGMA journal_mode=MEMORY")
    connection.execute("PRAGMA synchronous=OFF")
    return connection


def _connection(place: str) -> sqlite3.Connection:
    connection = sqlite3.connect(place, uri=True, isolation_level=None, check_same_thread=False)
    for setting in ("trusted_schema=OFF", "cell_size_check=ON", "temp_store=MEMORY", f"cache_size={_CACHE}"):
        connection.execute(f"PRAGMA {setting}")
    return connection


def _check(connection: sqlite3.Connection) -> None:
    try:
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
    except sqlite3.DatabaseError as failure:
        raise NotThisSchema from failure
    if (application, version) != (_APPLICATION_ID, _SCHEMA_VERSION):
        raise NotThisSchema
