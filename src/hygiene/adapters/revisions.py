"""What a revision's name leads to, for every reader alike."""

from typing import NamedTuple


class Resolved(NamedTuple):
    """A commit or tree that a name leads to.

    Attributes:
        name: the full id of the commit, or of the tree where no commit was named.
        kind: `commit` or `tree`.
        tree: the root tree's id; None where the commit is there and its tree is not.
    """

    name: str
    kind: str
    tree: str | None


class Target(NamedTuple):
    """An object that is there: its id, and `commit`, `tree`, `blob` or `tag`."""

    object_id: str
    kind: str


def may_be_revision(text: str) -> bool:
    """Whether text can name a revision at all: it is not empty, no option, and one line."""
    return bool(text) and not text.startswith("-") and not any(char in text for char in "\n\r\0")
