"""Completes or rolls back what a killed program left unfinished; every command that untracks begins with it."""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from hygiene.errors import HygieneError, Unfinished
from hygiene.model.untracking import Receipt, ReceiptState
from hygiene.untrack.carrying_out import Tools, close, course_of, finish, has_happened, take_back

_UNFINISHED = (ReceiptState.BEGUN, ReceiptState.UNDOING)


_CHANGED = "paths of the index or the branch were changed since, so that it cannot be told whether it was done"


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

    What somebody has changed since is left to them. Where neither can be told any more, whether it happened or not,
    nothing is done and the receipt stays as it is.
    """
    if not _unfinished(tools):
        return ()
    with tools.workbench.alone():
        return [_try_to_recover(receipt, tools) for receipt in _unfinished(tools)]


def _unfinished(tools: Tools) -> Sequence[Receipt]:
    return [receipt for receipt in tools.receipts.all() if receipt.state in _UNFINISHED]


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
    if happened is None:
        return Recovered(receipt, Outcome.CANNOT_TELL, (_CHANGED, f"`hygiene untrack --purge {receipt.id}` ends it"))
    if not happened:
        return Recovered(take_back(receipt, tools), Outcome.ROLLED_BACK)
    tools.workbench.take_back(receipt.id, None)  # nothing but the index beside, which has become the index
    problems = finish(receipt, tools)
    if problems.failed:
        return Recovered(receipt, Outcome.STILL_UNFINISHED, (*problems.left, *problems.failed))
    return Recovered(close(receipt, course_of(receipt).done, tools), Outcome.COMPLETED, tuple(problems.left))
