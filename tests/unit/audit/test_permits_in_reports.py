"""Permits end to end through an audit: what the report keeps, and the findings about the permits themselves."""

from dataclasses import replace

import pytest

from hygiene.audit.allowing import Permits
from hygiene.audit.baseline import Baseline, to_accept
from hygiene.audit.engine import AuditRequest
from hygiene.model.finding import Finding
from hygiene.model.inventory import RepositoryFacts
from hygiene.model.permit import Waiver, accepted_from
from hygiene.model.report import AuditReport
from hygiene.model.rule import Confidence, Match, Rule
from hygiene.patterns.glob import parse_patterns
from hygiene.policy.configuration.settings import SizeCaps
from hygiene.policy.evidence import evidence_policy
from hygiene.policy.rules.catalogue import load_catalogue
from tests.fakes.repository import FakeRepository
from tests.unit.audit.permits import TODAY, YESTERDAY, baseline, entry, permits, ratchet, waiver
from tests.unit.audit.scenes import audit, paths, rule

JUNK = rule("junk", Match(suffixes=(".junk",)), Confidence.CERTAIN)
TRASH = rule("trash", Match(suffixes=(".trash", ".both")), Confidence.CERTAIN)
BOTH = rule("both", Match(suffixes=(".both",)), Confidence.LIKELY)
ABOUT_PERMITS = [load_catalogue().get(name) for name in ("unused-waiver", "expired-waiver", "growing-clutter")]
RULES = (JUNK, TRASH, BOTH, *ABOUT_PERMITS)
FILES = {"hygiene.toml": b"# hi\n", "a.py": b"", "x/a.junk": b"12", "x/b.junk": b"345"}


def judged(permit: Permits, files: dict[str, bytes] | FakeRepository | None = None) -> AuditReport:
    return audit(files or FILES, *RULES, request=AuditRequest(permits=permit))


def about(report: AuditReport, name: str) -> list[Finding]:
    return [finding for finding in report.findings if finding.rule == name]


def test_waived_findings_stay_in_the_report_with_their_waiver_and_rule() -> None:
    report = judged(permits(waiver("x/")))
    assert not report.findings
    assert not report.groups
    assert [(waived.finding.path, waived.waiver) for waived in report.waived] == [
        ("x/a.junk", waiver("x/")),
        ("x/b.junk", waiver("x/")),
    ]
    assert report.rules.keys() == {"junk"}


def test_baselined_findings_stay_in_the_report_with_their_rule() -> None:
    first = judged(permits())
    report = judged(baseline(*to_accept(first)))
    assert paths(report.baselined) == ["x/a.junk", "x/b.junk"]
    assert not report.findings
    assert not report.stale
    assert report.rules.keys() == {"junk"}


def test_a_new_file_is_a_finding_beside_a_baseline() -> None:
    report = judged(baseline(*to_accept(judged(permits()))), FILES | {"x/new.junk": b""})
    assert paths(report.findings) == ["x/new.junk"]
    assert [group.path for group in report.groups] == ["x/new.junk"]


@pytest.mark.parametrize(("gone", "note"), [(1, "1 entry of the baseline is"), (2, "2 entries of the baseline are")])
def test_stale_entries_are_noted_and_fail_nothing(gone: int, note: str) -> None:
    stale = [entry(f"{number}.junk") for number in range(gone)]
    report = judged(baseline(*stale), {"a.py": b""})
    assert report.stale == stale
    assert report.notes == [f"{note} stale; --write-baseline prunes them"]
    assert not report.findings


def test_unused_waivers_of_one_file_are_one_finding_with_a_reason_each() -> None:
    report = judged(permits(waiver("y/", line=3), waiver("x/", line=4), waiver("z/", line=5, blob="1" * 40)))
    (finding,) = about(report, "unused-waiver")
    assert (finding.path, finding.confidence) == ("hygiene.toml", Confidence.LIKELY)
    assert [(each.path, each.line) for each in finding.evidence] == [("hygiene.toml", 3), ("hygiene.toml", 5)]
    assert "junk for y/" in finding.evidence[0].text
    assert "blob 111111111111" in finding.evidence[1].text


def test_each_configuration_file_has_its_own_finding() -> None:
    elsewhere = waiver("z/")
    elsewhere = replace(elsewhere, origin=elsewhere.origin._replace(file="config/tests/base.toml"))
    report = judged(permits(waiver("y/"), elsewhere, waiver("w/", line=9)))
    assert paths(about(report, "unused-waiver")) == ["config/tests/base.toml", "hygiene.toml"]


def test_a_configuration_among_fixtures_is_no_fixture() -> None:
    inside = waiver("z/")
    inside = replace(inside, origin=inside.origin._replace(file="tests/hygiene.toml"))
    (finding,) = about(judged(permits(inside)), "unused-waiver")
    assert finding.confidence is Confidence.LIKELY


def test_a_team_cannot_make_its_configuration_a_fixture() -> None:
    everything = evidence_policy().with_fixtures(parse_patterns(["/*"]))
    report = audit(FILES, *RULES, request=AuditRequest(permits=permits(waiver("y/"))), policy=everything)
    assert [f.confidence for f in about(report, "unused-waiver")] == [Confidence.LIKELY]


def test_the_finding_is_about_the_tracked_file_where_there_is_one() -> None:
    tracked, untracked = (
        about(judged(permits(waiver("y/")), files), "unused-waiver")[0] for files in (FILES, NO_CONFIG)
    )
    assert tracked.blob == FakeRepository.holding(FILES).list_index().entries[1].blob
    assert (untracked.mode, untracked.blob, untracked.size) == ("100644", "0" * 40, None)


