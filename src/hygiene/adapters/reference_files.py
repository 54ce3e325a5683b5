"""Reads the references of a git directory from its files, where there is no git program to ask."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from hygiene.adapters.git_files import common_dir, head, lines
from hygiene.adapters.roots import Reference

_LONGEST = 1 << 12
_ID = re.compile(r"([0-9a-f]{40})(?:\s.*)?", re.DOTALL)
_SYMBOLIC = re.compile(r"ref:\s*(refs/\S.*?)\s*", re.DOTALL)
_OF_ONE_WORK_TREE = ("refs/bisect/", "refs/rewritten/", "refs/worktree/")
_MOST_LINKS = 5
"""As in git itself."""


class Found(NamedTuple):
    """References, and the names of those that hold neither an id nor another's name."""

    references: list[Reference]
    broken: list[str]


class ReferenceFiles:
    """The references of one repository and of all its work trees."""

    def __init__(self, git_dir: Path) -> None:
        self._git_dir = git_dir
        self._common = common_dir(git_dir)
        self._packed = dict(_packed(self._common / "packed-refs"))

    def below(self, folder: str) -> Found:
        """Every reference in a folder such as `refs/heads/`, by name."""
        names = {*self._loose(folder), *(name for name in self._packed if name.startswith(folder))}
        return self.named(*sorted(names))

    def named(self, *names: str) -> Found:
        """These references, without those that are not there or stand for one that is not: that is no fault."""
        found = Found([], [])
        for name in names:
            reference = self._follow(name)
            if reference is None:
                found.broken.append(name)
            elif reference.object_id:
                found.references.append(reference)
        return found

    def _follow(self, name: str) -> Reference | None:
        """The reference, with an empty id where it leads nowhere; None for a broken one."""
        text, leads_to = self._text(name), ""
        for _ in range(_MOST_LINKS):
            symbolic = _SYMBOLIC.fullmatch(text or "")
            if symbolic is None or ".." in symbolic[1]:
                break
            leads_to = symbolic[1]
            text = self._text(leads_to)
        if text is None:  # a HEAD that is not there is broken; one whose branch is not there is unborn
            return Reference(name, "", leads_to) if leads_to or name.startswith("refs/") else None
        is_id = _ID.fullmatch(text)
        return Reference(name, is_id[1], leads_to) if is_id else None

    def _text(self, name: str) -> str | None:
        """What a reference holds; None where there is none."""
        place = self._place(name)
        if os.path.lexists(place) and not place.is_dir():
            return head(place, _LONGEST).decode("utf-8", "surrogateescape")
        return self._packed.get(name)

    def _place(self, name: str) -> Path:
        if name == "main-worktree/HEAD":
            return self._common / "HEAD"
        is_shared = name.startswith(("refs/", "worktrees/")) and not name.startswith(_OF_ONE_WORK_TREE)
        return (self._common if is_shared else self._git_dir) / name

    def _loose(self, folder: str) -> Iterator[str]:
        for root in dict.fromkeys((self._common, self._git_dir)):
            for place, _, files in os.walk(root / folder):
                names = (f"{os.path.relpath(place, root)}/{file}".replace(os.sep, "/") for file in files)
                yield from (name for name in names if not _is_ignored(name) and self._place(name) == root / name)


def _is_ignored(name: str) -> bool:
    """Whether git takes the file for none of its references."""
    return name.rpartition("/")[2].startswith(".") or name.endswith(".lock")


def _packed(place: Path) -> Iterator[tuple[str, str]]:
    """Each name in a `packed-refs` file, and its id."""
    for line in lines(place):
        object_id, _, name = line.decode("utf-8", "surrogateescape").partition(" ")
        if not line.startswith(b"^"):  # what the tag of the line before leads to
            yield name, object_id
