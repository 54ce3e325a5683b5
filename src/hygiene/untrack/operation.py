"""From a plan to the operation that carries it out, and to the edits of a commit that says the same."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from hygiene.model.inventory import Mode
from hygiene.model.paths import BlobId, RepoPath
from hygiene.model.untracking import FileEdit, Held, IndexEdit, Move, Operation, Place, UntrackPlan
from hygiene.untrack.ignore_text import changed_text
from hygiene.untrack.ignore_versions import IgnoreText
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
    plan = prepared.plan
    staged = [Tracked(text.path, text.held, text.base) for text in prepared.texts]
    ignoring = _index_edits(plan, staged, add)
    added = {path: placeholders.get(path, b"") for path in plan.placeholders}
    blobs = dict(zip(added, add(list(added.values())), strict=True))
    keeping = [IndexEdit(path, None, Held(Mode.FILE, blob)) for path, blob in blobs.items()]
    before = {each.held.blob: each.content for each in staged if each.held and each.content is not None}
    after = dict(zip((edit.after.blob for edit in ignoring if edit.after), _contents(plan, staged), strict=True))
    return Operation(
        index=tuple(sorted([*_removals(plan), *ignoring, *keeping], key=lambda edit: edit.path)),
        files=(*_ignore_files(prepared), *(FileEdit(path, None, b"") for path in added if path not in placeholders)),
        moves=tuple(Move(path, Place.WORK_TREE, Place.TRASH) for path in plan.deleting),
        contents=tuple(sorted({**before, **after, **{blobs[path]: added[path] for path in added}}.items())),
    )


def commit_edits(
    operation: Operation, prepared: Prepared, at_head: Mapping[RepoPath, Tracked], add: AddBlobs
) -> Sequence[IndexEdit]:
    """The same change, made to HEAD's tree: what else is staged in an ignore file is no part of it.

    `at_head` tells what HEAD holds of the ignore files that change, as far as it holds them.
    """
    versions = [at_head.get(text.path, Tracked(text.path, None, _unknown_to_git(text))) for text in prepared.texts]
    theirs = {text.path for text in prepared.texts}
    others = [edit for edit in operation.index if edit.path not in theirs]
    return sorted([*others, *_index_edits(prepared.plan, versions, add)], key=lambda edit: edit.path)


def _unknown_to_git(text: IgnoreText) -> bytes | None:
    """The bytes of a file that is tracked nowhere yet, and becomes so with all it holds."""
    return text.on_disk if text.held is None else None


def _removals(plan: UntrackPlan) -> Iterator[IndexEdit]:
    return (IndexEdit(each.path, Held(each.mode, each.blob), None) for each in plan.leaving)


def _index_edits(plan: UntrackPlan, versions: Sequence[Tracked], add: AddBlobs) -> Sequence[IndexEdit]:
    blobs = add(_contents(plan, versions))
    return [
        IndexEdit(path, held, Held(Mode.FILE if held is None else held.mode, blob))
        for (path, held, _), blob in zip(versions, blobs, strict=True)
    ]


def _contents(plan: UntrackPlan, versions: Sequence[Tracked]) -> Sequence[bytes]:
    changes = {change.path: change for change in plan.ignoring.changes}
    return [changed_text(changes[path], content) for path, _, content in versions]


def _ignore_files(prepared: Prepared) -> Iterator[FileEdit]:
    changes = {change.path: change for change in prepared.plan.ignoring.changes}
    for text in prepared.texts:
        yield FileEdit(text.path, text.on_disk, changed_text(changes[text.path], text.on_disk))
