"""How the raw bytes of commits and trees are asked for, whoever reads them."""

from typing import Protocol

LARGEST_TREE = 256 << 20
"""Bytes. A larger tree counts as broken where we read it ourselves: it holds some ten million names."""


class RawObjects(Protocol):
    """Commits and trees by id. None for what is missing, broken, of another kind, or too large."""

    def commit(self, name: str) -> bytes | None:
        """A commit's raw text."""
        ...

    def tree(self, name: str) -> bytes | None:
        """A tree's raw records."""
        ...
