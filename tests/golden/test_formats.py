"""Every format of two reports, byte for byte. HYGIENE_UPDATE_GOLDEN=1 writes the files anew: read the diff."""

import os
from pathlib import Path

import pytest

from hygiene.model.gate import Gate
from hygiene.model.report import AuditReport
from hygiene.model.rule import Confidence
from hygiene.report import FORMATS
from hygiene.report.json_v1 import audit_schema
from hygiene.report.style import ANSI, TextStyle
from tests.golden.sample import clean_report, odd_report

DATA = Path(__file__).parent / "data"
SCHEMA = Path(__file__).parents[2] / "src" / "hygiene" / "report" / "schemas" / "audit-1.schema.json"
REPORTS = {"odd": odd_report, "clean": clean_report}
ENDINGS = {
    "table": "txt",
    "json": "json",
    "markdown": "md",
    "sarif": "sarif",
    "github": "github.txt",
    "github-summary": "summary.md",
    "gitlab": "gitlab.json",
    "junit": "junit.xml",
}


def agrees(file: Path, text: str) -> None:
    if os.environ.get("HYGIENE_UPDATE_GOLDEN"):
        file.write_bytes(text.encode("utf-8"))
    assert text == file.read_bytes().decode("utf-8")


def test_every_format_has_golden_files() -> None:
    assert ENDINGS.keys() == FORMATS.keys()


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("which", REPORTS)
def test_a_format_writes_what_is_committed(which: str, name: str) -> None:
    report: AuditReport = REPORTS[which]()
    agrees(DATA / f"{which}.{ENDINGS[name]}", FORMATS[name](report, TextStyle()))


def test_a_coloured_narrow_table_is_as_committed() -> None:
    style = TextStyle(palette=ANSI, width=80, rows=16, gate=Gate(Confidence.LIKELY))
    agrees(DATA / "odd-narrow-colour.txt", FORMATS["table"](odd_report(), style))


def test_the_json_schema_is_the_one_that_the_types_make() -> None:
    agrees(SCHEMA, audit_schema())
