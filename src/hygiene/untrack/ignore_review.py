"""What the ignore files of a work tree lack, and what in them does nothing: as they are on disk, staged or not."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from hygiene.model.inventory import Entry, Gap
from hygiene.model.paths import RepoPath
from hygiene.model.untracking import FileEdit, IdleLine, IgnorePlan
from hygiene.ports.checkout import Checkout
from hygiene.untrack.ignore_ground import ROOT_FILE
from hygiene.untrack.ignore_health import idle_lines
from hygiene.untrack.ignore_text import changed_text
from hygiene.untrack.ignore_versions import LARGEST_IGNORE_FILE, ignore_files
from hygiene.untrack.ignoring import plan_ignoring
from hygiene.untrack.scene import Asked, Scene, choose, ignore_ground


class IgnoreReview(NamedTuple):
    """What there is to do and to know about a work tree's ignore files.

    Attributes:
        plan: the changes.
        edits: the same changes as the bytes of each file on disk, before and after.
        idle: the lines of the files, as they are, that do nothing.
        incomplete: what the audit could not read, so that more lines may be needed.
    """

    plan: IgnorePlan
    edits: Sequence[FileEdit]
    idle: Sequence[IdleLine]
    incomplete: Sequence[Gap]


def review_ignoring(scene: Scene, asked: Asked) -> IgnoreReview:
    """Plan what an untracking of the same findings would, but for the ignore files that are on disk at this moment.

    So planning again after the changes were written changes nothing, whether or not they were staged.

    Raises:
        NothingSelected: a criterion names nothing that could leave.
        BadPattern: a path is a pattern that cannot be used.
        UnusableFile: an ignore file on disk is no regular file, or too large.
    """
    chosen = choose(scene, asked)
    tracked = ignore_files(scene.repository, chosen.remaining)
    on_disk = _on_disk(scene.checkout, tracked.keys(), chosen.remaining)
    files = {**tracked, **on_disk}
    plan = plan_ignoring(ignore_ground(scene, chosen, files))
    edits = [
        FileEdit(change.path, on_disk.get(change.path), changed_text(change, files.get(change.path)))
        for change in plan.changes
    ]
    return IgnoreReview(plan, edits, idle_lines(files), scene.report.incomplete)


def _on_disk(checkout: Checkout, tracked: Collection[RepoPath], remaining: Sequence[Entry]) -> Mapping[RepoPath, bytes]:
    """The tracked ignore files as far as they are on disk, and the root's even if it is not tracked yet."""
    is_taken = any(entry.path == ROOT_FILE for entry in remaining)
    wanted = tracked if is_taken else [*tracked, ROOT_FILE]
    found = {path: checkout.read_file(path, LARGEST_IGNORE_FILE) for path in wanted}
    return {path: content for path, content in found.items() if content is not None}
