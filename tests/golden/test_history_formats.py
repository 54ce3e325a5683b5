"""Every format of a history's own, byte for byte. HYGIENE_UPDATE_GOLDEN=1 writes the files anew: read the diff."""

from pathlib import Path

import pytest

import hygiene.report
from hygiene.model.gate import Gate
from hygiene.model.rule import Confidence
from hygiene.report import FORMATS, HISTORY_FORMATS
from hygiene.report.history_json import history_schema
from hygiene.report.style import ANSI, TextStyle
from tests.golden.history_sample import clean_history, odd_history
from tests.golden.test_formats import DATA, ENDINGS, agrees

SCHEMA = Path(hygiene.report.__file__).parent / "schemas" / "history-1.schema.json"
HISTORIES = {"history-odd": odd_history, "history-clean": clean_history}
OWN = ("table", "json", "markdown")


def test_a_history_has_every_format() -> None:
    assert list(HISTORY_FORMATS) == list(FORMATS)


@pytest.mark.parametrize("name", OWN)
@pytest.mark.parametrize("which", HISTORIES)
def test_a_format_writes_what_is_committed(which: str, name: str) -> None:
    agrees(DATA / f"{which}.{ENDINGS[name]}", HISTORY_FORMATS[name](HISTORIES[which](), TextStyle()))


@pytest.mark.parametrize("name", [name for name in FORMATS if name not in (*OWN, "github-summary")])
def test_a_format_for_programs_writes_the_findings_as_of_any_audit(name: str) -> None:
    history = odd_history()
    assert HISTORY_FORMATS[name](history, TextStyle()) == FORMATS[name](history.audit, TextStyle())


def test_a_coloured_narrow_table_is_as_committed() -> None:
    style = TextStyle(palette=ANSI, width=80, rows=16, gate=Gate(Confidence.LIKELY))
    agrees(DATA / "history-narrow-colour.txt", HISTORY_FORMATS["table"](odd_history(), style))


def test_the_json_schema_is_the_one_that_the_types_make() -> None:
    agrees(SCHEMA, history_schema())
