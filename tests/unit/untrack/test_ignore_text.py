"""Ignore files after a change."""

import pytest

from hygiene.model.rule import Category
from hygiene.model.untracking import CategoryLines, IgnoreChange, ReplacedLine
from hygiene.untrack.ignore_ground import ROOT_FILE
from hygiene.untrack.ignore_text import changed_text

ADDED = (CategoryLines(Category.CACHE, ("__pycache__/", "*.py[cod]")), CategoryLines(Category.DATABASE, ("*.db",)))
TEXT = b"# caches\n__pycache__/\n*.py[cod]\n\n# databases\n*.db\n"
REPLACED = (ReplacedLine("Input/", ("Input/*", "!Input/.gitkeep")),)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, TEXT),
        (b"", TEXT),
        (b"a\n", b"a\n\n" + TEXT),
        (b"a\n\n", b"a\n\n" + TEXT),
        (b"a", b"a\n\n" + TEXT),
        (b"a\r\nb", b"a\r\nb\r\n\r\n" + TEXT.replace(b"\n", b"\r\n")),
        (b"a\nb\nc\r\n", b"a\nb\nc\r\n\n" + TEXT),
        (b"\xef\xbb\xbfa\n", b"\xef\xbb\xbfa\n\n" + TEXT),
        (b"lat\xe9n\n", b"lat\xe9n\n\n" + TEXT),
    ],
)
def test_groups_are_added_as_the_file_is_written(before: bytes | None, after: bytes) -> None:
    assert changed_text(IgnoreChange(ROOT_FILE, (), ADDED), before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"a\nInput/\nb\n", b"a\nInput/*\n!Input/.gitkeep\nb\n"),
        (b"a\r\nInput/\r\nb\r\n", b"a\r\nInput/*\r\n!Input/.gitkeep\r\nb\r\n"),
        (b"Input/", b"Input/*\n!Input/.gitkeep"),
        (b"\xef\xbb\xbfInput/\n", b"\xef\xbb\xbfInput/*\n!Input/.gitkeep\n"),
        (b"Input/\n# Input/\nInput/\n", b"Input/*\n!Input/.gitkeep\n# Input/\nInput/*\n!Input/.gitkeep\n"),
        (b"other\n", b"other\n"),
    ],
)
def test_a_line_is_replaced_where_it_stands(before: bytes, after: bytes) -> None:
    assert changed_text(IgnoreChange(ROOT_FILE, REPLACED, ()), before) == after
