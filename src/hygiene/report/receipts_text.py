"""What `hygiene untrack` says of what was done: the list of receipts, and lines after an apply, an undo, a repair."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from hygiene.model.untracking import Place, Receipt, ReceiptState, UntrackPlan
from hygiene.report.columns import Column, Side, cut_end, in_columns
from hygiene.report.quoting import plain, shown
from hygiene.report.style import Ink, TextStyle
from hygiene.report.text_parts import paragraph
from hygiene.report.wording import counted, listed, short_id
from hygiene.untrack.recovery import Outcome, Recovered

_NOTES = 10  # what is in the way of one receipt
_NAMED = 3  # files that a line names
_CATEGORIES = 40  # columns
_BRANCHES = "refs/heads/"
_STATES = {
    ReceiptState.BEGUN: Ink.LIKELY,
    ReceiptState.DONE: Ink.GOOD,
    ReceiptState.UNDOING: Ink.LIKELY,
    ReceiptState.UNDONE: Ink.FAINT,
    ReceiptState.NOT_DONE: Ink.FAINT,
}


_ENDED = {
    (Outcome.COMPLETED, ReceiptState.DONE): "it is completed now",
    (Outcome.COMPLETED, ReceiptState.UNDONE): "its undoing is completed now",
    (Outcome.ROLLED_BACK, ReceiptState.NOT_DONE): "it is rolled back now",
    (Outcome.ROLLED_BACK, ReceiptState.DONE): "its undoing is rolled back now",
}
"""What became of it, by the state that its receipt is in by now."""

_UNENDED = {
    Outcome.STILL_UNFINISHED: "it cannot be completed yet:",
    Outcome.CANNOT_TELL: "it cannot be told how far it came, so that nothing but its trash was touched:",
}


def receipts_table(receipts: Sequence[Receipt], strangers: Sequence[str], style: TextStyle) -> str:
    """The receipts in their order, one a line, and what lies beside them and is none; ended by a line break."""
    return "\n\n".join(_parts(receipts, strangers, style)) + "\n"


def applied_text(receipt: Receipt) -> str:
    """What an apply did and how to take it back, a few lines, each ended by a line break."""
    return _ended(_applied(receipt))


def besides_text(plan: UntrackPlan, backup: Path | None) -> str:
    """What no receipt knows of an apply: where copies are, and what may come back; each line ended by a line break."""
    return _ended(_besides(plan, backup))


def undone_text(receipt: Receipt) -> str:
    """What an undo put back, a few lines, each ended by a line break."""
    return _ended(_undone(receipt))


def recovered_text(recovered: Recovered) -> str:
    """What became of an unfinished receipt: a line, and one for each thing that is in the way, with their breaks."""
    receipt, outcome, notes = recovered
    what = _ENDED.get((outcome, receipt.state), _UNENDED.get(outcome, ""))
    but = ", but:" if notes and outcome in (Outcome.COMPLETED, Outcome.ROLLED_BACK) else ""
    head = f"{plain(receipt.id)} had been interrupted; {what}{but}\n"
    more = [f"and {len(notes) - _NOTES:,} more"] if len(notes) > _NOTES else []
    return head + "".join(f"  {plain(note)}\n" for note in [*notes[:_NOTES], *more])


def purged_text(receipt_id: str, files: int) -> str:
    """That a trash was emptied, and what that means for an undo: one line with its break."""
    if not files:
        return f"the trash of {plain(receipt_id)} is empty\n"
    removed = counted(files, "file")
    return f"removed {removed} from the trash of {plain(receipt_id)} for good; it cannot be undone any more\n"


def _parts(receipts: Sequence[Receipt], strangers: Sequence[str], style: TextStyle) -> Iterator[str]:
    if receipts:
        yield _table(receipts, style)
    else:
        yield "nothing was untracked here"
    if any(each.state.is_unfinished for each in receipts):
        yield paragraph("begun, undoing: unfinished. The next `hygiene untrack` completes it or rolls it back.", style)
    if strangers:
        yield paragraph(f"no receipts of this user's, and so not obeyed: {_some(strangers)}", style)


def _table(receipts: Sequence[Receipt], style: TextStyle) -> str:
    paint = style.palette.paint
    return "\n".join(
        in_columns(
            [
                Column("receipt", [plain(each.id) for each in receipts]),
                Column("time", [plain(each.time) for each in receipts]),
                Column("state", [paint(_STATES[each.state], each.state) for each in receipts]),
                Column("files", [f"{_left(each):,}" for each in receipts], Side.RIGHT),
                Column("categories", [cut_end(_categories(each), _CATEGORIES) for each in receipts]),
                Column("commit", [short_id(each.commit or "") for each in receipts]),
                Column("trash", [_trash(each) for each in receipts]),
            ]
        )
    )


def _left(receipt: Receipt) -> int:
    return sum(files for _, files in receipt.categories)


def _categories(receipt: Receipt) -> str:
    return ", ".join(f"{category} {files:,}" for category, files in receipt.categories)


def _trash(receipt: Receipt) -> str:
    if not receipt.operation.moves or receipt.state is ReceiptState.UNDONE:
        return ""
    return "purged" if receipt.purged else counted(len(receipt.operation.moves), "file")


def _applied(receipt: Receipt) -> Iterator[str]:
    yield f"untracked {counted(_left(receipt), 'file')}{_on_branch(receipt)}{_by_category(receipt)}"
    if files := _written(receipt):
        yield files
    trashed = sum(move.after is Place.TRASH for move in receipt.operation.moves)
    if trashed:
        yield f"moved {counted(trashed, 'file')} to the trash; `hygiene untrack --purge {plain(receipt.id)}` empties it"
    yield _commit(receipt)
    if _on_branch(receipt):
        yield ("checking it out or merging it takes the files from the disk, here too: copy those aside that you need")
    yield f"receipt {plain(receipt.id)}: `hygiene untrack --undo {plain(receipt.id)}` takes all of it back"


def _besides(plan: UntrackPlan, backup: Path | None) -> Iterator[str]:
    if backup is not None:
        yield f"copies of the files are in {shown(str(backup))}"
    if bare := plan.ignoring.not_ignored:
        first = f"{shown(bare[0].path)}: {plain(bare[0].why)}"
        yield f"warning: {counted(len(bare), 'file is', 'files are')} not ignored and may come back ({first})"


def _written(receipt: Receipt) -> str:
    """The placeholders and ignore files that were written; empty where none was."""
    added, changed = _files(receipt)
    parts = [f"added {counted(added, 'placeholder')}"] if added else []
    parts += [f"changed {changed}"] if changed else []
    return "; ".join(parts)


def _files(receipt: Receipt) -> tuple[int, str]:
    """How many placeholders were added, which are new and empty, and the ignore files that were changed, by name."""
    changed = [each.path for each in receipt.operation.files if each.before is not None or each.after]
    return len(receipt.operation.files) - len(changed), _some(changed)


def _some(names: Sequence[str]) -> str:
    """The first names, and how many more there are; empty for none."""
    more = [f"{len(names) - _NAMED:,} more"] if len(names) > _NAMED else []
    return listed([*map(shown, names[:_NAMED]), *more]) if names else ""


def _commit(receipt: Receipt) -> str:
    ref = receipt.operation.ref
    if receipt.commit is None or ref is None:
        return "nothing is committed yet: the change is staged"
    made = f"made commit {short_id(receipt.commit)}"
    branch = shown(ref.name.removeprefix(_BRANCHES))
    return f"{made} there; nothing else was changed" if _on_branch(receipt) else f"{made} on {branch}"


def _on_branch(receipt: Receipt) -> str:
    """Where it was done, if on a new branch alone; else empty."""
    ref = receipt.operation.ref
    if ref is None or not receipt.operation.is_branch_alone:
        return ""
    return f" on the new branch {shown(ref.name.removeprefix(_BRANCHES))}"


def _by_category(receipt: Receipt) -> str:
    return f": {_categories(receipt)}" if receipt.categories else ""


def _undone(receipt: Receipt) -> Iterator[str]:
    operation = receipt.operation
    tracked = counted(_left(receipt), "file is", "files are")
    yield f"undid {plain(receipt.id)}{'' if operation.is_branch_alone else f': {tracked} tracked again'}"
    if operation.moves:
        yield f"{counted(len(operation.moves), 'file')} came back from the trash"
    added, changed = _files(receipt)
    if added:
        yield f"{counted(added, 'placeholder is', 'placeholders are')} gone"
    if changed:
        yield f"{changed} {'is' if len(operation.files) - added == 1 else 'are'} as before"
    if (ref := operation.ref) is not None:
        name = shown(ref.name.removeprefix(_BRANCHES))
        yield f"{name} is back at {short_id(ref.before)}" if ref.before else f"the branch {name} is gone"


def _ended(lines: Iterator[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
