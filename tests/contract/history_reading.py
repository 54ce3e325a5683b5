"""Ways to ask a history, and to say what it should answer."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from fixtures.histories import Content
from fixtures.repositories import RepositoryBuilder
from hygiene.adapters.discovery import Reader, open_repository
from hygiene.model.history import REMOVED, Changes, CommitId, RootKind, Roots
from hygiene.ports import History
from tests.contract.exhaustive_history import ExhaustiveHistory, Told

NOWHERE = "deadbeef" * 5


def history_of(place: RepositoryBuilder | Path, reader: Reader) -> History:
    return open_repository(place if isinstance(place, Path) else place.path, reader).history


def ids(commits: Iterable[str]) -> list[CommitId]:
    return [CommitId(commit) for commit in commits]


def files(**contents: str) -> Mapping[str, Content]:
    """Files by their paths, with `__` for a slash."""
    return {name.replace("__", "/"): Content(content.encode()) for name, content in contents.items()}


def told(parts: Iterable[Changes]) -> set[Told]:
    changes = [change for part in parts for change in part.changes]
    found: set[Told] = {(c.commit, c.mode, "" if c.mode == REMOVED else c.blob, c.path) for c in changes}
    assert len(found) == len(changes), "a change was told twice"
    return found


def read_whole(history: History, commits: Sequence[CommitId]) -> set[Told]:
    """What these commits changed, all of which can be read."""
    parts = list(history.changes(commits))
    assert [gap for part in parts for gap in part.gaps] == []
    assert sorted(commit for part in parts for commit in part.commits) == sorted(commits)
    return told(parts)


def assert_exact(builder: RepositoryBuilder, reader: Reader) -> set[Told]:
    """That the reader tells exactly what an exhaustive walk finds; returns it."""
    exhaustive = ExhaustiveHistory(builder)
    found = read_whole(history_of(builder, reader), ids(exhaustive.commits))
    assert found == exhaustive.changes()
    return found


def paths_of(changes: Iterable[Told], commit: str) -> dict[str, str]:
    """The paths that a commit changed, with their modes."""
    return {path: mode for of, mode, _, path in changes if of == commit}


def roots_of(builder: RepositoryBuilder, reader: Reader, kinds: Collection[RootKind] = tuple(RootKind)) -> Roots:
    return history_of(builder, reader).roots(kinds)


def commit_names(roots: Roots) -> list[str]:
    return [root.name for root in roots.commits]
