"""How a git directory is laid out, as far as its files show without a look at any object."""

from dataclasses import dataclass
from typing import NamedTuple


class IndexLayout(NamedTuple):
    """The form of an index file.

    Attributes:
        version: of the format; 2, 3 or 4 today.
        extensions: the four-letter names of what stands behind the entries; empty where that could not be read.
    """

    version: int
    extensions: frozenset[str]

    @property
    def is_sparse(self) -> bool:
        """Whether whole folders stand in it as one entry."""
        return "sdir" in self.extensions

    @property
    def is_split(self) -> bool:
        """Whether most of it lies in another file, which it shares."""
        return "link" in self.extensions


@dataclass(frozen=True)
class GitLayout:
    """What the files of a git directory show.

    Attributes:
        index: None where there is none, or one that is no index.
        is_linked: it belongs to a linked work tree, which shares objects and branches with another one.
        has_reftable: branches and tags are kept as tables.
        replacements: refs that show another object in place of one, as far as they are files.
        has_grafts: a file makes up parents of commits.
        borrows: other object folders that objects are taken from.
    """

    index: IndexLayout | None = None
    is_linked: bool = False
    has_reftable: bool = False
    replacements: int = 0
    has_grafts: bool = False
    borrows: int = 0
