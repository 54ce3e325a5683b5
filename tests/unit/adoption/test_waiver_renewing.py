"""An expired waiver is renewed in its place, and nothing else about the file changes."""

from datetime import date

import pytest

from hygiene.adoption.waiver_renewing import with_renewal
from hygiene.adoption.waiver_writing import Table
from hygiene.model.paths import BlobId
from hygiene.model.permit import Origin, Waiver
from hygiene.model.rule import RuleId
from hygiene.policy.configuration.file import own_table

OWN = own_table("hygiene.toml")
SHARED = own_table("pyproject.toml")
OLD = Waiver(RuleId("junk"), "/a.db", "old", Origin("here"), expires=date(2020, 1, 1))
ENDLESS = Waiver(RuleId("junk"), "/a.db", "new", Origin("here"))
ENDING = Waiver(RuleId("junk"), "/a.db", "new", Origin("here"), expires=date(2027, 1, 31), owner="docs")

TABLE = """\ufeff# ours
[gate] # the gate

[[waivers]] # one
rule = 'junk' # by name
path = "/a.db"
expires = 2020-01-01 # ask Ann
reason = \'\'\'
old
\'\'\' # why

# about the other
[[waivers]]
rule = "junk"
path = "/b.db"
reason = "other"
expires = 2020-01-01
"""


def renewed(text: str, new: Waiver, home: Table = OWN) -> str:
    written = with_renewal(text, OLD, new, home)
    assert written is not None
    return written


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("new", "day", "owner"),
    [(ENDLESS, "# ask Ann", ""), (ENDING, "expires = 2027-01-31 # ask Ann", 'owner = "docs"\n')],
)
def test_values_are_replaced_and_comments_stay(new: Waiver, day: str, owner: str, end: str) -> None:
    expected = TABLE.replace("expires = 2020-01-01 # ask Ann", day)
    expected = expected.replace("'''\nold\n''' # why\n", f'"new" # why\n{owner}')
    assert renewed(TABLE.replace("\n", end), new) == expected.replace("\n", end)


def test_a_last_day_that_stands_alone_goes_with_its_row() -> None:
    text = '[[waivers]]\nrule = "junk"\npath = "/a.db"\nreason = "old"\nexpires = 2020-01-01'
    assert renewed(text, ENDLESS) == '[[waivers]]\nrule = "junk"\npath = "/a.db"\nreason = "new"\n'


def test_an_element_of_an_array_is_renewed() -> None:
    text = 'waivers = [\n  {rule = "junk", path = "/a.db", reason = "old", expires = 2020-01-01}, # why\n]\n'
    assert renewed(text, ENDING) == text.replace('"old"', '"new"').replace("2020-01-01", '2027-01-31, owner = "docs"')
    assert renewed(text, ENDLESS) == text.replace('"old", expires = 2020-01-01', '"new" ')


def test_it_is_found_in_a_shared_file_and_by_its_content() -> None:
    pin = "a" * 40
    entry = '[[tool.hygiene.waivers]]\nrule = "junk"\npath = "/a.db"\nreason = "old"\nexpires = 2020-01-01\n'
    pinned = f'{entry}blob = "{pin}"\n'
    old = Waiver(OLD.rule, OLD.path, OLD.reason, OLD.origin, BlobId(pin), OLD.expires)
    new = Waiver(OLD.rule, OLD.path, "new", OLD.origin, BlobId("b" * 40), date(2027, 1, 31))
    written = with_renewal(entry + pinned, old, new, SHARED)
    assert written == entry + pinned.replace("old", "new").replace("2020-01-01", "2027-01-31").replace(pin, "b" * 40)


@pytest.mark.parametrize("text", ["", "waivers = 7\n", "[[waivers]]\nrule = 'x'\n", "[["])
def test_what_is_not_there_cannot_be_renewed(text: str) -> None:
    assert with_renewal(text, OLD, ENDLESS, OWN) is None
