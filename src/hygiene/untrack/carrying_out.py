"""Carries out what a receipt says, in the one order in which a kill at any moment loses nothing."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import NamedTuple

from hygiene.errors import ChangedMeanwhile, HygieneError, Unfinished, UntrackRefused
from hygiene.model.untracking import Operation, Receipt, ReceiptState, Standing
from hygiene.ports.checkout import Receipts, Workbench


class Tools(NamedTuple):
    """What changes the world."""

    workbench: Workbench
    receipts: Receipts


class Course(NamedTuple):
    """What an unfinished receipt is on the way to: the operation, and its state once that was done, or was not."""

    operation: Operation
    done: ReceiptState
    not_done: ReceiptState


class Problems(NamedTuple):
    """Why parts of an operation were not done.

    Attributes:
        left: files that somebody has changed since, and that are theirs now.
        failed: what can be tried again.
    """

    left: Sequence[str]
    failed: Sequence[str]


def as_kept(receipt: Receipt, tools: Tools) -> Receipt:
    """The receipt as it is by now; `alone` must be open, so that it stays so."""
    return next((each for each in tools.receipts.all() if each.id == receipt.id), receipt)


def course_of(receipt: Receipt) -> Course:
    """Of an unfinished receipt."""
    if receipt.state is ReceiptState.UNDOING:
        return Course(receipt.operation.inverse, ReceiptState.UNDONE, ReceiptState.DONE)
    return Course(receipt.operation, ReceiptState.DONE, ReceiptState.NOT_DONE)


def carry_out(receipt: Receipt, expected: Standing, tools: Tools) -> Receipt:
    """Does what an unfinished receipt says, from saving it on; the receipt as it is then. `alone` must be open.

    Where a step fails before the moment that counts, nothing has changed and the receipt says so. Where one fails after
    it, or where it is interrupted, the receipt stays unfinished.

    Raises:
        Unfinished: the moment has passed, and not all could be done.
        HygieneError: as the steps raise it; nothing was changed.
    """
    _require_possible(receipt, tools)
    tools.receipts.save(receipt)
    try:
        _reach_the_moment(receipt, expected, tools)
    except HygieneError:
        # A step that raises this has done nothing. After any other exception the next command sees how far it came.
        with suppress(HygieneError):  # what stopped the work says more; what fails here does the next command
            take_back(receipt, tools)
        raise
    problems = finish(receipt, tools)
    if problems.left or problems.failed:
        raise Unfinished(receipt.id, (*problems.left, *problems.failed))
    return close(receipt, course_of(receipt).done, tools)


def finish(receipt: Receipt, tools: Tools) -> Problems:
    """Does what comes after the moment that counts, as far as it can be done, and tells what could not."""
    left: list[str] = []
    failed: list[str] = []
    for failure in _failures(receipt, tools.workbench):
        kind = left if isinstance(failure, ChangedMeanwhile) else failed
        kind.append(failure.message)
    return Problems(left, failed)


def take_back(receipt: Receipt, tools: Tools) -> Receipt:
    """Removes what an operation that never happened left; the receipt then says that it did not happen."""
    tools.workbench.take_back(receipt.id, course_of(receipt).operation.ref)
    return close(receipt, course_of(receipt).not_done, tools)


def has_happened(receipt: Receipt, tools: Tools) -> bool | None:
    """Whether the moment that counts has passed for an unfinished receipt; None where nobody can tell any more."""
    operation = course_of(receipt).operation
    return tools.workbench.has_happened(receipt, operation.index, operation.ref)


def close(receipt: Receipt, state: ReceiptState, tools: Tools) -> Receipt:
    """Keeps the receipt in a finished state."""
    closed = replace(receipt, state=state)
    try:
        tools.receipts.save(closed)
    except HygieneError as failure:
        raise Unfinished(receipt.id, (failure.message,)) from failure
    return closed


def _reach_the_moment(receipt: Receipt, expected: Standing, tools: Tools) -> None:
    operation = course_of(receipt).operation
    _add_contents(operation, tools)
    if operation.index:
        tools.workbench.prepare_index(receipt.id, operation.index, receipt.head)
    tools.workbench.publish(receipt.id, expected, operation.ref)


def _require_possible(receipt: Receipt, tools: Tools) -> None:
    """After the moment that counts it would be too late to learn that a file cannot be written or moved."""
    problems = tools.workbench.hindrances(course_of(receipt).operation, receipt.id)
    if problems:
        raise UntrackRefused(problems, "Plan again; where something is in the way, move it away first.")


def _add_contents(operation: Operation, tools: Tools) -> None:
    told = [blob for blob, _ in operation.contents]
    if list(tools.workbench.add_blobs([content for _, content in operation.contents])) != told:
        raise UntrackRefused(
            ["Git gives a content another name than was expected"], "This is a bug in hygiene; please report it."
        )


def _failures(receipt: Receipt, workbench: Workbench) -> Iterator[HygieneError]:
    operation = course_of(receipt).operation
    for edit in operation.files:
        try:
            workbench.put(edit)
        except HygieneError as failure:
            yield failure
    for move in operation.moves:
        try:
            workbench.move(move, receipt.id)
        except HygieneError as failure:
            yield failure
