"""Joins what a review of ignore files needs: an audit of the index, and the files on disk, to read and to write."""

from collections.abc import Iterable
from dataclasses import replace

from hygiene.adapters.git_checkout import open_checkout
from hygiene.adapters.git_workbench import open_workbench
from hygiene.audit.engine import Auditor, AuditRequest
from hygiene.audit.survey import present_inventory
from hygiene.model.untracking import FileEdit
from hygiene.ports import HistoricRepository, Repository
from hygiene.untrack.ignore_review import IgnoreReview, review_ignoring
from hygiene.untrack.scene import Asked, Scene


def ignore_review(opened: HistoricRepository, auditor: Auditor, request: AuditRequest, asked: Asked) -> IgnoreReview:
    """What the ignore files of the work tree lack. Raises `NoWorkTree`, and what audits and reviews raise."""
    checkout = open_checkout(opened.facts)
    standing = checkout.standing()
    inventory = present_inventory(opened)
    report = auditor.audit(replace(request, inventory=inventory))
    return review_ignoring(Scene(opened, checkout, standing, inventory, report), asked)


def write_edits(opened: Repository, edits: Iterable[FileEdit]) -> None:
    """Writes the files of the work tree, each in one step.

    Raises `ChangedMeanwhile` for one that is not as it was before, and `UnwritableOutput`; those before it are written.
    """
    bench = open_workbench(opened.facts)
    for edit in edits:
        bench.put(edit)
