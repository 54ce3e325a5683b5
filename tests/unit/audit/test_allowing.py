"""What a team's permits let pass, what they do not, and what is said of those that let nothing pass."""

from collections.abc import Iterable

import pytest

from hygiene.audit.allowing import Permits, Reach, allow
from hygiene.model.finding import Finding
from hygiene.model.permit import Accepted, Idleness, Waiver
from tests.unit.audit.permits import TODAY, YESTERDAY, baseline, entry, finding, permits, waiver
from tests.unit.audit.scenes import paths

WHOLE = Reach()
PARTIAL = Reach(is_whole=False)


def passing(permit: Waiver, *findings: Finding) -> list[str]:
    return [waived.finding.path for waived in allow(findings, permits(permit), WHOLE).waived]


def idle(permits: Permits, *findings: Finding, reach: Reach = WHOLE) -> list[Idleness]:
    return [each.why for each in allow(findings, permits, reach).idle]


@pytest.mark.parametrize(
    "pattern", ["demo/a.db", "/demo/a.db", "demo/", "*.db", "demo/*", "**/a.db", "demo/**", "demo"]
)
def test_a_waiver_covers_what_its_pattern_matches_and_all_below(pattern: str) -> None:
    assert passing(waiver(pattern), finding("demo/a.db")) == ["demo/a.db"]


@pytest.mark.parametrize("pattern", ["/a.db", "b.db", "demo/a.db/", "emo/a.db", "demo/a", "#demo/a.db", ""])
def test_a_waiver_covers_nothing_else(pattern: str) -> None:
    assert passing(waiver(pattern), finding("demo/a.db")) == []


def test_a_negated_pattern_covers_nothing() -> None:
    assert passing(waiver("!*.db"), finding("demo/a.db"), finding("demo/a.txt")) == []


def test_a_waiver_is_for_one_rule() -> None:
    assert passing(waiver("*.db", "scratch"), finding("a.db", "junk")) == []


def test_a_waiver_of_a_rule_that_another_outranks_lets_nothing_pass() -> None:
    """What was permitted as something harmless must not pass once it is found to be something worse."""
    assert passing(waiver("a.log", "log"), finding("a.log", "private-key", also=["log"])) == []


def test_a_waiver_with_a_blob_is_for_that_content_alone() -> None:
    permit = waiver("*.db", blob="1" * 40)
    assert passing(permit, finding("a.db", blob="1" * 40), finding("b.db", blob="2" * 40)) == ["a.db"]


def test_the_last_day_is_part_of_the_waiver() -> None:
    permit = waiver("*.db", expires=YESTERDAY)
    found = [finding("a.db")]
    assert not allow(found, permits(permit, today=YESTERDAY), WHOLE).standing
    assert paths(allow(found, permits(permit, today=TODAY), WHOLE).standing) == ["a.db"]


def test_the_first_of_several_waivers_is_named_and_none_of_them_is_unused() -> None:
    broad, narrow = waiver("*.db", line=1), waiver("/a.db", line=2)
    allowed = allow([finding("a.db")], permits(broad, narrow), WHOLE)
    assert [waived.waiver for waived in allowed.waived] == [broad]
    assert not allowed.idle


def test_a_waiver_that_speaks_of_no_finding_is_unused() -> None:
    assert idle(permits(waiver("a.db"), waiver("gone.db", line=2)), finding("a.db")) == [Idleness.UNUSED]


def test_an_expired_waiver_is_told_as_such_while_a_finding_is_left_for_it() -> None:
    assert idle(permits(waiver("a.db", expires=YESTERDAY)), finding("a.db")) == [Idleness.EXPIRED]
    assert idle(permits(waiver("a.db", expires=YESTERDAY)), finding("b.db")) == [Idleness.UNUSED]


def test_an_expired_waiver_whose_findings_pass_otherwise_is_merely_unused() -> None:
    expired = waiver("a.db", expires=YESTERDAY)
    assert idle(permits(expired, waiver("*.db", line=2)), finding("a.db")) == [Idleness.UNUSED]
    accepted = Permits(TODAY, [expired], baseline(entry("a.db")).baseline)
    assert idle(accepted, finding("a.db")) == [Idleness.UNUSED]


def test_where_not_all_was_judged_nothing_is_called_unused_or_stale() -> None:
    permit = Permits(TODAY, [waiver("gone.db"), waiver("a.db", expires=YESTERDAY)], baseline(entry("b.db")).baseline)
    whole, partial = (allow([finding("a.db")], permit, reach) for reach in (WHOLE, PARTIAL))
    assert [each.why for each in whole.idle] == [Idleness.UNUSED, Idleness.EXPIRED]
    assert paths_of_stale(whole.stale) == ["b.db"]
    assert [each.why for each in partial.idle] == [Idleness.EXPIRED]
    assert not partial.stale


def test_a_rule_that_judged_some_files_only_makes_nothing_unused_or_stale() -> None:
    permit = Permits(TODAY, [waiver("gone.db")], baseline(entry("a.db"), entry("b.db", "other")).baseline)
    allowed = allow([], permit, Reach(partly=frozenset({waiver("").rule})))
    assert not allowed.idle
    assert paths_of_stale(allowed.stale) == ["b.db"]


def test_the_baseline_accepts_by_rule_path_and_blob() -> None:
    accepted = baseline(entry("a.db"))
    found = [finding("a.db"), finding("b.db"), finding("a.db", "other"), finding("a.db", blob="b" * 40)]
    allowed = allow(found, accepted, WHOLE)
    assert allowed.baselined == found[:1]
    assert allowed.standing == found[1:]
    assert not allowed.stale


def test_what_a_waiver_lets_pass_is_not_counted_by_the_baseline() -> None:
    both = Permits(TODAY, [waiver("a.db")], baseline(entry("a.db")).baseline)
    allowed = allow([finding("a.db")], both, WHOLE)
    assert (len(allowed.waived), len(allowed.baselined)) == (1, 0)
    assert paths_of_stale(allowed.stale) == ["a.db"]


def paths_of_stale(stale: Iterable[Accepted]) -> list[str]:
    return [each.path for each in stale]
