"""Every text about packages, byte for byte. HYGIENE_UPDATE_GOLDEN=1 writes the files anew: read the diff."""

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

import hygiene.report
from hygiene.release.checksum import Checksum, checksum_line
from hygiene.report import PACKAGE_DIFF_FORMATS, PACKAGE_FORMATS, VERIFY_FORMATS
from hygiene.report.built_text import built_text
from hygiene.report.package_diff_json import package_diff_schema
from hygiene.report.package_json import package_plan_schema
from hygiene.report.package_manifest import manifest_json, package_schema
from hygiene.report.provenance import Claims, statement_json
from hygiene.report.refusal_lines import refusal_lines
from hygiene.report.style import ANSI, TextStyle
from hygiene.report.verify_json import package_verify_schema
from tests.fakes.packages import package_diff, refused_verification, verification, written
from tests.golden.package_sample import (
    large_package_plan,
    odd_diff,
    odd_package_plan,
    odd_refusals,
    odd_verification,
    plain_package_plan,
)
from tests.golden.test_formats import DATA, agrees

SCHEMAS = Path(hygiene.report.__file__).parent / "schemas"
PLANS = {"odd": odd_package_plan, "plain": plain_package_plan}
DIFFS = {"plain": package_diff, "odd": odd_diff}
LOOKS = {"plain": verification, "refused": refused_verification, "odd": odd_verification}
ENDINGS = {"table": "txt", "json": "json"}
NARROW = TextStyle(palette=ANSI, width=70, rows=16)


def test_every_format_has_golden_files() -> None:
    assert ENDINGS.keys() == PACKAGE_FORMATS.keys() == PACKAGE_DIFF_FORMATS.keys() == VERIFY_FORMATS.keys()


@pytest.mark.parametrize("name", ENDINGS)
@pytest.mark.parametrize("which", PLANS)
def test_a_plan_is_told_as_committed(which: str, name: str) -> None:
    agrees(DATA / f"package-{which}.{ENDINGS[name]}", PACKAGE_FORMATS[name](PLANS[which](), TextStyle()))


@pytest.mark.parametrize("name", ENDINGS)
@pytest.mark.parametrize("which", DIFFS)
def test_a_difference_is_told_as_committed(which: str, name: str) -> None:
    agrees(DATA / f"package-diff-{which}.{ENDINGS[name]}", PACKAGE_DIFF_FORMATS[name](DIFFS[which](), TextStyle()))


@pytest.mark.parametrize("name", ENDINGS)
@pytest.mark.parametrize("which", LOOKS)
def test_a_verification_is_told_as_committed(which: str, name: str) -> None:
    agrees(DATA / f"package-verify-{which}.{ENDINGS[name]}", VERIFY_FORMATS[name](LOOKS[which](), TextStyle()))


def test_a_large_plan_is_told_by_folder() -> None:
    agrees(DATA / "package-large.txt", PACKAGE_FORMATS["table"](large_package_plan(), TextStyle()))


def test_coloured_narrow_texts_are_as_committed() -> None:
    agrees(DATA / "package-narrow-colour.txt", PACKAGE_FORMATS["table"](odd_package_plan(), NARROW))
    agrees(DATA / "package-diff-narrow-colour.txt", PACKAGE_DIFF_FORMATS["table"](package_diff(), NARROW))
    agrees(DATA / "package-verify-narrow-colour.txt", VERIFY_FORMATS["table"](refused_verification(), NARROW))


@pytest.mark.parametrize("which", PLANS)
def test_the_proof_is_as_committed(which: str) -> None:
    plan = replace(PLANS[which](), refusals=())
    manifest = manifest_json(plan, written(plan))
    agrees(DATA / f"package-{which}.manifest.json", manifest)
    agrees(DATA / f"package-{which}.sha256", checksum_line(Checksum(written(plan).sha256, plan.archive_name)))
    claims = Claims("https://ci.example/7", "git+https://example.org/demo")
    told = statement_json(plan, written(plan), manifest, claims)
    agrees(DATA / f"package-{which}.provenance.json", told)


@pytest.mark.parametrize("which", PLANS)
def test_what_is_said_after_a_build_is_as_committed(which: str) -> None:
    plan = PLANS[which]()
    beside = (".manifest.json", ".sha256")
    agrees(DATA / f"package-{which}.built.txt", built_text(plan, written(plan), f"dist/{plan.archive_name}", beside))


def test_refusals_are_told_as_committed() -> None:
    agrees(DATA / "package-refusals.txt", "".join(f"{line}\n" for line in refusal_lines(odd_refusals())))


@pytest.mark.parametrize("which", PLANS)
def test_the_json_of_a_plan_and_its_manifest_meet_their_schemas(which: str) -> None:
    plan = PLANS[which]()
    text = PACKAGE_FORMATS["json"](plan, TextStyle())
    jsonschema.validate(json.loads(text), json.loads(package_plan_schema()))
    jsonschema.validate(json.loads(manifest_json(plan, written(plan))), json.loads(package_schema()))


def test_the_json_of_differences_and_verifications_meets_its_schemas() -> None:
    for diff in DIFFS.values():
        text = PACKAGE_DIFF_FORMATS["json"](diff(), TextStyle())
        jsonschema.validate(json.loads(text), json.loads(package_diff_schema()))
    for look in LOOKS.values():
        text = VERIFY_FORMATS["json"](look(), TextStyle())
        jsonschema.validate(json.loads(text), json.loads(package_verify_schema()))


def test_the_json_schemas_are_those_that_the_types_make() -> None:
    agrees(SCHEMAS / "package-1.schema.json", package_schema())
    agrees(SCHEMAS / "package-plan-1.schema.json", package_plan_schema())
    agrees(SCHEMAS / "package-diff-1.schema.json", package_diff_schema())
    agrees(SCHEMAS / "package-verify-1.schema.json", package_verify_schema())
