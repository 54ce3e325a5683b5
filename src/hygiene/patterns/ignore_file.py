"""A `.gitignore` read as Git reads it."""

from collections.abc import Iterator
from typing import NamedTuple

from hygiene.errors import BadPattern
from hygiene.model.paths import RepoPath
from hygiene.patterns.glob import Pattern, parse_pattern
from hygiene.patterns.shape import is_costly

MAX_COSTLY = 1000
"""The most patterns of one file that no index answers for, such as `*a?b*`; the others are not limited in number."""

_BOM = b"\xef\xbb\xbf"


class IgnoreFile(NamedTuple):
    """One ignore file.

    Attributes:
        path: of the file itself; its patterns hold for the folder that it lies in.
        patterns: in the order of their lines; lines that nothing can match are left out.
        skipped: the lines that are over a limit and have no effect here, with the reason; Git would heed them.
    """

    path: RepoPath
    patterns: tuple[Pattern, ...]
    skipped: tuple[tuple[int, str], ...] = ()


def parse_ignore_file(path: RepoPath, content: bytes) -> IgnoreFile:
    """Read an ignore file, whatever bytes it holds. Takes time linear in its size."""
    patterns: list[Pattern] = []
    skipped: list[tuple[int, str]] = []
    costly = 0
    for number, line in lines_of(content):
        try:
            pattern = parse_pattern(line, number)
        except BadPattern as error:
            skipped.append((number, error.message))
            continue
        if pattern is None:
            continue
        costly += is_costly(pattern)
        if costly > MAX_COSTLY and is_costly(pattern):
            skipped.append((number, f"more than {MAX_COSTLY} patterns of this file need a search of their own"))
        else:
            patterns.append(pattern)
    return IgnoreFile(path, tuple(patterns), tuple(skipped))


def lines_of(content: bytes) -> Iterator[tuple[int, str]]:
    """The lines with their numbers, from 1, as Git sees them in a file of patterns or attributes.

    A byte order mark is no part of the first line, one carriage return is part of the line's ending, and a NUL byte
    ends what is read of its line.
    """
    text = content.removeprefix(_BOM).decode("utf-8", "surrogateescape")
    for number, line in enumerate(text.split("\n"), 1):
        yield number, line.removesuffix("\r").partition("\0")[0]
