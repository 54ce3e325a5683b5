"""Names for people and for JSON: nothing raw, nothing lost."""

import base64
import os
import subprocess
from pathlib import Path

import pytest

from hygiene.model.json_path import json_path
from hygiene.report.quoting import json_text, plain, shown
from tests.golden.sample import HOSTILE_NAMES


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("src/main.py", "src/main.py"),
        ("with space.txt", "with space.txt"),
        ("日本語/naïve.txt", "日本語/naïve.txt"),
        ("1e5", "1e5"),
        ("", '""'),
        (" ahead", '" ahead"'),
        ("behind ", '"behind "'),
        ('say "hi"', r'"say \"hi\""'),
        ("back\\slash", r'"back\\slash"'),
        ("a\a\b\t\n\v\f\r", r'"a\a\b\t\n\v\f\r"'),
        ("\x1b[31m", r'"\033[31m"'),
        ("del\x7f", r'"del\177"'),
        ("c1\x9b", r'"c1\302\233"'),
        ("rtl\u202etxt", r'"rtl\342\200\256txt"'),
        ("zero\u200bwidth", r'"zero\342\200\213width"'),
        ("bom\ufeff", r'"bom\357\273\277"'),
        ("sep\u2028", r'"sep\342\200\250"'),
        ("filler\u3164", r'"filler\343\205\244"'),
        ("variant\ufe0f", r'"variant\357\270\217"'),
        ("latin1-\udce9", r'"latin1-\351"'),
        ("é\n", r'"é\n"'),
        ("::error::x", '"::error::x"'),
        ("a ::error::x", r'"a \072\072error::x"'),
        ("std::vector", "std::vector"),
        ("##[error]x", r'"\043\043[error]x"'),
        ("a##vso[x]", r'"a\043\043vso[x]"'),
        ("##", "##"),
    ],
)
def test_a_path_is_shown_as_git_would_or_bare_where_it_cannot_mislead(path: str, expected: str) -> None:
    assert shown(path) == expected


def test_a_lone_surrogate_that_no_path_holds_is_shown_too() -> None:
    assert shown("\ud800") == r'"\355\240\200"'


def test_git_quotes_the_same_names_in_the_same_way(tmp_path: Path) -> None:
    # Git refuses an empty part between slashes, escapes all that is not ASCII, leaves spaces at the ends alone, and
    # knows nothing of what a CI service takes for a command.
    plain_names = [name for name in HOSTILE_NAMES if name.isascii() and name.strip() == name and "//" not in name]
    names = [name for name in plain_names if "::" not in name and "##" not in name]
    environment = os.environ | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    blob = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"
    listing = "".join(f"100644 {blob}\t{name}\0" for name in names)
    subprocess.run(["git", "init", "-q", tmp_path], check=True, env=environment)
    update = ["git", "-C", str(tmp_path), "update-index", "-z", "--add", "--index-info"]
    subprocess.run(update, check=True, env=environment, input=listing.encode())
    listed = subprocess.run(["git", "-C", tmp_path, "ls-files"], check=True, env=environment, capture_output=True)
    assert set(listed.stdout.decode().splitlines()) == {shown(name) for name in names}


def test_a_message_keeps_its_quotes_and_loses_its_controls() -> None:
    assert plain('no rule is called "x\\y": \x1b[2J\nnext') == 'no rule is called "x\\y": \\033[2J\\nnext'


def test_what_is_shown_stays_the_same_in_a_message() -> None:
    assert [plain(shown(name)) for name in HOSTILE_NAMES] == [shown(name) for name in HOSTILE_NAMES]


def test_a_utf8_path_is_exact_in_json() -> None:
    assert json_path("naïve\u202e\n.txt") == ("naïve\u202e\n.txt", None)


def test_a_path_that_is_not_utf8_comes_with_its_bytes() -> None:
    text, b64 = json_path("latin1-\udce9")
    assert text == "latin1-\ufffd"
    assert base64.b64decode(b64 or "") == b"latin1-\xe9"


def test_a_path_with_a_real_replacement_character_is_not_taken_for_a_broken_one() -> None:
    assert json_path("\ufffd") == ("\ufffd", None)


def test_a_message_for_json_has_no_surrogates() -> None:
    assert json_text("same blob as latin1-\udce9") == "same blob as latin1-\ufffd"
