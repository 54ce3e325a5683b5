"""Names of tables from real, broken and hostile databases."""

import sqlite3
import struct
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fixtures import content
from hygiene.adapters import sqlite_tables
from hygiene.adapters.sqlite_tables import LONGEST_NAME, MOST_TABLES, SqliteTableNames

SMALL = content.sqlite({"users": ("id", "secret"), "sessions": ("id",)})


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder for temporary files; empty before and after."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    assert list(folder.iterdir()) == []


def made(*statements: str) -> bytes:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)
        return connection.serialize()


def with_schema(*rows: tuple[object, ...]) -> bytes:
    """A table, and a schema that was written by hand: type, name, table, root page and SQL of each object."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.execute("CREATE TABLE honest (a)")
        connection.execute("PRAGMA writable_schema=ON")
        connection.executemany("INSERT INTO sqlite_master VALUES (?, ?, ?, ?, ?)", rows)
        return connection.serialize()


def names(database: bytes) -> tuple[str, ...] | None:
    return SqliteTableNames().of_sqlite(database)


@pytest.mark.usefixtures("temporary")
def test_tables_are_named_in_order_and_views_indexes_and_internals_are_not() -> None:
    database = made(
        "CREATE TABLE b (id INTEGER PRIMARY KEY AUTOINCREMENT, x UNIQUE)",
        "CREATE TABLE a (y)",
        "CREATE VIEW v AS SELECT * FROM a",
        "CREATE INDEX i ON a (y)",
        "CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; END",
    )
    assert names(database) == ("a", "b")


@pytest.mark.usefixtures("temporary")
def test_a_database_without_tables_has_no_names() -> None:
    assert names(made("CREATE TABLE a (x)", "DROP TABLE a")) == ()


def test_a_database_in_wal_mode(tmp_path: Path, temporary: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "a.db")) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE kept (a)")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert names((tmp_path / "a.db").read_bytes()) == ("kept",)
    assert list(temporary.iterdir()) == []


@pytest.mark.usefixtures("temporary")
def test_no_row_is_ever_shown() -> None:
    found = names(SMALL)
    assert found == ("sessions", "users")
    assert b"users-secret" in SMALL
    assert "users-secret" not in str(found)


@pytest.mark.usefixtures("temporary")
@pytest.mark.parametrize(
    "query", ["SELECT secret FROM users", "SELECT sql FROM sqlite_master", "ATTACH 'x' AS y", "SELECT upper('a')"]
)
def test_nothing_else_could_be_asked(query: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite_tables, "_QUERY", query)
    assert names(SMALL) is None


@pytest.mark.usefixtures("temporary")
@pytest.mark.parametrize(
    "database",
    [
        b"",
        b"SQLite format 3\0",
        b"not a database at all" * 100,
        SMALL[:100],
        SMALL[:3000],
        SMALL[:100] + b"\xff" * (len(SMALL) - 100),
        SMALL[:16] + b"\xff\xff" + SMALL[18:],
    ],
)
def test_what_is_no_database_has_no_answer(database: bytes) -> None:
    assert names(database) is None


def test_what_is_too_large_is_not_even_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sqlite_tables, "LARGEST_DATABASE", len(SMALL) - 1)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "absent"))
    assert names(SMALL) is None


def test_a_full_or_missing_temporary_folder_is_no_answer_about_the_database(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "absent"))
    with pytest.raises(OSError, match="absent"):
        names(SMALL)


@pytest.mark.usefixtures("temporary")
@given(st.integers(100, len(SMALL) - 1), st.binary(min_size=1, max_size=30))
@example(SMALL.index(b"CREATE TABLE") + 14, b"\x80")  # SQLite's message then quotes what is not UTF-8
def test_no_damage_makes_it_raise(at: int, noise: bytes) -> None:
    found = names(SMALL[:at] + noise + SMALL[at + len(noise) :])
    assert found is None or all(len(name) <= LONGEST_NAME for name in found)


@pytest.mark.usefixtures("temporary")
def test_views_triggers_and_virtual_tables_are_not_run(tmp_path: Path) -> None:
    target = tmp_path / "written.db"
    endless = "WITH RECURSIVE r(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM r) SELECT * FROM r"
    write = f"SELECT writefile('{target}', 'x')"
    database = with_schema(
        ("view", "loading", "loading", 0, "CREATE VIEW loading AS SELECT load_extension('x.so')"),
        ("view", "endless", "endless", 0, f"CREATE VIEW endless AS {endless}"),
        ("table", "fts", "fts", 0, "CREATE VIRTUAL TABLE fts USING fts5(a)"),
        ("table", "unknown", "unknown", 0, "CREATE VIRTUAL TABLE unknown USING no_such_module(a)"),
        ("trigger", "tr", "honest", 0, f"CREATE TRIGGER tr AFTER INSERT ON honest BEGIN {write}; END"),
    )
    assert names(database) == ("fts", "honest", "unknown")
    assert not target.exists()


@pytest.mark.usefixtures("temporary")
@pytest.mark.parametrize("sql", ["ATTACH 'x' AS y", "DROP TABLE honest", "SELECT 1", "rubbish"])
def test_a_schema_that_is_no_schema_has_no_answer(sql: str) -> None:
    assert names(with_schema(("table", "evil", "evil", 3, sql))) is None


@pytest.mark.usefixtures("temporary")
def test_there_is_an_end_to_names() -> None:
    long = "n" * 5_000
    assert names(made(f"CREATE TABLE {long} (a)")) == ("n" * LONGEST_NAME,)
    assert names(made('CREATE TABLE "' + "世" * 500 + '" (a)')) == ("世" * LONGEST_NAME,)
    found = names(made(*(f"CREATE TABLE t{number} (a)" for number in range(MOST_TABLES + 50))))
    assert found is not None
    assert len(found) == MOST_TABLES


@pytest.mark.usefixtures("temporary")
def test_names_that_are_not_unicode_are_read() -> None:
    found = names(made("CREATE TABLE tttt (a)").replace(b"tttt", b"t\xff\xfet"))
    assert found == ("t\ufffd\ufffdt",)


PAGE = 4096


def page_of_pointers(child: int, header: bytes = b"") -> bytes:
    """An inner page of a table's tree with 300 cells, all of which lead to `child`."""
    start = PAGE - 300 * 5
    cells = (struct.pack(">I", child) + b"\1") * 300
    pointers = b"".join(struct.pack(">H", start + 5 * number) for number in range(300))
    return (header + struct.pack(">BHHHBI", 5, 0, 300, start, 0, child) + pointers).ljust(start, b"\0") + cells


