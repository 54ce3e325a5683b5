"""Whatever names hold, what is told of a package stays text, and its JSON leads back to them."""

import json
from collections.abc import Callable, Mapping

from hypothesis import assume, given, settings

from hygiene.model.finding import Evidence
from hygiene.model.json_path import path_from_json
from hygiene.model.package_proof import Delta, DeltaKind, PackageDiff
from hygiene.model.packaging import Line, Note, Omission, PackagePlan, Refusal, RefusalKind
from hygiene.model.paths import RepoPath
from hygiene.model.permit import Origin, Waived
from hygiene.model.verification import Check, CheckState, Question, Verification
from hygiene.report import PACKAGE_DIFF_FORMATS, PACKAGE_FORMATS, VERIFY_FORMATS
from hygiene.report.built_text import built_text
from hygiene.report.package_manifest import manifest_json
from hygiene.report.provenance import Claims, statement_json
from hygiene.report.refusal_lines import refusal_lines
from hygiene.report.style import ANSI, TextStyle
from tests.fakes.packages import (
    DATABASE,
    FONT,
    SOURCE,
    chosen,
    left_out,
    package_diff,
    package_plan,
    verification,
    waiver,
    written,
)
from tests.fakes.untracking import found
from tests.properties.test_report_names import SGR, controls_in, names
from tests.properties.test_untrack_names import as_read
from tests.unit.report.runner import commands_in

WIDE = TextStyle(width=10_000)  # so that no long name is wrapped
NARROW = TextStyle(palette=ANSI, width=50)


def provenance_with(name: str) -> str:
    plan = plan_with(name)
    return statement_json(plan, written(plan), manifest_json(plan, written(plan)), Claims(name, name))


FORMS: Mapping[str, Callable[[str], str]] = {
    "table": lambda name: PACKAGE_FORMATS["table"](plan_with(name), WIDE),
    "narrow": lambda name: SGR.sub("", PACKAGE_FORMATS["table"](plan_with(name), NARROW)),
    "large": lambda name: PACKAGE_FORMATS["table"](large_plan_with(name), WIDE),
    "json": lambda name: PACKAGE_FORMATS["json"](plan_with(name), WIDE),
    "manifest": lambda name: manifest_json(plan_with(name), written(plan_with(name))),
    "provenance": provenance_with,
    "built": lambda name: built_text(plan_with(name), written(plan_with(name)), name, [name]),
    "refusals": lambda name: "\n".join(refusal_lines(refusals_of(name))),
    "diff": lambda name: PACKAGE_DIFF_FORMATS["table"](diff_with(name), WIDE),
    "narrow diff": lambda name: SGR.sub("", PACKAGE_DIFF_FORMATS["table"](diff_with(name), NARROW)),
    "diff json": lambda name: PACKAGE_DIFF_FORMATS["json"](diff_with(name), WIDE),
    "verify": lambda name: VERIFY_FORMATS["table"](look_with(name), WIDE),
    "narrow verify": lambda name: SGR.sub("", VERIFY_FORMATS["table"](look_with(name), NARROW)),
    "verify json": lambda name: VERIFY_FORMATS["json"](look_with(name), WIDE),
}


def plan_with(name: str) -> PackagePlan:
    """A plan in which all that comes from a repository, or from a user, is that name."""
    path, line = RepoPath(name), Line(name, Origin(name, 3, name))
    return package_plan(
        [chosen(name, line=line)],
        source=SOURCE._replace(revision=name),
        target=name,
        archive_name=name,
        root=path,
        left_out=[left_out(f"{name}.x", why, line) for why in Omission],
        refusals=refusals_of(name),
        waived=[Waived(found(DATABASE, name), waiver(reason=name, owner=name, origin=Origin(name, 3, name)))],
        undecided=[found(FONT, name, evidence=(Evidence("name", name, 1, path, 3),))],
        notes=[Note(name, [path])],
        policy=(Origin(name, None, name),),
    )


def large_plan_with(name: str) -> PackagePlan:
    line = Line(name, Origin(name, 3, name))
    return package_plan((chosen(f"x{name}/{number}", line=line) for number in range(300)), left_out=[left_out("x")])


def refusals_of(name: str) -> list[Refusal]:
    return [Refusal(kind, name, name, name, name) for kind in RefusalKind]


def diff_with(name: str) -> PackageDiff:
    path = RepoPath(name)
    return package_diff(old=name, new=name, deltas=[Delta(path, kind, 1, 2, "100755") for kind in DeltaKind])


def look_with(name: str) -> Verification:
    return verification(
        archive=name,
        checks=[Check(Question.COMMIT, state, name) for state in CheckState],
        refusals=refusals_of(name),
        undecided=[found(FONT, name)],
    )


@given(names)
@settings(max_examples=60)
def test_no_text_prints_a_control_character_or_gives_a_ci_service_a_command(name: str) -> None:
    texts = {form: render(name) for form, render in FORMS.items()}
    assert {form: controls_in(text) for form, text in texts.items()} == {form: set() for form in FORMS}
    assert [form for form, text in texts.items() if commands_in(text)] == []


@given(names)
@settings(max_examples=60)
def test_a_name_adds_no_line(name: str) -> None:
    assume(name.strip("/") and "/" not in name)  # else it has folders, which are told
    for form in ("table", "built", "refusals", "diff", "verify"):
        assert FORMS[form](name).count("\n") == FORMS[form]("x").count("\n"), form


@given(names)
@settings(max_examples=60)
def test_the_paths_of_the_json_lead_back_to_their_bytes(name: str) -> None:
    expected = {as_read(name)}
    plan, manifest = json.loads(FORMS["json"](name)), json.loads(FORMS["manifest"](name))
    told = [plan["chosen"][0], *plan["refusals"], manifest["entries"][0], manifest["waived"][0]]
    told += [manifest["undecided"][0], *json.loads(FORMS["diff json"](name))["deltas"]]
    told += json.loads(FORMS["verify json"](name))["refusals"]
    assert {path_from_json(each["path"], each.get("path_b64")) for each in told} == expected
