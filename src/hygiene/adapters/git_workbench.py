"""Carries out the steps of an operation on one work tree: git makes objects, references and the next index."""

import os
import shutil
from collections.abc import Collection, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from hygiene.adapters.backup import back_up
from hygiene.adapters.cat_file import read_sizes
from hygiene.adapters.folders import entered, joined
from hygiene.adapters.git_checkout import git_of
from hygiene.adapters.git_files import common_dir
from hygiene.adapters.next_index import DURABLE, agreement, discard, prepare
from hygiene.adapters.process import Git, GitFailed
from hygiene.adapters.standing import read_standing, resolved
from hygiene.adapters.untrack_place import TRASH, UntrackPlace, is_regular, require_id
from hygiene.adapters.work_files import WorkFiles
from hygiene.errors import ChangedMeanwhile, IndexLocked, NoWorkTree, UntrackRefused, UnusableFile, UnwritableOutput
from hygiene.model.inventory import Mode, RepositoryFacts
from hygiene.model.json_path import bytes_of
from hygiene.model.paths import ID_DIGITS, BlobId, RepoPath
from hygiene.model.untracking import FileEdit, IndexEdit, Move, Operation, Receipt, RefEdit, Standing


class GitWorkbench:
    """A work tree as `ports.checkout.Workbench` promises it."""

    def __init__(self, git: Git, facts: RepositoryFacts) -> None:
        if facts.work_dir is None:
            raise NoWorkTree(str(facts.git_dir))
        self._git = git
        self._facts = facts
        self._zeros = "0" * ID_DIGITS[facts.object_format]
        self._place = UntrackPlace(facts.git_dir)
        self._files = WorkFiles(os.fsencode(facts.work_dir), self._place)
        self._index, self._lock = facts.git_dir / "index", facts.git_dir / "index.lock"

    def alone(self) -> AbstractContextManager[None]:
        """By a lock on the receipts' folder, which ends with the process."""
        return self._place.alone()

    def add_blobs(self, contents: Sequence[bytes]) -> Sequence[BlobId]:
        """From standard input, so that no filter has a part in it."""
        return [self._add_blob(content) for content in contents]

    def prepare_index(self, receipt: str, edits: Sequence[IndexEdit], head: str | None) -> None:
        """Beside the receipt, by `git update-index` on a copy."""
        self._require_contents(edits, head)
        with self._place.opened():
            prepare(self._git, self._place.prepared(receipt), edits, self._zeros)

    def publish(self, receipt: str, expected: Standing, ref: RefEdit | None) -> None:
        """The lock is a hard link to the index that was prepared: so it is provably ours, even after a kill."""
        prepared = self._place.prepared(receipt)
        if not is_regular(prepared):
            self._require_standing(expected)
            self._move_ref(ref)
            return
        with self._locked(prepared):
            self._require_standing(expected)
            with ExitStack() as taking_back:
                taking_back.callback(self._restore_ref_while_locked, prepared, ref)
                self._move_ref(ref)
                self._lock.replace(self._index)  # the moment that counts
                taking_back.pop_all()
        _make_durable(self._facts.git_dir)
        with suppress(OSError):  # it has become the index, and its other name is in nobody's way
            prepared.unlink()

    def has_happened(self, receipt: Receipt, edits: Sequence[IndexEdit], ref: RefEdit | None) -> bool | None:
        """While the lock is ours it has not; else the index tells by what it holds, and without edits the reference."""
        if _is_same(self._lock, self._place.prepared(receipt.id)):
            return False
        if edits:
            was, is_now = agreement(self._git, edits)
            if ref is not None and is_now > was and not self._leads_to(ref.name, ref.after):
                return None  # the index is as after it, and the branch never was
        else:
            now = None if ref is None else resolved(self._git, ref.name)
            was, is_now = ref is None or now == ref.before, ref is not None and now == ref.after
        return None if was == is_now else is_now > was

    def take_back(self, receipt: str, ref: RefEdit | None) -> None:
        """The reference only while the lock is ours, as it is moved under it; else somebody else has moved it."""
        prepared = self._place.prepared(receipt)
        try:
            self._restore_ref_while_locked(prepared, ref)
            _unlock(self._lock, prepared)
            discard(prepared)
        except OSError as failure:
            raise UnwritableOutput(str(prepared), failure.strerror or str(failure)) from failure

    def restore_ref(self, ref: RefEdit) -> None:
        """Only of the branch that HEAD is on: what the index holds says nothing of another."""
        if ref.name in ("HEAD", read_standing(self._git).branch):
            self._restore_ref(ref)

    def tracked_among(self, paths: Collection[RepoPath]) -> frozenset[RepoPath]:
        """By `git ls-files`."""
        tracked = frozenset(self._git.run("ls-files", "-z").split(b"\0"))
        return frozenset(path for path in paths if bytes_of(path) in tracked)

    def put(self, edit: FileEdit) -> None:
        """By one renaming."""
        self._files.put(edit)

    def move(self, move: Move, receipt: str) -> None:
        """By a second name and the end of the first, so that nothing can be overwritten."""
        self._files.move(move, receipt)

    def hindrances(self, operation: Operation, receipt: str) -> Sequence[str]:
        """One look a file."""
        edits = (self._files.hindrance_to_edit(edit) for edit in operation.files)
        moves = (self._files.hindrance_to_move(move, receipt) for move in operation.moves)
        return [why for why in (*edits, *moves, self._hindrance_to_ref(operation)) if why]

    def back_up(self, paths: Collection[RepoPath], folder: Path) -> None:
        """As files with their permissions and times, and symlinks as symlinks."""
        back_up(self._facts, paths, folder)

    def empty_trash(self, receipt: str) -> int:
        """No link is followed."""
        name = require_id(receipt).encode("ascii")
        try:
            with entered(self._place.root, TRASH) as trash, entered(trash.path, name):
                count = sum(map(_files_of, os.walk(joined(trash.path, name))))
            with entered(self._place.root, TRASH) as trash:
                shutil.rmtree(trash.reach(name), dir_fd=trash.handle)
        except (FileNotFoundError, NotADirectoryError):
            return 0
        except OSError as failure:
            raise UnwritableOutput(str(self._place.folder), failure.strerror or str(failure)) from failure
        return count

    def _hindrance_to_ref(self, operation: Operation) -> str:
        """Why a branch of its own cannot go: some work tree is on it, or its commit is part of HEAD by now."""
        ref = operation.ref
        if ref is None or ref.after is not None or not operation.is_branch_alone:
            return ""
        told = self._git.run("for-each-ref", "--format=%(worktreepath)", ref.name).decode("utf-8", "surrogateescape")
        if told.strip():
            return f"{ref.name} is checked out in {told.strip()}"
        return f"{ref.name} was merged: its commit is part of HEAD" if self._leads_to("HEAD", ref.before) else ""

    def _leads_to(self, name: str, commit: str | None) -> bool:
        """Whether a commit is what a reference is at, or part of its history."""
        if commit is None:
            return resolved(self._git, name) is None
        try:
            self._git.run("merge-base", "--is-ancestor", commit, name)
        except GitFailed:  # status 1 says no; there may also be no such reference
            return False
        return True

    def _add_blob(self, content: bytes) -> BlobId:
        with self._writing("an object"):
            answer = self._git.run(*DURABLE, "hash-object", "-w", "--stdin", "--no-filters", stdin=content)
        return BlobId(answer.decode("ascii").strip())

    def _require_contents(self, edits: Sequence[IndexEdit], head: str | None) -> None:
        """Git would also take an entry whose content is gone. What a commit holds never goes: it was missing before."""
        wanted = {edit.after.blob: edit.path for edit in edits if edit.after and edit.after.mode != Mode.GITLINK}
        if self._facts.partial or not wanted:
            return
        missing = wanted.keys() - read_sizes(self._git, wanted).keys()
        if missing and head is not None:
            missing -= self._held_by(head)
        if missing:
            problems = sorted(f"{wanted[blob]}: Git does not hold its content {blob} any more" for blob in missing)
            raise UntrackRefused(problems, "`git fsck` tells what else is missing; a fetch may bring it back.")

    def _held_by(self, commit: str) -> frozenset[BlobId]:
        try:
            listed = self._git.run("ls-tree", "-r", "-z", "--full-tree", commit).split(b"\0")[:-1]
        except GitFailed:  # a tree is missing too
            return frozenset()
        return frozenset(BlobId(line.split(b"\t")[0].split()[2].decode("ascii")) for line in listed)

    @contextmanager
    def _locked(self, prepared: Path) -> Iterator[None]:
        """While it is open nobody else writes the index. What is still the lock at its end goes."""
        try:
            os.link(prepared, self._lock)
            yield
        except FileExistsError:
            raise IndexLocked(str(self._lock)) from None
        except OSError as failure:
            raise UnwritableOutput(str(self._lock), failure.strerror or str(failure)) from failure
        finally:
            _unlock(self._lock, prepared)

    def _require_standing(self, expected: Standing) -> None:
        now = read_standing(self._git)
        if now.index != expected.index:
            raise ChangedMeanwhile(str(self._index))
        if replace(now, is_locked=False) != replace(expected, is_locked=False):
            raise ChangedMeanwhile(str(self._facts.git_dir / "HEAD"))

    def _move_ref(self, ref: RefEdit | None) -> None:
        if ref is None or ref.before == ref.after:
            return
        now = resolved(self._git, ref.name)
        if now == ref.after:
            return
        self._require_own_log(ref.name)
        if now != ref.before:
            raise ChangedMeanwhile(ref.name)
        with self._writing(ref.name):
            self._git.run(*DURABLE, *_update_ref(ref, self._zeros))

    def _require_own_log(self, name: str) -> None:
        """Git writes a reference in a folder, and its log, through whatever symlink is there."""
        common = common_dir(self._facts.git_dir)
        for log in (common / name, common / "logs" / name, self._facts.git_dir / "logs" / "HEAD"):
            base = common if log.is_relative_to(common) else self._facts.git_dir
            steps = [log, *(step for step in log.parents if step.is_relative_to(base) and step != base)]
            link = next((step for step in steps if step.is_symlink()), None)
            if link is not None:
                raise UnusableFile(str(link), "is a symlink, and Git would write through it")

    def _restore_ref_while_locked(self, prepared: Path, ref: RefEdit | None) -> None:
        """An interrupt may come just after the moment that counts: then there is no lock any more."""
        if _is_same(self._lock, prepared):
            self._restore_ref(ref)

    def _restore_ref(self, ref: RefEdit | None) -> None:
        """Where the reference is as after the edit; where somebody has moved it on it is theirs."""
        if ref is not None and resolved(self._git, ref.name) == ref.after:
            self._move_ref(RefEdit(ref.name, ref.after, ref.before))

    @contextmanager
    def _writing(self, what: str) -> Iterator[None]:
        try:
            yield
        except GitFailed as failure:
            raise UnwritableOutput(what, failure.told or "git was ended") from failure


