"""Settings for people, as a configuration file that means the same."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import TypeGuard

import msgspec

from hygiene.policy.configuration.settings import Settings
from hygiene.policy.configuration.settings_table import table_of
from hygiene.policy.problem import dotted
from hygiene.policy.toml.lines import KeyPath
from hygiene.policy.toml.toml_string import toml_string
from hygiene.report.quoting import plain

Note = Callable[[KeyPath], str]
"""From a key to what is written behind it."""

DEFAULT = "default"
"""What stands for the place of a value that nobody has set."""


def settings_toml(settings: Settings) -> str:
    """TOML that is a whole configuration; no byte of it is one that a terminal obeys."""
    return _text(settings, lambda _: "")


def settings_toml_with_origins(settings: Settings) -> str:
    """The same, with the file and line that set each value, or `default`, behind it."""
    return _text(settings, lambda path: f"  # {origin_of(settings, path)}")


def origin_of(settings: Settings, path: KeyPath) -> str:
    """Where a key of `table_of(settings)` was set, for people."""
    origin = settings.origins.get(dotted(path))
    return DEFAULT if origin is None else plain(str(origin))


def _text(settings: Settings, note: Note) -> str:
    files = ", ".join(plain(str(file)) for file in settings.files) or "no file: these are the defaults"
    told = msgspec.to_builtins(table_of(settings), builtin_types=(date,))
    told.pop("extend")  # what was extended is in here
    return "".join(f"{line}\n" for line in [f"# read from {files}", *_table((), told, note)])


def _table(path: KeyPath, table: Mapping[str, object], note: Note) -> Iterator[str]:
    """The lines of one table: its own values first, as all that follows a header belongs to it."""
    inner = {key: value for key, value in table.items() if isinstance(value, Mapping) or _is_tables(value)}
    for key, value in table.items():
        if key not in inner:
            yield from _value((*path, key), value, note)
    if path == ("gate",) and "baseline" not in table:
        yield f"# baseline is not set{note((*path, 'baseline'))}"
    for key, value in inner.items():
        if isinstance(value, Mapping):
            yield from _headed((*path, key), value, note)
        elif _is_tables(value):
            yield from _tables((*path, key), value, note)


def _headed(path: KeyPath, table: Mapping[str, object], note: Note) -> Iterator[str]:
    if any(not isinstance(value, Mapping) for value in table.values()):
        yield from ("", f"[{_key(path)}]")
    yield from _table(path, table, note)


def _tables(path: KeyPath, tables: Sequence[Mapping[str, object]], note: Note) -> Iterator[str]:
    for number, table in enumerate(tables):
        yield from ("", f"[[{_key(path)}]]{note((*path, number))}")
        yield from (f"{_word(key)} = {_scalar(value)}" for key, value in table.items())


def _value(path: KeyPath, value: object, note: Note) -> Iterator[str]:
    key = _word(str(path[-1]))
    if isinstance(value, tuple) and value:
        yield f"{key} = ["
        yield from (f"  {_scalar(each)},{note((*path, number))}" for number, each in enumerate(value))
        yield "]"
    else:
        yield f"{key} = {_scalar(value)}{note(path)}"


def _is_tables(value: object) -> TypeGuard[Sequence[Mapping[str, object]]]:
    return isinstance(value, tuple) and bool(value) and isinstance(value[0], Mapping)


def _scalar(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case date():
            return value.isoformat()
        case str():
            return toml_string(value)
    return "[]"


def _key(path: KeyPath) -> str:
    return ".".join(_word(str(part)) for part in path)


def _word(word: str) -> str:
    return word if dotted((word,)) == word else toml_string(word)
