"""The JSON Schema of a configuration file, made of the types that it is read into."""

import json

import msgspec

from hygiene.policy.configuration.shape import ConfigTable

TITLE = "hygiene.config/1"


def config_schema() -> str:
    """The schema (draft 2020-12), as it is committed in `schemas/`.

    It sees one file: what several say together, and whether a rule exists, is checked when they are read.
    """
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": TITLE}
    return json.dumps(head | msgspec.json.schema(ConfigTable), indent=2) + "\n"
