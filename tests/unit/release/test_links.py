"""Where symlinks lead: a real file system is the oracle."""

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygiene.release.links import astray, with_folders


def leaves(path: str, targets: dict[str, str]) -> str | None:
    """The same where nearly everything is there that a target could mean."""
    return astray(path, targets, with_folders([*targets, "b", "b/c", "x", "y", "d/b", "d/e/a", "d/x/y"]))


@pytest.mark.parametrize(
    ("path", "target"),
    [
        *(("a", "b"), ("a", "b/c"), ("d/a", "../b"), ("d/a", "./x//y"), ("d/e/a", "../../b"), ("a", "d/../b")),
    ],
)
def test_links_that_stay(path: str, target: str) -> None:
    assert leaves(path, {path: target}) is None


@pytest.mark.parametrize(
    ("path", "target"),
    [
        *(("a", "/etc/passwd"), ("a", "../b"), ("d/a", "../../b"), ("a", "d/../../b"), ("a", "C:x"), ("a", "..\\b")),
        *(("a", ""), ("a", "b\0c")),
    ],
)
def test_links_that_leave(path: str, target: str) -> None:
    assert leaves(path, {path: target})


def test_a_way_through_another_link_is_followed() -> None:
    assert leaves("a", {"a": "b/../../x", "b": "d/e/f"}) is None
    assert leaves("a", {"a": "b/../x", "b": "."})
    assert leaves("a", {"a": "b/x", "b": "/etc"})


def test_links_without_an_end_are_refused_soon() -> None:
    assert leaves("a", {"a": "b", "b": "a"})
    many = {f"l{number}": f"l{number + 1}/" * 50 for number in range(60)}
    assert leaves("l0", many)


def test_a_link_to_what_is_not_there_is_astray() -> None:
    assert astray("a", {"a": "b"}, with_folders(["a", "c/d"])) == "its target is not in the archive"
    assert astray("a", {"a": "c"}, with_folders(["a", "c/d"])) is None


_names = st.sampled_from(["a", "b", "c"])
_targets = st.lists(st.sampled_from(["a", "b", "c", "..", ".", "d"]), min_size=1, max_size=5).map("/".join)


@given(st.dictionaries(_names, _targets, max_size=3))
def test_no_link_that_passes_leads_out_of_a_real_folder(links: dict[str, str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        top = Path(folder, "top").resolve()
        top.joinpath("d", "d").mkdir(parents=True)
        for name, target in links.items():
            top.joinpath(name).symlink_to(target)
        for name in links:
            if leaves(name, links) is None:
                assert Path(os.path.realpath(top / name)).is_relative_to(top)
