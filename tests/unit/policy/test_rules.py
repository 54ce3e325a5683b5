"""The catalogue as a collection: sorted, without doubles, with a digest of what it says."""

import pytest

from hygiene.errors import BrokenRules, UnknownRule
from hygiene.model.permit import Origin
from hygiene.model.rule import Confidence, Override, RuleId, Severity
from hygiene.policy.rules.catalogue import BUILT_IN, Catalogue, load_catalogue
from hygiene.policy.rules.file import read_rule
from tests.fakes.reports import plain_rule as rule


def test_rules_are_sorted_by_id() -> None:
    catalogue = Catalogue((rule("b"), rule("c"), rule("a")))

    assert [each.id for each in catalogue.rules] == ["a", "b", "c"]


def test_a_rule_is_found_by_its_id() -> None:
    catalogue = Catalogue((rule("a"), rule("b")))

    assert catalogue.get("b").id == "b"
    assert "a" in catalogue
    assert "c" not in catalogue


def test_an_unknown_id_names_the_nearest_ones() -> None:
    catalogue = Catalogue((rule("python-bytecode"), rule("node-modules")))

    with pytest.raises(UnknownRule) as caught:
        catalogue.get("python-bytecodes")

    assert "python-bytecode" in caught.value.hint
    assert catalogue.nearest("zzz") == ()


def test_a_very_long_id_is_answered_at_once() -> None:
    assert load_catalogue().nearest("python-bytecode" * 100_000) == ()


def test_extending_adds_rules_and_changes_nothing_else() -> None:
    small = Catalogue((rule("b"),))

    large = small.extended([rule("a")])

    assert [each.id for each in large.rules] == ["a", "b"]
    assert [each.id for each in small.rules] == ["b"]


def test_an_id_that_is_taken_is_a_problem() -> None:
    built_in = load_catalogue().rules[0]

    with pytest.raises(BrokenRules) as caught:
        load_catalogue().extended([rule(built_in.id, origin="team/x.toml")])

    assert caught.value.problems == (
        f"team/x.toml: id: {built_in.id!r} is taken by {built_in.origin}; an id of its own",
    )


def test_the_digest_follows_what_the_rules_say_and_not_where_they_were_read() -> None:
    one = Catalogue((rule("a"), rule("b")))

    assert one.digest == Catalogue((rule("b", origin="elsewhere"), rule("a", origin="there"))).digest
    assert one.digest != Catalogue((rule("a"), rule("b", severity=Severity.HIGH))).digest
    assert len(one.digest) == 64


def test_an_override_decides_severity_and_stands_with_the_rule() -> None:
    override = Override("hygiene.toml:3", Confidence.LIKELY, Severity.HIGH)

    first, second = Catalogue((rule("a"), rule("b"))).overridden({RuleId("b"): override}).rules

    assert (first.override, first.severity) == (None, Severity.LOW)
    assert (second.override, second.severity) == (override, Severity.HIGH)


def test_a_disabled_rule_judges_nothing_and_is_known() -> None:
    catalogue = Catalogue((rule("a"), rule("b"))).overridden({RuleId("a"): Override("x:1", enabled=False)})

    assert [each.id for each in catalogue.rules] == ["b"]
    assert "a" in catalogue
    assert catalogue.get("a").id == "a"
    assert catalogue.nearest("a") == ("a",)
    with pytest.raises(BrokenRules):
        catalogue.extended([rule("a", origin="team.toml")])


def test_an_override_of_no_rule_is_an_error() -> None:
    with pytest.raises(UnknownRule):
        Catalogue((rule("a"),)).overridden({RuleId("z"): Override("x:1", enabled=False)})


def test_the_digest_follows_what_is_decided_and_not_where() -> None:
    plain = Catalogue((rule("a"),))

    def decided(origin: str, confidence: Confidence) -> str:
        return plain.overridden({RuleId("a"): Override(origin, confidence)}).digest

    assert decided("x:1", Confidence.LIKELY) == decided("y:9", Confidence.LIKELY) != plain.digest
    assert decided("x:1", Confidence.LIKELY) != decided("x:1", Confidence.REVIEW)


def test_the_built_in_files_hold_to_everything_that_team_files_must() -> None:
    read = [read_rule(path.read_bytes(), Origin(str(path))) for path in BUILT_IN.glob("*.toml")]

    assert [problem for each in read for problem in each.problems] == []
    checked = [each.sound for each in read if each.sound is not None]
    assert Catalogue(tuple(checked)).digest == load_catalogue().digest
    assert {each.origin for each in load_catalogue().rules} == {f"built-in/{each.id}.toml" for each in checked}
