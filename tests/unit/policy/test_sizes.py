"""Sizes as people write them, and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygiene.policy.configuration.sizes import parse_size, size_text


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("5MiB", 5 * 1024**2),
        ("500k", 500 * 1024),
        ("1.5 GB", 1_500_000_000),
        ("10mb", 10_000_000),
        ("7", 7),
        (" 7b ", 7),
        ("2g", 2 * 1024**3),
        ("0", 0),
        ("0.0001k", None),
        ("5 XB", None),
        ("MiB", None),
        ("-5", None),
        ("1e5", None),
        ("", None),
        ("9" * 16, None),
    ],
)
def test_a_size_is_read(text: str, size: int | None) -> None:
    assert parse_size(text) == size


@given(st.integers(0, 2**49))
def test_a_size_survives_being_written(size: int) -> None:
    assert parse_size(size_text(size)) == size


def test_the_largest_unit_that_is_exact_is_used() -> None:
    assert [size_text(size) for size in (0, 1023, 1024, 5 * 1024**2, 3 * 1024**3, 1025)] == [
        "0",
        "1023",
        "1KiB",
        "5MiB",
        "3GiB",
        "1025",
    ]