def test_the_name_of_no_content_is_as_long_as_the_others() -> None:
    class Longer(FakeRepository):
        @property
        def facts(self) -> RepositoryFacts:
            return replace(super().facts, object_format="sha256")

    (finding,) = about(judged(permits(waiver("y/")), Longer.holding(NO_CONFIG)), "unused-waiver")
    assert finding.blob == "0" * 64


def test_an_untracked_configuration_file_makes_no_group_of_its_folder() -> None:
    far = waiver("z/")
    far = replace(far, origin=far.origin._replace(file="config/hygiene.toml"))
    report = judged(permits(far), {"config/a.py": b""})
    assert [(group.path, group.count) for group in report.groups] == [("config/hygiene.toml", 1)]


def test_an_expired_waiver_is_certain_and_says_its_day() -> None:
    report = judged(permits(waiver("x/a.junk", expires=YESTERDAY, line=7)))
    (finding,) = about(report, "expired-waiver")
    assert finding.confidence is Confidence.CERTAIN
    assert [(each.line, "2026-06-14" in each.text) for each in finding.evidence] == [(7, True)]
    assert not about(report, "unused-waiver")
    assert "x/a.junk" in paths(report.findings)


def test_an_expired_waiver_without_findings_is_unused() -> None:
    report = judged(permits(waiver("y/", expires=YESTERDAY)))
    assert not about(report, "expired-waiver")
    assert "2026-06-14" in about(report, "unused-waiver")[0].evidence[0].text


def test_a_waiver_that_another_rule_has_overtaken_says_so() -> None:
    report = judged(permits(waiver("y.both", "both")), {"y.both": b""})
    (finding,) = about(report, "unused-waiver")
    assert "y.both is a finding of trash first" in finding.evidence[0].text


@pytest.mark.parametrize("about_permits", ABOUT_PERMITS, ids=lambda rule: rule.id)
def test_no_permit_speaks_of_the_rules_about_permits(about_permits: Rule) -> None:
    permit = Permits(
        TODAY,
        [waiver("*", about_permits.id), waiver("x/a.junk", expires=YESTERDAY), waiver("y/", line=2)],
        Baseline("base.json", ()),
        ratchet=True,
    )
    report = judged(permit)
    assert about(report, about_permits.id)
    assert not report.waived
    assert about_permits.id not in {accepted.rule for accepted in to_accept(report)}


def test_where_something_could_not_be_read_nothing_is_called_unused() -> None:
    repository = FakeRepository.holding(FILES)
    repository.lose("HEAD:a.py")
    report = judged(permits(waiver("y/")), repository)
    assert report.incomplete
    assert not report.idle_waivers
    assert not about(report, "unused-waiver")


def test_where_only_what_is_new_was_capped_no_permit_of_the_cap_is_unused() -> None:
    rules = (load_catalogue().get("oversized-file"), *ABOUT_PERMITS)
    permit = permits(waiver("big.bin", "oversized-file"), waiver("y/"))
    repository = FakeRepository.holding({"big.bin": b"12345"})

    def unused(new_since: str | None) -> list[Waiver]:
        request = AuditRequest(size_caps=SizeCaps(100), new_since=new_since, permits=permit)
        return [idle.waiver for idle in audit(repository, *rules, request=request).idle_waivers]

    assert unused(None) == list(permit.waivers)
    assert unused("HEAD") == [permit.waivers[1]]


def test_of_what_is_staged_only_what_fails_is_told() -> None:
    repository = FakeRepository.holding(FILES)
    repository.file("x/new.junk", b"new")
    waivers = [waiver("gone/"), waiver("x/new.junk", expires=YESTERDAY, line=2)]
    permit = Permits(TODAY, waivers, Baseline("base.json", [entry("gone.junk")]))
    report = audit(repository, *RULES, request=AuditRequest(staged=True, permits=permit))
    assert sorted(finding.rule for finding in report.findings) == ["expired-waiver", "junk"]
    assert [idle.waiver for idle in report.idle_waivers] == waivers[1:]
    assert not report.stale


def test_growing_clutter_stands_at_the_baseline_and_names_what_grew() -> None:
    report = judged(ratchet(accepted_from(judged(permits()).findings[0])))
    (finding,) = about(report, "growing-clutter")
    assert (finding.path, finding.confidence) == ("base.json", Confidence.CERTAIN)
    assert [each.text for each in finding.evidence] == [
        "build grew from 1 to 2 files and 2 to 5 bytes; new: x/b.junk",
    ]


def test_what_a_waiver_lets_pass_is_no_growth() -> None:
    both = replace(ratchet(accepted_from(judged(permits()).findings[0])), waivers=[waiver("x/b.junk")])
    assert not judged(both).findings


def test_without_the_ratchet_nothing_is_said_of_growth() -> None:
    assert not about(judged(baseline()), "growing-clutter")


def test_the_report_names_the_files_of_the_policy() -> None:
    report = audit(FILES, *RULES, request=AuditRequest(policy=("base.toml", "hygiene.toml")))
    assert report.policy == ("base.toml", "hygiene.toml")


def test_the_same_permits_give_the_same_report_whatever_their_findings_order() -> None:
    accepted = to_accept(judged(permits()))
    assert judged(baseline(*accepted)) == judged(baseline(*reversed(accepted)))


NO_CONFIG = {path: content for path, content in FILES.items() if path != "hygiene.toml"}
