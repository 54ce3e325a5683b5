"""What a person means who names a path to waive: a tracked file, a folder, or a pattern."""

import posixpath
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from hygiene.errors import BadPattern
from hygiene.model.inventory import Entry
from hygiene.model.paths import RepoPath
from hygiene.patterns.covering import Covering
from hygiene.patterns.glob import Kind, parse_pattern
from hygiene.patterns.literal import literal_pattern


class Target(NamedTuple):
    """What is meant.

    Attributes:
        pattern: from the repository's root.
        entries: the tracked ones that it covers now, of which there are some.
        is_literal: whether a tracked file or folder was named, and not a pattern.
    """

    pattern: str
    entries: Sequence[Entry]
    is_literal: bool


def target_of(named: str, here: str, entries: Sequence[Entry]) -> Target | None:
    """What `named` means; None where it covers nothing that is tracked.

    A file or folder of that very name comes first, seen from the folder `here` and then from the root (with a slash
    before it, from the root alone), whatever signs are in the name. Otherwise it is a pattern in gitignore syntax.
    """
    for path in dict.fromkeys(_paths(named, here)):
        target = _literally(path, entries)
        if target is not None:
            return target
    return _as_pattern(named, entries)


def _paths(named: str, here: str) -> Iterator[RepoPath]:
    for folder in (here, "") if not named.startswith("/") else ("",):
        path = posixpath.normpath(posixpath.join(folder, named.lstrip("/")))
        if path.split("/")[0] not in (".", ".."):
            yield RepoPath(path)


def _literally(path: RepoPath, entries: Sequence[Entry]) -> Target | None:
    files = [entry for entry in entries if entry.path == path]
    if files:
        return Target(literal_pattern(path, Kind.FILE), files, is_literal=True)
    below = [entry for entry in entries if entry.path.startswith(f"{path}/")]
    return Target(literal_pattern(path, Kind.FOLDER), below, is_literal=True) if below else None


def _as_pattern(text: str, entries: Sequence[Entry]) -> Target | None:
    try:
        pattern = parse_pattern(text)
    except BadPattern:
        return None
    if pattern is None or pattern.negated:
        return None
    covering = Covering([(pattern, text)])
    covered = [entry for entry in entries if covering.of_file(entry.path)]
    return Target(text, covered, is_literal=False) if covered else None
