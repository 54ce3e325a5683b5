"""Reads every file of an archive once, and tells what each is: its size, its blob id and its sha256."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from hygiene.adapters.archive_flaws import broken
from hygiene.adapters.blob_bytes import blob_hash
from hygiene.errors import BrokenArchive
from hygiene.model.inventory import Mode
from hygiene.model.json_path import bytes_of
from hygiene.model.package_proof import Packed
from hygiene.model.packaging import Refusal
from hygiene.model.paths import BlobId, RepoPath
from hygiene.ports.archive import ArchiveReader, Member, MemberKind


class Digested(NamedTuple):
    """What is in an archive.

    Attributes:
        packed: the files and symlinks that could be read, by their number among the members.
        refusals: those that could not, as far as the listing does not refuse them already.
    """

    packed: Mapping[int, Packed]
    refusals: Sequence[Refusal]


def digest_members(reader: ArchiveReader, paths: Mapping[int, RepoPath], object_format: str) -> Digested:
    """What these members are, by their number, each with the path that it is to have; in one pass, a chunk at a time.

    Members that are neither file nor symlink are left out. `object_format` is `sha1` or `sha256`, for the blob ids.
    """
    pass_ = _Pass(reader, paths, object_format)
    try:
        pass_.take_all()
    except BrokenArchive as failure:  # the file itself: gone, or another one by now
        pass_.refusals.append(broken(failure.reason))
    return Digested(pass_.packed, pass_.refusals)


class _Pass:
    def __init__(self, reader: ArchiveReader, paths: Mapping[int, RepoPath], object_format: str) -> None:
        self._reader = reader
        self._members = reader.listing.members
        self._paths = paths
        self._object_format = object_format
        self._refused = {each.path for each in reader.listing.refusals}
        self.packed: dict[int, Packed] = {}
        self.refusals: list[Refusal] = []

    def take_all(self) -> None:
        for number in self._of(MemberKind.SYMLINK):
            if self._members[number].name not in self._refused:  # else its target is not known
                self._take(number, [bytes_of(self._members[number].target)])
        for number, chunks in self._reader.contents(self._of(MemberKind.FILE)):
            self._take(number, chunks)

    def _of(self, kind: MemberKind) -> Sequence[int]:
        return [number for number in self._paths if self._members[number].kind is kind]

    def _take(self, number: int, chunks: Iterable[bytes]) -> None:
        member = self._members[number]
        try:
            self.packed[number] = _packed(member, self._paths[number], chunks, self._object_format)
        except BrokenArchive as flaw:
            if not self._refused & {member.name, ""}:
                self.refusals.append(broken(flaw.reason, member.name))


def _packed(member: Member, path: RepoPath, chunks: Iterable[bytes], object_format: str) -> Packed:
    size = len(bytes_of(member.target)) if member.kind is MemberKind.SYMLINK else member.size
    plain = hashlib.sha256()
    blob = blob_hash(object_format, size)
    for chunk in chunks:
        plain.update(chunk)
        blob.update(chunk)
    return Packed(path, mode_of(member), size, BlobId(blob.hexdigest()), plain.hexdigest())


def mode_of(member: Member) -> str:
    """Git's mode for a file or symlink."""
    if member.kind is MemberKind.SYMLINK:
        return Mode.SYMLINK
    return Mode.EXECUTABLE if member.is_executable else Mode.FILE
