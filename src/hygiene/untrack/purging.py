"""Empties the trash of a receipt for good."""

from dataclasses import replace
from typing import NamedTuple

from hygiene.errors import UntrackRefused
from hygiene.model.untracking import Receipt
from hygiene.untrack.carrying_out import Tools, as_kept

_COMPLETE = "`hygiene untrack --list` says what is in the way of its end; mend that first."


class Purged(NamedTuple):
    """The receipt as it is now, and how many files are gone."""

    receipt: Receipt
    files: int


def purge(receipt: Receipt, tools: Tools) -> Purged:
    """Removes what an apply moved to the trash. It can then not be undone, which the receipt says first of all.

    Raises `UntrackRefused` for one that is unfinished, as that needs its trash, and `UnwritableOutput` where not all
    could be removed; the same can be asked again.
    """
    with tools.workbench.alone():
        current = as_kept(receipt, tools)
        if current.state.is_unfinished:
            raise UntrackRefused([f"{current.id} is unfinished and needs its trash"], _COMPLETE)
        purged = replace(current, purged=True)
        tools.receipts.save(purged)
        return Purged(purged, tools.workbench.empty_trash(receipt.id))
