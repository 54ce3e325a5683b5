"""The plan of a clean-up: everything that untracking would change, found out without changing anything."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from hygiene.model.finding import Finding
from hygiene.model.paths import RepoPath
from hygiene.model.rule import Category, Confidence, Disposition
from hygiene.model.untracking import IgnorePlan, Obstacle, OnDisk, UntrackPlan
from hygiene.untrack.ignore_versions import IgnoreVersions, ignore_files, unsettled, versions_of
from hygiene.untrack.ignoring import plan_ignoring
from hygiene.untrack.letting_in import with_let_in
from hygiene.untrack.obstacles import about_content, about_git, about_marks, about_placeholders
from hygiene.untrack.scene import Asked, Chosen, Scene, choose, ignore_ground
from hygiene.untrack.selection import least_asked

_MADE_AGAIN = frozenset({Category.CACHE, Category.BUILD})
"""What may go to the trash: a tool makes it again, and nobody's work is in it."""


class Prepared(NamedTuple):
    """A plan, with the versions of the ignore files that it changes."""

    plan: UntrackPlan
    versions: Sequence[IgnoreVersions]


def prepare(scene: Scene, asked: Asked) -> Prepared:
    """The whole plan, without its groups, which an audit makes. Raises `NothingSelected` and `BadPattern`."""
    chosen = choose(scene, asked)
    files = ignore_files(scene.repository, chosen.remaining)
    ignoring = plan_ignoring(ignore_ground(scene, chosen, files))
    ignoring = with_let_in(ignoring, scene.checkout, chosen, files)
    versions = versions_of(ignoring.changes, chosen.remaining, files, scene.checkout)
    obstacles = [*_obstacles(scene, chosen), *about_marks(ignoring.changes, chosen.flags), *unsettled(versions)]
    return Prepared(_plan(scene, asked, chosen, ignoring, obstacles), versions)


def _obstacles(scene: Scene, chosen: Chosen) -> Iterator[Obstacle]:
    yield from about_git(scene.standing, scene.inventory)
    changed = [entry for entry in scene.repository.list_staged().changed if entry.path in chosen.on_disk]
    yield from about_content(scene.checkout.unsaved(changed))
    added = chosen.kept.added
    yield from about_placeholders(added, scene.checkout.on_disk(added), {entry.path for entry in chosen.remaining})


def _plan(
    scene: Scene, asked: Asked, chosen: Chosen, ignoring: IgnorePlan, obstacles: Sequence[Obstacle]
) -> UntrackPlan:
    leaving = chosen.selection.leaving
    return UntrackPlan(
        tool_version=scene.report.tool_version,
        criteria=asked.criteria,
        confidence=least_asked(asked.criteria),
        standing=scene.standing,
        leaving=leaving,
        groups=(),
        on_disk=chosen.on_disk,
        deleting=_deleting(chosen) if asked.deletes else (),
        staying=chosen.selection.staying,
        placeholders=chosen.kept.added,
        ignoring=ignoring,
        obstacles=obstacles,
        stored=scene.repository.history.stored_sizes({finding.blob for finding in leaving}),
        rules=scene.report.rules,
        incomplete=scene.report.incomplete,
    )


def _deleting(chosen: Chosen) -> list[RepoPath]:
    found = chosen.on_disk
    leaving = chosen.selection.leaving
    return [each.path for each in leaving if found[each.path] is OnDisk.FILE and _is_made_again(each)]


def _is_made_again(finding: Finding) -> bool:
    is_certain = finding.confidence is Confidence.CERTAIN
    return is_certain and finding.category in _MADE_AGAIN and finding.disposition is Disposition.DELETE_AND_UNTRACK
