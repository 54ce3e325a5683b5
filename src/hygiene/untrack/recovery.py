"""Completes or rolls back what a killed program left unfinished; every command that untracks begins with it."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import NamedTuple

from hygiene.errors import HygieneError, Unfinished
from hygiene.model.paths import RepoPath
from hygiene.model.untracking import Move, Operation, Place, Receipt, ReceiptState
from hygiene.untrack.carrying_out import Tools, close, course_of, finish, has_happened, take_back

_CHANGED = "index or branch were changed since, so that it cannot be told whether it was done"


class Outcome(StrEnum):
    """What became of an unfinished receipt."""

    COMPLETED = "completed"
    ROLLED_BACK = "rolled back"
    STILL_UNFINISHED = "still unfinished"
    CANNOT_TELL = "cannot tell"


_OUTCOMES = {False: Outcome.ROLLED_BACK, None: Outcome.CANNOT_TELL}
"""What becomes of a receipt that did not happen, or of which nobody can tell."""


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
    return _complete(receipt, tools) if happened else _roll_back(receipt, _OUTCOMES[happened], tools)


def _complete(receipt: Receipt, tools: Tools) -> Recovered:
    """What somebody has tracked again since stays where it is."""
    tools.workbench.take_back(receipt.id, None)  # nothing but the index beside, which has become the index
    moves = course_of(receipt).operation.moves
    kept = tools.workbench.tracked_among([each.path for each in moves if each.after is Place.TRASH])
    told = _without(receipt, kept)  # so that the receipt says what is in the trash, and no more
    problems = finish(told, tools)
    if problems.failed:
        return Recovered(receipt, Outcome.STILL_UNFINISHED, (*problems.left, *problems.failed))
    return Recovered(close(told, course_of(receipt).done, tools), Outcome.COMPLETED, tuple(problems.left))


def _roll_back(receipt: Receipt, outcome: Outcome, tools: Tools) -> Recovered:
    back = _back(receipt)
    files = finish(_only(receipt, Operation(files=back.files if outcome is Outcome.ROLLED_BACK else ())), tools)
    moves = finish(_only(receipt, Operation(moves=back.moves)), tools)
    if files.failed or moves.failed:
        return Recovered(receipt, Outcome.STILL_UNFINISHED, (*files.left, *files.failed, *moves.failed))
    ref = course_of(receipt).operation.ref
    if outcome is Outcome.ROLLED_BACK and ref is not None and not _is_of_another(receipt, tools):
        tools.workbench.restore_ref(ref)
    stuck = _stuck(receipt, back.moves, tools) if moves.left else ()
    closed = take_back(_with_moves(receipt, stuck), tools)
    notes = (f"{move.path} stays in the trash, as something else is in its place" for move in stuck)
    return Recovered(closed, outcome, (*([_CHANGED] if outcome is Outcome.CANNOT_TELL else []), *files.left, *notes))


def _only(receipt: Receipt, operation: Operation) -> Receipt:
    """The receipt as if this were what it is on the way to."""
    return replace(receipt, state=ReceiptState.BEGUN, operation=operation)


def _is_of_another(receipt: Receipt, tools: Tools) -> bool:
    """Whether another receipt is done with the same commit: two programs may make the same in one second."""
    others = (each for each in tools.receipts.all() if each.id != receipt.id)
    return any(each.commit == receipt.commit and each.state is ReceiptState.DONE for each in others)


def _stuck(receipt: Receipt, back: Sequence[Move], tools: Tools) -> Sequence[Move]:
    """The moves out of the trash that cannot be made."""
    return [move for move in back if tools.workbench.hindrances(Operation(moves=(move,)), receipt.id)]


def _with_moves(receipt: Receipt, stuck: Sequence[Move]) -> Receipt:
    """The receipt with what is in the trash and no more, so that it is told; an undo that goes on needs all of it."""
    if receipt.state is ReceiptState.UNDOING:
        return receipt
    return replace(receipt, operation=replace(receipt.operation, moves=Operation(moves=tuple(stuck)).inverse.moves))


def _without(receipt: Receipt, paths: Collection[RepoPath]) -> Receipt:
    moves = tuple(each for each in receipt.operation.moves if each.path not in paths)
    return replace(receipt, operation=replace(receipt.operation, moves=moves))


def _back(receipt: Receipt) -> Operation:
    """What came after the moment that counts, backwards: somebody may have taken the index back by hand since.

    An undo has only brought files back, which may stay.
    """
    if receipt.state is ReceiptState.UNDOING:
        return Operation()
    return Operation(files=receipt.operation.files, moves=receipt.operation.moves).inverse
