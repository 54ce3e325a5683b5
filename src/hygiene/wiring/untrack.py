"""Joins what a clean-up needs: an audit of the index, a look at the work tree, and what changes both."""

import secrets
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from hygiene import __version__
from hygiene.adapters.clock import SystemClock
from hygiene.adapters.commit_making import GitCommits
from hygiene.adapters.git_checkout import git_of, open_checkout
from hygiene.adapters.git_files import work_tree_name
from hygiene.adapters.git_workbench import open_workbench
from hygiene.adapters.receipts import open_receipts
from hygiene.audit.engine import Auditor, AuditRequest
from hygiene.audit.grouping import grouped
from hygiene.audit.survey import Survey, present_inventory
from hygiene.errors import NoReceipt, NoWorkTree, UntrackRefused
from hygiene.model.paths import RepoPath
from hygiene.model.untracking import Held, OnDisk, Operation, Receipt, ReceiptState
from hygiene.ports import HistoricRepository, Progress
from hygiene.ports.checkout import Hooks
from hygiene.untrack.apply import apply
from hygiene.untrack.carrying_out import Tools
from hygiene.untrack.ignore_versions import LARGEST_IGNORE_FILE
from hygiene.untrack.operation import Tracked, commit_edits, operation_of, with_commit
from hygiene.untrack.plan import Prepared, prepare
from hygiene.untrack.purging import Purged, purge
from hygiene.untrack.recovery import Recovered, recover
from hygiene.untrack.scene import Asked, Scene
from hygiene.untrack.undo import Present, undo


class CommitAsked(NamedTuple):
    """A commit of the clean-up alone.

    Attributes:
        branch: a new branch that gets it, and then nothing else changes; None commits on the current one.
    """

    message: str
    branch: str | None
    hooks: Hooks


class Way(NamedTuple):
    """How a plan is carried out: with a copy of the files first, or a commit, if not None."""

    backup: Path | None
    commit: CommitAsked | None


class Untracker:
    """Plans clean-ups of one work tree, carries them out, and takes them back.

    Raises `NoWorkTree` for a bare repository, and `UnreadableRepository` where there is no git program.
    """

    def __init__(self, opened: HistoricRepository, progress: Progress) -> None:
        facts = opened.facts
        if facts.work_dir is None:
            raise NoWorkTree(str(facts.git_dir))
        self._opened = opened
        self._progress = progress
        self._checkout = open_checkout(facts)
        self._commits = GitCommits(git_of(facts), facts)
        self._tools = Tools(open_workbench(facts), open_receipts(facts))

    def recover(self) -> Sequence[Recovered]:
        """Completes or takes back what was killed, and tells so. To be asked before anything else."""
        return recover(self._tools)

    def require_new_branch(self, name: str) -> None:
        """Raises `BadBranch` where no branch may have this name, or one has it."""
        self._commits.require_new_branch(name)

    def prepare(self, auditor: Auditor, request: AuditRequest, asked: Asked) -> Prepared:
        """The plan of a clean-up of what an audit of the index finds. Raises what an audit raises."""
        standing = self._checkout.standing()  # first, so that whatever changes from now on is noticed
        self._opened.begin_listing_staged()
        inventory = present_inventory(self._opened)
        report = auditor.audit(replace(request, inventory=inventory))
        self._progress.step("planning")
        prepared = prepare(Scene(self._opened, self._checkout, standing, inventory, report), asked)
        self._progress.done()
        groups = grouped(prepared.plan.leaving, Survey(self._opened, inventory).folders)
        return prepared._replace(plan=replace(prepared.plan, groups=groups))

    def apply(self, prepared: Prepared, way: Way) -> Receipt:
        """Carries a plan out as a whole; what it changed is in the receipt.

        Raises `UntrackRefused` where something is in the way, and all that the steps raise.
        """
        plan = prepared.plan
        if plan.obstacles:
            raise UntrackRefused([each.what for each in plan.obstacles], plan.obstacles[0].help)
        if way.backup is not None:
            kept = [path for path, found in plan.on_disk.items() if found in (OnDisk.FILE, OnDisk.SYMLINK)]
            self._tools.workbench.back_up(kept, way.backup)
        operation = operation_of(prepared, self._placeholders(prepared), self._tools.workbench.add_blobs)
        commit = None
        if way.commit is not None:
            commit = self._commit(prepared, operation, way.commit)
            operation = with_commit(operation, plan.standing, commit, way.commit.branch)
        done = apply(operation, self._receipt(prepared, operation, commit), plan.standing, self._tools)
        if way.commit is not None and way.commit.branch is None:  # git, too, tells hooks only of what HEAD leads to
            self._commits.after(way.commit.hooks)
        return done

    def receipts(self) -> Sequence[Receipt]:
        """The receipts of this work tree, oldest first."""
        return self._tools.receipts.all()

    def undo(self, name: str | None) -> Receipt:
        """Takes back what the receipt of that id, or the last one that is done, says. Raises `CannotUndo`."""
        receipt = self._last_done() if name is None else self._named(name)
        return undo(receipt, self._present, self._tools)

    def purge(self, name: str) -> Purged:
        """Removes for good what a receipt moved to the trash."""
        return purge(self._named(name), self._tools)

    def strangers(self) -> Sequence[str]:
        """The files beside the receipts that this user's programs did not write, by name."""
        return self._tools.receipts.strangers()

    def _present(self) -> Present:
        return Present(self._checkout.standing(), self._opened.list_index())

    def _last_done(self) -> Receipt:
        found = next((each for each in reversed(self.receipts()) if each.state is ReceiptState.DONE), None)
        if found is None:
            raise NoReceipt(None)
        return found

    def _named(self, name: str) -> Receipt:
        found = next((each for each in self.receipts() if each.id == name), None)
        if found is None:
            raise NoReceipt(name)
        return found

    def _placeholders(self, prepared: Prepared) -> dict[RepoPath, bytes]:
        """The bytes of the placeholders that are on disk."""
        found = {path: self._checkout.read_file(path, LARGEST_IGNORE_FILE) for path in prepared.plan.placeholders}
        return {path: content for path, content in found.items() if content is not None}

    def _commit(self, prepared: Prepared, operation: Operation, asked: CommitAsked) -> str:
        edits = commit_edits(operation, prepared, self._at_head(prepared), self._tools.workbench.add_blobs)
        return self._commits.make(prepared.plan.standing.head, edits, asked.message, asked.hooks)

    def _at_head(self, prepared: Prepared) -> dict[RepoPath, Tracked]:
        entries = self._opened.find_in_head([file.path for file in prepared.versions])
        contents = dict(self._opened.contents({entry.blob for entry in entries}))
        return {
            entry.path: Tracked(entry.path, Held(entry.mode, entry.blob), contents.get(entry.blob)) for entry in entries
        }

    def _receipt(self, prepared: Prepared, operation: Operation, commit: str | None) -> Receipt:
        now = SystemClock().now()
        categories = Counter(finding.category for finding in prepared.plan.leaving)
        return Receipt(
            id=f"{now:%Y%m%d-%H%M%S}-{secrets.token_hex(2)}",
            tool_version=__version__,
            git_dir=work_tree_name(self._opened.facts.git_dir),
            time=f"{now:%Y-%m-%dT%H:%M:%SZ}",
            state=ReceiptState.BEGUN,
            head=prepared.plan.standing.head,
            operation=operation,
            commit=commit,
            categories=tuple(categories.most_common()),
        )