@pytest.mark.usefixtures("temporary")
def test_a_schema_of_a_hundred_billion_rows_on_five_pages_ends_soon() -> None:
    views = (f"CREATE VIEW IF NOT EXISTS v{number} AS SELECT 1" for number in range(20))
    database = with_schema(*(("view", f"v{number}", "v", 0, sql) for number, sql in enumerate(views)))
    cells, start = struct.unpack(">HH", database[103:107])
    leaf = (database[100 : 108 + 2 * cells]).ljust(start, b"\0") + database[start:PAGE]
    header = database[:28] + struct.pack(">I", 5) + database[32:100]
    began = time.monotonic()
    pages = [page_of_pointers(2, header), *(page_of_pointers(child) for child in (3, 4, 5)), leaf]
    assert names(b"".join(pages)) is None
    assert time.monotonic() - began < 5


def test_the_copy_is_private(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    connect = sqlite3.connect

    def looking(database: str, *, uri: bool) -> sqlite3.Connection:
        seen.extend(path.stat().st_mode & 0o777 for path in sorted(temporary.rglob("*")))
        return connect(database, uri=uri)

    monkeypatch.setattr(sqlite3, "connect", looking)
    assert names(SMALL) == ("sessions", "users")
    assert seen == [0o700, 0o600]
