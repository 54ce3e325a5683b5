"""Settings for programs: `hygiene.settings/1`, as ASCII."""

from collections.abc import Iterator, Mapping

import msgspec

from hygiene.model.permit import Origin
from hygiene.policy.configuration.settings import Settings
from hygiene.policy.configuration.settings_table import table_of
from hygiene.policy.problem import dotted
from hygiene.policy.toml.lines import KeyPath
from hygiene.report.ascii_json import encoded
from hygiene.report.quoting import json_text

SCHEMA = "hygiene.settings/1"


def settings_json(settings: Settings) -> str:
    """`files` that were read, and `settings` in the shape of a configuration file, two spaces a level."""
    return encoded(_readable(_head(settings)))


def settings_json_with_origins(settings: Settings) -> str:
    """The same with `origins`: each dotted key to the place that set it, or null where it has its default."""
    head = _head(settings)
    origins = {dotted(path): _place(settings.origins.get(dotted(path))) for path in _keys((), head["settings"])}
    return encoded(_readable(head | {"origins": origins}))


def _head(settings: Settings) -> dict[str, object]:
    told = msgspec.to_builtins(table_of(settings))
    told.pop("extend")  # what was extended is in here
    return {"schema": SCHEMA, "files": list(map(str, settings.files)), "settings": told}


def _keys(path: KeyPath, value: object) -> Iterator[KeyPath]:
    """The keys that have a place of their own; of an array of tables those are its elements."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _keys((*path, key), inner)
    elif isinstance(value, tuple) and value:
        yield from ((*path, number) for number in range(len(value)))
    else:
        yield path


def _place(origin: Origin | None) -> object:
    if origin is None:
        return None
    place: dict[str, object] = {"file": origin.file, "line": origin.line}
    return place | ({"revision": origin.revision} if origin.revision else {})


def _readable(value: object) -> object:
    """The value with every text in it as JSON can hold it."""
    match value:
        case str():
            return json_text(value)
        case Mapping():
            return {json_text(str(key)): _readable(inner) for key, inner in value.items()}
        case tuple() | list():
            return [_readable(each) for each in value]
    return value
