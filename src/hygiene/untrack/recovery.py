"""Completes or rolls back what a killed program left unfinished; every command that untracks begins with it."""

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from typing import NamedTuple

from hygiene.errors import HygieneError, Unfinished
from hygiene.model.untracking import Operation, Receipt, ReceiptState
from hygiene.untrack.carrying_out import Tools, close, course_of, finish, has_happened, take_back

_CHANGED = "index or branch were changed since, so that it cannot be told whether it was done; nothing is in the trash"


class Outcome(StrEnum):
    """What became of an unfinished receipt."""

    COMPLETED = "completed"
    ROLLED_BACK = "rolled back"
    STILL_UNFINISHED = "still unfinished"
    CANNOT_TELL = "cannot tell"


class Recovered(NamedTuple):
    """A receipt that was found unfinished.

    Attributes:
        receipt: as it is now.
        notes: in words: what was left as somebody has changed it since, or what is in the way.
    """

    receipt: Receipt
    outcome: Outcome
    notes: tuple[str, ...] = ()


def recover(tools: Tools) -> Sequence[Recovered]:
    """Sees to every unfinished receipt of this work tree, oldest first. Waits for one that is still at work.

    What somebody has changed since is left to them. Where it cannot be told any more whether it happened or not, files
    come back from the trash, and all else stays as it is.
    """
    if not _unfinished(tools):
        return ()
    with tools.workbench.alone():
        return [_try_to_recover(receipt, tools) for receipt in _unfinished(tools)]


def _unfinished(tools: Tools) -> Sequence[Receipt]:
    return [receipt for receipt in tools.receipts.all() if receipt.state.is_unfinished]


def _try_to_recover(receipt: Receipt, tools: Tools) -> Recovered:
    """What stands in the way of one receipt is told, and keeps nobody from the others."""
    try:
        return _recover(receipt, tools)
    except Unfinished as failure:
        return Recovered(receipt, Outcome.STILL_UNFINISHED, failure.problems)
    except HygieneError as failure:
        return Recovered(receipt, Outcome.STILL_UNFINISHED, (failure.message,))


def _recover(receipt: Receipt, tools: Tools) -> Recovered:
    happened = has_happened(receipt, tools)
    if happened:
        tools.workbench.take_back(receipt.id, None)  # nothing but the index beside, which has become the index
        problems = finish(receipt, tools)
    else:
        back = _back(receipt) if happened is False else replace(_back(receipt), files=())
        problems = finish(replace(receipt, operation=back), tools)
    if problems.failed:
        return Recovered(receipt, Outcome.STILL_UNFINISHED, (*problems.left, *problems.failed))
    if happened:
        return Recovered(close(receipt, course_of(receipt).done, tools), Outcome.COMPLETED, tuple(problems.left))
    notes = problems.left if happened is False else (_CHANGED, *problems.left)
    outcome = Outcome.CANNOT_TELL if happened is None else Outcome.ROLLED_BACK
    return Recovered(take_back(receipt, tools), outcome, tuple(notes))


def _back(receipt: Receipt) -> Operation:
    """What came after the moment that counts, backwards: somebody may have taken the index back by hand since.

    Nothing stays in the trash of what did not happen. An undo has only brought files back, which may stay.
    """
    if receipt.state is ReceiptState.UNDOING:
        return Operation()
    return Operation(files=receipt.operation.files, moves=receipt.operation.moves).inverse
