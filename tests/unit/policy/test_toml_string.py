"""Text as a TOML string that any terminal may show."""

import tomllib

import pytest

from hygiene.policy.toml.toml_string import toml_string


@pytest.mark.parametrize(
    "text",
    ["a", 'a"b\\c', "\n\x00\x1b\x7f\x9b", "\u202e\u200b\ufeff", "\U000e0100", " ::add-mask::x ##[error]y", "naïve"],
)
def test_a_string_says_the_same_on_one_line_that_nothing_obeys(text: str) -> None:
    written = toml_string(text)
    assert tomllib.loads(f"name = {written}") == {"name": text}
    assert written.isprintable()
    assert "::" not in written
    assert "##" not in written


def test_a_byte_that_toml_cannot_hold_is_told_as_unknown() -> None:
    assert tomllib.loads("name = " + toml_string("a\udcff")) == {"name": "a\ufffd"}
