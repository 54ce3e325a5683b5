"""Which files the size cap judges: all of them, or those that a line of work added or made larger."""

from collections.abc import Sequence
from typing import NamedTuple

from hygiene.audit.survey import Survey
from hygiene.model.inventory import Entry, Gap, Inventory


class Subject(NamedTuple):
    """The entries that the cap judges, and what made that less exact than asked."""

    entries: Sequence[Entry]
    gaps: Sequence[Gap]


def subject_to_cap(survey: Survey, entries: Sequence[Entry], new_since: str | None) -> Subject:
    """All entries; with `new_since`, those added or grown since the merge base. Raises `UnknownRevision`.

    Where the merge base is out of reach every file is judged, and a gap says so: never fewer than asked for.
    """
    if new_since is None:
        return Subject(entries, ())
    head = survey.inventory.commit or survey.repository.facts.head
    base = survey.repository.merge_base(new_since, head) if head is not None else None
    if base is None:
        reason = f"no common ancestor with {new_since} is to be found here, so the size cap judged every file"
        return Subject(entries, (Gap(reason, "Fetch more history (`git fetch --unshallow`)."),))
    return Subject(_added_or_grown(survey, entries, survey.repository.list_revision(base)), ())


def _added_or_grown(survey: Survey, entries: Sequence[Entry], base: Inventory) -> Sequence[Entry]:
    before = {entry.path: entry.blob for entry in base.entries}
    changed = [entry for entry in entries if before.get(entry.path) != entry.blob]
    sizes = survey.repository.sizes({before[entry.path] for entry in changed if entry.path in before})
    size_before = {entry.path: sizes.get(before[entry.path], 0) for entry in changed if entry.path in before}
    return [entry for entry in changed if survey.sizes.get(entry.blob, 0) > size_before.get(entry.path, 0)]
