"""Lists a tree from the raw tree objects, level by level, and goes on where one of them is missing."""

import re
import stat
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from hygiene.model.inventory import Entry, Gap, Mode
from hygiene.model.paths import ROOT, BlobId, RepoPath, join

ReadTrees = Callable[[Iterable[str]], Iterable[tuple[str, bytes]]]
"""Given tree ids, gives (id, raw tree) for those that are there."""

_TREE_MODE = "040000"


class Listing(NamedTuple):
    """The entries, bytewise by path, and the trees that could not be read."""

    entries: list[Entry]
    gaps: list[Gap]


def walk(root: str, read: ReadTrees) -> Listing:
    """Everything below the tree `root`; a tree that is missing or broken becomes a gap that names its folder."""
    found = Listing([], [])
    level = [(ROOT, root)]
    while level:
        trees = dict(read(dict.fromkeys(tree for _, tree in level)))
        level = [child for folder, tree in level for child in _list_one(folder, tree, trees.get(tree), found)]
    found.entries.sort(key=lambda entry: entry.path.encode("utf-8", "surrogateescape"))
    return found


def missing_tree(folder: RepoPath) -> Gap:
    """The gap that a missing tree leaves."""
    place = folder or "the root folder"
    return Gap(f"the tree of {place} is missing or broken", "Run `git fsck`, or fetch the missing objects.", folder)


def unreadable_head() -> Gap:
    """The gap that a HEAD without its trees leaves where the index is compared with it."""
    return Gap(
        "HEAD could not be read, so every file of the index was judged as if it were new",
        "Run `git fsck`, or fetch the missing objects.",
    )


def unmerged_paths(number: int) -> list[Gap]:
    """The gap that paths in conflict leave where the next commit is judged: it cannot be made yet."""
    paths = "1 path is" if number == 1 else f"{number} paths are"
    return [Gap(f"{paths} unmerged, and cannot be judged as staged", "Resolve them, and add them.")] if number else []


def _list_one(folder: RepoPath, tree: str, raw: bytes | None, found: Listing) -> Iterator[tuple[RepoPath, str]]:
    """Adds what one tree holds to `found`; yields the trees below."""
    children = None if raw is None else _parse(raw, len(tree) // 2)
    if children is None:
        found.gaps.append(missing_tree(folder))
        return
    for mode, name, target in children:
        path = join(folder, name)
        if mode == _TREE_MODE:
            yield path, target
        else:
            found.entries.append(Entry(mode, BlobId(target), path))


def _parse(raw: bytes, id_length: int) -> list[tuple[str, str, str]] | None:
    """(mode, name, id) for each entry of a raw tree object; None when it is not one."""
    entries = re.findall(rb"([0-7]{5,7}) ([^\0]+)\0(.{%d})" % id_length, raw, re.DOTALL)
    if sum(len(mode) + len(name) + id_length + 2 for mode, name, _ in entries) != len(raw):
        return None
    return [
        (_mode(int(mode, 8)), name.decode("utf-8", "surrogateescape"), target.hex()) for mode, name, target in entries
    ]


def _mode(said: int) -> str:
    """What Git takes a tree's mode for: old commits and other programs hold more of them than Git writes today.

    Source: `canon_mode` in Git's cache.h.
    """
    if stat.S_ISREG(said):
        return Mode.EXECUTABLE if said & stat.S_IXUSR else Mode.FILE
    if stat.S_ISLNK(said):
        return Mode.SYMLINK
    return _TREE_MODE if stat.S_ISDIR(said) else Mode.GITLINK
