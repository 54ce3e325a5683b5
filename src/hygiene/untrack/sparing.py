"""What is left alone although it was selected: files that are more to somebody than an entry of the index."""

from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from hygiene.model.finding import Finding
from hygiene.model.inventory import Mode
from hygiene.model.paths import BlobId, RepoPath
from hygiene.model.untracking import Flag, OnDisk, Staying, StayReason
from hygiene.ports import Repository
from hygiene.untrack.selection import Selection

_POINTER = b"version https://git-lfs.github.com/spec/v1\n"
_POINTER_SIZES = range(len(_POINTER), 1024)
"""Source: the specification of Git LFS: a pointer begins so, and has fewer than 1024 bytes."""

_BY_FLAG = MappingProxyType(
    {
        Flag.SKIP_WORKTREE: StayReason.SKIP_WORKTREE,
        Flag.ASSUME_UNCHANGED: StayReason.ASSUME_UNCHANGED,
        Flag.INTENT_TO_ADD: StayReason.INTENT_TO_ADD,
    }
)
_BY_PLACE = MappingProxyType(
    {
        OnDisk.IN_NESTED_REPOSITORY: StayReason.NESTED_REPOSITORY,
        OnDisk.BEHIND_SYMLINK: StayReason.BEHIND_SYMLINK,
    }
)


class Circumstances(NamedTuple):
    """What bears on whether a selected file may leave.

    Attributes:
        flags: what a person told Git about tracked paths.
        on_disk: what the work tree holds at each selected path.
        pointers: the blobs that are LFS pointers.
    """

    flags: Mapping[RepoPath, Flag]
    on_disk: Mapping[RepoPath, OnDisk]
    pointers: Collection[BlobId]


def spared(selection: Selection, met: Circumstances) -> Selection:
    """The selection, with what is left alone among what stays."""
    reasons = {finding.path: why for finding in selection.leaving if (why := _reason(finding, met))}
    left = [Staying(finding, reasons[finding.path]) for finding in selection.leaving if finding.path in reasons]
    return Selection(
        [finding for finding in selection.leaving if finding.path not in reasons],
        sorted([*selection.staying, *left], key=lambda each: each.finding.path),
    )


def lfs_pointers(repository: Repository, findings: Iterable[Finding]) -> frozenset[BlobId]:
    """The blobs among the findings' that are LFS pointers: by their content, as attributes may say something else."""
    small = {each.blob for each in findings if each.size in _POINTER_SIZES}
    heads = repository.heads(small, len(_POINTER))
    return frozenset(blob for blob, head in heads.items() if head == _POINTER)


def _reason(finding: Finding, met: Circumstances) -> StayReason | None:
    if finding.mode == Mode.GITLINK:
        return StayReason.SUBMODULE
    if finding.blob in met.pointers:
        return StayReason.LFS_POINTER
    flag = met.flags.get(finding.path)
    return _BY_FLAG[flag] if flag else _BY_PLACE.get(met.on_disk[finding.path])
