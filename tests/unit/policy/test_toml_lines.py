"""On which line each key of a TOML document stands."""

import time
import tomllib

import pytest

from hygiene.policy.toml.lines import KeyPath, lines_of, skeleton
from tests.fakes.toml_documents import paths_in

DOCUMENT = '''\
# [not.a.table]
extend = ["a", # "b"
  'c', """d
"]""" ,
]
a.b."c\\u0041 # d".'e' = 1.5
[gate]   # = x
fail_on = "certain" # x
by_category = { media = "never", "x.y" = [ {z=1}, 2027-01-31 07:32:00 ], q.r = {} }

[ size . caps ]
"docs/*.pdf" = "20MiB"
[[waivers]]
rule = "x"
[[ waivers ]]
rule = \'\'\'
y\'\'\'
[waivers.sub]
k = 1
[[waivers.list]]
[[waivers.list]]
q = [[1, 2], [
  3]]
[""]
'''

EXPECTED: dict[KeyPath, int] = {
    ("extend",): 2,
    ("extend", 0): 2,
    ("extend", 1): 3,
    ("extend", 2): 3,
    ("a", "b", "cA # d", "e"): 6,
    ("gate",): 7,
    ("gate", "fail_on"): 8,
    ("gate", "by_category", "media"): 9,
    ("gate", "by_category", "x.y", 0, "z"): 9,
    ("gate", "by_category", "x.y", 1): 9,
    ("gate", "by_category", "q", "r"): 9,
    ("size",): 11,
    ("size", "caps"): 11,
    ("size", "caps", "docs/*.pdf"): 12,
    ("waivers",): 13,
    ("waivers", 0): 13,
    ("waivers", 0, "rule"): 14,
    ("waivers", 1): 15,
    ("waivers", 1, "rule"): 16,
    ("waivers", 1, "sub"): 18,
    ("waivers", 1, "sub", "k"): 19,
    ("waivers", 1, "list", 0): 20,
    ("waivers", 1, "list", 1): 21,
    ("waivers", 1, "list", 1, "q", 1, 0): 23,
    ("",): 24,
}


def test_every_place_has_its_line() -> None:
    lines = lines_of(DOCUMENT)
    assert {path: lines.get(path) for path in EXPECTED} == EXPECTED
    assert set(lines) == paths_in(tomllib.loads(DOCUMENT))


@pytest.mark.parametrize(
    "document",
    [
        "",
        "# only words",
        'a = "#"\nb = 1',
        'a = """\\"""" \nb = 1',
        'a = """x""""\nb = 1',
        "a = '''x''''\nb = '\\'\nc = 1",
        'a = "\\\\"\nb = 1',
        "a = ''\n'b' = \"\"\n\"\" = 3",
        "1.2 = 3\n-1 = -1.5e+3\n1979-05-27 = 1979-05-27T00:32:00.999-07:00",
        "a = [\n]\nb = {}\nc = [[], [\n[]]]",
        "a = [{b = [{c = 1}, {d = 2}]}, {}]\ne.f = { g.h = 1 }",
        "[a.b]\n[a]\nc = 1\n[[a.d]]\n[a.d.e]\n[[a.d]]\nf = 1",
        "a = 07:32:00\nb = [inf, -nan, 0xDEAD_BEEF, true]",
    ],
)
def test_the_places_are_those_that_the_parser_finds(document: str) -> None:
    assert set(lines_of(document)) == paths_in(tomllib.loads(document))


def test_windows_line_ends_count_once() -> None:
    assert lines_of("a = 1\r\n[b]\r\nc = 2\r\n")["b", "c"] == 3


def test_places_far_down_are_left_out() -> None:
    deep = ".".join("a" * 30)
    assert max(map(len, lines_of(f"{deep} = [1, 2]"))) == 12


def test_a_skeleton_keeps_lines_and_loses_what_strings_say() -> None:
    said = skeleton('a = "x.y" # .\nb = """\n.\n""" . c\n')
    assert said.split("\n") == ["a =  ", "b = ", "", " . c", ""]


@pytest.mark.parametrize(
    "text",
    [
        '\\"""\n' * 60_000,
        '"' * 200_000,
        "'''" * 80_000 + "'",
        "[" * 200_000,
        '"\\' * 100_000,
        "#" * 200_000,
        '"""' + "\\" * 99_999 + "\\",
    ],
)
def test_no_text_takes_long(text: str) -> None:
    began = time.perf_counter()
    skeleton(text)
    assert time.perf_counter() - began < 5  # some milliseconds; a minute where each start reads to the end
