"""What is said of what was done."""

import re
from dataclasses import replace

import pytest

from hygiene.model.paths import RepoPath
from hygiene.model.untracking import FileEdit, Operation, ReceiptState, RefEdit
from hygiene.report.receipts_text import (
    applied_text,
    purged_text,
    receipts_table,
    recovered_text,
    undone_text,
)
from hygiene.report.style import ANSI, TextStyle
from hygiene.untrack.recovery import Outcome, Recovered
from tests.fakes.untracking import HEAD, plain_receipt

COMMIT = "ab" * 20


def test_no_receipts_are_told_in_words() -> None:
    assert receipts_table([], [], TextStyle()) == "nothing was untracked here\n"


def test_a_receipt_is_one_line() -> None:
    line = receipts_table([plain_receipt(commit=COMMIT)], [], TextStyle()).splitlines()[2]
    assert re.split(r" {2,}", line) == [
        "20261121-115500-3f9a",
        "2026-11-21T11:55:00Z",
        "done",
        "2",
        "cache 1, database 1",
        "abababab",
        "1 file",
    ]


def test_what_is_unfinished_is_explained() -> None:
    assert "unfinished" not in receipts_table([plain_receipt()], [], TextStyle())
    for state in (ReceiptState.BEGUN, ReceiptState.UNDOING):
        assert "unfinished" in receipts_table([plain_receipt(state=state)], [], TextStyle())


def test_the_trash_is_purged_or_empty_after_an_undo() -> None:
    assert receipts_table([plain_receipt(purged=True)], [], TextStyle()).endswith("  purged\n")
    assert receipts_table([plain_receipt(state=ReceiptState.UNDONE)], [], TextStyle()).endswith("database 1\n")


def test_strangers_are_named_and_a_long_list_is_cut() -> None:
    text = receipts_table([], ["a\x1b.json", "b", "c", "d", "e"], TextStyle())
    assert text.endswith('no receipts of this user\'s, and so not obeyed: "a\\033.json", b, c and 2 more\n')


def test_colours_change_nothing_else() -> None:
    plain = receipts_table([plain_receipt()], [], TextStyle())
    assert receipts_table([plain_receipt()], [], TextStyle(palette=ANSI)) == plain.replace(
        "done ", "\033[1;32mdone\033[0m "
    )


def test_after_an_apply_the_ways_back_are_named() -> None:
    assert applied_text(plain_receipt()) == (
        "untracked 2 files: cache 1, database 1\n"
        "added 1 placeholder; changed .gitignore\n"
        "moved 1 file to the trash; `hygiene untrack --purge 20261121-115500-3f9a` empties it\n"
        "nothing is committed yet: the change is staged\n"
        "receipt 20261121-115500-3f9a: `hygiene untrack --undo 20261121-115500-3f9a` takes all of it back\n"
    )


def test_a_commit_is_named_with_its_branch() -> None:
    moved = replace(plain_receipt().operation, ref=RefEdit("refs/heads/main", HEAD, COMMIT))
    assert "made commit abababab on main\n" in applied_text(plain_receipt(commit=COMMIT, operation=moved))


def test_on_a_new_branch_nothing_else_was_changed() -> None:
    only = Operation(ref=RefEdit("refs/heads/clean\x1b", None, COMMIT))
    text = applied_text(plain_receipt(commit=COMMIT, operation=only))
    assert text.startswith(
        'untracked 2 files on the new branch "clean\\033": cache 1, database 1\n'
        "made commit abababab there; nothing else was changed\n"
    )


def test_the_first_commit_of_all_is_on_no_new_branch() -> None:
    first = replace(plain_receipt().operation, ref=RefEdit("refs/heads/main", None, COMMIT))
    text = applied_text(plain_receipt(commit=COMMIT, operation=first, head=None))
    assert "made commit abababab on main\n" in text
    assert "nothing else" not in text


def test_a_new_ignore_file_is_no_placeholder() -> None:
    new = Operation(files=(FileEdit(RepoPath(".gitignore"), None, b"*.pyc\n"),))
    assert "\nchanged .gitignore\n" in applied_text(plain_receipt(operation=new))


def test_after_an_undo_all_that_came_back_is_told() -> None:
    moved = replace(plain_receipt().operation, ref=RefEdit("refs/heads/main", HEAD, COMMIT))
    assert undone_text(plain_receipt(operation=moved)) == (
        "undid 20261121-115500-3f9a: 2 files are tracked again\n"
        "1 file came back from the trash\n"
        "1 placeholder is gone\n"
        ".gitignore is as before\n"
        "main is back at c0ffee00\n"
    )


@pytest.mark.parametrize(
    ("outcome", "state", "says"),
    [
        (Outcome.COMPLETED, ReceiptState.DONE, "it is completed now, but:"),
        (Outcome.ROLLED_BACK, ReceiptState.NOT_DONE, "it is rolled back now, but:"),
        (Outcome.COMPLETED, ReceiptState.UNDONE, "its undoing is completed now, but:"),
        (Outcome.ROLLED_BACK, ReceiptState.DONE, "its undoing is rolled back now, but:"),
        (Outcome.STILL_UNFINISHED, ReceiptState.BEGUN, "it cannot be completed yet:"),
        (
            Outcome.CANNOT_TELL,
            ReceiptState.UNDOING,
            "it cannot be told how far it came, so that nothing but its trash was touched:",
        ),
    ],
)
def test_a_recovery_says_how_it_ended_and_what_is_in_the_way(outcome: Outcome, state: ReceiptState, says: str) -> None:
    receipt = replace(plain_receipt(), state=state)
    told = recovered_text(Recovered(receipt, outcome, ("a\x1bb was changed since",)))
    assert told == f"{receipt.id} had been interrupted; {says}\n  a\\033b was changed since\n"


def test_a_purge_says_that_it_is_for_good() -> None:
    assert purged_text("x", 2) == "removed 2 files from the trash of x for good; it cannot be undone any more\n"
    assert purged_text("x", 0) == "the trash of x is empty\n"
