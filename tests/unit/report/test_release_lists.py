"""What a release may take."""

from hygiene.model.finding import Evidence
from hygiene.model.paths import RepoPath
from hygiene.model.report import TopLevel
from hygiene.model.rule import Confidence, Release
from hygiene.report.release_lists import Root
from hygiene.report.report_view import ReportView
from tests.golden.sample import finding, report_of


def top(**files: int) -> tuple[TopLevel, ...]:
    return tuple(TopLevel(RepoPath(name + "/"), number) for name, number in files.items())


def test_the_root_is_sorted_by_how_much_of_it_is_denied() -> None:
    report = report_of(
        {
            "src/a.pyc": [finding("python-bytecode", "src/a.pyc", 1)],
            "build/": [finding("copied-build", "build/x", 1)],
            "reports/": [finding("generated-report", "reports/x", 1)],
        },
        top_level=top(build=1, docs=3, reports=1, src=9),
    )
    lists = ReportView(report).release_lists
    assert lists.denied == [Root(RepoPath("build/"), 1, denied=1, shut=True)]
    assert lists.in_part == [Root(RepoPath("src/"), 9, denied=1, undecided=0)]
    assert lists.whole == [
        Root(RepoPath("docs/"), 3, denied=0, undecided=0),
        Root(RepoPath("reports/"), 1, denied=0, undecided=1),
    ]
    assert lists.patterns == ("/build/", "*.py[cod]")


def test_a_file_with_two_findings_counts_once_and_a_root_file_counts_as_itself() -> None:
    twice = [finding("python-bytecode", "a.pyc", 1), finding("odd-name", "a.pyc", 1, release=Release.DENY)]
    report = report_of({"a.pyc": twice[:1], "a.pyc/": twice[1:]}, top_level=(TopLevel(RepoPath("a.pyc"), 1),))
    lists = ReportView(report).release_lists
    assert [root.denied for root in lists.denied] == [1]


def test_a_doubtful_finding_is_left_out_until_somebody_decides() -> None:
    doubtful = finding("copied-build", "dist/index.js", 1, confidence=Confidence.REVIEW)
    lists = ReportView(report_of({"dist/": [doubtful]}, top_level=top(dist=1))).release_lists
    assert lists.open == [Root(RepoPath("dist/"), 1, held=1)]
    assert (lists.whole, lists.in_part, lists.denied, lists.patterns) == ([], [], [], ())


def test_a_likely_fixture_is_held_back_and_not_denied() -> None:
    fixture = Evidence("fixture", "it lies among fixtures", -1)
    doubtful = finding("live-database", "tests/a.db", 1, evidence=(fixture,))
    lists = ReportView(report_of({"tests/a.db": [doubtful]}, top_level=top(tests=5))).release_lists
    assert lists.in_part == [Root(RepoPath("tests/"), 5, held=1)]
    assert (lists.patterns, lists.until_decided) == ((), ("tests/a.db",))


def test_a_folder_that_the_deny_list_names_is_left_out_altogether() -> None:
    built = [finding("copied-build", f"build/{n}", 1) for n in range(6)]
    lists = ReportView(report_of({each.path: [each] for each in built}, top_level=top(build=10))).release_lists
    assert [root.path for root in lists.denied] == ["build/"]
    assert lists.patterns == ("/build/",)


def test_a_folder_that_is_mostly_source_is_not_shut_by_a_few_denied_files() -> None:
    built = [finding("copied-build", f"build/{n}", 1) for n in range(2)]
    lists = ReportView(report_of({each.path: [each] for each in built}, top_level=top(build=10))).release_lists
    assert lists.in_part == [Root(RepoPath("build/"), 10, denied=2)]
    assert lists.patterns == ("/build/0", "/build/1")


def test_a_denied_file_whose_rule_has_no_pattern_is_named() -> None:
    big = finding("odd-name", "src/big", 1, release=Release.DENY, confidence=Confidence.CERTAIN)
    assert ReportView(report_of({"src/big": [big]}, top_level=top(src=2))).deny_patterns == ("/src/big",)
