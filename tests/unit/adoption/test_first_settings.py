"""What `hygiene init` proposes, from what an audit saw."""

import pytest

from hygiene.adoption.first_settings import Allowance, Doubt, Example, FixtureFolder, Service, first_settings
from hygiene.model.inventory import Gap
from hygiene.model.paths import RepoPath
from hygiene.model.rule import Confidence
from tests.unit.adoption.first_reports import met, report

MIB = 1024 * 1024


def test_files_are_counted_once_and_where_they_are_surest() -> None:
    seen = first_settings(
        report(
            met("python-bytecode", "a.pyc"),
            met("oversized-file", "a.pyc", 9 * MIB),
            met("log-file", "b.log", confidence=Confidence.LIKELY),
            met("log-file", "c.log", confidence=Confidence.REVIEW),
            met("private-key", "id_rsa", confidence=Confidence.CERTAIN),
            tracked=7,
        )
    ).seen
    assert seen == (7, 2, 1, 1, 2, 1, True)


def test_what_could_not_be_read_is_told() -> None:
    assert not first_settings(report(gaps=(Gap("a tree is missing", ""),))).seen.is_whole


def test_a_clean_repository_is_proposed_nothing() -> None:
    settings = first_settings(report())
    assert (settings.allowances, settings.fixtures, settings.example, settings.doubt) == ((), (), None, None)


def test_files_that_are_only_large_are_allowed_by_folder_and_ending() -> None:
    settings = first_settings(
        report(
            met("oversized-file", "docs/a.pdf", 12 * MIB),
            met("oversized-file", "docs/b.pdf", 40 * MIB),
            met("oversized-file", "art/cover.psd", 6 * MIB),
            met("oversized-file", "map", 7 * MIB),
        )
    )
    assert settings.allowances == (
        Allowance("/docs/*.pdf", 50 * MIB, 2, RepoPath("docs/b.pdf"), 40 * MIB),
        Allowance("/map", 10 * MIB, 1, RepoPath("map"), 7 * MIB),
        Allowance("/art/cover.psd", 10 * MIB, 1, RepoPath("art/cover.psd"), 6 * MIB),
    )


def test_a_large_file_that_is_something_else_too_is_no_reason_for_a_cap() -> None:
    large = met("oversized-file", "dump.sql", 50 * MIB)
    assert first_settings(report(large)).allowances
    assert not first_settings(report(large, met("sql-dump", "dump.sql"))).allowances


def test_a_pattern_is_proposed_once_though_two_names_make_it() -> None:
    settings = first_settings(
        report(met("oversized-file", "a\udcff", 6 * MIB), met("oversized-file", "a\udcfe", 7 * MIB))
    )
    assert [each.pattern for each in settings.allowances] == ["/a?"]


@pytest.mark.parametrize("folder", ["qa/snapshots", "Cassettes", "x/expected"])
def test_a_folder_that_may_keep_fixtures_is_proposed_where_it_holds_what_tests_may_need(folder: str) -> None:
    settings = first_settings(
        report(met("database-file", f"{folder}/deep/a.db"), met("database-file", f"{folder}/b.db"))
    )
    assert settings.fixtures == (FixtureFolder(f"/{folder}/", RepoPath(folder), 2),)


@pytest.mark.parametrize("path", ["src/a.db", "tests/snapshots/a.db", "snapshots"])
def test_other_folders_are_not_proposed(path: str) -> None:
    assert first_settings(report(met("database-file", path))).fixtures == ()


def test_what_should_be_deleted_makes_no_folder_a_fixture() -> None:
    assert first_settings(report(met("python-bytecode", "snapshots/a.pyc"))).fixtures == ()


def test_the_example_of_a_waiver_is_harmless() -> None:
    key = met("private-key", "server.key", confidence=Confidence.CERTAIN)
    log = met("archive-file", "data.zip")
    assert first_settings(report(key)).example is None
    assert first_settings(report(key, log)).example == Example(log.rule, "/data.zip")


def test_the_doubt_is_the_most_frequent_of_the_likely_rules() -> None:
    settings = first_settings(
        report(
            *(met("archive-file", f"{number}.zip", confidence=Confidence.REVIEW) for number in range(9)),
            *(met("log-file", f"{number}.log", confidence=Confidence.LIKELY) for number in range(3)),
            met("video-file", "a.mp4", confidence=Confidence.LIKELY),
        )
    )
    assert settings.doubt == Doubt(met("log-file", "x").rule, Confidence.LIKELY, 3)


def test_the_services_are_those_at_the_root() -> None:
    settings = first_settings(report(at_root=("README.md", ".pre-commit-config.yaml", ".github/")))
    assert settings.services == (Service.GITHUB, Service.PRE_COMMIT)
