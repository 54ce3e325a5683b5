"""How a package differs from an earlier one."""

from collections.abc import Mapping, Sequence

from hygiene.model.package_proof import Delta, DeltaKind, PackageDiff, Packed
from hygiene.model.packaging import Chosen, PackagePlan
from hygiene.model.paths import RepoPath


def difference(old: str, before: Sequence[Packed], plan: PackagePlan) -> PackageDiff:
    """By path, mode and blob; `before` has ids in the object format of the plan's repository."""
    then = {each.path: each for each in before}
    now = {each.path: each for each in plan.chosen}
    deltas = [delta for path in then.keys() | now.keys() if (delta := _delta(path, then, now)) is not None]
    return PackageDiff(
        old=old,
        new=plan.archive_name,
        deltas=sorted(deltas, key=lambda each: ((each.before or 0) - (each.after or 0), each.path)),
        unchanged=len(then.keys() | now.keys()) - len(deltas),
        before=sum(each.size for each in before),
        after=plan.size,
    )


def _delta(path: RepoPath, then: Mapping[RepoPath, Packed], now: Mapping[RepoPath, Chosen]) -> Delta | None:
    old, new = then.get(path), now.get(path)
    if old is None or new is None:
        kind = DeltaKind.ADDED if old is None else DeltaKind.REMOVED
        return Delta(path, kind, old.size if old else None, new.size if new else None)
    if (old.mode, old.blob) == (new.mode, new.blob):
        return None
    return Delta(path, DeltaKind.CHANGED, old.size, new.size, "" if old.mode == new.mode else new.mode)
