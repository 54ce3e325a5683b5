"""What a person means by `--select`."""

import pytest

from hygiene.errors import BadPattern, NothingSelected, NothingToPurge
from hygiene.history.purge_selection import selected
from hygiene.model.criterion import Aspect, Criterion
from hygiene.model.finding import Finding
from hygiene.model.past import HistoryReport
from hygiene.model.rule import Category, Confidence, Disposition, RuleId
from tests.fakes.purges import history_of
from tests.fakes.reports import plain_finding, plain_rule

DATABASE = plain_rule("database-file", category=Category.DATABASE, confidence=Confidence.CERTAIN)
MEDIA = plain_rule("video-file", category=Category.MEDIA, confidence=Confidence.REVIEW)
HUGE = plain_rule(
    "oversized-file", category=Category.OVERSIZE, confidence=Confidence.CERTAIN, disposition=Disposition.DECIDE
)
SETTINGS = plain_rule("expired-waiver", confidence=Confidence.CERTAIN, disposition=Disposition.KEEP)

FINDINGS = [
    plain_finding(DATABASE, "data/a.db"),
    plain_finding(DATABASE, "data/deep/b.db", confidence=Confidence.LIKELY),
    plain_finding(MEDIA, "talk.mp4", also=(RuleId("oversized-file"),)),
    plain_finding(HUGE, "huge.bin"),
    plain_finding(SETTINGS, "hygiene.toml"),
]


def report(*baselined: Finding) -> HistoryReport:
    held = {str(finding.path): ["x"] for finding in (*FINDINGS, *baselined)}
    return history_of(FINDINGS, held, baselined=baselined)


def chosen(*criteria: str) -> list[str]:
    asked = [Criterion(Aspect(each.partition(":")[0]), each.partition(":")[2]) for each in criteria]
    return [finding.path for finding in selected(report(), asked)]


@pytest.mark.parametrize(
    ("criteria", "paths"),
    [
        ([], ["data/a.db"]),
        (["confidence:likely"], ["data/a.db", "data/deep/b.db"]),
        (["category:database"], ["data/a.db", "data/deep/b.db"]),
        (["category:database", "confidence:certain"], ["data/a.db"]),
        (["rule:oversized-file"], ["huge.bin", "talk.mp4"]),
        (["path:*.db"], ["data/a.db", "data/deep/b.db"]),
        (["path:data/*.db"], ["data/a.db"]),
        (["path:data/"], ["data/a.db", "data/deep/b.db"]),
        (["path:huge.bin", "category:media"], ["huge.bin", "talk.mp4"]),
    ],
)
def test_the_criteria_add_up_and_the_confidence_limits_them(criteria: list[str], paths: list[str]) -> None:
    assert chosen(*criteria) == paths


@pytest.mark.parametrize(
    "criterion", ["category:model", "rule:core-dump", "path:nothing/*", "path:a//b", "rule:expired-waiver"]
)
def test_a_criterion_that_meets_nothing_is_named(criterion: str) -> None:
    with pytest.raises(NothingSelected) as raised:
        chosen("category:database", criterion)
    assert criterion in raised.value.message
    assert "category:database" not in raised.value.message


def test_a_history_without_certain_findings_has_nothing_to_purge() -> None:
    with pytest.raises(NothingToPurge):
        selected(history_of([], {}), [])


def test_what_the_baseline_accepts_goes_only_by_name() -> None:
    accepted = plain_finding(DATABASE, "old.db")
    usual = selected(report(accepted), [])
    named = selected(report(accepted), [Criterion(Aspect.CATEGORY, "database")])
    assert "old.db" not in [each.path for each in usual]
    assert "old.db" in [each.path for each in named]


def test_a_pattern_over_the_limits_is_refused() -> None:
    with pytest.raises(BadPattern):
        chosen(f"path:{'*' * 200}")
