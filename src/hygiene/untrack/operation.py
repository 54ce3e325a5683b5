"""From a plan to the operation that carries it out, and to the edits of a commit that says the same."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from hygiene.model.inventory import Mode
from hygiene.model.paths import BlobId, RepoPath
from hygiene.model.untracking import (
    FileEdit,
    Held,
    IndexEdit,
    Move,
    Operation,
    Place,
    RefEdit,
    Standing,
    UntrackPlan,
)
from hygiene.untrack.ignore_text import changed_text
from hygiene.untrack.ignore_versions import IgnoreVersions
from hygiene.untrack.plan import Prepared

AddBlobs = Callable[[Sequence[bytes]], Sequence[BlobId]]
"""Has Git hold contents; the ids they have, in order."""


class Tracked(NamedTuple):
    """An ignore file as the index or a commit holds it: with its bytes, or None for both where it does not hold it."""

    path: RepoPath
    held: Held | None
    content: bytes | None


def operation_of(prepared: Prepared, placeholders: Mapping[RepoPath, bytes], add: AddBlobs) -> Operation:
    """Everything that the plan changes in the index and the work tree.

    `placeholders` holds the bytes of those that are on disk already, and are tracked as they are.
    """
    plan, store = prepared.plan, _Store(add)
    staged = [Tracked(file.path, file.held, file.base) for file in prepared.versions]
    added = {path: placeholders.get(path, b"") for path in plan.placeholders}
    edits = [*_removals(plan), *_ignoring(plan, staged, store), *_keeping(added, store)]
    before = {file.held.blob: file.content for file in staged if file.held and file.content is not None}
    return Operation(
        index=tuple(sorted(edits, key=lambda edit: edit.path)),
        files=(*_ignore_files(prepared), *(FileEdit(path, None, b"") for path in added if path not in placeholders)),
        moves=tuple(Move(path, Place.WORK_TREE, Place.TRASH) for path in plan.deleting),
        contents=tuple(sorted((before | store.contents).items())),
    )


def commit_edits(
    operation: Operation, prepared: Prepared, at_head: Mapping[RepoPath, Tracked], add: AddBlobs
) -> Sequence[IndexEdit]:
    """The same change, made to HEAD's tree: what else is staged in an ignore file is no part of it.

    `at_head` tells what HEAD holds of the ignore files that change, as far as it holds them.
    """
    committed = [at_head.get(file.path, Tracked(file.path, None, _unknown_to_git(file))) for file in prepared.versions]
    theirs = {file.path for file in prepared.versions}
    others = [edit for edit in operation.index if edit.path not in theirs]
    return sorted([*others, *_ignoring(prepared.plan, committed, _Store(add))], key=lambda edit: edit.path)


def with_commit(operation: Operation, standing: Standing, commit: str, branch: str | None) -> Operation:
    """The operation with the reference that gets its commit; on a branch of its own that is all that changes."""
    if branch is not None:
        return Operation(ref=RefEdit(f"refs/heads/{branch}", None, commit))
    return replace(operation, ref=RefEdit(standing.branch or "HEAD", standing.head, commit))


class _Store:
    """Has Git hold contents, and remembers them by their ids."""

    def __init__(self, add: AddBlobs) -> None:
        self._add = add
        self.contents: dict[BlobId, bytes] = {}

    def hold(self, content: bytes) -> BlobId:
        known = next((blob for blob, held in self.contents.items() if held == content), None)
        blob = known or self._add([content])[0]
        self.contents[blob] = content
        return blob


def _unknown_to_git(file: IgnoreVersions) -> bytes | None:
    """The bytes of a file that is tracked nowhere yet, and becomes so with all it holds."""
    return file.on_disk if file.held is None else None


def _removals(plan: UntrackPlan) -> Iterator[IndexEdit]:
    return (IndexEdit(each.path, Held(each.mode, each.blob), None) for each in plan.leaving)


def _keeping(added: Mapping[RepoPath, bytes], store: _Store) -> Iterator[IndexEdit]:
    return (IndexEdit(path, None, Held(Mode.FILE, store.hold(content))) for path, content in added.items())


def _ignoring(plan: UntrackPlan, files: Iterable[Tracked], store: _Store) -> Iterator[IndexEdit]:
    changes = {change.path: change for change in plan.ignoring.changes}
    for path, held, content in files:
        after = store.hold(changed_text(changes[path], content))
        yield IndexEdit(path, held, Held(Mode.FILE if held is None else held.mode, after))


def _ignore_files(prepared: Prepared) -> Iterator[FileEdit]:
    changes = {change.path: change for change in prepared.plan.ignoring.changes}
    for file in prepared.versions:
        yield FileEdit(file.path, file.on_disk, changed_text(changes[file.path], file.on_disk))
