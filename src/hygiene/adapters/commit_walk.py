"""Walks from commits to their parents, and goes on where one of them is missing."""

from collections.abc import Callable, Collection, Iterator

from hygiene.adapters.commit_object import Links, parse_links
from hygiene.adapters.raw_objects import RawObjects
from hygiene.model.history import CommitId, CommitListing, ListedCommit
from hygiene.model.inventory import Gap

ReadLinks = Callable[[str], Links | None]
"""Given a commit's id, tells its tree and parents; None where it cannot be read."""


def linking(objects: RawObjects, shallow: Collection[str]) -> ReadLinks:
    """Reads links from raw commits; the `shallow` ones have no parents."""

    def read(name: str) -> Links | None:
        raw = objects.commit(name)
        links = None if raw is None else parse_links(raw)
        return links._replace(parents=()) if links and name in shallow else links

    return read


def walk(tips: Collection[str], without: Collection[str], read: ReadLinks) -> CommitListing:
    """All commits from `tips` on that cannot be reached from `without`, parents first; the missing ones as gaps."""
    left_out = frozenset(without)
    if not left_out.issuperset(tips):
        left_out = frozenset(_all_from(without, read))
    listed: list[ListedCommit] = []
    gaps: list[Gap] = []
    times: dict[str, int | None] = {}  # None once it is listed
    stack = list(dict.fromkeys(tips))
    while stack:
        name = stack[-1]
        if name in times or name in left_out:  # for the second time: all that it follows is listed
            stack.pop()
            time = times.get(name)
            if time is not None:
                listed.append(ListedCommit(CommitId(name), time))
                times[name] = None
            continue
        links = read(name)
        if links is None:
            gaps.append(missing_commit(name))
        times[name] = links.time if links else None
        stack += links.parents if links else ()
    return CommitListing(listed, gaps)


def missing_commit(name: str) -> Gap:
    """The gap that a missing commit leaves in a listing."""
    reason = f"commit {name} is missing or broken, and so is what can be reached through it alone"
    return Gap(reason, "Run `git fsck`, or fetch the missing objects.")


def _all_from(tips: Collection[str], read: ReadLinks) -> Iterator[str]:
    seen = set(tips)
    stack = list(seen)
    while stack:
        name = stack.pop()
        yield name
        links = read(name)
        ahead = [parent for parent in links.parents if parent not in seen] if links else []
        seen.update(ahead)
        stack += ahead
