"""The questions that a history index answers, in SQL; each reads its whole answer at once."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from hygiene.adapters.history_database import Database
from hygiene.adapters.history_recording import decode, encode
from hygiene.model.history import CommitId, Life, Month, Removal, Rewritten, Totals, Version
from hygiene.model.inventory import Mode
from hygiene.model.paths import BlobId, RepoPath
from hygiene.ports import Look, MediaType

_GITLINK = int(Mode.GITLINK, 8)

_EARLIEST_MONTH, _LATEST_MONTH = -62_167_219_200, 253_402_300_799
"""The seconds from the year 0 to 9999, in which SQLite knows months; what is beyond them counts to the nearest."""

_ASKED_PATHS = "path IN (SELECT p.id FROM asked a JOIN path p ON p.name = a.name)"
_ASKED_BLOBS = "blob IN (SELECT id FROM blob WHERE name IN (SELECT name FROM asked))"
_LARGE_BLOBS = "blob IN (SELECT id FROM blob WHERE size > ?)"

# CROSS JOIN keeps SQLite from another order: the first table has few rows, and those of the others are found by number.
_WITH_NAMES = """
SELECT p.name, v.mode, b.name, b.size, k.id, k.time
FROM versions v CROSS JOIN path p ON p.id = v.path CROSS JOIN blob b ON b.id = v.blob
    CROSS JOIN commits k ON k.rank = v.rank
"""

_VERSIONS = """
WITH versions AS (
    SELECT path, mode, blob, min(rank) AS rank FROM told WHERE {which} AND mode <> 0 GROUP BY path, mode, blob)
{with_names} ORDER BY p.name, v.rank
"""

_LATEST = f"""
WITH latest AS (
    SELECT p.id AS path,
        (SELECT rank FROM told t WHERE t.path = p.id AND mode <> 0
         ORDER BY mode IN ({int(Mode.SYMLINK, 8)}, {_GITLINK}), rank DESC LIMIT 1) AS rank
    FROM path p),
versions AS (
    SELECT c.path, c.mode, c.blob,
        (SELECT rank FROM told t WHERE t.path = c.path AND t.blob = c.blob AND t.mode = c.mode
         ORDER BY rank LIMIT 1) AS rank
    FROM latest l CROSS JOIN change c ON c.path = l.path AND c.rank = l.rank)
{_WITH_NAMES} ORDER BY p.name
"""  # noqa: S608 - constants of ours

_LARGEST = f"""
WITH large AS (
    SELECT size FROM blob WHERE size IS NOT NULL AND id IN (SELECT blob FROM told) ORDER BY size DESC LIMIT ?),
sized AS (
    SELECT t.path, t.rank, t.mode, t.blob, row_number() OVER (PARTITION BY t.blob ORDER BY t.rank, p.name) AS place
    FROM told t JOIN path p ON p.id = t.path
    WHERE t.blob IN (SELECT id FROM blob WHERE size >= (SELECT min(size) FROM large))),
versions AS (SELECT path, rank, mode, blob FROM sized WHERE place = 1)
{_WITH_NAMES} ORDER BY b.size DESC, v.rank, p.name LIMIT ?
"""  # noqa: S608 - constants of ours

_REMOVALS = f"""
SELECT p.name, k.id, r.last = r.rank
FROM (SELECT path, max(rank) FILTER (WHERE mode = 0) AS rank, max(rank) AS last
      FROM told WHERE {_ASKED_PATHS} GROUP BY path) r
    CROSS JOIN path p ON p.id = r.path CROSS JOIN commits k ON k.rank = r.rank
"""  # noqa: S608 - constants of ours

_LIVES = f"""
SELECT p.name, r.rank, r.mode FROM (SELECT path, rank, mode FROM told WHERE {_ASKED_PATHS}) r
    CROSS JOIN path p ON p.id = r.path ORDER BY p.name, r.rank
"""  # noqa: S608 - constants of ours

_REWRITES = f"""
SELECT p.name, r.times
FROM (SELECT path, count(*) AS times FROM told WHERE {_ASKED_PATHS} AND mode <> 0 GROUP BY path) r
    CROSS JOIN path p ON p.id = r.path
