import pytest

from hygiene.errors import BadPattern
from hygiene.patterns.glob import MAX_BYTES, MAX_STARS, Kind, parse_bare_pattern, parse_pattern

ALWAYS, FOLDER, NEVER = "always", "as a folder", "never"

MATCHES = [
    # names
    ("a", "a", ALWAYS),
    ("a", "x/y/a", ALWAYS),
    ("a", "a/b", NEVER),
    ("a", "A", NEVER),
    ("*.log", "x/y.log", ALWAYS),
    ("*.log", ".log", ALWAYS),
    ("*.log", "y.log.gz", NEVER),
    ("core.*", "core.", ALWAYS),
    ("a*b*c", "aXbYc", ALWAYS),
    ("a*b*c", "abbc", ALWAYS),
    ("a*b*c", "acb", NEVER),
    ("a*a", "a", NEVER),
    ("?", "a", ALWAYS),
    ("?", "ab", NEVER),
    ("*", "x/a", ALWAYS),
    ("**", "x/a", ALWAYS),
    ("a**b", "x/aYYb", ALWAYS),
    ("a**b", "a/b", NEVER),
    # folders only
    ("a/", "a", FOLDER),
    ("a/", "x/a", FOLDER),
    ("x/a/", "x/a", FOLDER),
    ("a/", "a/b", NEVER),
    # from the root
    ("/a", "a", ALWAYS),
    ("/a", "x/a", NEVER),
    ("x/a", "x/a", ALWAYS),
    ("x/a", "y/x/a", NEVER),
    ("x/*", "x/a", ALWAYS),
    ("x/*", "x/a/b", NEVER),
    ("*/a", "x/a", ALWAYS),
    ("*/a", "a", NEVER),
    ("x/?", "x/a", ALWAYS),
    ("x?a", "x/a", NEVER),
    ("x/*a*/b", "x/yaz/b", ALWAYS),
    ("x/*a*/b", "x/y/a/b", NEVER),
    # any depth
    ("**/a", "a", ALWAYS),
    ("**/a", "x/y/a", ALWAYS),
    ("**/a/", "x/a", FOLDER),
    ("a/**", "a/b/c", ALWAYS),
    ("a/**", "a", NEVER),
    ("a/**/", "a/b", FOLDER),
    ("a/**/b", "a/b", ALWAYS),
    ("a/**/b", "a/x/y/b", ALWAYS),
    ("a/**/b", "a/xb", NEVER),
    ("a/**/**/b", "a/b", ALWAYS),
    ("a/***/b", "a/x/y/b", ALWAYS),
    ("**/a/**/b", "x/a/y/a/b", ALWAYS),
    ("/**", "a/b", ALWAYS),
    ("/**/a", "x/a", ALWAYS),
    ("a**/b", "ax/b", ALWAYS),
    ("a**/b", "a/x/b", NEVER),
    ("a/**b", "a/xb", ALWAYS),
    ("a/**b", "a/x/b", NEVER),
    # sets
    ("[ab]", "b", ALWAYS),
    ("[ab]", "c", NEVER),
    ("[!ab]", "c", ALWAYS),
    ("[^ab]", "a", NEVER),
    ("[a-c]", "b", ALWAYS),
    ("[c-a]", "b", NEVER),
    ("[]a]", "]", ALWAYS),
    ("[!]a]", "]", NEVER),
    ("[a-]", "-", ALWAYS),
    ("[--/]", ".", ALWAYS),
    ("[a\\]]", "]", ALWAYS),
    ("[\\a-c]", "b", ALWAYS),
    ("[a-c-e]", "-", ALWAYS),
    ("[a-c-e]", "d", NEVER),
    ("[[:digit:]x]", "7", ALWAYS),
    ("[[:digit:]x]", "x", ALWAYS),
    ("[![:digit:]]", "7", NEVER),
    ("[[:upper:]-z]", "-", ALWAYS),
    ("[[:a]", ":", ALWAYS),
    ("x[a/]y", "xay", ALWAYS),
    ("x[a/]y", "x/y", NEVER),
    ("x[!a]y", "x/y", NEVER),
    ("x/[*]", "x/*", ALWAYS),
    ("x/[*]", "x/a", NEVER),
    # escapes
    ("\\#a", "#a", ALWAYS),
    ("\\!a", "!a", ALWAYS),
    ("\\*", "*", ALWAYS),
    ("\\*", "a", NEVER),
    ("\\a", "a", ALWAYS),
    ("x\\/a", "x/a", ALWAYS),
    ("**\\/a", "x/y/a", ALWAYS),
    ("**\\/a", "a", NEVER),
    # bytes
    ("??", "é", ALWAYS),
    ("?", "é", NEVER),
    ("é", "é", ALWAYS),
    ("é", "e\u0301", NEVER),
    ("*\udcff", "a\udcff", ALWAYS),
    ("?", "\udcff", ALWAYS),
    ("[é]?", "é", ALWAYS),
    # spaces
    ("a  ", "a", ALWAYS),
    ("a\\ ", "a ", ALWAYS),
    ("a\\  ", "a ", ALWAYS),
    ("a\\\\ ", "a\\", ALWAYS),
    ("a\t", "a\t", ALWAYS),
    (" a", " a", ALWAYS),
    # a negation matches what its pattern matches
    ("!a", "a", ALWAYS),
    ("!!a", "!a", ALWAYS),
]


