"""Every format of two plans of untrackings, byte for byte. HYGIENE_UPDATE_GOLDEN=1 writes them anew: read the diff."""

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

import hygiene.report
from hygiene.model.untracking import ReceiptState, RefEdit
from hygiene.report import UNTRACK_FORMATS
from hygiene.report.commit_message import commit_message
from hygiene.report.pull_request import pull_request_body
from hygiene.report.receipts_json import receipts_json, receipts_schema
from hygiene.report.receipts_text import applied_text, receipts_table, undone_text
from hygiene.report.style import ANSI, TextStyle
from hygiene.report.untrack_json import untrack_schema
from tests.fakes.untracking import HEAD, plain_receipt
from tests.golden.test_formats import DATA, agrees
from tests.golden.untrack_sample import odd_untrack_plan, plain_untrack_plan

SCHEMAS = Path(hygiene.report.__file__).parent / "schemas"
PLANS = {"odd": odd_untrack_plan, "plain": plain_untrack_plan}
ENDINGS = {"table": "txt", "json": "json", "markdown": "md"}
RECEIPTS = [
    plain_receipt(0, state=ReceiptState.UNDONE),
    plain_receipt(1, commit="ab" * 20, purged=True),
    plain_receipt(2, state=ReceiptState.BEGUN),
]


def test_every_format_has_golden_files() -> None:
    assert ENDINGS.keys() == UNTRACK_FORMATS.keys()


@pytest.mark.parametrize("name", UNTRACK_FORMATS)
@pytest.mark.parametrize("which", PLANS)
def test_a_format_writes_what_is_committed(which: str, name: str) -> None:
    agrees(DATA / f"untrack-{which}.{ENDINGS[name]}", UNTRACK_FORMATS[name](PLANS[which](), TextStyle()))


def test_a_coloured_narrow_plan_is_as_committed() -> None:
    style = TextStyle(palette=ANSI, width=80, rows=16)
    agrees(DATA / "untrack-narrow-colour.txt", UNTRACK_FORMATS["table"](odd_untrack_plan(), style))


@pytest.mark.parametrize("which", PLANS)
def test_pull_request_and_commit_message_are_as_committed(which: str) -> None:
    agrees(DATA / f"untrack-{which}.pull-request.md", pull_request_body(PLANS[which]()))
    agrees(DATA / f"untrack-{which}.commit.txt", commit_message(PLANS[which]()))


def test_the_list_of_receipts_is_as_committed() -> None:
    agrees(DATA / "receipts.txt", receipts_table(RECEIPTS, ["odd\x1b.json"], TextStyle()))
    agrees(DATA / "receipts.json", receipts_json(RECEIPTS, ["odd\udce9.json"], "0.0.0"))


def test_what_is_said_after_an_apply_and_an_undo_is_as_committed() -> None:
    moved = replace(plain_receipt().operation, ref=RefEdit("refs/heads/main", HEAD, "ab" * 20))
    committed = plain_receipt(1, commit="ab" * 20, operation=moved)
    agrees(DATA / "receipts.applied.txt", applied_text(plain_receipt()) + "\n" + applied_text(committed))
    agrees(DATA / "receipts.undone.txt", undone_text(plain_receipt()) + "\n" + undone_text(committed))


@pytest.mark.parametrize("which", PLANS)
def test_the_json_of_a_plan_meets_its_schema(which: str) -> None:
    text = UNTRACK_FORMATS["json"](PLANS[which](), TextStyle())
    jsonschema.validate(json.loads(text), json.loads(untrack_schema()))


def test_the_json_of_receipts_meets_its_schema() -> None:
    jsonschema.validate(json.loads(receipts_json(RECEIPTS, ["x"], "0.0.0")), json.loads(receipts_schema()))


def test_the_json_schemas_are_those_that_the_types_make() -> None:
    agrees(SCHEMAS / "untrack-plan-1.schema.json", untrack_schema())
    agrees(SCHEMAS / "untrack-receipts-1.schema.json", receipts_schema())
