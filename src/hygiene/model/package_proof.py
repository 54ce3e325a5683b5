"""What a release archive holds, as it was written or as its proof says, and how that differs from another one."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from hygiene.model.json_path import bytes_of
from hygiene.model.paths import BlobId, RepoPath


class Packed(NamedTuple):
    """One entry as it was written or found: the sha256 is that of its bytes, of a symlink that of its target.

    Attributes:
        path: in the archive, below its prefix.
    """

    path: RepoPath
    mode: str
    size: int
    blob: BlobId
    sha256: str


def content_digest(entries: Iterable[Packed]) -> str:
    """sha256, in hexadecimal, over `mode sha256 path` and a NUL of every entry, by the bytes of their paths.

    It says what is in an archive, whatever wrote and compressed it. The paths are those below the archive's prefix, so
    that a new version of the same files has the same digest.
    """
    digest = hashlib.sha256()
    for entry in sorted(entries, key=lambda each: bytes_of(each.path)):
        digest.update(b"%s %s %s\0" % (entry.mode.encode(), entry.sha256.encode(), bytes_of(entry.path)))
    return digest.hexdigest()


@dataclass(frozen=True)
class Written:
    """An archive that is on the disk, whole.

    Attributes:
        size: bytes of the file.
        sha256: of the file.
        entries: in the order of the archive.
    """

    size: int
    sha256: str
    entries: Sequence[Packed]

    @cached_property
    def content_digest(self) -> str:
        """Over the entries."""
        return content_digest(self.entries)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the proof beside an archive says of it; `hygiene.package/1` is its form as a file.

    Attributes:
        archive: the archive's file name.
        size: bytes of the archive.
        sha256: of the archive.
        root: the folder of the repository that the entries' paths are seen from.
        content_digest: over the entries.
        entries: by the bytes of their paths.
        target: of `[package.targets.…]`, if it is one.
        waived: the reason of each waiver that let a file in, by the file's path in the repository and the rule.
    """

    archive: str
    size: int
    sha256: str
    prefix: str
    commit: str
    tree: str
    object_format: str
    root: RepoPath
    content_digest: str
    entries: Sequence[Packed]
    waived: Mapping[tuple[RepoPath, str], str] = field(default_factory=dict)
    target: str | None = None


class DeltaKind(StrEnum):
    """What became of a path from an earlier archive to a later one."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


class Delta(NamedTuple):
    """One path that is not as it was.

    Attributes:
        before: its size, in bytes; None where it was not there.
        after: the same of what it is now; None where it is no more, or its blob is missing.
        mode: its new mode where that changed, or its old one where it is gone.
    """

    path: RepoPath
    kind: DeltaKind
    before: int | None
    after: int | None
    mode: str = ""


class PackageDiff(NamedTuple):
    """How a package differs from an earlier one.

    Attributes:
        old: the earlier archive or manifest, as the user named it.
        new: the name of the archive that would be written.
        deltas: those that grew most first, then by path.
        unchanged: how many paths are as they were.
        before: bytes of all entries, then.
        after: the same, now.
    """

    old: str
    new: str
    deltas: Sequence[Delta]
    unchanged: int
    before: int
    after: int