@pytest.mark.parametrize(("text", "path", "expected"), MATCHES)
def test_a_pattern_matches_as_git_matches(text: str, path: str, expected: str) -> None:
    pattern = parse_pattern(text)
    assert pattern is not None
    assert pattern.matches(path, Kind.FILE) == (expected == ALWAYS)
    assert pattern.matches(path, Kind.FOLDER) == (expected != NEVER)


NOTHING = [
    *("", "   ", "#a", "# a", "/", "//", "!", "!/", "//a", "\\/a", "a//b", "a//", "a\\/", "a\\"),
    *("[", "[a", "a[]", "[!]", "[a\\", "[[:no:]]", "[/]", "*[[:digit:]"),
]


@pytest.mark.parametrize("text", NOTHING)
def test_what_can_match_nothing_is_no_pattern(text: str) -> None:
    assert parse_pattern(text) is None


@pytest.mark.parametrize(
    ("text", "negated", "folders_only", "anchored"),
    [
        ("a", False, False, False),
        ("!a", True, False, False),
        ("a/", False, True, False),
        ("/a", False, False, True),
        ("!/a/", True, True, True),
        ("a/b", False, False, True),
        ("**/b", False, False, True),
        ("[a/]", False, False, True),
        ("\\!a", False, False, False),
    ],
)
def test_the_marks_of_a_pattern_are_read(text: str, negated: bool, folders_only: bool, anchored: bool) -> None:  # noqa: FBT001  # a table of marks
    pattern = parse_pattern(text, 7)
    assert pattern is not None
    assert (pattern.text, pattern.line) == (text, 7)
    assert (pattern.negated, pattern.folders_only, pattern.anchored) == (negated, folders_only, anchored)


def test_a_bare_pattern_has_no_comments_negations_or_spaces() -> None:
    for text, path in [("#a", "#a"), ("!a", "!a"), ("a ", "a ")]:
        pattern = parse_bare_pattern(text)
        assert pattern is not None
        assert not pattern.negated
        assert pattern.matches(path, Kind.FILE)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a" * (MAX_BYTES + 1), "4097 bytes"),
        ("é" * (MAX_BYTES // 2 + 1), "4098 bytes"),
        ("*a" * (MAX_STARS + 1), "129 stars"),
        ("a\ud800", "no path can hold"),
    ],
)
def test_a_pattern_over_a_limit_is_refused_with_the_limit(text: str, reason: str) -> None:
    with pytest.raises(BadPattern, match=reason):
        parse_pattern(text)


def test_a_pattern_at_the_limits_is_read() -> None:
    for text in ("a" * MAX_BYTES, "*a" * MAX_STARS):
        assert parse_pattern(text) is not None
