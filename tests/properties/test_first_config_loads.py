"""Whatever a repository's names hold, the configuration that is written for it can be read, suggestions and all."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from hygiene.adoption.first_settings import first_settings
from hygiene.model.finding import Finding
from hygiene.model.rule import Confidence
from hygiene.policy.configuration.loading import load_settings
from hygiene.report.first_config import first_config
from tests.fakes.policy_files import FakePolicyFiles
from tests.unit.adoption.first_reports import CATALOGUE, met, report

MIB = 1024 * 1024
PIECES = [
    '"',
    "'''",
    "\\",
    "\n",
    "\r",
    "#",
    "[[waivers]]",
    "\x1b",
    "\u202e",
    "\udcff",
    "*",
    "?",
    "[",
    "!",
    " ",
    ".",
    "é",
]
parts = (
    st.lists(
        st.one_of(st.sampled_from(PIECES), st.characters(exclude_characters="\0/", exclude_categories=["Cs"])),
        min_size=1,
        max_size=6,
    )
    .map("".join)
    .filter(lambda part: part not in (".", ".."))
)
folders = st.one_of(parts, st.sampled_from(["snapshots", "demo", "docs"]))
paths = st.tuples(st.lists(folders, max_size=2), parts, st.sampled_from(["", ".pdf", ".db"])).map(
    lambda pair: "/".join([*pair[0], pair[1] + pair[2]])
)
rules = st.sampled_from(
    ["oversized-file", "database-file", "archive-file", "python-bytecode", "log-file", "private-key"]
)


@st.composite
def findings(draw: st.DrawFn) -> list[Finding]:
    found = draw(st.lists(st.tuples(rules, paths, st.integers(1, 1 << 40), st.sampled_from(Confidence)), max_size=4))
    return [met(*each) for each in found]


@given(findings())
@settings(max_examples=150, deadline=None)
def test_every_proposal_can_be_read_as_it_is_and_with_all_suggestions(found: list[Finding]) -> None:
    text = first_config(first_settings(report(*found)), ".hygiene-baseline.json")
    assert text.replace("\n", "").isprintable()
    for each in (text, re.sub(r"^#(?=[^ \n])", "", text, flags=re.MULTILINE)):
        load_settings(FakePolicyFiles.holding({"hygiene.toml": each}), None, CATALOGUE)
