"""The file that `hygiene init` writes can be read, as it is and with every suggestion taken in."""

import re

import pytest

from hygiene.adoption.first_settings import NOTHING_SEEN, FirstSettings, first_settings
from hygiene.model.rule import Category, Confidence
from hygiene.policy.configuration.loading import load_settings
from hygiene.policy.configuration.settings import Settings
from hygiene.report.first_config import first_config
from hygiene.report.first_steps import first_steps
from tests.fakes.policy_files import FakePolicyFiles
from tests.unit.adoption.first_reports import CATALOGUE, met, report

BASELINE = ".hygiene-baseline.json"
MIB = 1024 * 1024

MESSY = first_settings(
    report(
        met("python-bytecode", "a.pyc"),
        met("oversized-file", "docs/a.pdf", 12 * MIB),
        met("oversized-file", "docs/b.pdf", 40 * MIB),
        met("database-file", "qa/snapshots/a.db"),
        met("archive-file", "data.zip", confidence=Confidence.LIKELY),
        met("private-key", "server.key", confidence=Confidence.CERTAIN),
        tracked=509,
        at_root=(".github/", ".gitlab-ci.yml"),
    )
)


def taken_in(text: str) -> str:
    """The file with every suggestion taken in."""
    return re.sub(r"^#(?=[^ \n])", "", text, flags=re.MULTILINE)


def loaded(text: str) -> Settings:
    return load_settings(FakePolicyFiles.holding({"hygiene.toml": text}), None, CATALOGUE)


@pytest.mark.parametrize("settings", [NOTHING_SEEN, first_settings(report()), MESSY], ids=["nothing", "clean", "messy"])
def test_it_loads_as_it_is_and_with_every_suggestion(settings: FirstSettings) -> None:
    text = first_config(settings, BASELINE)
    loaded(text)
    assert taken_in(text) != text
    loaded(taken_in(text))


def test_what_fails_now_is_to_be_accepted_and_may_only_shrink() -> None:
    settings = loaded(first_config(MESSY, BASELINE))
    assert (settings.baseline, settings.ratchet) == (BASELINE, True)


def test_without_findings_the_baseline_is_only_a_suggestion() -> None:
    text = first_config(first_settings(report()), BASELINE)
    assert (loaded(text).baseline, loaded(text).ratchet) == (None, False)
    assert (loaded(taken_in(text)).baseline, loaded(taken_in(text)).ratchet) == (BASELINE, True)


def test_every_suggestion_says_what_was_meant() -> None:
    settings = loaded(taken_in(first_config(MESSY, BASELINE)))
    assert settings.size_caps.by_glob == (("/docs/*.pdf", 50 * MIB),)
    assert settings.fixtures == ("/qa/snapshots/",)
    assert [(waiver.rule, waiver.path) for waiver in settings.waivers] == [("archive-file", "/data.zip")]
    assert list(settings.overrides) == ["archive-file"]


def test_the_comments_tell_what_was_seen() -> None:
    text = " ".join(first_config(MESSY, BASELINE).replace("\n# ", " ").split())
    assert "4 of 509 tracked files are certain findings, 1 likely, 1 to review." in text
    assert "1 file looks like credentials" in text
    assert "docs/b.pdf has 40.0 MiB, the largest of 2 such files" in text
    assert "qa/snapshots/ holds 1 finding that tests may need" in text


def test_an_example_of_a_reason_claims_nothing() -> None:
    (waiver,) = loaded(taken_in(first_config(MESSY, BASELINE))).waivers
    assert waiver.reason == "say here why it is meant to be in the repository"


def test_credentials_are_proposed_a_stricter_gate() -> None:
    gate = loaded(taken_in(first_config(MESSY, BASELINE))).gate
    assert gate.by_category == {Category.CREDENTIAL: Confidence.LIKELY}


def test_what_would_change_nothing_is_not_suggested() -> None:
    settings = loaded(taken_in(first_config(first_settings(report(met("python-bytecode", "a.pyc"))), BASELINE)))
    assert (settings.gate.by_category, settings.overrides) == ({}, {})
    assert [waiver.path for waiver in settings.waivers] == ["/a.pyc"]


def test_a_crowd_is_told_by_its_number() -> None:
    crowd = first_settings(report(*(met("archive-file", f"data/{number}.zip") for number in range(1206))))
    text = first_config(crowd, BASELINE)
    assert "# 1,206 findings of this rule lie in this folder" in text
    assert '#path = "/data/"' in text


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (["b.key"], "1. look at b.key: untrack it (git rm --cached FILE) and change what it gives away,"),
        (["a.key", "\x1b.key"], '1. look at "\\033.key" and a.key: untrack them (git rm --cached FILE)'),
        (["a.key", "b.key", "c.key", "d.key", "e.key"], "1. look at a.key, b.key, c.key and 2 more: untrack them"),
    ],
)
def test_the_first_step_names_the_dangers(names: list[str], told: str) -> None:
    assert told in first_steps(first_settings(report(*(met("private-key", name) for name in names))), BASELINE)


@pytest.mark.parametrize("settings", [NOTHING_SEEN, MESSY], ids=["nothing", "messy"])
def test_no_file_of_our_own_repository_is_pointed_to(settings: FirstSettings) -> None:
    for text in (first_config(settings, BASELINE), first_steps(settings, BASELINE)):
        assert not re.search(r"docs/[a-z]+\.md", text)


def test_the_next_steps_fit_what_was_seen() -> None:
    told = first_steps(MESSY, BASELINE)
    assert "hygiene audit --write-baseline" in told
    assert "GitHub:" in told
    assert "GitLab:" in told
    assert "pre-commit" not in told
    assert "--write-baseline" not in first_steps(first_settings(report()), BASELINE)
