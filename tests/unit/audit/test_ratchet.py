"""The ratchet: what there is may shrink, and never grow."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from hygiene.audit.baseline import Growth, growth, to_accept
from hygiene.model.permit import Accepted
from hygiene.model.rule import Category
from tests.unit.audit.permits import entry
from tests.unit.audit.scenes import audit

BUILD, MEDIA = Category.BUILD, Category.MEDIA

entries = st.sets(
    st.builds(
        lambda path, blob, category, size: entry(path, category, blob=blob * 40, category=category, size=size),
        st.sampled_from(["a", "b", "c", "d"]),
        st.sampled_from("12"),
        st.sampled_from([BUILD, MEDIA]),
        st.none() | st.integers(0, 9),
    )
)


def grown(before: set[Accepted], now: set[Accepted]) -> list[Growth]:
    return list(growth(before, now))


def test_more_files_of_a_category_are_growth_even_where_another_has_fewer() -> None:
    before = {entry("a"), entry("b"), entry("c", category=MEDIA)}
    now = {entry("c", category=MEDIA), entry("d", category=MEDIA)}
    assert grown(before, now) == [Growth(MEDIA, 1, 1, 2, 2)]


def test_more_files_are_growth() -> None:
    assert grown({entry("a")}, {entry("a"), entry("b")}) == [Growth(BUILD, 1, 1, 2, 2)]


def test_more_bytes_are_growth() -> None:
    assert grown({entry("a", blob="1" * 40, size=5)}, {entry("a", blob="2" * 40, size=6)}) == [
        Growth(BUILD, 1, 5, 1, 6)
    ]


def test_the_same_finding_is_no_growth_whatever_is_known_of_its_size_or_said_of_its_category() -> None:
    unsized, sized = entry("a", size=None), entry("a", size=5)
    assert grown({unsized}, {sized}) == []
    assert grown({sized, entry("b", blob="1" * 40, size=5)}, {unsized, entry("b", blob="2" * 40, size=6)}) == [
        Growth(BUILD, 2, 10, 2, 11)
    ]
    assert grown({entry("a", category=MEDIA)}, {entry("a")}) == []


@given(entries, st.data())
def test_less_is_never_growth(before: set[Accepted], data: st.DataObject) -> None:
    left = data.draw(st.sets(st.sampled_from(sorted(before, key=str)))) if before else set()
    assert grown(_one_a_key(before), _one_a_key(before) & left) == []


@given(entries, entries)
def test_anything_new_is_growth_unless_as_much_of_its_category_went(before: set[Accepted], now: set[Accepted]) -> None:
    before, now = _one_a_key(before), _one_a_key(now)
    told = {each.category for each in grown(before, now)}
    for category in (BUILD, MEDIA):
        files_before, files_now = (sum(each.category is category for each in side) for side in (before, now))
        if files_now > files_before:
            assert category in told


@given(entries)
def test_from_step_to_step_it_can_only_shrink(before: set[Accepted]) -> None:
    """No way leads back up: what was pruned is growth when it comes back."""
    before = _one_a_key(before)
    for pruned in before:
        assert grown(before - {pruned}, before)


def test_what_to_accept_is_all_that_stands_or_was_accepted_and_what_was_not_judged() -> None:
    report = replace(audit({}), stale=[entry("stale")], baselined=())
    assert to_accept(report, [entry("stale"), entry("not judged")]) == (entry("not judged"),)


def _one_a_key(entries: set[Accepted]) -> set[Accepted]:
    return set({each.key: each for each in sorted(entries, key=str)}.values())
