"""Commits and trees through libgit2, and what names lead to."""

import re
from collections.abc import Iterable

import pygit2
from pygit2.enums import ObjectType

from hygiene.adapters.commit_object import LARGEST_COMMIT
from hygiene.adapters.raw_objects import LARGEST_TREE
from hygiene.adapters.revisions import Target

NOT_THERE = (pygit2.GitError, KeyError, ValueError)
"""What pygit2 raises for an object or name that is missing, broken or ambiguous."""

_KINDS = {ObjectType.COMMIT: "commit", ObjectType.TREE: "tree", ObjectType.BLOB: "blob", ObjectType.TAG: "tag"}
_TAGGED = re.compile(rb"object ([0-9a-f]{40})\n")
_LARGEST_TAG = 16 << 20


class Libgit2Objects:
    """`RawObjects` by libgit2."""

    def __init__(self, objects: pygit2.Odb) -> None:
        self._objects = objects

    def commit(self, name: str) -> bytes | None:
        """A commit's raw text."""
        return self._read(name, ObjectType.COMMIT, LARGEST_COMMIT)

    def tree(self, name: str) -> bytes | None:
        """A tree's raw records."""
        return self._read(name, ObjectType.TREE, LARGEST_TREE)

    def kind(self, name: str) -> str | None:
        """`commit`, `tree`, `blob` or `tag`; None for what is missing or broken."""
        try:
            return _KINDS.get(ObjectType(self._objects.read_header(name)[0]))
        except NOT_THERE:
            return None

    def peeled(self, names: Iterable[str]) -> dict[str, Target | None]:
        """What each id leads to once tags are peeled; None for what is missing or broken."""
        return {name: self._peeled(name) for name in names}

    def _peeled(self, name: str) -> Target | None:
        kind = self.kind(name)
        while kind == "tag":
            raw = self._read(name, ObjectType.TAG, _LARGEST_TAG)
            tagged = None if raw is None else _TAGGED.match(raw)
            if tagged is None:
                return None
            name = tagged[1].decode()
            kind = self.kind(name)
        return Target(name, kind) if kind else None

    def _read(self, name: str, wanted: ObjectType, largest: int) -> bytes | None:
        try:
            kind, size = self._objects.read_header(name)
            if kind != wanted or size > largest:
                return None
            return self._objects.read(name)[1]
        except NOT_THERE:
            return None
