"""A waiver is added to what people wrote, and nothing else about their file changes."""

import tomllib
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hygiene.adoption.waiver_writing import Table, problems_of, waiver_text, with_waiver
from hygiene.model.paths import BlobId
from hygiene.model.permit import Origin, Waiver
from hygiene.model.rule import RuleId
from hygiene.policy.configuration.file import own_table

OWN = own_table("hygiene.toml")
SHARED = own_table("pyproject.toml")
PLAIN = Waiver(RuleId("junk"), "/a.db", "it is meant", Origin("here"))
FULL = Waiver(RuleId("junk"), "/a.db", "it is meant", Origin("here"), BlobId("a" * 40), date(2027, 1, 31), "docs team")
SAID = {"rule": "junk", "path": "/a.db", "reason": "it is meant"}


def added(text: str, home: Table = OWN, waiver: Waiver = PLAIN) -> str:
    written = with_waiver(text, waiver, home)
    assert written is not None
    return written


def waivers(text: str, home: Table = OWN) -> list[object]:
    table: object = tomllib.loads(text.removeprefix("\ufeff"))
    for key in (*home, "waivers"):
        assert isinstance(table, dict)
        table = table[key]
    assert isinstance(table, list)
    return table


def test_a_new_file_holds_the_waiver_alone() -> None:
    assert added("") == '[[waivers]]\nrule = "junk"\npath = "/a.db"\nreason = "it is meant"\n'


def test_every_part_is_written() -> None:
    assert added("", waiver=FULL) == (
        '[[waivers]]\nrule = "junk"\npath = "/a.db"\nblob = "' + "a" * 40 + '"\n'
        'reason = "it is meant"\nexpires = 2027-01-31\nowner = "docs team"\n'
    )


def test_it_stands_after_the_others_and_before_the_comment_of_the_next_table() -> None:
    before = '[[waivers]]\nrule = "x"\n# about x\n\n'
    after = "# How large\n[size]\nmax = 1\n"
    assert added(before + after) == f"{before}{waiver_text(PLAIN, OWN)}\n{after}"


def test_tables_without_a_line_between_them_get_one() -> None:
    written = added('[[waivers]]\nrule = "x"\n[size]\nmax = 1\n')
    assert written == f'[[waivers]]\nrule = "x"\n\n{waiver_text(PLAIN, OWN)}\n[size]\nmax = 1\n'


def test_without_others_it_stands_at_the_end_of_our_own_table() -> None:
    before = '[project]\nname = "x"\n\n[tool.hygiene]\nextend = []\n\n[tool.hygiene.gate]\nratchet = true\n\n'
    after = "# Lint\n[tool.lint]\nx = 1\n"
    assert added(before + after, SHARED) == f"{before}{waiver_text(PLAIN, SHARED)}\n{after}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("waivers = []\n", "waivers = [%s]\n"),
        ("waivers = [{rule = 'x'}] # why\n[size]\n", "waivers = [{rule = 'x'}, %s] # why\n[size]\n"),
        (
            "waivers = [\n  # first\n  {rule = 'x'}, # why\n]\n",
            "waivers = [\n  # first\n  {rule = 'x'}, # why\n  %s,\n]\n",
        ),
        ("waivers = [\r\n  {rule = 'x'}\r\n]\r\n", "waivers = [\r\n  {rule = 'x'},\r\n  %s\r\n]\r\n"),
    ],
)
def test_an_array_gets_one_more_element(text: str, expected: str) -> None:
    assert added(text) == expected % '{rule = "junk", path = "/a.db", reason = "it is meant"}'