"""  # noqa: S608 - constants of ours

_GIVERS = f"SELECT id FROM commits WHERE rank IN (SELECT rank FROM told WHERE {_ASKED_PATHS} AND mode <> 0)"  # noqa: S608

_MOST_REWRITTEN = """
SELECT p.name, r.times
FROM (SELECT path, count(*) AS times FROM told WHERE mode <> 0 GROUP BY path) r CROSS JOIN path p ON p.id = r.path
ORDER BY r.times DESC, p.name LIMIT ?
"""

_MONTHS = """
SELECT strftime('%Y-%m', max(?, min(k.time, ?)), 'unixepoch') AS month, count(*), coalesce(sum(b.size), 0)
FROM (SELECT blob, min(rank) AS rank FROM told WHERE mode NOT IN (0, ?) GROUP BY blob) f
    CROSS JOIN commits k ON k.rank = f.rank CROSS JOIN blob b ON b.id = f.blob
GROUP BY month ORDER BY month
"""

_TOTALS = """
SELECT
    (SELECT count(*) FROM commits
     WHERE rank NOT IN (SELECT rank FROM passing) AND rank NOT IN (SELECT rank FROM left_out)),
    (SELECT count(*) FROM path p WHERE EXISTS (SELECT 1 FROM told t WHERE t.path = p.id AND mode <> 0)),
    (SELECT coalesce(sum(versions), 0) FROM (
        SELECT count(DISTINCT (blob << 20) | mode) AS versions FROM told WHERE mode <> 0 GROUP BY path)),
    count(*), coalesce(sum(size), 0)
FROM blob WHERE id IN (SELECT blob FROM told WHERE mode NOT IN (0, ?))
"""

_UNSIZED = """
SELECT b.name FROM path p CROSS JOIN told t ON t.path = p.id CROSS JOIN blob b ON b.id = t.blob
WHERE t.blob IN (SELECT id FROM blob WHERE size IS NULL) AND t.mode NOT IN (0, ?) ORDER BY p.name, t.rank DESC
"""

_IS_ANY_UNSIZED = "SELECT EXISTS (SELECT 1 FROM blob WHERE size IS NULL)"

_LOOKS = """
SELECT l.blob, media_type, tier, is_text, generated, minified FROM asked a CROSS JOIN look l ON l.blob = a.name
"""


def latest(database: Database) -> Iterator[Version]:
    """As `HistoryIndex.latest` promises."""
    return _versions(database.rows(_LATEST))


def versions_of(database: Database, paths: Collection[RepoPath]) -> Iterator[Version]:
    """As `HistoryIndex.versions_of` promises."""
    database.ask_about(map(encode, paths))
    return _versions(database.rows(_which(_ASKED_PATHS)))


def holding(database: Database, blobs: Collection[BlobId]) -> Iterator[Version]:
    """As `HistoryIndex.holding` promises, by path and from first to last."""
    database.ask_about(map(bytearray.fromhex, blobs))
    return _versions(database.rows(_which(_ASKED_BLOBS)))


def larger_than(database: Database, size: int) -> Iterator[Version]:
    """As `HistoryIndex.larger_than` promises, by path and from first to last."""
    return _versions(database.rows(_which(_LARGE_BLOBS), size))


def largest(database: Database, count: int) -> list[Version]:
    """As `HistoryIndex.largest` promises; equally large ones from first to last."""
    return list(_versions(database.rows(_LARGEST, count, count)))


def removals(database: Database, paths: Collection[RepoPath]) -> dict[RepoPath, Removal]:
    """As `HistoryIndex.removals` promises."""
    database.ask_about(map(encode, paths))
    rows = database.rows(_REMOVALS)
    return {_path(name): Removal(CommitId(commit.hex()), bool(is_final)) for name, commit, is_final in rows}


def lives(database: Database, paths: Collection[RepoPath]) -> dict[RepoPath, list[Life]]:
    """As `HistoryIndex.lives` promises."""
    database.ask_about(map(encode, paths))
    found: dict[RepoPath, list[Life]] = {}
    for name, rank, mode in database.rows(_LIVES):
        times = found.setdefault(_path(name), [])
        is_there = bool(times) and times[-1].end is None
        if mode and not is_there:
            times.append(Life(rank, None))
        elif not mode and is_there:
            times[-1] = times[-1]._replace(end=rank)
    return found


def rewrites(database: Database, paths: Collection[RepoPath]) -> dict[RepoPath, int]:
    """As `HistoryIndex.rewrites` promises; without the paths that no commit gave a content."""
    database.ask_about(map(encode, paths))
    return {_path(name): times for name, times in database.rows(_REWRITES)}


def givers(database: Database, paths: Collection[RepoPath]) -> frozenset[CommitId]:
    """As `HistoryIndex.givers` promises."""
    database.ask_about(map(encode, paths))
    return frozenset(CommitId(commit.hex()) for (commit,) in database.rows(_GIVERS))


def most_rewritten(database: Database, count: int) -> list[Rewritten]:
    """As `HistoryIndex.most_rewritten` promises."""
    return [Rewritten(_path(name), times) for name, times in database.rows(_MOST_REWRITTEN, count)]


def months(database: Database) -> list[Month]:
    """As `HistoryIndex.months` promises."""
    return [Month(*row) for row in database.rows(_MONTHS, _EARLIEST_MONTH, _LATEST_MONTH, _GITLINK)]


def totals(database: Database) -> Totals:
    """As `HistoryIndex.totals` promises; submodules' commits count as versions, and are no blobs."""
    kept = [] if _hides_some(database) else database.rows("SELECT value FROM meta WHERE key = 'totals'")
    return Totals(*map(int, kept[0][0].split())) if kept else Totals(*database.rows(_TOTALS, _GITLINK)[0])


