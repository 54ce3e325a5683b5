"""What audits depend on, and what they cannot offer because of it."""

from dataclasses import replace

import pytest

from hygiene.audit.conditions.configuration import baseline_condition, settings_condition
from hygiene.audit.conditions.machine import machine_conditions
from hygiene.audit.conditions.repository import repository_conditions
from hygiene.audit.conditions.trouble import broken, gravest
from hygiene.errors import BrokenConfiguration, ExitStatus, NotARepository
from hygiene.model.condition import Condition, Standing, Topic
from hygiene.model.layout import GitLayout, IndexLayout
from hygiene.model.machine import Machine, Part
from tests.fakes.repository import FakeRepository
from tests.unit.audit.permits import baseline, entry, permits

GIT = Part("git", "2.39.5", "/usr/bin/git")
LIBMAGIC = Part("libmagic", "5.44", "from the system")


def machine(*parts: Part, git: Part = GIT, libmagic: Part = LIBMAGIC) -> dict[str, Condition]:
    return {each.what: each for each in machine_conditions(Machine("Linux", parts, git, libmagic))}


def conditions(repository: FakeRepository, layout: GitLayout | None = None) -> dict[str, Condition]:
    return {each.what: each for each in repository_conditions(repository, layout or GitLayout())}


def test_a_machine_with_everything_is_fine() -> None:
    found = machine(Part("click", "8.2"))
    assert {each.standing for each in found.values()} == {Standing.FINE}
    assert list(found)[-3:] == ["signatures", "libmagic", "nul-test"]


def test_a_machine_without_git_or_libmagic_is_told_what_that_costs() -> None:
    found = machine(git=Part("git", None), libmagic=Part("libmagic", None))
    for what in ("git", "libmagic"):
        assert found[what].standing is Standing.NOTE
        assert found[what].means
        assert found[what].help


def test_a_library_that_does_not_load_is_told() -> None:
    assert "libssl" in machine(Part("libgit2", None, trouble="libssl.so.3: not found"))["libgit2"].says


def test_a_plain_repository_meets_no_feature() -> None:
    found = conditions(FakeRepository.holding({"a": b"a"}))
    assert {each.standing for each in found.values()} == {Standing.FINE, Standing.ABSENT}
    assert found["tracked"].says == "1 file in the index"


@pytest.mark.parametrize(
    ("layout", "what"),
    [
        (GitLayout(is_linked=True), "linked-work-tree"),
        (GitLayout(has_reftable=True), "reftable"),
        (GitLayout(replacements=2), "replace-refs"),
        (GitLayout(has_grafts=True), "grafts"),
        (GitLayout(borrows=1), "alternates"),
        (GitLayout(IndexLayout(3, frozenset({"sdir"}))), "sparse-index"),
        (GitLayout(IndexLayout(2, frozenset({"link"}))), "split-index"),
    ],
)
def test_a_feature_is_noted_with_what_it_means(layout: GitLayout, what: str) -> None:
    found = conditions(FakeRepository.holding({"a": b"a"}), layout)
    assert found[what].means
    assert [each.what for each in found.values() if each.standing is Standing.NOTE] == [what]


def test_what_is_tracked_brings_features_too() -> None:
    repository = FakeRepository.holding({".gitattributes": b"*.bin filter=lfs\n"})
    repository.gitlink("module")
    repository.conflict("a", base=b"1", ours=b"2", theirs=b"3")
    found = conditions(repository)
    assert [each.what for each in found.values() if each.standing is Standing.NOTE] == ["conflict", "submodules", "lfs"]


def test_a_repository_with_nothing_in_it_is_no_failure() -> None:
    found = conditions(FakeRepository())
    assert {found[what].standing for what in ("unborn", "tracked")} == {Standing.NOTE}
    assert gravest(found.values()) is ExitStatus.CLEAN


def test_missing_objects_make_audits_incomplete() -> None:
    repository = FakeRepository.holding({"a": b"a", "b": b"b"})
    repository.lose("HEAD:a")
    found = conditions(repository)
    assert (found["objects"].standing, found["objects"].says) == (Standing.INCOMPLETE, "1 of 2 objects")
    assert gravest(found.values()) is ExitStatus.INCOMPLETE


def test_every_problem_of_a_configuration_is_told_and_the_hint_once() -> None:
    told = list(broken(Topic.CONFIGURATION, "settings", BrokenConfiguration(["hygiene.toml:1: one", "two"])))
    assert [each.says for each in told] == ["hygiene.toml:1: one", "two"]
    assert [bool(each.help) for each in told] == [False, True]
    assert gravest(told) is ExitStatus.USAGE


def test_what_is_broken_first_decides_the_status() -> None:
    incomplete = Condition(Topic.REPOSITORY, "objects", Standing.INCOMPLETE, "", status=ExitStatus.INCOMPLETE)
    nowhere = list(broken(Topic.REPOSITORY, "place", NotARepository("/x")))
    assert gravest([incomplete, *nowhere]) is ExitStatus.NOTHING_TO_AUDIT
    assert gravest([]) is ExitStatus.CLEAN


def test_the_configuration_is_named_or_its_absence() -> None:
    assert settings_condition(["base.toml", "hygiene.toml"]).says == "read from base.toml, hygiene.toml"
    assert settings_condition([]).standing is Standing.ABSENT
    assert baseline_condition(permits()).standing is Standing.ABSENT
    assert baseline_condition(replace(permits(), absent="x.json")).status is ExitStatus.INCOMPLETE
    assert "2 findings" in baseline_condition(baseline(entry("a"), entry("b"))).says
