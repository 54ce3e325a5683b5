"""What gets new ids when some commits are rewritten: all that come after them, and the references to those."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from hygiene.model.history import CommitId, Parents, Root
from hygiene.model.purge import Reach

_PULLS = ("refs/pull/", "refs/pull-requests/", "refs/merge-requests/")
"""Where GitHub, Bitbucket and GitLab keep the commits of pull or merge requests."""


def reach_of(givers: Collection[CommitId], lineage: Iterable[Parents], roots: Iterable[Root]) -> Reach:
    """What changes when these commits do. `lineage` has every commit once, parents before their children."""
    changed: set[CommitId] = set()
    commits = 0
    for commit, parents in lineage:
        commits += 1
        if commit in givers or not changed.isdisjoint(parents):
            changed.add(commit)
    reached = list(_unique(root for root in roots if root.object_id in changed))
    return Reach(
        rewritten=len(changed),
        commits=commits,
        roots=[root for root in reached if not _is_pull(root)],
        pulls=sorted((root for root in reached if _is_pull(root)), key=_by_number),
    )


def _unique(roots: Iterable[Root]) -> Iterator[Root]:
    """Each name once, in the order of the names."""
    return iter(sorted({root.name: root for root in roots}.values()))


def _is_pull(root: Root) -> bool:
    return root.name.startswith(_PULLS)


def _by_number(root: Root) -> tuple[Sequence[tuple[int, str]], str]:
    """`refs/pull/9/head` before `refs/pull/10/head`."""
    parts = root.name.split("/")
    return [(int(part), "") if part.isascii() and part.isdigit() else (-1, part) for part in parts], root.name
