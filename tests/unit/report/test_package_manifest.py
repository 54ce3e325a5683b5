"""The manifest says what was chosen by which line, and nothing that differs between two builds of one commit."""

import json
import time
from dataclasses import replace
from typing import Any

from hygiene.model.packaging import Line, Omission, PackagePlan
from hygiene.model.paths import RepoPath
from hygiene.model.permit import Origin, Waived
from hygiene.report.package_manifest import manifest_json
from tests.fakes.packages import (
    COMMIT,
    DATABASE,
    FONT,
    SRC,
    chosen,
    full_package_plan,
    left_out,
    package_plan,
    waiver,
    written,
)
from tests.fakes.untracking import found


def told(plan: PackagePlan) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(manifest_json(plan, written(plan)))
    return document


def named_as(revision: str) -> PackagePlan:
    """One and the same commit, by another name."""
    plan = full_package_plan()

    def renamed(line: Line) -> Line:
        return line._replace(origin=line.origin._replace(revision=revision if line.origin.revision else ""))

    origin = Origin("hygiene.toml", 20, revision)
    return replace(
        plan,
        source=plan.source._replace(revision=revision),
        chosen=[each._replace(line=renamed(each.line)) for each in plan.chosen],
        left_out=[each._replace(by=each.by and renamed(each.by)) for each in plan.left_out],
        waived=[Waived(each.finding, waiver(origin=origin)) for each in plan.waived],
        policy=tuple(each._replace(revision=revision) for each in plan.policy),
    )


def test_however_the_commit_was_named_the_manifest_is_the_same() -> None:
    texts = {manifest_json(named_as(name), written(named_as(name))) for name in ("HEAD", "v1.2.0", "main~3", "a:b")}
    assert len(texts) == 1


def test_a_configuration_of_another_commit_is_told_with_that_commit() -> None:
    of_another, own = Origin("hygiene.toml", revision="d" * 40), Origin("hygiene.toml", revision=COMMIT)
    for file, told in ((of_another, f"{'d' * 40}:hygiene.toml"), (own, "hygiene.toml")):
        plan = package_plan([chosen("src/x.py")], policy=(file,))
        assert json.loads(manifest_json(plan, written(plan)))["policy"] == [told]


def test_a_configuration_from_elsewhere_is_told_by_its_name_only() -> None:
    line = Line("/src/", Origin("/home/someone/secret/ci.toml", 3))
    plan = package_plan(
        [chosen("src/x.py", line=line)],
        left_out=[left_out("y", Omission.EXCLUDED, Line("*.y", Origin("/home/someone/secret/ci.toml", 9)))],
        policy=(Origin("/home/someone/secret/ci.toml"), Origin("../secret/base.toml")),
        waived=[Waived(found(DATABASE, "src/x.py"), waiver(origin=Origin("/home/someone/secret/ci.toml", 12)))],
    )
    text = manifest_json(plan, written(plan))
    assert "secret" not in text
    document = json.loads(text)
    assert document["policy"] == ["ci.toml", "base.toml"]
    assert document["entries"][0]["chosen_by"] == {"pattern": "/src/", "file": "ci.toml", "line": 3}
    assert document["left_out"][0]["by"] == {"pattern": "*.y", "file": "ci.toml", "line": 9}
    assert document["waived"][0]["where"] == "ci.toml:12"


def test_a_waiver_is_told_by_its_own_rule_also_where_the_file_met_another_first() -> None:
    by_both = [Waived(found(FONT, "src/x.py"), waiver(rule=each.id)) for each in (FONT, DATABASE)]
    document = told(package_plan([chosen("src/x.py")], waived=by_both))
    assert [(each["path"], each["rule"]) for each in document["waived"]] == [
        ("src/x.py", FONT.id),
        ("src/x.py", DATABASE.id),
    ]


def test_folders_are_told_as_a_whole_where_one_line_left_out_all_of_them() -> None:
    by = Line("*.md", Origin("hygiene.toml", 9))
    plan = package_plan(
        [chosen("src/x.py"), chosen("mixed/deep/x.py")],
        left_out=[
            left_out("a/b/c/1"),
            left_out("a/b/2"),
            left_out("a/3"),
            left_out("mixed/deep/y"),
            left_out("mixed/other/1"),
            left_out("mixed/other/2"),
            left_out("top"),
            left_out("two/1"),
            left_out("two/2"),
            left_out("two/3.md", Omission.EXCLUDED, by),
            left_out("two/md/4.md", Omission.EXCLUDED, by),
            left_out("two/md/5.md", Omission.EXCLUDED, by, size=None),
        ],
    )
    assert [
        (each["path"], each["why"], each["by"] and each["by"]["line"], each["count"], each["size"])
        for each in json.loads(manifest_json(plan, written(plan)))["left_out"]
    ] == [
        ("a/", "not-included", None, 3, 30),
        ("mixed/deep/y", "not-included", None, 1, 10),
        ("mixed/other/", "not-included", None, 2, 20),
        ("top", "not-included", None, 1, 10),
        ("two/1", "not-included", None, 1, 10),
        ("two/2", "not-included", None, 1, 10),
        ("two/3.md", "excluded", 9, 1, 10),
        ("two/md/", "excluded", 9, 2, 10),
    ]


def test_every_file_that_is_left_out_is_counted_once() -> None:
    gone = [left_out(f"d{number % 7}/e{number % 5}/{number}", by=SRC if number % 3 else None) for number in range(500)]
    plan = package_plan((chosen(f"d{number}/x") for number in range(3)), left_out=gone)
    assert sum(each["count"] for each in json.loads(manifest_json(plan, written(plan)))["left_out"]) == 500


def test_a_root_is_told_and_paths_are_seen_from_it() -> None:
    each = chosen("app/src/x.py", line=SRC)._replace(path=RepoPath("src/x.py"))
    plan = package_plan([each], root=RepoPath("app"))
    document = json.loads(manifest_json(plan, written(plan)))
    assert document["package"]["root"] == "app"
    assert document["entries"][0]["path"] == "src/x.py"


def test_a_manifest_of_100_000_files_takes_little_time() -> None:
    gone = [left_out(f"top{number % 40}/mid{number % 900}/{number}.txt") for number in range(100_000)]
    plan = package_plan((chosen(f"top{number}/mid{number}/x.py") for number in range(40)), left_out=gone)
    archive = written(plan)
    began = time.process_time()
    manifest_json(plan, archive)
    assert time.process_time() - began < 2
