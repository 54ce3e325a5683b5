"""The file of a baseline: read within limits and checked, and written so that Git merges it well.

Each entry stands on a line of its own, in one order, and carries a digest over what it says. So a merge that goes wrong
and an entry that was edited by hand are found. That is evidence, not proof: whoever computes the digest anew can write
any entry, and a line that is taken out leaves no trace (it only accepts less). A baseline is reviewed like source.
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import NoReturn

import msgspec
from msgspec import UNSET

from hygiene.errors import BrokenBaseline
from hygiene.model.json_path import json_path, path_from_json
from hygiene.model.paths import BlobId
from hygiene.model.permit import Accepted
from hygiene.model.rule import RuleId
from hygiene.policy.baseline.shape import SCHEMA, Entry, Frame
from hygiene.policy.problem import Problem, cut
from hygiene.policy.shape import problems_of, read_shape

MAX_BYTES = 32 * 1024 * 1024
"""Room for 100,000 entries; the parser holds a whole file in memory."""

_MOST_PROBLEMS = 50
"""Told of one file; whoever has more of them needs another file, not a longer list."""

_OURS = re.compile(r"hygiene\.baseline/(\d{1,9})")


def read_baseline(data: bytes, origin: str) -> tuple[Accepted, ...]:
    """The entries, in the file's order. `data` is the file, or as much of it as shows that it is too large.

    Line endings, a byte order mark, and the layout of the JSON do not matter.

    Raises:
        BrokenBaseline: with every problem of the file, which it calls `origin`.
    """
    try:
        return _checked(_entries(_parsed(data)))
    except _Unusable as unusable:
        raise BrokenBaseline(origin, _first(unusable.problems)) from None


def write_baseline(entries: Iterable[Accepted]) -> bytes:
    """The file that holds these entries, in ASCII: the same bytes for the same entries in any order."""
    by_key = {entry.key: entry for entry in entries}
    lines = [_line(by_key[key]) for key in sorted(by_key, key=lambda key: (key[1], key[0], key[2]))]
    body = ",\n".join(lines) + "\n" if lines else ""
    return f'{{\n"schema": "{SCHEMA}",\n"entries": [\n{body}]\n}}\n'.encode("ascii")


class _Unusable(Exception):
    """Nothing of the file can be used, for these reasons."""

    def __init__(self, *problems: str) -> None:
        super().__init__(*problems)
        self.problems = problems


def _line(entry: Accepted) -> str:
    path = json_path(entry.path)
    said: dict[str, str | int | None] = {"path": path.text}
    if path.b64 is not None:
        said["path_b64"] = path.b64
    said |= {"rule": entry.rule, "blob": entry.blob, "category": entry.category.value, "size": entry.size}
    return json.dumps(said | {"check": _check(entry)}, ensure_ascii=True)


def _check(entry: Accepted) -> str:
    """16 hex digits over all that the entry says; no part but the path, the last one, can hold any sign."""
    said = f"{SCHEMA}\0{entry.rule}\0{entry.blob}\0{entry.category}\0{entry.size}\0{entry.path}"
    return hashlib.sha256(said.encode("utf-8", "surrogateescape")).hexdigest()[:16]


def _parsed(data: bytes) -> object:
    if len(data) > MAX_BYTES:
        raise _Unusable(f"is too large: at most {MAX_BYTES // 1024**2} MiB are read")
    repeated: set[str] = set()
    table = partial(_table, repeated)
    try:
        parsed: object = json.loads(data.decode("utf-8-sig"), object_pairs_hook=table, parse_constant=_refuse)
    except UnicodeDecodeError as error:
        raise _Unusable(f"is not UTF-8 at byte {error.start}") from None
    except json.JSONDecodeError as error:
        raise _Unusable(f"line {error.lineno}: is not JSON: {error.msg} (column {error.colno})") from None
    except RecursionError:
        raise _Unusable("is nested too deeply") from None
    except ValueError:  # Python refuses to read an integer of thousands of digits
        raise _Unusable("holds a number that is too large") from None
    if repeated:
        raise _Unusable(*(f"the key {cut(key)!r} is there twice in one table" for key in sorted(repeated)))
    return parsed


def _table(repeated: set[str], pairs: Sequence[tuple[str, object]]) -> Mapping[str, object]:
    """One table of the file. JSON lets a key stand twice, and readers differ in which of the two they take."""
    table = dict(pairs)
    if len(table) < len(pairs):
        repeated.update(key for key, count in Counter(key for key, _ in pairs).items() if count > 1)
    return table


def _refuse(constant: str) -> NoReturn:
    raise _Unusable(f"is not JSON: {constant} is no number")


def _entries(parsed: object) -> Sequence[object]:
    """What stands under `entries`, once the rest of the file is what it should be."""
    if not isinstance(parsed, dict) or not isinstance(parsed.get("schema"), str):
        raise _Unusable(f'is no baseline: a table with "schema": "{SCHEMA}" is meant')
    _require_ours(parsed["schema"])
    frame = read_shape(parsed, Frame)
    if isinstance(frame, tuple):
        raise _Unusable(*map(_told, frame))
    return frame.entries


def _require_ours(schema: str) -> None:
    found = _OURS.fullmatch(schema)
    if found is None:
        raise _Unusable(f"is no baseline: its schema is {cut(schema)!r}, and {SCHEMA!r} is meant")
    if schema != SCHEMA:
        newer = int(found[1]) > int(SCHEMA.rpartition("/")[2])
        by = "a newer hygiene wrote it; upgrade this one" if newer else "it was never in use"
        raise _Unusable(f"its schema is {schema!r}, and this hygiene reads {SCHEMA!r}: {by}")


def _checked(entries: Iterable[object]) -> tuple[Accepted, ...]:
    accepted: list[Accepted] = []
    problems: list[str] = []
    for place, said in enumerate(entries):
        each = _accepted(place, said)
        if isinstance(each, Accepted):
            accepted.append(each)
        else:
            problems.append(each)
        if len(problems) > _MOST_PROBLEMS:
            break
    problems += _repeated(accepted)
    if problems:
        raise _Unusable(*problems)
    return tuple(accepted)


def _accepted(place: int, said: object) -> Accepted | str:
    """The entry, or what is wrong with it."""
    try:
        entry = msgspec.convert(said, Entry)
        path = path_from_json(entry.path, None if entry.path_b64 is UNSET else entry.path_b64)
    except msgspec.ValidationError:
        return f"{_named(place, said)}: {_told(next(problems_of(said, Entry)))}"
    except ValueError as error:
        return f"{_named(place, said)}: {error}"
    accepted = Accepted(RuleId(entry.rule), path, BlobId(entry.blob), entry.category, entry.size)
    if entry.check != _check(accepted):
        return f"{_named(place, said)}: it was changed after it was written: its check does not fit"
    return accepted


def _repeated(entries: Iterable[Accepted]) -> Iterator[str]:
    for (rule, path, blob), count in Counter(entry.key for entry in entries).items():
        if count > 1:
            yield f"{cut(path)}: {count} entries for {rule} and blob {blob[:12]}"


def _named(place: int, said: object) -> str:
    path = said.get("path") if isinstance(said, dict) else None
    return f"entries[{place}] ({cut(path)})" if isinstance(path, str) else f"entries[{place}]"


def _told(problem: Problem) -> str:
    return f"{problem.key}: {problem.wrong}" if problem.path else problem.wrong


def _first(problems: Sequence[str]) -> Sequence[str]:
    is_cut = len(problems) > _MOST_PROBLEMS
    return [*problems[:_MOST_PROBLEMS], "and more like these"] if is_cut else problems
