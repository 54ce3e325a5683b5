"""Copies inside the repository: whole folders under an output name, and large files kept twice."""

from collections.abc import Iterator

from hygiene.audit.checks.base import Problem, Scene
from hygiene.model.finding import Evidence

LARGE = 1024 * 1024
"""Bytes above which a second copy of a file is worth a word."""


def copied_source_tree(scene: Scene) -> Iterator[Problem]:
    """The files of each copied tree that no other rule explains."""
    if scene.copied.trees:
        for entry in scene.survey.inventory.entries:
            if entry.is_file and entry.path not in scene.judged:
                yield from (Problem(entry, (evidence,)) for evidence in scene.copied.evidence_about(entry.path))


def duplicate_large_blobs(scene: Scene) -> Iterator[Problem]:
    """Every large file after the first with its content: Git stores it once, a checkout as often as it has names."""
    large = scene.survey.larger_than(LARGE)
    if large:
        for entry in scene.survey.inventory.entries:
            first = scene.survey.by_blob[entry.blob][0] if entry.is_file and entry.blob in large else entry
            if first is not entry and entry.path not in scene.judged:
                yield Problem(entry, (Evidence("duplicate", f"the same content as {first.path}", path=first.path),))
