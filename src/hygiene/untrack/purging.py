"""Empties the trash of a receipt for good."""

from dataclasses import replace
from typing import NamedTuple

from hygiene.model.untracking import Receipt, ReceiptState
from hygiene.untrack.carrying_out import Tools, as_kept

_ENDED = {ReceiptState.BEGUN: ReceiptState.NOT_DONE, ReceiptState.UNDOING: ReceiptState.UNDONE}


class Purged(NamedTuple):
    """The receipt as it is now, and how many files are gone."""

    receipt: Receipt
    files: int


def purge(receipt: Receipt, tools: Tools) -> Purged:
    """Removes what an apply moved to the trash. It can then not be undone, which the receipt says first of all.

    One that is unfinished, and that recovery could not make anything of, ends with that.

    Raises `UnwritableOutput` where not all could be removed; the same can be asked again.
    """
    with tools.workbench.alone():
        current = as_kept(receipt, tools)
        purged = replace(current, purged=True, state=_ENDED.get(current.state, current.state))
        tools.receipts.save(purged)
        return Purged(purged, tools.workbench.empty_trash(receipt.id))
