"""Undoing is the identity, and no byte of the work tree is touched unless that was asked for, whatever the names."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fixtures.repositories import RepositoryBuilder
from hygiene.model.json_path import bytes_of
from hygiene.model.paths import RepoPath
from hygiene.model.untracking import IndexEdit, Move, Operation, Place
from tests.untracking import apply_at, leaving, see, undo_at

_ODD = [
    "x[1].pyc",
    "x1.pyc",
    "line\nbreak",
    "-leading",
    "not utf-8 \udcff",
    ":(glob)x",
    ":!x",
    "*",
    "a b",
    'quo"te',
    "back\\slash",
    "tab\there",
    "100644 e69de29 0",
    "ünïcode",
    "\x1b[31m",
    "0",
]
_NAMES = st.one_of(st.sampled_from(_ODD), st.text("ab[]*\n\t\\-", min_size=1, max_size=4))
_PATHS = st.lists(_NAMES, min_size=1, max_size=3).map("/".join)
_CONTENTS = st.dictionaries(_PATHS, st.binary(max_size=6), min_size=1, max_size=8)


def fitting(contents: Mapping[str, bytes]) -> dict[str, bytes]:
    """Without the files that stand where another one needs a folder."""
    return {path: content for path, content in contents.items() if not any(o.startswith(f"{path}/") for o in contents)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("untracked")


def repository_with(folder: Path, contents: Mapping[str, bytes]) -> RepositoryBuilder:
    builder = RepositoryBuilder(folder / str(sum(1 for _ in folder.iterdir())))
    builder.files(contents)
    builder.commit()
    builder.check_out()
    return builder


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(contents=_CONTENTS.map(fitting), data=st.data())
def test_undoing_is_the_identity(folder: Path, contents: dict[str, bytes], data: st.DataObject) -> None:
    builder = repository_with(folder, contents)
    gone = data.draw(st.sets(st.sampled_from(sorted(contents)), min_size=1))
    edits = tuple(edit for edit in leaving(builder.path, "") if edit.path in gone)
    trashed = data.draw(st.sets(st.sampled_from(sorted(gone))))
    moves = tuple(Move(RepoPath(path), Place.WORK_TREE, Place.TRASH) for path in sorted(trashed))
    before = see(builder.path)
    apply_at(builder.path, folder.with_name("state"), Operation(edits, moves=moves))
    after = see(builder.path)
    assert paths_in(after.listing) == {bytes_of(path) for path in contents.keys() - gone}
    assert after.trash == {bytes_of(path): contents[path] for path in trashed}
    assert after.files == {path: content for path, content in before.files.items() if path not in after.trash}
    undo_at(builder.path, folder.with_name("state"))
    assert see(builder.path) == before


def paths_in(listing: bytes) -> set[bytes]:
    return {line.partition(b"\t")[2] for line in listing.split(b"\0") if line}


def test_a_name_that_is_a_pattern_takes_no_other_with_it(folder: Path) -> None:
    builder = repository_with(folder, {"x[1].pyc": b"1", "x1.pyc": b"2"})
    edits: tuple[IndexEdit, ...] = tuple(edit for edit in leaving(builder.path, "") if edit.path == "x[1].pyc")
    apply_at(builder.path, folder.with_name("state"), Operation(edits))
    assert builder.git("ls-files") == b"x1.pyc\n"
