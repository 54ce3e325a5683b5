"""Takes back what an apply did, all of it or nothing."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from hygiene.errors import CannotUndo
from hygiene.model.inventory import Inventory
from hygiene.model.untracking import Held, Operation, Receipt, ReceiptState, Standing
from hygiene.untrack.carrying_out import Tools, as_kept, carry_out, has_happened

_WHY_NOT = {
    ReceiptState.UNDONE: "it was undone already",
    ReceiptState.NOT_DONE: "it was never done",
    ReceiptState.BEGUN: "it is unfinished",
    ReceiptState.UNDOING: "its undoing is unfinished",
}

_TOLD = 10
"""So many problems are told; who mends those meets the others next."""


class Present(NamedTuple):
    """The work tree as it is now."""

    standing: Standing
    tracked: Inventory


def undo(receipt: Receipt, look: Callable[[], Present], tools: Tools) -> Receipt:
    """Puts back all that an apply changed, by the same steps; the receipt as it was kept when all was done.

    `look` looks at the work tree once nobody else changes it, and the receipt is read again then.

    Raises:
        CannotUndo: something is no longer as the apply left it; nothing was changed.
        Unfinished: the moment that counts has passed, and not all could be done; the next command completes it.
        HygieneError: any other; nothing was changed.
    """
    with tools.workbench.alone():
        present, current = look(), as_kept(receipt, tools)
        problems = list(_problems(current, present, tools))
        if problems:
            raise CannotUndo(current.id, _in_short(problems), _hint(current, present.standing))
        return carry_out(replace(current, state=ReceiptState.UNDOING), present.standing, tools)


def _problems(receipt: Receipt, present: Present, tools: Tools) -> Iterator[str]:
    if receipt.state is not ReceiptState.DONE:
        yield _WHY_NOT[receipt.state]
        return
    operation = receipt.operation
    yield from _at_work(present.standing)
    yield from _in_references(operation, present.standing)
    yield from _in_index(operation, present.tracked)
    if operation.moves and receipt.purged:
        yield "its trash was emptied for good"
        operation = replace(operation, moves=())
    yield from tools.workbench.hindrances(operation.inverse, receipt.id)
    if operation.ref is not None and operation.is_branch_alone and not has_happened(receipt, tools):
        yield f"{operation.ref.name} is no longer at the commit that was made"


def _in_short(problems: Sequence[str]) -> Sequence[str]:
    more = len(problems) - _TOLD
    return [*problems[:_TOLD], *([f"and {more:,} more"] if more > 0 else [])]


def _at_work(standing: Standing) -> Iterator[str]:
    if standing.under_way:
        yield f"Git is in the middle of {' and '.join(standing.under_way)}"
    if standing.is_locked:
        yield "index.lock is there, so another Git process may be at work"


def _in_references(operation: Operation, standing: Standing) -> Iterator[str]:
    ref = operation.ref
    if ref is None:
        return
    if operation.is_branch_alone:
        if standing.branch == ref.name and ref.before is None:
            yield f"{ref.name} is the branch that you are on"
    elif standing.head != ref.after or (standing.branch or "HEAD") != ref.name:
        yield f"HEAD is no longer at the commit that was made, {ref.after}"


def _in_index(operation: Operation, tracked: Inventory) -> Iterator[str]:
    holds = {entry.path: Held(entry.mode, entry.blob) for entry in tracked.entries}
    unmerged = frozenset(tracked.unmerged)
    for edit in operation.index:
        if edit.path in unmerged:
            yield f"{edit.path} is in conflict"
        elif holds.get(edit.path) != edit.after:
            yield f"{edit.path} is {'staged otherwise' if edit.path in holds else 'not staged'} by now"


def _hint(receipt: Receipt, standing: Standing) -> str:
    operation = receipt.operation
    if receipt.state is not ReceiptState.DONE:
        return "`hygiene untrack --list` shows what there is."
    if receipt.purged and operation.moves:
        return "What left the index is in the history all the same: `git restore --staged --source COMMIT -- PATH`."
    if operation.ref is not None and (operation.is_branch_alone or any(_in_references(operation, standing))):
        return (
            f"`git revert {operation.ref.after}` takes the commit back, and writes what was committed last over the "
            "files on disk: copy those aside first that you have changed since."
        )
    return "Put these as the apply left them, or take back by hand what you need: the receipt lists all of it."
