"""Names and messages in Markdown stay what they are."""

import pytest

from hygiene.report.markdown_quoting import code_path, code_span, fenced, prose


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("src/a.py", "`src/a.py`"),
        ("`a`", "`` `a` ``"),
        ("a``b", "```a``b```"),
        ("$x$", "` $x$ `"),
        ("a|b", r'`"a\174b"`'),
        ("a\nb", r'`"a\nb"`'),
        (" a ", '`" a "`'),
        ("<b>@user</b> #1 [x](y)", "`<b>@user</b> #1 [x](y)`"),
        ("", '`""`'),
    ],
)
def test_a_path_in_a_code_span(path: str, expected: str) -> None:
    assert code_path(path) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (" its content is x/y ", "`its content is x/y`"),
        ("ignored by `*.db`", "``ignored by `*.db` ``".replace("``ignored by `*.db` ``", "`` ignored by `*.db` ``")),
        ("a|b", r"`a\174b`"),
        ("", ""),
    ],
)
def test_a_message_in_a_code_span(text: str, expected: str) -> None:
    assert code_span(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It changes\nwith every run.\n", "It changes with every run."),
        ("Run `git fsck` now", "Run `git fsck` now"),
        ("*a* _b_ ~c~ <i> &amp; [x](y) \\", r"\*a\* \_b\_ \~c\~ \<i\> \&amp; \[x\](y) \\"),
        ("see https://x and www.y", r"see https\://x and www\.y"),
        ("ask @user about #1 and GH-2", "ask `@`user about `#`1 and `GH-`2"),
        ("a lonely ` tick", r"a lonely \` tick"),
        ("`a``b`", "`a` `b`"),
        ("`a`@b", "`a` `@`b"),
        ("a|b", "a&#124;b"),
        ("# heading", r"\# heading"),
        ("- item", r"\- item"),
        ("12. item", r"12\. item"),
        ("\x1b[1m", r"\\033\[1m"),
    ],
)
def test_running_text_keeps_its_code_and_loses_its_power(text: str, expected: str) -> None:
    assert prose(text) == expected


def test_a_fence_is_longer_than_any_in_the_block() -> None:
    assert fenced(["plain"], "sh") == "```sh\nplain\n```"
    assert fenced(["````", "x"]).split("\n") == ["`````text", "````", "x", "`````"]
