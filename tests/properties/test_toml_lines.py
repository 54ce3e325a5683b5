"""For any document that the parser accepts, every key is found, on the line where it was written."""

import tomllib
from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from hygiene.policy.toml.lines import DEEPEST, KeyPath, lines_of
from tests.fakes.toml_documents import paths_in, quoted, written

WORDS = st.text(alphabet="ab#=.[]{}\"'\\\n\té", max_size=6)
SCALARS = st.one_of(st.integers(-9, 9), st.booleans(), WORDS, st.just(1.5))
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3), max_leaves=8
)
TABLES = st.dictionaries(WORDS, st.dictionaries(WORDS, VALUES, max_size=4), max_size=4)
NOISE = st.lists(st.sampled_from(["", "# a = 1", "  # [x]", "\t"]), max_size=3)


def document(tables: dict[str, dict[str, object]], noise: list[str]) -> tuple[str, dict[KeyPath, int]]:
    """A document, and where its tables and their keys stand."""
    lines: list[str] = []
    expected: dict[KeyPath, int] = {}
    for name, table in tables.items():
        lines += noise
        expected[(name,)] = len(lines) + 1
        lines.append(f"[{quoted(name)}] # = {{")
        for key, value in table.items():
            expected[name, key] = len(lines) + 1
            lines += f"{quoted(key)} = {written(value)}".split("\n")
    return "\n".join(lines), expected


def short(paths: set[KeyPath]) -> set[KeyPath]:
    return {path for path in paths if len(path) <= DEEPEST}


@given(TABLES, NOISE)
@settings(max_examples=150, deadline=None)
def test_keys_stand_where_they_were_written(tables: dict[str, dict[str, object]], noise: list[str]) -> None:
    text, expected = document(tables, noise)
    lines = lines_of(text)
    assert tomllib.loads(text) == tables
    assert {path: lines.get(path) for path in expected} == expected
    assert set(lines) == short(paths_in(tables))


def fragments() -> Iterator[str]:
    yield from (
        "a",
        "b",
        '"a"',
        "'b'",
        "=",
        "= 1",
        "= [",
        "]",
        "[",
        "[[",
        "]]",
        "{",
        "}",
        ",",
        ".",
        "\n",
        " ",
        "#",
        '"""',
        "'''",
    )
    yield from ("a = 1\n", "[a]\n", "[[b]]\n", "[b.c]\n", "a.b = {c = [1, 2], d = 'x'}\n", 'e = """\n"""\n')


@given(st.lists(st.sampled_from(list(fragments())), max_size=14).map("".join))
@settings(max_examples=400, deadline=None)
def test_what_the_parser_accepts_has_all_its_places(text: str) -> None:
    try:
        parsed = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    assert set(lines_of(text)) == short(paths_in(parsed))
