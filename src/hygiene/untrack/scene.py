"""What a clean-up is about: what is there, what a person asks for, and which files that means."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from hygiene.model.criterion import Criterion
from hygiene.model.inventory import Entry, Inventory
from hygiene.model.paths import RepoPath
from hygiene.model.report import AuditReport
from hygiene.model.untracking import Flag, OnDisk, Standing
from hygiene.ports import HistoricRepository
from hygiene.ports.checkout import Checkout
from hygiene.untrack.ignore_ground import IgnoreGround
from hygiene.untrack.placeholders import Placeholders, placeholders
from hygiene.untrack.selection import Selection, select
from hygiene.untrack.sparing import Circumstances, lfs_pointers, spared


class Asked(NamedTuple):
    """What a person wants: which findings, which folders must be kept, and whether caches leave the disk too."""

    criteria: Sequence[Criterion]
    declared: Sequence[RepoPath]
    deletes: bool


class Scene(NamedTuple):
    """What there is.

    Attributes:
        standing: HEAD and index before anything else was read, so that a change since then is noticed.
        inventory: the index; or HEAD where nothing is checked out, as an audit takes it.
        report: the audit of that.
    """

    repository: HistoricRepository
    checkout: Checkout
    standing: Standing
    inventory: Inventory
    report: AuditReport


class Chosen(NamedTuple):
    """Which files a clean-up means.

    Attributes:
        flags: what a person told Git about tracked paths.
        on_disk: what the work tree holds at each path that leaves.
        remaining: the entries that stay.
        kept: the placeholders, new ones and those among `remaining` that matter.
    """

    selection: Selection
    flags: Mapping[RepoPath, Flag]
    on_disk: Mapping[RepoPath, OnDisk]
    remaining: Sequence[Entry]
    kept: Placeholders


def choose(scene: Scene, asked: Asked) -> Chosen:
    """What leaves and what stays. Raises `NothingSelected` and `BadPattern`."""
    meant = select(scene.report, asked.criteria)
    on_disk = scene.checkout.on_disk([finding.path for finding in meant.leaving])
    flags = scene.checkout.flags() if meant.leaving or asked.declared else {}
    pointers = lfs_pointers(scene.repository, meant.leaving)
    selection = spared(meant, Circumstances(flags, on_disk, pointers))
    leaving = {finding.path for finding in selection.leaving}
    remaining = [entry for entry in scene.inventory.entries if entry.path not in leaving]
    staying = {entry.path for entry in remaining}
    kept = placeholders(asked.declared, selection.leaving, staying, scene.report.rules)
    return Chosen(selection, flags, {path: on_disk[path] for path in sorted(leaving)}, remaining, kept)


def ignore_ground(scene: Scene, chosen: Chosen, files: Mapping[RepoPath, bytes]) -> IgnoreGround:
    """What the ignore files must do for the chosen files, as `files` hold them now."""
    return IgnoreGround(
        files=files,
        leaving=chosen.selection.leaving,
        groups=scene.report.planned,
        staying={entry.path for entry in chosen.remaining}.difference(chosen.kept.kept),
        placeholders=[*chosen.kept.added, *chosen.kept.kept],
        rules=scene.report.rules,
    )
