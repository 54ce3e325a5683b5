"""Where histories begin, for every reader alike: what references hold, and what that leads to."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from hygiene.adapters.revisions import Target
from hygiene.model.history import Root, Roots
from hygiene.model.inventory import Gap

STASH = "refs/stash"


class Reference(NamedTuple):
    """A name and the object that it holds, perhaps a tag; `leads_to` is the name that a symbolic one holds instead."""

    name: str
    object_id: str
    leads_to: str = ""


def without_aliases(references: Iterable[Reference]) -> list[Reference]:
    """The references without the symbolic ones that lead to another of them, as `origin/HEAD` does."""
    found = list(references)
    names = {reference.name for reference in found}
    return [reference for reference in found if reference.leads_to not in names]


def with_stash_log(references: Sequence[Reference], log: Iterable[str]) -> list[Reference]:
    """The references and, if the stash is among them, the older entries of its log, which is newest first."""
    newest = {reference.object_id for reference in references if reference.name == STASH}
    older = (Reference(f"{STASH}@{{{number}}}", object_id) for number, object_id in enumerate(log))
    return [*references, *(entry for entry in older if newest and entry.object_id not in newest)]


def sorted_roots(targets: Mapping[str, Target | None], gaps: Iterable[Gap] = ()) -> Roots:
    """Roots by what their names lead to, once tags are peeled; None is missing or broken."""
    by_kind: dict[str, list[Root]] = {"commit": [], "tree": [], "blob": []}
    missing: list[Gap] = []
    for name in sorted(targets, key=lambda name: name.encode("utf-8", "surrogateescape")):
        target = targets[name]
        if target is None:
            missing.append(missing_root(name))
        else:
            by_kind[target.kind].append(Root(name, target.object_id))
    return Roots(by_kind["commit"], by_kind["tree"], by_kind["blob"], [*gaps, *missing])


def missing_root(name: str) -> Gap:
    """The gap that a name leaves whose object is missing or broken."""
    return Gap(f"what {name} leads to is missing or broken", "Run `git fsck`, or fetch the missing objects.")


def broken_reference(name: str) -> Gap:
    """The gap that a reference leaves that holds no object's id, or has a name that git refuses."""
    return Gap(f"the reference {name} is broken", "Run `git fsck`; delete the reference, or put its id right.")
