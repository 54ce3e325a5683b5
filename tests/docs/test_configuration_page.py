"""Every configuration that the documentation shows is one, and the page tells every key."""

import json
import re
import tomllib
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from hygiene.errors import BrokenConfiguration
from hygiene.policy.configuration.loading import load_settings
from hygiene.policy.configuration.settings import Settings
from hygiene.policy.configuration.shape import config_schema
from hygiene.policy.rules.catalogue import load_catalogue
from tests.fakes.policy_files import FakePolicyFiles
from tests.fakes.policy_texts import SOUND
from tests.fakes.toml_documents import as_json

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "configuration.md"
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BESIDE = {
    "config/base.toml": "",
    "config/hygiene-rules/simulation-dump.toml": SOUND.replace("team-export", "simulation-dump"),
}


def examples() -> list[tuple[str, str]]:
    """Every TOML block of a page that is no rule file, with the name that such a file has."""
    blocks = [block for page in PAGES for block in re.findall(r"```toml\n(.*?)```", page.read_text("utf-8"), re.DOTALL)]
    return [
        ("pyproject.toml" if "[tool.hygiene" in block or "[[tool.hygiene" in block else "hygiene.toml", block)
        for block in blocks
        if "summary" not in tomllib.loads(block)
    ]


def load(name: str, text: str) -> Settings:
    return load_settings(FakePolicyFiles.holding({name: text, **BESIDE}), None, load_catalogue())


def test_there_are_examples() -> None:
    assert len(examples()) >= 8


@pytest.mark.parametrize(("name", "text"), examples())
def test_an_example_is_read_and_sets_something(name: str, text: str) -> None:
    assert load(name, text).origins


@pytest.mark.parametrize(("name", "text"), examples())
def test_an_example_meets_the_schema(name: str, text: str) -> None:
    own = tomllib.loads(text)["tool"]["hygiene"] if name == "pyproject.toml" else tomllib.loads(text)
    Draft202012Validator(json.loads(config_schema())).validate(as_json(own))


def test_the_page_names_every_key() -> None:
    parts = json.loads(config_schema())["$defs"]
    page = PAGE.read_text("utf-8")
    keys = [key for part in parts.values() for key in part.get("properties", {})]
    assert [key for key in keys if not re.search(rf"\b{key}\b", page)] == []


def test_the_first_example_has_every_key() -> None:
    whole = next(text for _, text in examples() if "[overrides." in text and "extend" in text)
    parts = json.loads(config_schema())["$defs"]
    keys = {key for part in parts.values() for key in part.get("properties", {})}
    assert [key for key in sorted(keys) if key not in whole] == []


def test_the_mistakes_that_are_shown_are_told_so() -> None:
    page = PAGE.read_text("utf-8")
    own = 'extend = ["config/base.toml"]\n\n\n\n\n[gate]\nfail_on = "certian"\n'
    files = FakePolicyFiles.holding(
        {"hygiene.toml": own, "config/base.toml": "\n\n[overrides.log-fil]\nenabled = false\n"}
    )
    with pytest.raises(BrokenConfiguration) as caught:
        load_settings(files, None, load_catalogue())
    assert f"error: {caught.value.message}\n" in page
