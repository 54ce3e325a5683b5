"""Reading the names of a SQLite database's tables, and nothing else of it, from bytes that nobody vouches for."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

LARGEST_DATABASE = 64 * 1024 * 1024
MOST_TABLES = 1_000
LONGEST_NAME = 200

_MAGIC = b"SQLite format 3\0"
_OWN_TABLES = "sqlite_"  # a prefix that SQLite reserves for itself

_STEP = 1_000
_MOST_STEPS = 2_000
"""Two million instructions of SQLite's machine: a hundred times what 1,000 tables take, and under a second."""

_SETTINGS = ("PRAGMA trusted_schema=OFF", "PRAGMA cell_size_check=ON", "PRAGMA query_only=ON", "PRAGMA mmap_size=0")
_LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: 1_000_000,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 1_000_000,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 100,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_WORKER_THREADS: 0,
}
_QUERY = f"SELECT name FROM sqlite_master WHERE type = 'table' LIMIT {MOST_TABLES}"  # noqa: S608 - a constant of ours


class SqliteTableNames:
    """Asks SQLite itself, on a private copy that is gone when the answer is there. Never reads a row of a table."""

    def of_sqlite(self, database: bytes) -> tuple[str, ...] | None:
        """The names of the tables, sorted, without SQLite's own: at most `MOST_TABLES`, cut to `LONGEST_NAME`.

        What stands only in a write-ahead log beside the database is not seen. None when the bytes are not a readable
        database, are more than `LARGEST_DATABASE`, or take too long. Raises `OSError` when no copy can be made.
        """
        if not database.startswith(_MAGIC) or len(database) > LARGEST_DATABASE:
            return None
        try:
            with _private_copy(database) as path, _opened(path) as connection:
                names = [_readable(name) for (name,) in connection.execute(_QUERY)]
        except (sqlite3.Error, UnicodeDecodeError):  # the last from an error that quotes a broken name
            return None
        return tuple(sorted(name for name in names if not name.startswith(_OWN_TABLES)))


@contextlib.contextmanager
def _private_copy(database: bytes) -> Iterator[Path]:
    with TemporaryDirectory(prefix="hygiene-") as folder:  # mode 0700
        path = Path(folder, "copy.sqlite3")
        path.touch(mode=0o600)
        path.write_bytes(database)
        yield path


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection on which only the query of this module can run; immutable, so that no log or lock is looked for."""
    with contextlib.closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        for setting in _SETTINGS:
            connection.execute(setting)
        for limit, value in _LIMITS.items():
            connection.setlimit(limit, value)
        connection.text_factory = bytes  # names need not be UTF-8
        connection.set_progress_handler(_Countdown(_MOST_STEPS).tick, _STEP)
        connection.set_authorizer(_authorize)
        yield connection


class _Countdown:
    def __init__(self, steps: int) -> None:
        self._left = steps

    def tick(self) -> int:
        """Not zero, which interrupts the query, once the steps are used up."""
        self._left -= 1
        return int(self._left < 0)


def _authorize(action: int, table: str | None, column: str | None, _schema: str | None, _by: str | None) -> int:
    """Allows to select, and to read the two columns of the schema that the query names."""
    if action == sqlite3.SQLITE_SELECT:
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_READ and table == "sqlite_master" and column in ("type", "name"):
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY


def _readable(name: object) -> str:
    """A name as text; a broken schema may hold anything in its place."""
    return name[: LONGEST_NAME * 4].decode("utf-8", "replace")[:LONGEST_NAME] if isinstance(name, bytes) else str(name)
