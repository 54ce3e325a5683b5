"""Whatever a configuration file holds, it is settings or a list of problems with their places; never anything else."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from hygiene.errors import BrokenConfiguration
from hygiene.model.rule import Category
from hygiene.policy.configuration.loading import load_settings
from hygiene.policy.configuration.settings import Settings
from hygiene.policy.rules.catalogue import load_catalogue
from tests.fakes.policy_files import FakePolicyFiles
from tests.fakes.toml_documents import quoted, written

IDS = st.sampled_from(["log-file", "python-bytecode", "log-fil", "", "x y"])
CATEGORIES = st.sampled_from([*(category.value for category in Category), "medai"])
WORDS = st.sampled_from(
    ["certain", "likely", "review", "never", "high", "*.db", "!x", "", "5MiB", "0", "a/b", "../x", "#"]
)
ANYTHING = WORDS | st.integers(-2, 9) | st.booleans() | st.just(1.5) | st.lists(WORDS, max_size=2)


def tables(keys: list[str], values: st.SearchStrategy[object] = ANYTHING) -> st.SearchStrategy[dict[str, object]]:
    return st.dictionaries(st.sampled_from([*keys, "colour"]), values, max_size=4)


OVERRIDES = st.dictionaries(IDS, tables(["confidence", "severity", "enabled"]) | ANYTHING, max_size=3)
WAIVERS = st.lists(tables(["rule", "path", "reason", "blob", "expires", "owner"]) | ANYTHING, max_size=3)
PACKAGE_KEYS = ["include", "exclude", "name", "root", "max_size", "symlinks", "names", "export_ignore"]
TARGETS = st.dictionaries(WORDS, tables(PACKAGE_KEYS) | ANYTHING, max_size=2)
DOCUMENTS = st.fixed_dictionaries(
    {},
    optional={
        "extend": ANYTHING,
        "rules": ANYTHING,
        "fixtures": st.lists(ANYTHING, max_size=3),
        "gate": tables(
            ["fail_on", "baseline", "ratchet", "by_category"], ANYTHING | st.dictionaries(CATEGORIES, WORDS)
        ),
        "size": tables(["max", "caps"], ANYTHING | st.dictionaries(WORDS, WORDS | st.integers(-1, 3), max_size=3)),
        "package": st.builds(
            lambda own, inner: own | inner,
            tables(PACKAGE_KEYS),
            st.fixed_dictionaries({}, optional={"targets": TARGETS | ANYTHING}),
        )
        | ANYTHING,
        "overrides": OVERRIDES | ANYTHING,
        "waivers": WAIVERS | ANYTHING,
        "colour": ANYTHING,
    },
)


def outcome(content: bytes) -> Settings | tuple[str, ...]:
    files = FakePolicyFiles()
    files.file("hygiene.toml", content)
    try:
        return load_settings(files, None, load_catalogue())
    except BrokenConfiguration as broken:
        return broken.problems


def document_of(values: dict[str, object]) -> bytes:
    return "\n".join(f"{quoted(key)} = {written(value)}" for key, value in values.items()).encode()


@given(DOCUMENTS)
@settings(max_examples=300, deadline=None)
def test_every_problem_has_its_line_and_its_key(document: dict[str, object]) -> None:
    told = outcome(document_of(document))
    if not isinstance(told, Settings):
        assert told
        assert all(re.match(r"hygiene\.toml:\d+: [a-z\"]", problem) for problem in told), told
        assert len(set(told)) == len(told)


@given(DOCUMENTS, st.sampled_from(["extend", "rules", "fixtures", "gate", "size", "package", "overrides", "waivers"]))
@settings(max_examples=150, deadline=None)
def test_the_problems_of_a_table_are_told_whatever_the_others_say(document: dict[str, object], name: str) -> None:
    def problems(part: dict[str, object]) -> set[str]:
        told = outcome(document_of(part))
        return set() if isinstance(told, Settings) else {re.sub(r"^hygiene\.toml:\d+: ", "", each) for each in told}

    # A ratchet is only complained of where nothing else is; the place of an equal waiver moves with its line.
    alone = {each for each in problems({k: v for k, v in document.items() if k == name}) if "ratchet: no" not in each}
    assert {each for each in alone if "waives the same" not in each} <= problems(document)


@given(st.binary(max_size=200) | st.text(alphabet="[]{}=\"'.\\\n#a1 ", max_size=200).map(str.encode))
@settings(max_examples=200, deadline=None)
def test_no_bytes_get_past_the_reader(content: bytes) -> None:
    told = outcome(content)
    names = tuple(map(str, told.files)) if isinstance(told, Settings) else told
    assert names
    assert all(name.startswith("hygiene.toml") for name in names)
