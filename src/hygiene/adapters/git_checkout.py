"""Looks at a work tree, its index and its HEAD for somebody who is about to change them; git tells of the index."""

import os
import re
from collections.abc import Collection, Mapping
from contextlib import suppress
from typing import NamedTuple

from hygiene.adapters.background import Begun
from hygiene.adapters.disk_content import DiskContent
from hygiene.adapters.folders import entered, is_inside, open_regular
from hygiene.adapters.process import Git, GitFailed, find_git
from hygiene.adapters.standing import read_standing, resolved
from hygiene.adapters.work_tree_look import look_at
from hygiene.errors import NoWorkTree, UnreadableRepository, UnusableFile
from hygiene.model.inventory import Entry, Mode, RepositoryFacts
from hygiene.model.json_path import bytes_of
from hygiene.model.paths import BlobId, RepoPath
from hygiene.model.untracking import Flag, OnDisk, Standing

_CHANGE = re.compile(rb"(?<![^\0]):\d{6} \d{6} ([0-9a-f]+) ([0-9a-f]+) [A-Z]\0([^\0]*)\0")

_DIFF_INDEX = ("diff-index", "--cached", "--raw", "--no-renames", "--no-abbrev", "-z")
_EMPTY_TREE = ("hash-object", "-t", "tree", "--stdin")

AS_IT_IS_MARKED = ("-c", "sparse.expectFilesOutsideOfPatterns=true")
"""Else git looks into the work tree, and takes the mark from every skipped file that it finds there."""


class _Change(NamedTuple):
    """What HEAD holds of a path, what the index does, and the path."""

    before: bytes
    after: bytes
    path: bytes


class GitCheckout:
    """A work tree as `ports.checkout.Checkout` promises it."""

    def __init__(self, git: Git, facts: RepositoryFacts) -> None:
        if facts.work_dir is None:
            raise NoWorkTree(str(facts.git_dir))
        self._git = git
        self._work_dir = facts.work_dir
        self._root = os.fsencode(facts.work_dir)
        self._content = DiskContent(self._root, facts.object_format)

    def standing(self) -> Standing:
        """By git, as references may be kept in more than one way."""
        return read_standing(self._git)

    def flags(self) -> Mapping[RepoPath, Flag]:
        """What is only announced makes `git diff-index` say two things, with and without it."""
        announced = Begun(self._announced)
        listing = self._git.run(*AS_IT_IS_MARKED, "ls-files", "-z", "-v")
        marked = (line for line in listing.split(b"\0") if line and not line.startswith(b"H "))
        flags = {_path(line[2:]): _flag(line[:1]) for line in marked if line[:1] in b"Shs"}
        return flags | dict.fromkeys(announced.result(), Flag.INTENT_TO_ADD)

    def on_disk(self, paths: Collection[RepoPath]) -> Mapping[RepoPath, OnDisk]:
        """One look a folder."""
        return look_at(self._work_dir, paths)

    def unsaved(self, entries: Collection[Entry]) -> frozenset[RepoPath]:
        """Our own digests of what is on disk: git would run filters that the repository names."""
        changes = self._changes("--ita-invisible-in-index")
        heads = {_path(change.path): BlobId(change.before.decode("ascii")) for change in changes}
        asked = [entry for entry in entries if heads.get(entry.path, entry.blob) != entry.blob]
        return frozenset(entry.path for entry in asked if entry.mode != Mode.GITLINK and not self._content.holds(entry))

    def read_file(self, path: RepoPath, limit: int) -> bytes | None:
        """No link is followed, neither at the file nor on the way to it."""
        raw = bytes_of(path)
        if not is_inside(raw):
            raise UnusableFile(path, "is no path inside the work tree")
        folder, _, name = raw.rpartition(b"/")
        try:
            with (
                entered(self._root, folder) as place,
                os.fdopen(open_regular(place, name), "rb") as file,
            ):
                content = file.read(limit + 1)
        except FileNotFoundError:
            return None
        except NotADirectoryError:
            raise UnusableFile(path, "lies behind a symlink, or behind a file") from None
        except OSError as failure:
            raise UnusableFile(path, self._why_unreadable(path, failure)) from failure
        if len(content) > limit:
            raise UnusableFile(path, f"has more than {limit} bytes")
        return content

    def _why_unreadable(self, path: RepoPath, failure: OSError) -> str:
        kind = self.on_disk([path])[path]
        return f"cannot be read: {failure.strerror}" if kind is OnDisk.FILE else f"is no regular file ({kind})"

    def _announced(self) -> frozenset[RepoPath]:
        with_them = Begun(lambda: self._changes("--ita-visible-in-index"))
        differing = self._changes("--ita-invisible-in-index") ^ with_them.result()
        return frozenset(_path(change.path) for change in differing)

    def _changes(self, option: str) -> frozenset[_Change]:
        """The index against HEAD; against nothing where there is no HEAD, or where it cannot be read."""
        head = resolved(self._git, "HEAD^{tree}")
        with suppress(GitFailed):  # a tree of HEAD is missing
            if head is not None:
                return self._changes_from(head, option)
        return self._changes_from(self._git.run(*_EMPTY_TREE).decode("ascii").strip(), option)

    def _changes_from(self, tree: str, option: str) -> frozenset[_Change]:
        return frozenset(map(_Change._make, _CHANGE.findall(self._git.run(*_DIFF_INDEX, option, tree))))


def open_checkout(facts: RepositoryFacts) -> GitCheckout:
    """The work tree of a repository that was opened.

    Raises:
        NoWorkTree: it is bare.
        UnreadableRepository: there is no git program, without which nothing is ever changed.
    """
    return GitCheckout(git_of(facts), facts)


def git_of(facts: RepositoryFacts) -> Git:
    """The git program for a repository that was opened. Raises `UnreadableRepository` where there is none."""
    program = find_git()
    if program is None:
        hint = "Install git: it alone changes an index without losing what it does not know."
        raise UnreadableRepository(str(facts.work_dir or facts.git_dir), "no git program is on PATH", hint)
    return Git(program, facts.git_dir)


def _path(raw: bytes) -> RepoPath:
    return RepoPath(raw.decode("utf-8", "surrogateescape"))


def _flag(tag: bytes) -> Flag:
    """Upper case is what is not marked as unchanged; what is both is skipped first of all."""
    return Flag.SKIP_WORKTREE if tag.upper() == b"S" else Flag.ASSUME_UNCHANGED