def open_workbench(facts: RepositoryFacts) -> GitWorkbench:
    """The work tree of a repository that was opened.

    Raises:
        NoWorkTree: it is bare.
        UnreadableRepository: there is no git program.
    """
    return GitWorkbench(git_of(facts), facts)


def _update_ref(ref: RefEdit, zeros: str) -> tuple[str, ...]:
    """Fails where the reference is not as before the edit."""
    command = ("update-ref", "--no-deref", "-m", "hygiene: untrack")
    if ref.after is None:
        return (*command, "-d", ref.name, ref.before or zeros)
    return (*command, ref.name, ref.after, ref.before or zeros)


def _unlock(lock: Path, prepared: Path) -> None:
    if _is_same(lock, prepared):
        lock.unlink()


def _is_same(place: Path, other: Path) -> bool:
    with suppress(FileNotFoundError, NotADirectoryError):
        return os.path.samestat(place.lstat(), other.lstat())
    return False


def _files_of(found: tuple[bytes, list[bytes], list[bytes]]) -> int:
    """How many files a folder holds, and symlinks to folders, which are files here."""
    folder, folders, names = found
    return len(names) + sum(os.path.islink(joined(folder, name)) for name in folders)  # noqa: PTH114 - bytes


def _make_durable(folder: Path) -> None:
    with suppress(OSError):  # this file system promises no more
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
