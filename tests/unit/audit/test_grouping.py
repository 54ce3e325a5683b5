"""Groups of findings: for people, and exact."""

from hypothesis import given
from hypothesis import strategies as st

from hygiene.model.rule import Confidence, Match
from tests.unit.audit.scenes import audit, rule

JUNK = rule("junk", Match(suffixes=(".junk",)), Confidence.CERTAIN)
TRASH = rule("trash", Match(suffixes=(".trash",)), Confidence.CERTAIN)
PATHS = st.lists(st.sampled_from("ab"), min_size=0, max_size=3).flatmap(
    lambda folders: st.builds(
        lambda stem, end: "/".join([*(f"d{folder}" for folder in folders), stem + end]),
        st.sampled_from("xyz"),
        st.sampled_from([".junk", ".trash", ".py"]),
    )
)


def test_a_group_is_the_highest_folder_that_holds_nothing_else() -> None:
    report = audit({"a/b/c/x.junk": b"12", "a/b/y.junk": b"3", "a/z.py": b"", "w.junk": b"4"}, JUNK)
    assert [(group.path, group.count, group.size) for group in report.groups] == [("a/b/", 2, 3), ("w.junk", 1, 1)]


def test_a_group_tells_the_evidence_that_all_its_files_share() -> None:
    report = audit({".gitignore": b"/a/x.junk\n", "a/x.junk": b"", "a/y.junk": b""}, JUNK)
    assert [each.kind for each in report.groups[0].evidence] == ["name"]


@given(st.sets(PATHS, max_size=14))
def test_groups_part_the_findings_and_claim_no_file_that_is_none(names: set[str]) -> None:
    files = {name: name.encode() for name in names}
    report = audit(files | {"keep.py": b""}, JUNK, TRASH)
    found = {finding.path for finding in report.findings}
    covered = [
        path
        for group in report.groups
        for path in files
        if path == group.path or (group.path.endswith("/") and path.startswith(group.path))
    ]
    assert sorted(covered) == sorted(found)
    assert sum(group.count for group in report.groups) == len(found)
    assert sum(group.size for group in report.groups) == sum(finding.size or 0 for finding in report.findings)
