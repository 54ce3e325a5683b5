"""What a check is given and what it gives back."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from hygiene.audit.copied import CopiedTrees
from hygiene.audit.survey import Survey
from hygiene.model.finding import Evidence
from hygiene.model.inventory import Entry
from hygiene.model.paths import RepoPath
from hygiene.policy.configuration.settings import SizeCaps


@dataclass(frozen=True)
class Scene:
    """All that a check may look at.

    Attributes:
        judged: the paths that already met a rule by name or content; a check may leave those to it.
        size_caps: beyond which a file is oversized.
        subject_to_cap: the entries that the size cap judges (all, or those added or grown since a revision).
    """

    survey: Survey
    copied: CopiedTrees
    judged: frozenset[RepoPath]
    size_caps: SizeCaps
    subject_to_cap: Sequence[Entry]


class Problem(NamedTuple):
    """A file that a check objects to, and why."""

    entry: Entry
    evidence: tuple[Evidence, ...]


Check = Callable[[Scene], Iterator[Problem]]
"""A computed judgement: pure but for what the survey reads; problems come in the inventory's order."""
