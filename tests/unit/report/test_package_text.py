"""What people read about a package: every path of a small one, folders of a large one, and all that forbids it."""

import json
from dataclasses import replace

from hygiene.model.package_proof import Delta, DeltaKind, PackageDiff
from hygiene.model.packaging import Line, Note, Omission, PackagePlan, Refusal, RefusalKind
from hygiene.model.paths import RepoPath
from hygiene.model.permit import Origin, Waived
from hygiene.report import PACKAGE_DIFF_FORMATS, PACKAGE_FORMATS, VERIFY_FORMATS
from hygiene.report.built_text import built_text
from hygiene.report.package_diff_json import render_package_diff_json
from hygiene.report.refusal_lines import KINDS, refusal_lines
from hygiene.report.style import TextStyle
from hygiene.report.verify_text import render_verify_text
from tests.fakes.packages import (
    DATABASE,
    FONT,
    README,
    chosen,
    left_out,
    package_diff,
    package_plan,
    refusals,
    verification,
    waiver,
    written,
)
from tests.fakes.untracking import found


def text_of(plan: PackagePlan) -> str:
    return PACKAGE_FORMATS["table"](plan, TextStyle())


def diff_text(diff: PackageDiff) -> str:
    return PACKAGE_DIFF_FORMATS["table"](diff, TextStyle())


def test_every_path_of_a_small_package_is_told_under_its_line() -> None:
    plan = package_plan([chosen("README.md", line=README), *(chosen(f"src/{number}.py") for number in range(199))])
    lines = text_of(plan).splitlines()
    assert [line for line in lines if line.startswith("    src/")] == [f"    {each.path}" for each in plan.chosen[1:]]
    assert lines.index("  /src/ (v1.2.0:hygiene.toml:3): 199 files, 194.3 KiB") < lines.index("    src/0.py")


def test_a_file_that_two_waivers_let_in_is_one_file_and_each_waiver_is_told_by_its_own_rule() -> None:
    by_both = [Waived(found(FONT, "src/x.py"), waiver(rule=each.id)) for each in (FONT, DATABASE)]
    plan = package_plan([chosen("src/x.py")], waived=by_both)
    text = text_of(plan)
    assert all(f"{each.id}, waived by" in text for each in (FONT, DATABASE))
    assert "let in by waivers: 1 denied file;" in built_text(plan, written(plan), "dist/x.zip", ())


def test_a_larger_package_is_told_by_folder() -> None:
    text = text_of(package_plan(chosen(f"src/{number % 3}/{number}.py") for number in range(201)))
    assert "    src/ (201 files, 196.3 KiB)\n" in text
    assert ".py" not in text


def test_a_package_of_a_great_many_folders_fits_on_a_few_screens() -> None:
    files = [chosen(f"src/{number}/x.py") for number in range(5_000)]
    gone = [left_out(f"src/{number}/x.md") for number in range(5_000)]
    text = text_of(package_plan(files, left_out=gone))
    assert text.count("\n") < 300
    assert "+4,800 more places (--format json lists every file)" in text
    assert "+4,960 more (--format json lists all)" in text


def test_a_line_that_comes_late_in_a_package_of_many_folders_is_told_all_the_same() -> None:
    many = [chosen(f"src/{number}/x.py") for number in range(500)]
    gone = [left_out(f"src/{number}/x.md") for number in range(500)]
    assert "/README.md (v1.2.0:hygiene.toml:4): 1 file" in text_of(
        package_plan([*many, chosen("zz", line=README)], left_out=gone)
    )


def test_each_reason_for_leaving_out_is_told_with_its_line() -> None:
    line = Line("*.x", Origin("hygiene.toml", 3))
    gone = [left_out("a/x", Omission.EXCLUDED, line), left_out("b/x", Omission.OUTSIDE_ROOT)]
    text = text_of(package_plan([chosen("src/x")], left_out=gone))
    assert "excluded, by *.x (hygiene.toml:3): 1 file, 10 B\n    a/x\n" in text
    assert "outside the package's root: 1 file, 10 B\n    b/x\n" in text


