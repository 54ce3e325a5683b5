"""Every format of a history's statistics, byte for byte. HYGIENE_UPDATE_GOLDEN=1 writes the files anew."""

import json
from pathlib import Path

import jsonschema
import pytest

import hygiene.report
from hygiene.report import STATS_FORMATS
from hygiene.report.columns import width_of
from hygiene.report.stats_json import stats_schema
from hygiene.report.style import ANSI, TextStyle
from tests.golden.stats_sample import bare_statistics, odd_statistics
from tests.golden.test_formats import DATA, ENDINGS, agrees

SCHEMA = Path(hygiene.report.__file__).parent / "schemas" / "history-stats-1.schema.json"
SAMPLES = {"stats-odd": odd_statistics, "stats-bare": bare_statistics}


@pytest.mark.parametrize("name", STATS_FORMATS)
@pytest.mark.parametrize("which", SAMPLES)
def test_a_format_writes_what_is_committed(which: str, name: str) -> None:
    agrees(DATA / f"{which}.{ENDINGS[name]}", STATS_FORMATS[name](SAMPLES[which](), TextStyle()))


def test_a_coloured_narrow_table_is_as_committed() -> None:
    text = STATS_FORMATS["table"](odd_statistics(), TextStyle(palette=ANSI, width=80))
    agrees(DATA / "stats-narrow-colour.txt", text)


@pytest.mark.parametrize("name", ["table", "markdown"])
def test_no_name_breaks_out(name: str) -> None:
    assert STATS_FORMATS[name](odd_statistics(), TextStyle()).replace("\n", "").isprintable()


def test_a_table_fits_its_width() -> None:
    text = STATS_FORMATS["table"](odd_statistics(), TextStyle(width=80))
    assert max(map(width_of, text.splitlines())) <= 80


def test_the_json_meets_its_schema() -> None:
    jsonschema.validate(json.loads(STATS_FORMATS["json"](odd_statistics(), TextStyle())), json.loads(stats_schema()))


def test_the_json_schema_is_the_one_that_the_types_make() -> None:
    agrees(SCHEMA, stats_schema())
