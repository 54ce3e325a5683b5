"""What is staged, as something to audit: by itself where that tells all, with the whole index around it otherwise."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from hygiene.audit.checks.copies import LARGE
from hygiene.audit.copied import may_be_a_copy
from hygiene.audit.survey import Survey
from hygiene.model.inventory import Entry, Inventory, Sizes, Staged
from hygiene.model.paths import ROOT, ancestors, join, name_of
from hygiene.model.report import AuditReport
from hygiene.ports import Repository

LABEL = "what is staged"

_RULE_FILES = (".gitattributes", ".gitignore", ".gitmodules")


@dataclass(frozen=True)
class Stage:
    """The staged entries of one repository, and the two ways to look at them.

    Listing a large index costs ten times what judging a few files does, and a commit of ordinary source never needs it.
    """

    repository: Repository
    staged: Staged

    def alone(self) -> Survey:
        """The staged entries with the rule files of the folders above them, and nothing else of the index."""
        entries = {entry.path: entry for entry in self.staged.changed}
        above = {folder for path in entries for folder in (ROOT, *ancestors(path))}
        wanted = {join(folder, name) for folder in above for name in _RULE_FILES} - entries.keys() - self.staged.removed
        around = self.repository.find_in_head(wanted)  # what is not staged is the same there as in the index
        return Survey(self.repository, self._inventory([*entries.values(), *around]), frozenset(entries))

    def in_context(self) -> Survey:
        """The staged entries amid the whole index."""
        index = self.repository.list_index()
        return Survey(self.repository, self._inventory(index.entries), frozenset(e.path for e in self.staged.changed))

    def is_told_by(self, alone: AuditReport) -> bool:
        """Whether the audit of the staged entries alone says what the one in context would.

        That is so of ordinary files that were tracked before, cannot be copies and raise no doubt. A new one can
        collide with, or copy, any other; a doubt is weighed with all that speaks for or against it.
        """
        doubts: list[object] = [*alone.findings, *alone.cleared, *alone.unreadable, *alone.waived, *alone.baselined]
        return not doubts and not self.staged.added and all(map(self._is_ordinary, self.staged.changed))

    def _is_ordinary(self, entry: Entry) -> bool:
        may_be_twice = self._sizes.get(entry.blob, 0) > LARGE or may_be_a_copy(entry.path)
        return entry.is_file and name_of(entry.path) not in _RULE_FILES and not may_be_twice

    @cached_property
    def _sizes(self) -> Sizes:
        """Of the staged blobs."""
        return self.repository.sizes(entry.blob for entry in self.staged.changed)

    def _inventory(self, entries: Sequence[Entry]) -> Inventory:
        return Inventory(LABEL, None, entries, gaps=self.staged.gaps)