def test_nothing_chosen_is_told_as_such() -> None:
    assert text_of(package_plan()).splitlines()[0].endswith(": 0 files, 0 B")


def test_the_verdict_is_the_last_word() -> None:
    assert text_of(package_plan([chosen("x")])).splitlines()[-1] == "nothing forbids demo-1.2.0.zip"
    refused = package_plan([chosen("x")], refusals=refusals())
    assert text_of(refused).splitlines()[-1] == "refused for 27 reasons; nothing is written"


def test_every_kind_of_refusal_has_its_words() -> None:
    assert KINDS.keys() == set(RefusalKind)


def test_refusals_of_100_000_files_stay_readable_and_none_of_a_rare_kind_is_hidden() -> None:
    many = [Refusal(RefusalKind.DENIED, f"x/{number}", "denied", f"help {number % 9}") for number in range(100_000)]
    lines = list(refusal_lines([*many, Refusal(RefusalKind.BOMB, "", "a bomb", "Leave it.")]))
    assert len(lines) < 40
    assert "  and 99,980 more; --format json lists all" in lines
    assert "  help: and 6 next steps more of that kind" in lines
    assert lines[-3:] == ["1 cap that is passed:", "  a bomb", "  help: Leave it."]


def test_a_next_step_is_told_once() -> None:
    lines = list(refusal_lines([Refusal(RefusalKind.SYMLINK, f"x{n}", "a link", "Exclude it.") for n in range(3)]))
    assert lines == ["3 symlinks:", "  x0: a link", "  x1: a link", "  x2: a link", "  help: Exclude it."]


def test_a_difference_of_nothing_says_so() -> None:
    same = PackageDiff("a.zip", "b.zip", [], 3, 100, 100)
    assert diff_text(same) == "a.zip -> b.zip: 3 unchanged\n\n3 entries now; 100 B before, 100 B after: 0 B (+0.0%)\n"


def test_a_difference_from_nothing_has_no_percentage() -> None:
    new = PackageDiff("a.zip", "b.zip", [Delta(RepoPath("x"), DeltaKind.ADDED, None, 5)], 0, 0, 5)
    assert diff_text(new).endswith("1 entry now; 0 B before, 5 B after: +5 B\n")


def test_a_change_of_mode_is_told() -> None:
    assert "src/run.sh (mode 100755)" in diff_text(package_diff())


def test_all_deltas_are_in_the_json_and_the_table_says_how_many_it_leaves_out() -> None:
    deltas = [Delta(RepoPath(f"x{number}"), DeltaKind.ADDED, None, 5) for number in range(250)]
    diff = package_diff(deltas=deltas)
    assert "+150 more (--format json lists all)" in diff_text(diff)
    assert render_package_diff_json(diff, TextStyle()).count('"kind": "added"') == 250


def test_a_single_refusal_decides_the_verdict() -> None:
    refused = verification(refusals=refusals()[:1])
    assert render_verify_text(refused, TextStyle()).splitlines()[-1].startswith("refused for 1 reason:")
    assert '"verdict": "refused"' in VERIFY_FORMATS["json"](refused, TextStyle())


def test_a_verification_never_passes_over_what_was_not_checked() -> None:
    last = render_verify_text(verification(), TextStyle()).splitlines()[-1]
    assert last == "nothing speaks against this archive; not checked: commit"
    whole = replace(verification(), checks=verification().checks[:2])
    assert render_verify_text(whole, TextStyle()).splitlines()[-1] == "nothing speaks against this archive"


def test_a_note_names_some_of_its_paths_quoted_as_any_path() -> None:
    note = Note("4 modified", [RepoPath(name) for name in ("a", "\x1b[31m", "c", "d")])
    plan = package_plan(notes=[note])
    assert r'4 modified (a, "\033[31m", c, and 1 more)' in text_of(plan)
    assert json.loads(PACKAGE_FORMATS["json"](plan, TextStyle()))["notes"] == [
        "4 modified (a, \x1b[31m, c, and 1 more)"
    ]
