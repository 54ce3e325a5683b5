"""What gets new ids when some commits are rewritten: all that come after them, and the references to those."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from hygiene.model.history import REFERENCE_FOLDERS, CommitId, Lineage, Root, RootKind
from hygiene.model.purge import PurgeTool, Reach


class Rewriting(NamedTuple):
    """What a tool does to commits: it takes something out of those that `givers` brought in.

    With git-filter-repo every commit is written anew with its tree, parents, author, committer and message alone.
    """

    tool: PurgeTool
    givers: Collection[CommitId]

    def strips(self, commit: Lineage) -> bool:
        """Whether the commit says something that the tool does not write again."""
        return self.tool is PurgeTool.FILTER_REPO and not commit.is_plain


def reach_of(rewriting: Rewriting, lineages: Iterable[Lineage], roots: Iterable[Root]) -> Reach:
    """What must change. `lineages` has every commit once, parents before their children."""
    changed: set[CommitId] = set()
    commits = adorned = 0
    for lineage in lineages:
        commits += 1
        is_stripped = rewriting.strips(lineage)
        adorned += is_stripped
        if is_stripped or lineage.commit in rewriting.givers or not changed.isdisjoint(lineage.parents):
            changed.add(lineage.commit)
    reached = list(_unique(root for root in roots if root.object_id in changed))
    return Reach(
        rewritten=len(changed),
        commits=commits,
        adorned=adorned,
        roots=[root for root in reached if not _is_pull(root)],
        pulls=sorted((root for root in reached if _is_pull(root)), key=_by_number),
    )


def _unique(roots: Iterable[Root]) -> Iterator[Root]:
    """Each name once, in the order of the names."""
    return iter(sorted({root.name: root for root in roots}.values()))


def _is_pull(root: Root) -> bool:
    return root.name.startswith(REFERENCE_FOLDERS[RootKind.PULL])


def _by_number(root: Root) -> tuple[Sequence[tuple[int, str]], str]:
    """`refs/pull/9/head` before `refs/pull/10/head`."""
    parts = root.name.split("/")
    return [(int(part), "") if part.isascii() and part.isdigit() else (-1, part) for part in parts], root.name
