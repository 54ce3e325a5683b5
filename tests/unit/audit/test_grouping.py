"""Groups of findings: for people, and exact."""

from hypothesis import given
from hypothesis import strategies as st

from hygiene.audit.grouping import grouped
from hygiene.model.inventory import Entry
from hygiene.model.paths import BlobId, RepoPath, name_of
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


def entry(path: str) -> Entry:
    return Entry("100644", BlobId("0" * 40), RepoPath(path))


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


def test_a_file_with_two_findings_of_a_rule_is_one_file_of_its_group() -> None:
    report = audit({"a/x.junk": b"12", "a/keep.py": b"", "b/y.junk": b"345"}, JUNK)
    tracked = {"a": ("a/x.junk", "a/keep.py"), "b": ("b/y.junk",)}
    folders = {RepoPath(folder): {name_of(path): entry(path) for path in paths} for folder, paths in tracked.items()}
    groups = grouped([*report.findings, *report.findings], folders)
    assert [(group.path, group.count, group.size) for group in groups] == [("b/", 1, 3), ("a/x.junk", 1, 2)]


def test_two_findings_of_a_rule_about_a_file_that_is_not_tracked_are_one_group() -> None:
    (found,) = audit({"x.junk": b"12"}, JUNK).findings
    assert [(group.path, group.count, group.size) for group in grouped([found, found], {})] == [("x.junk", 1, 2)]
