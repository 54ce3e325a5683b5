"""The plan of a clean-up: everything that untracking would change, found out without changing anything."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from hygiene.model.criterion import Criterion
from hygiene.model.finding import Finding
from hygiene.model.inventory import Entry, Inventory
from hygiene.model.paths import RepoPath
from hygiene.model.report import AuditReport
from hygiene.model.rule import Category, Confidence, Disposition
from hygiene.model.untracking import IgnorePlan, Obstacle, OnDisk, Standing, UntrackPlan
from hygiene.policy.criteria import least_confidence
from hygiene.ports import HistoricRepository
from hygiene.ports.checkout import Checkout
from hygiene.untrack.ignore_versions import IgnoreText, ignore_files, ignore_texts, unsettled
from hygiene.untrack.ignoring import IgnoreGround, plan_ignoring
from hygiene.untrack.obstacles import about_content, about_git, about_placeholders
from hygiene.untrack.placeholders import Placeholders, placeholders
from hygiene.untrack.selection import Selection, select
from hygiene.untrack.sparing import Circumstances, lfs_pointers, spared

_MADE_AGAIN = frozenset({Category.CACHE, Category.BUILD})
"""What may go to the trash: a tool makes it again, and nobody's work is in it."""


class Asked(NamedTuple):
    """What a person wants: which findings, which folders must be kept, and whether caches leave the disk too."""

    criteria: Sequence[Criterion]
    declared: Sequence[RepoPath]
    deletes: bool


class Scene(NamedTuple):
    """What a plan is made from.

    Attributes:
        standing: HEAD and index before anything else was read, so that a change since then is noticed.
        inventory: the index; or HEAD where nothing is checked out, as an audit takes it.
        report: the audit of the index.
    """

    repository: HistoricRepository
    checkout: Checkout
    standing: Standing
    inventory: Inventory
    report: AuditReport


class Prepared(NamedTuple):
    """A plan, with the texts that it changes."""

    plan: UntrackPlan
    texts: Sequence[IgnoreText]


def prepare(scene: Scene, asked: Asked) -> Prepared:
    """The whole plan, without its groups, which an audit makes. Raises `NothingSelected` and `BadPattern`."""
    return _Planner(scene, asked).prepared()


class _Planner:
    """Finds out, step by step, what a plan says; every step looks at those before."""

    def __init__(self, scene: Scene, asked: Asked) -> None:
        self._scene = scene
        self._asked = asked
        self._on_disk: Mapping[RepoPath, OnDisk] = {}

    def prepared(self) -> Prepared:
        selection = self._selection()
        leaving = {finding.path for finding in selection.leaving}
        remaining = [entry for entry in self._scene.inventory.entries if entry.path not in leaving]
        kept = self._placeholders(selection, remaining)
        files = ignore_files(self._scene.repository, remaining)
        ignoring = plan_ignoring(self._ignore_ground(selection, remaining, kept, files))
        texts = ignore_texts(ignoring.changes, remaining, files, self._scene.checkout)
        obstacles = [*self._obstacles(selection, kept, remaining), *unsettled(texts)]
        plan = self._plan(selection, kept, ignoring)
        return Prepared(replace(plan, obstacles=obstacles), texts)

    def _selection(self) -> Selection:
        scene = self._scene
        meant = select(scene.report, self._asked.criteria)
        self._on_disk = scene.checkout.on_disk([finding.path for finding in meant.leaving])
        flags = scene.checkout.flags() if meant.leaving else {}
        return spared(meant, Circumstances(flags, self._on_disk, lfs_pointers(scene.repository, meant.leaving)))

    def _placeholders(self, selection: Selection, remaining: Sequence[Entry]) -> Placeholders:
        staying = {entry.path for entry in remaining}
        return placeholders(self._asked.declared, selection.leaving, staying, self._scene.report.rules)

    def _ignore_ground(
        self,
        selection: Selection,
        remaining: Sequence[Entry],
        kept: Placeholders,
        files: Mapping[RepoPath, bytes],
    ) -> IgnoreGround:
        return IgnoreGround(
            files=files,
            leaving=selection.leaving,
            groups=self._scene.report.planned,
            staying={entry.path for entry in remaining}.difference(kept.kept),
            placeholders=[*kept.added, *kept.kept],
            rules=self._scene.report.rules,
        )

    def _obstacles(self, selection: Selection, kept: Placeholders, remaining: Sequence[Entry]) -> Iterator[Obstacle]:
        checkout = self._scene.checkout
        yield from about_git(self._scene.standing, self._scene.inventory)
        yield from about_content(checkout.unsaved(self._staged(selection)))
        yield from about_placeholders(kept.added, checkout.on_disk(kept.added), {entry.path for entry in remaining})

    def _staged(self, selection: Selection) -> Sequence[Entry]:
        """What the index holds otherwise than HEAD, of what leaves."""
        leaving = {finding.path for finding in selection.leaving}
        return [entry for entry in self._scene.repository.list_staged().changed if entry.path in leaving]

    def _plan(self, selection: Selection, kept: Placeholders, ignoring: IgnorePlan) -> UntrackPlan:
        scene, leaving = self._scene, selection.leaving
        return UntrackPlan(
            tool_version=scene.report.tool_version,
            criteria=self._asked.criteria,
            confidence=least_confidence(self._asked.criteria, Confidence.CERTAIN),
            standing=scene.standing,
            leaving=leaving,
            groups=(),
            on_disk={finding.path: self._on_disk[finding.path] for finding in leaving},
            deleting=[each.path for each in leaving if self._asked.deletes and self._may_be_deleted(each)],
            staying=selection.staying,
            placeholders=kept.added,
            ignoring=ignoring,
            obstacles=(),
            stored=scene.repository.history.stored_sizes({finding.blob for finding in leaving}),
            rules=scene.report.rules,
            incomplete=scene.report.incomplete,
        )

    def _may_be_deleted(self, finding: Finding) -> bool:
        is_made_again = finding.category in _MADE_AGAIN and finding.disposition is Disposition.DELETE_AND_UNTRACK
        return is_made_again and self._on_disk[finding.path] is OnDisk.FILE
