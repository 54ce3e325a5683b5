"""Applies an operation: afterwards it is done as a whole, or nothing has changed, or its receipt is unfinished."""

from dataclasses import replace

from hygiene.model.untracking import Operation, Receipt, ReceiptState, Standing
from hygiene.untrack.carrying_out import Tools, carry_out


def apply(operation: Operation, receipt: Receipt, expected: Standing, tools: Tools) -> Receipt:
    """Does an operation under the name of a receipt; the receipt as it was kept when all was done.

    An operation that changes neither the index nor a reference is nothing: it is not done, and no receipt is kept.

    Args:
        operation: what is to be done.
        receipt: what else is to be kept of it; its state and operation are seen to here.
        expected: HEAD and index as they were when the operation was made up.
        tools: what it is done with.

    Raises:
        Unfinished: the moment that counts has passed, and not all could be done; the next command completes it.
        HygieneError: any other; nothing was changed.
    """
    begun = replace(receipt, state=ReceiptState.BEGUN, operation=operation)
    if not operation.index and operation.ref is None:
        return begun
    with tools.workbench.alone():
        return carry_out(begun, expected, tools)
