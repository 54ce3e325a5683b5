"""Whether a parsed table has the shape that a type states, and if not, everything that keeps it from having it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from typing import Annotated, Literal, TypeVar, get_args, get_origin

import msgspec

from hygiene.policy.nearest import key_suggestion, suggestion
from hygiene.policy.problem import Problem, cut
from hygiene.policy.toml.lines import KeyPath

Struct = TypeVar("Struct", bound=msgspec.Struct)

Text = Annotated[str, msgspec.Meta(min_length=1)]
Texts = tuple[Text, ...]

_PARSERS_WORDS = re.compile("`([^`]*)`")
_TOML_WORDS = {"str": "string", "int": "integer", "bool": "boolean", "object": "table", "datetime": "date-time"}


def read_shape(table: object, shape: type[Struct]) -> Struct | tuple[Problem, ...]:
    """The table as the type states it, or every problem that keeps it from being that."""
    try:
        return msgspec.convert(table, shape)
    except msgspec.ValidationError:
        return tuple(_problems_at((), table, shape))


def problems_of(table: object, shape: type[msgspec.Struct]) -> Iterator[Problem]:
    """Everything that keeps the table from being what the type states; found out one by one."""
    try:
        msgspec.convert(table, shape)
    except msgspec.ValidationError:
        yield from _problems_at((), table, shape)


def _problems_at(path: KeyPath, value: object, expected: object) -> Iterator[Problem]:
    """What is wrong with one value; where it holds others, with each of them."""
    kind = _inner(expected)
    if isinstance(value, Mapping) and isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        yield from _in_struct(path, value, kind)
    elif isinstance(value, Mapping) and get_origin(kind) is dict:
        yield from _in_map(path, value, kind)
    elif isinstance(value, list) and get_origin(kind) is tuple:
        for number, element in enumerate(value):
            yield from _problems_at((*path, number), element, get_args(kind)[0])
    else:
        yield from _in_value(path, value, expected)


def _in_struct(path: KeyPath, table: Mapping[str, object], shape: type[msgspec.Struct]) -> Iterator[Problem]:
    fields = {field.encode_name: field for field in msgspec.structs.fields(shape)}
    known = f"the keys here are {', '.join(fields)}"
    for key in table:
        if key not in fields:
            yield Problem((*path, key), "unknown key", key_suggestion(key, _keys_below(fields), known))
    for key, field in fields.items():
        if key in table:
            yield from _problems_at((*path, key), table[key], field.type)
        elif field.required:
            yield Problem((*path, key), "missing", _expectation(field.type))


def _keys_below(fields: Mapping[str, msgspec.structs.FieldInfo]) -> dict[str, Sequence[str]]:
    """The keys of a table, each with those of the table that it is; none where it is something else."""
    kinds = {name: _inner(field.type) for name, field in fields.items()}
    return {name: _keys_of(kind) for name, kind in kinds.items()}


def _keys_of(kind: object) -> Sequence[str]:
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return tuple(field.encode_name for field in msgspec.structs.fields(kind))
    return ()


def _in_map(path: KeyPath, table: Mapping[str, object], shape: object) -> Iterator[Problem]:
    key_type, value_type = get_args(shape)
    words = _choices(key_type)
    for key, value in table.items():
        if words and key not in words:
            yield Problem((*path, key), "unknown key", suggestion(key, words, _expectation(key_type)))
        elif not key:
            yield Problem((*path, key), "the key is empty", "a key that says something")
        yield from _problems_at((*path, key), value, value_type)


def _in_value(path: KeyPath, value: object, expected: object) -> Iterator[Problem]:
    try:
        msgspec.convert(value, expected)
    except msgspec.ValidationError as error:
        words = _choices(expected)
        if words and isinstance(value, str):
            yield Problem(path, f"{cut(value)!r} is not a choice", suggestion(value, words, _expectation(expected)))
        else:
            yield Problem(path, _said(error, value), _expectation(expected))


def _inner(expected: object) -> object:
    """The type that a value must have, without what it may be instead when it is left out, and without remarks."""
    if get_origin(expected) is Annotated:
        return _inner(get_args(expected)[0])
    kinds = [kind for kind in get_args(expected) if kind not in (type(None), msgspec.UnsetType)]
    is_optional = len(kinds) < len(get_args(expected))
    return _inner(kinds[0]) if is_optional and len(kinds) == 1 else expected


def _choices(expected: object) -> tuple[str, ...]:
    kind = _inner(expected)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return tuple(str(member.value) for member in kind)
    return tuple(str(arg) for arg in get_args(kind)) if get_origin(kind) is Literal else ()


def _expectation(expected: object) -> str:
    said = _remark(expected)
    if said:
        return said
    kind = _inner(expected)
    words = _choices(kind)
    if words:
        return f"one of {', '.join(words)}"
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return f"a table with {', '.join(field.encode_name for field in msgspec.structs.fields(kind))}"
    if get_origin(kind) is dict:
        return "a table"
    if get_origin(kind) is tuple:
        return "an array of tables" if kind != Texts else "an array of texts that are not empty"
    return "true or false" if kind is bool else "a text that is not empty"


def _remark(expected: object) -> str:
    """What the type itself says is meant, where it says so."""
    for remark in getattr(expected, "__metadata__", ()):
        if isinstance(remark, msgspec.Meta) and remark.extra:
            return str(remark.extra.get("meant", ""))
    return next(filter(None, map(_remark, get_args(expected))), "")


def _said(error: msgspec.ValidationError, value: object) -> str:
    said = str(error)
    if value == "":
        return "is empty"
    if "matching regex" in said or "RFC3339" in said:
        return f"cannot be {cut(str(value))!r}"
    said = _PARSERS_WORDS.sub(lambda found: _in_words_of_toml(found[1]), said)
    return said[:1].lower() + said[1:]


def _in_words_of_toml(types: str) -> str:
    return " or ".join(_TOML_WORDS.get(word, word) for word in types.split(" | "))
