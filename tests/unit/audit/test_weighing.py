"""How evidence adds up to a confidence, and one finding is made of several rules."""

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from fixtures import content
from hygiene.audit.weighing import Scales
from hygiene.model.finding import Evidence, Finding
from hygiene.model.inventory import Entry
from hygiene.model.paths import BlobId, RepoPath
from hygiene.model.rule import Confidence, Disposition, Match, Override, Severity
from hygiene.patterns.glob import parse_patterns
from hygiene.policy.evidence import evidence_policy
from tests.unit.audit.scenes import audit, by_path, kinds, rule

DATABASE = rule("database", Match(suffixes=(".db",), content=("application/vnd.sqlite3",)))
LOG = rule("log", Match(suffixes=(".log",)))
LITTER = rule("litter", Match(names=(".DS_Store",)), Confidence.CERTAIN)
SCALES = Scales(evidence_policy(), {})
KINDS = st.lists(st.sampled_from([*sorted(evidence_policy().points), "name", "consumer", "tables"]), max_size=6)
BASES = st.sampled_from(list(Confidence))


def weighed(base: Confidence, heard: list[str], path: str = "a") -> Confidence:
    entry = Entry("100644", BlobId("0" * 40), RepoPath(path))
    return SCALES.weigh(entry, rule("r", confidence=base), [Evidence(kind, kind) for kind in heard]).confidence


def test_one_ordinary_witness_makes_likely_and_two_make_certain() -> None:
    ignored = {".gitignore": b"*.db\n"}
    database = content.sqlite({"t": ["id"]})
    assert by_path(audit({"a.db": database}, DATABASE))["a.db"].confidence is Confidence.LIKELY
    assert by_path(audit({"a.db": database} | ignored, DATABASE))["a.db"].confidence is Confidence.CERTAIN


def test_fixture_folders_take_one_step_away() -> None:
    found = by_path(audit({"tests/data/.DS_Store": b"\0", ".DS_Store": b"\0"}, LITTER))
    assert found[".DS_Store"].confidence is Confidence.CERTAIN
    assert found["tests/data/.DS_Store"].confidence is Confidence.LIKELY
    assert kinds(found["tests/data/.DS_Store"]) == ["name", "fixture"]


def test_names_that_only_a_running_program_gives_weigh_the_same_among_fixtures() -> None:
    found = by_path(audit({"tests/auth.db": content.sqlite({"t": ["id"]})}, DATABASE))["tests/auth.db"]
    assert kinds(found) == ["name", "content", "runtime-shape", "tables"]
    assert found.confidence is Confidence.CERTAIN


def test_a_mere_suspicion_is_for_a_person_to_decide() -> None:
    found = by_path(audit({"a.log": b"line\n"}, LOG))["a.log"]
    assert (found.confidence, found.disposition) == (Confidence.REVIEW, Disposition.DECIDE)


def test_of_several_rules_the_surest_then_the_gravest_names_the_finding() -> None:
    folder = rule("folder", Match(globs=("/run/",)), Confidence.LIKELY)
    grave = rule("grave", Match(suffixes=(".log",)), Confidence.LIKELY, Severity.HIGH)
    found = by_path(audit({"run/a.log": b"x\n"}, LOG, folder, grave))["run/a.log"]
    assert (found.rule, found.also) == ("grave", ("folder", "log"))


def test_the_report_says_what_each_evidence_counted() -> None:
    found = by_path(audit({".gitignore": b"*.log\n", "tests/a.log": b"x\n"}, LOG))["tests/a.log"]
    assert [(each.kind, each.points) for each in found.evidence] == [("name", 0), ("ignored", 0), ("fixture", -1)]


def test_the_fingerprint_hangs_on_rule_path_and_blob_alone() -> None:
    first = by_path(audit({"a.log": b"x\n"}, LOG))["a.log"]
    with_others = by_path(audit({"a.log": b"x\n", "b.py": b"", ".gitignore": b"*.log\n"}, LOG))["a.log"]
    changed = by_path(audit({"a.log": b"y\n"}, LOG))["a.log"]
    assert first.fingerprint == with_others.fingerprint != changed.fingerprint


@given(BASES, KINDS, st.sampled_from([k for k, points in evidence_policy().points.items() if points > 0]))
def test_a_further_witness_never_lowers_the_confidence(base: Confidence, heard: list[str], more: str) -> None:
    assert weighed(base, [*heard, more]) >= weighed(base, heard)


