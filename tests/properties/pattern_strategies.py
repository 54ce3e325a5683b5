"""Ignore files, attribute files and paths, made of few letters so that they often meet."""

import itertools
import os
import re
from collections.abc import Sequence

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from tests.properties.real_git import git_version

_MANY = bool(os.environ.get("HYGIENE_FUZZ"))
"""Set in the environment, this asks for many more cases than a default run has time for."""


def cases(default: int = 150) -> settings:
    """How many examples a property gets; each of them is about hundreds of paths at once."""
    return settings(
        max_examples=4000 if _MANY else default,
        deadline=None,  # an example may start a process
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    )


_PIECES = (
    *("a", "a", "b", "ab", ".", "c", "-", "é", "\udcff", "#", "!", " ", "\t"),
    *("*", "*", "**", "***", "?", "/", "/", "**/", "/**", "/**/", "//"),
    *("\\a", "\\*", "\\[", "\\/", "\\\\", "\\ ", "\\"),
    *("[ab]", "[!a]", "[^b]", "[a-c]", "[]a]", "[!]a]", "[a\\]]", "[a/]", "[/]", "[!/]", "[b-", "[a", "[]", "[!]"),
    *("[--b]", "[a-]", "[c-a]", "[\\a-c]", "[a-\\c]", "[*?]", "[a-c-e]", "[é]", "[!é]", "]"),
    *("[[:alpha:]]", "[![:alpha:]b]", "[[:punct:]a]", "[[:bad:]]", "[[:]", "[[:a]", "[[::]]", "[a[:digit:]-c]"),
)
_READ_DIFFERENTLY = re.compile(r"!?/?[^*?\[\\]*[^*?\[\\/]\*\*+(/|\\/| *$)")


def _is_read_alike(line: str) -> bool:
    """Whether every git reads the line as the latest does; before 2.52 it took `a**/b` for `a` and then `**/b`."""
    return git_version() >= (2, 52) or not _READ_DIFFERENTLY.match(line)


pattern_texts = st.lists(st.sampled_from(_PIECES), min_size=1, max_size=6).map("".join).filter(_is_read_alike)
_starts = st.sampled_from(("", "", "", "!", "/", "!/", "#", "\\#", "\\!"))
_ends = st.sampled_from(("", "", "/", " ", "  ", "\r"))
lines = st.tuples(_starts, pattern_texts, _ends).map("".join).filter(_is_read_alike)
_simple_lines = st.sampled_from(
    (*("a", "b", "*", "a/", "*b", "/a", "a/*", "a/**", "**/b"), *("!a", "!b", "!a/", "!*/", "!a/b"))
)


def file_texts(lines: st.SearchStrategy[str]) -> st.SearchStrategy[bytes]:
    """Up to eight lines with all that a file may have around them."""
    marks = st.sampled_from(("", "", "", "\ufeff"))
    breaks = st.sampled_from(("\n", "\n", "\r\n"))
    ends = st.sampled_from(("", "\n", "\r\n", "\r"))
    return st.builds(
        lambda each, mark, line_break, end: (mark + line_break.join(each) + end).encode("utf-8", "surrogateescape"),
        st.lists(lines, min_size=1, max_size=8),
        marks,
        breaks,
        ends,
    )


ignore_texts = file_texts(lines | _simple_lines)
_FOLDERS = ("a", "b", "a/b", "a/b/a", "ab", "é")


def rule_files(name: str, texts: st.SearchStrategy[bytes]) -> st.SearchStrategy[dict[str, bytes]]:
    """One file of that name in the root and up to three in folders."""
    nested = st.dictionaries(st.sampled_from([f"{folder}/{name}" for folder in _FOLDERS]), texts, max_size=3)
    return st.builds(lambda root, below: {name: root, **below}, texts, nested)


_NAMES = ("a", "b", "ab", ".a", "é")
_ODD_NAMES = (
    *("ba", "aab", "c", "a.b", "B", "-", "a b", "a ", " ", "\t", "a\n", "\udcff"),
    *("#a", "!a", "!", "[", "[a", "]", "a]", "*", "**", "\\"),
)
EVERY_PATH = tuple("/".join(parts) for depth in (1, 2, 3) for parts in itertools.product(_NAMES, repeat=depth))
_odd_paths = st.lists(st.sampled_from((*_NAMES, *_ODD_NAMES)), min_size=1, max_size=5).map("/".join)
path_lists: st.SearchStrategy[Sequence[str]] = st.lists(_odd_paths, min_size=20, max_size=40).map(
    lambda odd: (*EVERY_PATH, *odd)
)
"""Every short path of a few names, and some others."""
