"""Every file of two purge plans, byte for byte. HYGIENE_UPDATE_GOLDEN=1 writes the files anew: read the diff."""

import json
import os
from pathlib import Path

import jsonschema
import pytest

import hygiene.report
from hygiene.report.purge_files import file_names, purge_files
from hygiene.report.purge_json import purge_schema
from hygiene.report.purge_text import plan_summary
from tests.golden.purge_sample import odd_plan, plain_plan
from tests.golden.test_formats import DATA, agrees

SCHEMA = Path(hygiene.report.__file__).parent / "schemas" / "purge-1.schema.json"
PLANS = {"odd": odd_plan, "plain": plain_plan}


@pytest.mark.parametrize("which", PLANS)
def test_the_files_are_as_committed(which: str) -> None:
    plan = PLANS[which]()
    files = purge_files(plan)
    assert tuple(files) == file_names(plan.tool)
    for name, content in files.items():
        file = DATA / f"purge-{which}.{name}"
        if os.environ.get("HYGIENE_UPDATE_GOLDEN"):
            file.write_bytes(content)
        assert content == file.read_bytes()


@pytest.mark.parametrize("which", PLANS)
def test_the_summary_is_as_committed(which: str) -> None:
    agrees(DATA / f"purge-{which}.summary.txt", plan_summary(PLANS[which](), "plans/\x1b[1m"))


@pytest.mark.parametrize("which", PLANS)
def test_the_json_meets_its_schema(which: str) -> None:
    jsonschema.validate(json.loads(purge_files(PLANS[which]())["plan.json"]), json.loads(purge_schema()))


def test_the_json_schema_is_the_one_that_the_types_make() -> None:
    agrees(SCHEMA, purge_schema())