@pytest.mark.parametrize(
    ("text", "home"),
    [
        ("# only a note", OWN),
        ("[gate]\nratchet = true", OWN),
        ("[gate]\nratchet = true\n\n\n", OWN),
        ('\ufeff[gate]\nfail_on = "likely"\n', OWN),
        ('[[waivers]]\nrule = "x"\n\n[size]\nmax = 1\n\n[[waivers]]\nrule = "y"\n\n# end\n[gate]\n', OWN),
        ('[[waivers]]\nreason = """\n[size]\n# """\n[size]\nmax = 1\n', OWN),
        ("[[waivers]]\nreason = '''\n\n\n# not a note'''\n# note\n\n\n[size]\nmax = 1\n", OWN),
        ("[['waivers']]\nrule = 'x'\n[size]\nmax = inf\ncaps = { a = nan }\n", OWN),
        ("[tool.lint]\nx = 1\n[tool.hygiene]\n[tool.other]\ny = 1\n", SHARED),
        ("tool.hygiene.gate.ratchet = true\ntool.lint.x = 1\n", SHARED),
        ("[tool]\nhygiene.gate.ratchet = true\nlint.x = 1\n[z]\n", SHARED),
        ("[project]\nname = 'x'\n", SHARED),
        ("[[tool.hygiene.waivers]]\nrule = 'x'\n[tool.lint]\n[tool.hygiene.size]\nmax = 1\n", SHARED),
    ],
)
def test_the_text_is_only_added_to_and_says_the_waiver_last(text: str, home: Table) -> None:
    written = added(text, home)
    assert _is_added_to(text, written)
    assert waivers(written, home)[-1] == SAID


@pytest.mark.parametrize(
    "text",
    [
        "tool = {hygiene = {gate = {ratchet = true}}}\n",
        "[tool]\nhygiene = {size = {max = 1}}\n",
        "[tool.hygiene]\nwaivers = 7\n",
    ],
)
def test_where_there_is_no_safe_place_nothing_is_written(text: str) -> None:
    assert with_waiver(text, PLAIN, SHARED) is None


def test_crlf_files_stay_crlf() -> None:
    written = added('[gate]\r\nfail_on = "likely"\r\n')
    assert written.count("\n") == written.count("\r\n") == 7


def test_mixed_line_ends_stay_as_they_are() -> None:
    text = "[gate]\nratchet = true\r\n# note\r\n"
    assert added(text) == f"{text}\n{waiver_text(PLAIN, OWN)}"


@pytest.mark.parametrize(("name", "prefix"), [("hygiene.toml", ""), ("pyproject.toml", "tool.hygiene.")])
def test_what_is_written_is_what_the_audit_accepts(name: str, prefix: str) -> None:
    text = added(added("", own_table(name), FULL), own_table(name))
    assert text.count(f"[[{prefix}waivers]]\n") == 2
    assert problems_of(name, text) == ()


def test_what_the_audit_would_refuse_is_told() -> None:
    (problem,) = problems_of(
        "hygiene.toml", added("", waiver=Waiver(RuleId("junk"), "/" + "a" * 5000, "x", Origin("")))
    )
    assert "waivers[0].path" in problem


_keys = st.sampled_from(["a", "b", "waivers", '"x y"', "size"])
_values = st.sampled_from(
    ["1", "'x'", '"\\u00e9"', "[1, 2]", "{ k = 1 }", "'''\n# a\n[b]\n'''", '"""\n\n"""', "nan", "[\n 1, # n\n]"]
)
_lines = st.one_of(
    st.builds("{} = {}".format, _keys, _values),
    st.builds("[{}]".format, _keys),
    st.builds("[{}.{}]".format, _keys, _keys),
    st.just("[[waivers]]"),
    st.sampled_from(["", "# note", "  ", "# [size]", "#"]),
)
_documents = st.builds(
    lambda lines, end, last: end.join(lines) + (end if last else ""),
    st.lists(_lines, max_size=9),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
)


@settings(deadline=None, max_examples=300)
@given(_documents, st.text(min_size=1).filter(lambda text: not any("\ud800" <= sign <= "\udfff" for sign in text)))
def test_whatever_the_file_says_it_says_the_same_and_the_waiver(text: str, reason: str) -> None:
    try:
        before = tomllib.loads(text, parse_float=str)
    except tomllib.TOMLDecodeError:
        return
    written = with_waiver(text, Waiver(RuleId("junk"), "/a.db", reason, Origin("")), OWN)
    there = before.get("waivers", [])
    if written is None:
        assert not isinstance(there, list) or not all(isinstance(each, dict) for each in there)
        return
    assert tomllib.loads(written, parse_float=str) == before | {"waivers": [*there, SAID | {"reason": reason}]}
    assert _is_added_to(text, written)


def _is_added_to(old: str, new: str) -> bool:
    more = len(new) - len(old)
    return any(new[:at] + new[at + more :] == old for at in range(len(old) + 1))
