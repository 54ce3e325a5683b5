"""Bytes for people."""

import pytest

from hygiene.report.sizes import human, human_known


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        (0, "0 B"),
        (1023, "1023 B"),
        (1024, "1.0 KiB"),
        (1_258_291, "1.2 MiB"),
        (1024**2 - 1, "1.0 MiB"),
        (1024**3, "1.0 GiB"),
        (5000 * 1024**6, "5000.0 EiB"),
    ],
)
def test_a_size_in_binary_units(size: int, expected: str) -> None:
    assert human(size) == expected


def test_what_is_not_known_is_said() -> None:
    assert human_known(10, files=3, unsized=0) == "10 B"
    assert human_known(10, files=3, unsized=1) == "at least 10 B"
    assert human_known(0, files=3, unsized=3) == "size unknown"
