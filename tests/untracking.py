"""Small repositories to untrack in, what untracking them comes to, and all that can be seen of them afterwards."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from fixtures.repositories import RepositoryBuilder, run_git
from hygiene.adapters.discovery import open_repository
from hygiene.adapters.git_checkout import open_checkout
from hygiene.adapters.git_files import work_tree_name
from hygiene.adapters.git_workbench import open_workbench
from hygiene.adapters.receipts import open_receipts
from hygiene.model.paths import BlobId, RepoPath
from hygiene.model.untracking import (
    FileEdit,
    Held,
    IndexEdit,
    Move,
    Operation,
    Place,
    Receipt,
    ReceiptState,
    RefEdit,
)
from hygiene.untrack.apply import apply
from hygiene.untrack.carrying_out import Tools
from hygiene.untrack.recovery import Recovered, recover
from hygiene.untrack.undo import Present, undo

RECEIPT = "20261121-115500-3f9a"

IGNORED = b"*.log\r\n"
IGNORED_THEN = b"*.log\r\n*.pyc\r\nInput/*\r\n!Input/.gitkeep\r\n"


class Seen(NamedTuple):
    """What `git ls-files -s` prints, where HEAD is, and every file with its bytes, in the work tree and the trash."""

    listing: bytes
    head: bytes
    files: dict[bytes, bytes]
    trash: dict[bytes, bytes]

    @property
    def kept(self) -> dict[bytes, bytes]:
        """Every file, wherever it is."""
        return self.trash | self.files


def see(root: Path) -> Seen:
    """A repository as it is now."""
    told = run_git(root, "rev-parse", "--path-format=absolute", "--git-common-dir", "--symbolic-full-name", "HEAD")
    git_dir, branch = told.splitlines()
    trash = {path.split(b"/", 1)[1]: content for path, content in files_in(git_dir + b"/hygiene/trash").items()}
    head = run_git(root, "for-each-ref") + branch
    return Seen(run_git(root, "ls-files", "-s", "-z"), head, files_in(os.fsencode(root)), trash)


def files_in(root: bytes) -> dict[bytes, bytes]:
    """Every file below a folder but in `.git`, with its bytes; symlinks with their targets."""
    top = Path(os.fsdecode(root))
    found: dict[bytes, bytes] = {}
    for folder, folders, names in os.walk(top):
        folders[:] = [name for name in folders if name != ".git"]
        for place in (Path(folder, name) for name in names if name != ".git"):
            content = os.fsencode(place.readlink()) if place.is_symlink() else place.read_bytes()
            found[os.fsencode(place.relative_to(top))] = content
    return found


def tools_for(root: Path, state: Path) -> Tools:
    facts = open_repository(root).facts
    return Tools(open_workbench(facts), open_receipts(facts, state))


def present_at(root: Path) -> Present:
    repository = open_repository(root)
    checkout = open_checkout(repository.facts)
    return Present(checkout.standing(), repository.list_index())


def leaving(root: Path, *endings: str) -> tuple[IndexEdit, ...]:
    """The removal of every path with one of these endings."""
    entries = open_repository(root).list_index().entries
    return tuple(
        IndexEdit(each.path, Held(each.mode, each.blob), None) for each in entries if each.path.endswith(endings)
    )


def receipt_for(root: Path, operation: Operation, name: str = RECEIPT) -> Receipt:
    facts = open_repository(root).facts
    return Receipt(
        name, "1.0", work_tree_name(facts.git_dir), "2026-11-21T11:55:00Z", ReceiptState.BEGUN, facts.head, operation
    )


def apply_at(root: Path, state: Path, operation: Operation) -> Receipt:
    standing = present_at(root).standing
    return apply(operation, receipt_for(root, operation), standing, tools_for(root, state))


def undo_at(root: Path, state: Path) -> Receipt:
    """Undoes the last receipt."""
    tools = tools_for(root, state)
    return undo(tools.receipts.all()[-1], lambda: present_at(root), tools)


def recover_at(root: Path, state: Path) -> Sequence[Recovered]:
    return recover(tools_for(root, state))


def small_repository(root: Path, *options: str) -> RepositoryBuilder:
    """One with bytecode under odd names, an ignore file, an input folder and a file with a second version on disk."""
    builder = RepositoryBuilder(root, *options)
    contents: dict[str | bytes, bytes] = {
        ".gitignore": IGNORED,
        "Input/data.bin": b"input",
        "pkg/__pycache__/a.pyc": b"first",
        "pkg/__pycache__/b\nc.pyc": b"second",
        "pkg/x[1].pyc": b"third",
        "pkg/x1.py": b"source",
        "-leading.pyc": b"fourth",
        b"odd\xff.pyc": b"fifth",
    }
    for path, content in contents.items():
        builder.file(path, content)
    builder.commit()
    builder.check_out()
    (root / "pkg/x[1].pyc").write_bytes(b"a version that git has not")
    return builder


def small_operation(root: Path, builder: RepositoryBuilder) -> Operation:
    """Everything at once: removals, a placeholder, a changed ignore file, moves, and a commit of it on the branch."""
    ignored, ignored_then = builder.blob(IGNORED), builder.blob(IGNORED_THEN)
    empty = builder.blob(b"")
    gone = leaving(root, ".pyc", ".bin")
    index = (
        IndexEdit(RepoPath(".gitignore"), Held("100644", BlobId(ignored)), Held("100644", BlobId(ignored_then))),
        IndexEdit(RepoPath("Input/.gitkeep"), None, Held("100644", BlobId(empty))),
        *gone,
    )
    head = builder.id_of("HEAD")
    commit = builder.git("commit-tree", "-p", head, "-m", "untrack", f"{head}^{{tree}}").decode().strip()
    return Operation(
        index,
        (
            FileEdit(RepoPath(".gitignore"), IGNORED, IGNORED_THEN),
            FileEdit(RepoPath("Input/.gitkeep"), None, b""),
        ),
        tuple(Move(edit.path, Place.WORK_TREE, Place.TRASH) for edit in gone if edit.path.endswith(".pyc")),
        RefEdit("refs/heads/main", head, commit),
        ((BlobId(ignored_then), IGNORED_THEN), (BlobId(empty), b"")),
    )