def keep_totals(database: Database, counted: Totals) -> None:
    """Keeps totals, which take long to count, unless they are of this run only."""
    if not _hides_some(database):
        database.run("INSERT OR REPLACE INTO meta VALUES ('totals', ?)", " ".join(map(str, counted)))


def unsized(database: Database) -> list[BlobId]:
    """As `HistoryIndex.unsized` promises."""
    if not database.value(_IS_ANY_UNSIZED):
        return []
    return [BlobId(name.hex()) for name in dict.fromkeys(name for (name,) in database.rows(_UNSIZED, _GITLINK))]


def looks(database: Database, blobs: Collection[BlobId]) -> dict[BlobId, Look]:
    """As `HistoryIndex.looks` promises."""
    database.ask_about(map(bytearray.fromhex, blobs))
    return {BlobId(row[0].hex()): _look(*row[1:]) for row in database.rows(_LOOKS)}


def silent(database: Database, subject: str, blobs: Collection[BlobId]) -> frozenset[BlobId]:
    """As `Silences.silent_about` promises."""
    if database.rows("SELECT value FROM meta WHERE key = 'silent'") != [(subject,)]:
        return frozenset()
    kept = frozenset(BlobId(name.hex()) for (name,) in database.rows("SELECT blob FROM silent"))
    return kept.intersection(blobs)


def look_row(blob: BlobId, look: Look) -> tuple[object, ...]:
    """A look as the database has it."""
    told: tuple[object, ...] = look.media_type or (None, None, None)
    return (bytearray.fromhex(blob), *told, look.generated, look.minified)


def _hides_some(database: Database) -> bool:
    return bool(database.value("SELECT EXISTS (SELECT 1 FROM left_out) OR EXISTS (SELECT 1 FROM passing)"))


def _look(name: str | None, tier: str, is_text: int, generated: int | None, minified: int) -> Look:
    media_type = None if name is None else MediaType(name, tier, bool(is_text))
    return Look(media_type, generated, bool(minified))


def _which(condition: str) -> str:
    return _VERSIONS.format(which=condition, with_names=_WITH_NAMES)


def _path(name: bytes) -> RepoPath:
    return RepoPath(decode(name))


def _versions(rows: Iterable[Any]) -> Iterator[Version]:
    modes = _ModeNames()
    for name, mode, blob, size, commit, time in rows:
        yield Version(_path(name), modes[mode], BlobId(blob.hex()), size, CommitId(commit.hex()), time)


class _ModeNames(dict[int, str]):
    """Modes as Git prints them, each put into words once."""

    def __missing__(self, mode: int) -> str:
        self[mode] = name = f"{mode:06o}"
        return name
