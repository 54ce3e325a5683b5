"""What the ignore files of a work tree lack, and what in them does nothing: as they are on disk, staged or not."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from hygiene.model.inventory import Entry, Gap
from hygiene.model.paths import RepoPath
from hygiene.model.untracking import FileEdit, IdleLine, IgnorePlan
from hygiene.ports.checkout import Checkout
from hygiene.untrack.ignore_ground import ROOT_FILE, IgnoreGround
from hygiene.untrack.ignore_health import idle_lines
from hygiene.untrack.ignore_text import changed_text
from hygiene.untrack.ignore_versions import LARGEST_IGNORE_FILE, ignore_files
from hygiene.untrack.ignoring import plan_ignoring
from hygiene.untrack.placeholders import placeholders
from hygiene.untrack.plan import Asked, Scene
from hygiene.untrack.selection import Selection, select
from hygiene.untrack.sparing import Circumstances, lfs_pointers, spared


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
    selection = _selected(scene, asked)
    leaving = {finding.path for finding in selection.leaving}
    remaining = [entry for entry in scene.inventory.entries if entry.path not in leaving]
    tracked = ignore_files(scene.repository, remaining)
    on_disk = _on_disk(scene.checkout, tracked.keys(), remaining)
    files = {**tracked, **on_disk}
    plan = plan_ignoring(_ground(scene, asked, selection, files))
    edits = [
        FileEdit(change.path, on_disk.get(change.path), changed_text(change, files.get(change.path)))
        for change in plan.changes
    ]
    return IgnoreReview(plan, edits, idle_lines(files), scene.report.incomplete)


def _selected(scene: Scene, asked: Asked) -> Selection:
    meant = select(scene.report, asked.criteria)
    paths = [finding.path for finding in meant.leaving]
    flags = scene.checkout.flags() if paths else {}
    pointers = lfs_pointers(scene.repository, meant.leaving)
    return spared(meant, Circumstances(flags, scene.checkout.on_disk(paths), pointers))


def _on_disk(checkout: Checkout, tracked: Collection[RepoPath], remaining: Sequence[Entry]) -> Mapping[RepoPath, bytes]:
    """The tracked ignore files as far as they are on disk, and the root's even if it is not tracked yet."""
    is_taken = any(entry.path == ROOT_FILE for entry in remaining)
    wanted = tracked if is_taken else [*tracked, ROOT_FILE]
    found = {path: checkout.read_file(path, LARGEST_IGNORE_FILE) for path in wanted}
    return {path: content for path, content in found.items() if content is not None}


def _ground(scene: Scene, asked: Asked, selection: Selection, files: Mapping[RepoPath, bytes]) -> IgnoreGround:
    leaving = {finding.path for finding in selection.leaving}
    staying = {entry.path for entry in scene.inventory.entries if entry.path not in leaving}
    kept = placeholders(asked.declared, selection.leaving, staying, scene.report.rules)
    return IgnoreGround(
        files=files,
        leaving=selection.leaving,
        groups=scene.report.planned,
        staying=staying.difference(kept.kept),
        placeholders=[*kept.added, *kept.kept],
        rules=scene.report.rules,
    )
