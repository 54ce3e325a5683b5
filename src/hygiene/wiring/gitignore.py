"""Joins what a review of ignore files needs: an audit of the index, and the files on disk, to read and to write."""

import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from hygiene.adapters.disk_store import replace_unchanged
from hygiene.adapters.git_checkout import open_checkout
from hygiene.audit.engine import Auditor, AuditRequest
from hygiene.audit.survey import present_inventory
from hygiene.model.json_path import bytes_of
from hygiene.model.untracking import FileEdit
from hygiene.ports import HistoricRepository
from hygiene.untrack.ignore_review import IgnoreReview, review_ignoring
from hygiene.untrack.scene import Asked, Scene


def ignore_review(opened: HistoricRepository, auditor: Auditor, request: AuditRequest, asked: Asked) -> IgnoreReview:
    """What the ignore files of the work tree lack. Raises `NoWorkTree`, and what audits and reviews raise."""
    checkout = open_checkout(opened.facts)
    standing = checkout.standing()
    inventory = present_inventory(opened)
    report = auditor.audit(replace(request, inventory=inventory))
    return review_ignoring(Scene(opened, checkout, standing, inventory, report), asked)


def write_edits(root: Path, edits: Iterable[FileEdit]) -> None:
    """Writes the files below `root`, each in one step.

    Raises `ChangedMeanwhile` for one that is not as it was before, and `UnwritableOutput`; those before it are written.
    """
    for edit in edits:
        if edit.after is not None:
            replace_unchanged(root / os.fsdecode(bytes_of(edit.path)), edit.before, edit.after)