@given(BASES, KINDS)
def test_a_consumer_outweighs_everything(base: Confidence, heard: list[str]) -> None:
    assert weighed(base, [*heard, "consumer"]) is Confidence.REVIEW


@given(BASES, KINDS)
def test_the_same_kind_of_witness_counts_once(base: Confidence, heard: list[str]) -> None:
    assert weighed(base, heard * 2) is weighed(base, heard)


@given(BASES, KINDS)
def test_lying_among_fixtures_never_raises_and_takes_at_most_one_step(base: Confidence, heard: list[str]) -> None:
    heard = [kind for kind in heard if kind != "ignored"]  # which counts for nothing there
    step = weighed(base, heard) - weighed(base, heard, "tests/a")
    assert step in (0, 1)


def test_among_fixtures_witnesses_make_nothing_certain_that_its_name_is_not() -> None:
    tag = b"Signature: 8a477f597d28d172789f06886806bc55\n"
    files = {
        "tests/app/out/CACHEDIR.TAG": tag,
        "tests/app/out/a.log": b"x\n",
        "out/CACHEDIR.TAG": tag,
        "out/a.log": b"x\n",
    }
    found = by_path(audit(files, LOG))
    assert found["out/a.log"].confidence is Confidence.CERTAIN
    assert found["tests/app/out/a.log"].confidence is Confidence.LIKELY


def test_fixtures_inside_a_marked_tree_are_not_those_of_the_repository() -> None:
    files = {"env/pyvenv.cfg": b"home = /usr\n", "env/lib/pkg/tests/a.log": b"x\n"}
    assert by_path(audit(files, LOG))["env/lib/pkg/tests/a.log"].confidence is Confidence.CERTAIN


# What a team has decided


def decided(base: Confidence, to: Confidence, path: str = "a", heard: Sequence[str] = ()) -> Finding:
    own = replace(rule("r", confidence=base), override=Override("hygiene.toml:14", confidence=to))
    entry = Entry("100644", BlobId("0" * 40), RepoPath(path))
    return SCALES.weigh(entry, own, [Evidence(kind, kind) for kind in heard])


@given(BASES, BASES, KINDS, st.sampled_from(["a", "tests/a"]))
def test_a_teams_confidence_holds_whatever_the_evidence_says(
    base: Confidence, to: Confidence, heard: list[str], path: str
) -> None:
    found = decided(base, to, path, heard)
    assert found.confidence is to
    assert found.evidence[-1] == Evidence("override", f"hygiene.toml:14 sets it to {to}")


def test_the_disposition_follows_the_teams_confidence() -> None:
    assert decided(Confidence.CERTAIN, Confidence.REVIEW).disposition is Disposition.DECIDE
    assert decided(Confidence.REVIEW, Confidence.CERTAIN).disposition is Disposition.DELETE_AND_UNTRACK
    assert decided(Confidence.REVIEW, Confidence.CERTAIN, heard=["consumer"]).disposition is Disposition.DECIDE


def test_an_override_of_the_severity_alone_leaves_the_confidence_to_the_evidence() -> None:
    own = replace(LOG, override=Override("hygiene.toml:14", severity=Severity.HIGH))
    found = by_path(audit({".gitignore": b"*.log\n", "a.log": b"x\n"}, own))["a.log"]
    assert (found.confidence, kinds(found)) == (Confidence.LIKELY, ["name", "ignored"])


def fixtures_of(patterns: Sequence[str], path: str) -> list[str]:
    scales = Scales(evidence_policy().with_fixtures(parse_patterns(patterns)), {})
    found = scales.weigh(Entry("100644", BlobId("0" * 40), RepoPath(path)), LITTER, [])
    return [each.text for each in found.evidence if each.kind == "fixture"]


def test_a_teams_fixture_folders_take_one_step_away_too() -> None:
    told = ["it lies among fixtures (qa/**/data/)"]
    assert fixtures_of(["gold/", "qa/**/data/"], "qa/one/two/data/deep/.DS_Store") == told
    assert fixtures_of(["gold/", "qa/**/data/"], "qa/data/.DS_Store") == told
    assert fixtures_of(["gold/", "qa/**/data/"], "data/.DS_Store") == []
    assert fixtures_of(["/gold/**"], "gold/.DS_Store") == ["it lies among fixtures (/gold/**)"]
    assert fixtures_of(["qa/"], "tests/.DS_Store") == ["it lies among fixtures (tests/)"]
