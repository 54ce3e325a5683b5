"""The ignore files of a repository in the versions that a clean-up meets: the index's, HEAD's and the work tree's."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from hygiene.model.inventory import Entry
from hygiene.model.paths import RepoPath, name_of
from hygiene.model.untracking import Held, IgnoreChange, Obstacle
from hygiene.ports import Repository
from hygiene.ports.checkout import Checkout

IGNORE_FILE = ".gitignore"

LARGEST_IGNORE_FILE = 16 * 1024 * 1024
"""Bytes: as much as an audit reads."""


class IgnoreVersions(NamedTuple):
    """One ignore file that is about to change; None for a version that is not there.

    Attributes:
        held: what the index holds.
        staged: the bytes of that.
        on_disk: the bytes in the work tree.
    """

    path: RepoPath
    held: Held | None
    staged: bytes | None
    on_disk: bytes | None

    @property
    def base(self) -> bytes | None:
        """What the index's next version is made from: a file that is not tracked yet becomes so with all it holds."""
        return self.on_disk if self.held is None else self.staged


def ignore_files(repository: Repository, entries: Iterable[Entry]) -> Mapping[RepoPath, bytes]:
    """The content of each ignore file among the entries, as far as it is there and not too large to be read."""
    found = [entry for entry in entries if entry.is_file and name_of(entry.path) == IGNORE_FILE]
    sizes = repository.sizes({entry.blob for entry in found})
    readable = {blob for blob, size in sizes.items() if size <= LARGEST_IGNORE_FILE}
    texts = dict(repository.contents(readable))
    return {entry.path: texts[entry.blob] for entry in found if entry.blob in texts}


def versions_of(
    changes: Sequence[IgnoreChange], entries: Collection[Entry], staged: Mapping[RepoPath, bytes], checkout: Checkout
) -> Sequence[IgnoreVersions]:
    """The versions of each file that changes. Raises `UnusableFile` for one that is no regular file on disk."""
    paths = {change.path for change in changes}
    held = {entry.path: Held(entry.mode, entry.blob) for entry in entries if entry.path in paths}
    return [
        IgnoreVersions(path, held.get(path), staged.get(path), checkout.read_file(path, LARGEST_IGNORE_FILE))
        for path in sorted(paths)
    ]


def unsettled(files: Iterable[IgnoreVersions]) -> list[Obstacle]:
    """What is in the way where the work tree's version is another than the index's, in more than its line endings."""
    return [
        Obstacle(
            f"{file.path} is not on disk" if file.on_disk is None else f"{file.path} has changes that are not staged",
            "Stage or commit it as it should be, or restore it, so that what is added to it is all that changes.",
        )
        for file in files
        if file.held is not None and _as_lines(file.on_disk) != _as_lines(file.staged)
    ]


def _as_lines(content: bytes | None) -> bytes | None:
    return None if content is None else content.replace(b"\r\n", b"\n")
