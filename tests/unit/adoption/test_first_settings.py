"""What `hygiene init` proposes, from what an audit saw."""

import pytest

from hygiene.adoption.first_settings import (
    Allowance,
    Doubt,
    Example,
    FixtureFolder,
    Service,
    Threshold,
    first_settings,
)
from hygiene.model.inventory import Gap
from hygiene.model.paths import RepoPath
from hygiene.model.rule import Category, Confidence, RuleId
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


def test_many_findings_of_one_rule_in_one_folder_are_waived_together() -> None:
    crowd = [met("archive-file", f"test/data/{number % 3}/{number}.zip") for number in range(12)]
    far = [met("archive-file", "a.zip"), met("database-file", "demo/a.db")]
    assert first_settings(report(*far, *crowd)).example == Example(RuleId("archive-file"), "/test/data/", 12)
    scattered = [met("archive-file", f"{number}/a.zip") for number in range(30)]
    assert first_settings(report(*scattered)).example == Example(RuleId("archive-file"), "/0/a.zip")


def test_without_anything_to_decide_the_example_is_still_the_repositorys_own() -> None:
    bytecode = met("python-bytecode", "a.pyc")
    assert first_settings(report(bytecode)).example == Example(bytecode.rule, "/a.pyc")


def test_the_doubt_is_the_most_frequent_of_the_likely_rules() -> None:
    settings = first_settings(
        report(
            *(met("archive-file", f"{number}.zip", confidence=Confidence.REVIEW) for number in range(9)),
            *(met("log-file", f"{number}.log", confidence=Confidence.LIKELY) for number in range(3)),
            met("video-file", "a.mp4", confidence=Confidence.LIKELY),
        )
    )
    assert settings.doubt == Doubt(RuleId("log-file"), 3)


def test_no_override_is_proposed_that_changes_nothing_or_weakens_what_guards_secrets() -> None:
    settings = first_settings(
        report(
            met("archive-file", "a.zip", confidence=Confidence.REVIEW),
            met("python-bytecode", "a.pyc", confidence=Confidence.CERTAIN),
            met("environment-file", ".env", confidence=Confidence.LIKELY),
            met("private-key", "id_rsa", confidence=Confidence.LIKELY),
        )
    )
    assert settings.doubt is None


def test_a_threshold_is_stricter_for_credentials_and_milder_for_media_that_fail() -> None:
    film = met("video-file", "a.mp4", confidence=Confidence.CERTAIN)
    key = met("private-key", "tests/id_rsa", confidence=Confidence.REVIEW)
    assert first_settings(report(film, key)).threshold == Threshold(Category.CREDENTIAL, "likely")
    assert first_settings(report(film)).threshold == Threshold(Category.MEDIA, "never")
    mild = met("video-file", "a.mp4", confidence=Confidence.LIKELY)
    assert first_settings(report(mild, met("python-bytecode", "a.pyc"))).threshold is None


def test_the_dangers_are_named_once_and_worst_first() -> None:
    settings = first_settings(
        report(
            met("private-key", "b.key", confidence=Confidence.CERTAIN),
            met("python-bytecode", "a.pyc"),
            met("environment-file", ".env", confidence=Confidence.REVIEW),
        )
    )
    assert settings.dangers == ("b.key", ".env")


def test_the_services_are_those_at_the_root() -> None:
    settings = first_settings(report(at_root=("README.md", ".pre-commit-config.yaml", ".github/")))
    assert settings.services == (Service.GITHUB, Service.PRE_COMMIT)
