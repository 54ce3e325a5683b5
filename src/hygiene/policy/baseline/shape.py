"""The shape of a baseline file, `hygiene.baseline/1`, that entries are checked by and its JSON Schema is made from."""

import json
from typing import Annotated, Final, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from hygiene.model.rule import Category

SCHEMA: Final = "hygiene.baseline/1"


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One finding that was accepted. Rule, path and blob together are there only once."""

    path: Annotated[str, Meta(min_length=1, description="From the repository's root, `/` between its parts.")]
    rule: Annotated[str, Meta(pattern="^[a-z][a-z0-9]*(-[a-z0-9]+)*$", description="The rule's id.")]
    blob: Annotated[str, Meta(pattern="^([0-9a-f]{40}|[0-9a-f]{64})$", description="The id of the file's content.")]
    category: Category
    size: Annotated[
        Annotated[int, Meta(ge=0, le=2**63 - 1)] | None, Meta(description="Bytes; null where it was not known.")
    ]
    check: Annotated[
        str, Meta(pattern="^[0-9a-f]{16}$", description="Over all the rest of the entry: shows that it was changed.")
    ]
    path_b64: Annotated[str | UnsetType, Meta(description="The path's bytes in base64, where they are not UTF-8.")] = (
        UNSET
    )


class File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The findings that were accepted on a day: written by `hygiene audit --write-baseline`."""

    schema: Literal["hygiene.baseline/1"]
    entries: Annotated[tuple[Entry, ...], Meta(description="By path, rule and blob; one a line.")]


class Frame(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file whose entries have not been looked at: each is checked by itself, so that all problems are told."""

    schema: str
    entries: tuple[object, ...]


def baseline_schema() -> str:
    """The JSON Schema (draft 2020-12) of a baseline file, as it is committed in `schemas/`."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": SCHEMA}
    return json.dumps(schema | msgspec.json.schema(File), indent=2) + "\n"
