"""Ignore files, attribute files and paths, made of few letters so that they often meet."""

import itertools
import os
import re
from collections.abc import Sequence

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from tests.properties.real_git import git_version

FUZZ = bool(os.environ.get("HYGIENE_FUZZ"))
"""Set in the environment, this asks for many more cases than a default run has time for."""

_DEFAULT_CASES, _FUZZ_CASES = 150, 4000


def cases(default: int = _DEFAULT_CASES) -> settings:
    """How many examples a comparison with git makes; each asks git about hundreds of paths at once."""
    return settings(
        max_examples=_FUZZ_CASES if FUZZ else default,
        deadline=None,  # a process is started in each example
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    )


_PIECES = (
    *("a", "a", "b", "ab", ".", "c", "-", "é", "\\xff", "#", "!", " ", "\t"),
    *("*", "*", "**", "***", "?", "/", "/", "**/", "/**", "/**/", "//"),
    *("\\a", "\\*", "\\[", "\\/", "\\\\", "\\ ", "\\"),
    *("[ab]", "[!a]", "[^b]", "[a-c]", "[]a]", "[!]a]", "[a\\]]", "[a/]", "[/]", "[!/]", "[b-", "[a", "[]", "[!]"),
    *("[--b]", "[a-]", "[c-a]", "[\\a-c]", "[a-\\c]", "[*?]", "[a-c-e]", "[é]", "[!é]", "]"),
    *("[[:alpha:]]", "[![:alpha:]b]", "[[:punct:]a]", "[[:bad:]]", "[[:]", "[[:a]", "[[::]]", "[a[:digit:]-c]"),
)
_SAME_IN_EVERY_GIT = re.compile(r"!?/?[^*?\[\\]*[^*?\[\\/]\*\*+(/|\\/| *$)")


def _is_read_alike(line: str) -> bool:
    """Git before 2.52 takes `a**/b` for `a` followed by `**/b`; see the patterns' tokens."""
    return git_version() >= (2, 52) or not _SAME_IN_EVERY_GIT.match(line) or "/" not in line.rstrip(" ").rstrip("/")


patterns = (
    st.lists(st.sampled_from(_PIECES), min_size=1, max_size=6)
    .map("".join)
    .map(lambda text: text.replace("\\xff", "\udcff"))
    .filter(_is_read_alike)
)
_simple_patterns = st.sampled_from(("a", "b", "*", "a/", "*b", "/a", "a/*", "a/**", "**/b", "!a", "!b", "!a/", "!*/", "!a/b"))
_lines = st.builds(
    "".join, st.tuples(st.sampled_from(("", "", "", "!", "/", "!/", "#", "\\#", "\\!")), patterns, st.sampled_from(("", "", "/", " ", "  ", "\r")))
).filter(_is_read_alike)
ignore_texts = st.builds(
    lambda lines, mark, end: (mark + "\n".join(lines) + end).encode("utf-8", "surrogateescape"),
    st.lists(_lines | _simple_patterns, min_size=1, max_size=8),
    st.sampled_from(("", "", "", "\ufeff")),
    st.sampled_from(("", "\n", "\r\n", "\r")),
)
_FOLDERS = ("a", "b", "a/b", "a/b/a", "ab", "é")


def rule_files(name: str, texts: st.SearchStrategy[bytes]) -> st.SearchStrategy[dict[str, bytes]]:
    """One file of that name in the root and up to three in folders."""
    nested = st.dictionaries(st.sampled_from([f"{folder}/{name}" for folder in _FOLDERS]), texts, max_size=3)
    return st.builds(lambda root, below: {name: root, **below}, texts, nested)


_NAMES = ("a", "b", "ab", ".a", "é")
_ODD_NAMES = ("ba", "aab", "c", "a.b", "a b", "a ", " ", "#a", "!a", "!", "[", "*", "\\", "]", "-", "a]", "B", "\udcff", "\t", "a\n", "[a", "/"[:0] + "**")
_EVERY_PATH = tuple("/".join(parts) for depth in (1, 2, 3) for parts in itertools.product(_NAMES, repeat=depth))
_odd_paths = st.lists(st.sampled_from((*_NAMES, *_ODD_NAMES)), min_size=1, max_size=5).map("/".join)
path_lists: st.SearchStrategy[Sequence[str]] = st.lists(_odd_paths, min_size=20, max_size=40).map(
    lambda odd: (*_EVERY_PATH, *odd)
)
"""All short paths of a few names, and some others."""
