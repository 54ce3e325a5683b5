"""Copied source trees: a folder whose files are, blob by blob, those of another folder of the repository."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from hygiene.audit.survey import Survey
from hygiene.model.finding import Evidence
from hygiene.model.inventory import Entry
from hygiene.model.paths import RepoPath, ancestors, folder_of

OUTPUT_WORDS = frozenset(
    {"build", "dist", "out", "output", "target", "release", "backup", "backups", "bak", "old", "copy", "bin", "obj"}
)
"""Names that a folder of copies goes by. Elsewhere equal trees are examples, templates or platforms, and meant."""

FEWEST_FILES = 3
"""Copies that a tree must hold before its likeness means something."""


class CopiedTree(NamedTuple):
    """A folder of which at least half the files that say anything are copies from elsewhere.

    Attributes:
        folder: the copy.
        source: the folder that most of the copies come from.
        copies: files that stand at the same place, with the same blob, below a source.
        files: files that could have (empty ones say nothing).
    """

    folder: RepoPath
    source: RepoPath
    copies: int
    files: int


@dataclass(frozen=True)
class CopiedTrees:
    """The copied trees of one survey, found when somebody first asks."""

    survey: Survey

    def evidence_about(self, path: RepoPath) -> Iterator[Evidence]:
        """That the file lies in a copied tree, also where this very file has since changed on one side."""
        tree = self.tree_of(path)
        if tree is not None:
            source = tree.source or "the repository's root"
            yield Evidence(
                "copied-tree", f"{tree.copies} of {tree.files} files in {tree.folder} are the same blobs as in {source}"
            )

    def tree_of(self, path: RepoPath) -> CopiedTree | None:
        """The copied tree that the file lies in."""
        if not self.trees:  # most repositories
            return None
        return next((self.trees[folder] for folder in ancestors(path) if folder in self.trees), None)

    @cached_property
    def trees(self) -> Mapping[RepoPath, CopiedTree]:
        """Every copied tree by its folder."""
        found = (self._tree(folder, entries) for folder, entries in self._suspects().items())
        return {tree.folder: tree for tree in found if tree is not None}

    def _suspects(self) -> Mapping[RepoPath, Sequence[Entry]]:
        """The files below each folder with an output word in its name (`build/lib` counts as `build`'s tree `lib`)."""
        suspects: dict[RepoPath, list[Entry]] = {}
        for folder, entries in self.survey.folders.items():
            top = _topmost_output(folder)
            if top is not None:
                suspects.setdefault(top, []).extend(entries.values())
        return suspects

    def _tree(self, folder: RepoPath, entries: Sequence[Entry]) -> CopiedTree | None:
        telling = [entry for entry in entries if entry.is_file and self.survey.sizes.get(entry.blob, 0) > 0]
        sources = Counter(source for entry in telling if (source := self._source_of(folder, entry)) is not None)
        copies = sources.total()
        if copies < FEWEST_FILES or copies * 2 < len(telling):
            return None
        return CopiedTree(folder, sources.most_common(1)[0][0], copies, len(telling))

    def _source_of(self, folder: RepoPath, entry: Entry) -> RepoPath | None:
        """Where the same blob stands at the same place: the folder that `folder` (or `folder/lib`) is a copy of."""
        below = entry.path[len(folder) + 1 :]
        tails = (below, below.partition("/")[2])
        for twin in self.survey.by_blob[entry.blob]:
            if not twin.path.startswith(f"{folder}/") and _topmost_output(twin.path) is None:
                for tail in filter(None, tails):
                    if twin.path == tail or twin.path.endswith(f"/{tail}"):
                        return RepoPath(twin.path[: -len(tail)].rstrip("/"))
        return None


def may_be_a_copy(path: RepoPath) -> bool:
    """Whether the file lies where a copied tree could be."""
    return _topmost_output(folder_of(path)) is not None


def _topmost_output(path: RepoPath) -> RepoPath | None:
    words = path.split("/")
    found = next((n for n, word in enumerate(words, 1) if word in OUTPUT_WORDS), None)
    return None if found is None else RepoPath("/".join(words[:found]))
