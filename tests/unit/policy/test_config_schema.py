"""The JSON Schema of the configuration: current, and of one mind with the reader."""

import json
import tomllib
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import hygiene.policy
from hygiene.policy.configuration.shape import config_schema
from tests.fakes.policy_texts import BASE, OVER, WHOLE
from tests.fakes.toml_documents import as_json

COMMITTED = Path(hygiene.policy.__file__).parent / "schemas" / "config-1.schema.json"
VALIDATOR = Draft202012Validator(json.loads(config_schema()))


def meets(text: str) -> bool:
    return not list(VALIDATOR.iter_errors(as_json(tomllib.loads(text))))


def test_the_committed_schema_is_current() -> None:
    assert COMMITTED.read_text(encoding="utf-8") == config_schema()


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(json.loads(config_schema()))


@pytest.mark.parametrize("text", ["", WHOLE, BASE, OVER])
def test_it_takes_what_the_reader_takes(text: str) -> None:
    assert meets(text)


@pytest.mark.parametrize(
    "text",
    [
        "colour = 1",
        "[gate]\nfail_on = 'never'",
        "[gate.by_category]\nmedai = 'never'",
        "[size]\nmax = 0",
        "[size]\nmax = '5 XB'",
        "[size]\nmax = true",
        "[overrides.log-file]\nlevel = 1",
        "[[waivers]]\nrule = 'log-file'\npath = 'a'",
        "[[waivers]]\nrule = 'log-file'\npath = 'a'\nreason = 'b'\nblob = '0'",
        "fixtures = ['']",
        "[package]\ninclude = ['']",
        "[package]\nname = 'a/b'",
        "[package]\nsymlinks = 'follow'",
        "[package]\nmax_size = 0",
        "[package.targets.'.x']\ninclude = ['a']",
        "[package.targets.x]\ntargets = {}",
    ],
)
def test_it_refuses_what_the_reader_refuses(text: str) -> None:
    assert not meets(text)


def test_every_table_is_closed_and_every_key_is_explained() -> None:
    for name, part in json.loads(config_schema())["$defs"].items():
        if part.get("type") == "object":
            assert part["additionalProperties"] is False, name
            assert part["description"]
            assert [
                key for key, shape in part["properties"].items() if not ({"description", "$ref"} & shape.keys())
            ] in (
                [],
                ["waivers"],
            )
