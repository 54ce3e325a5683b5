"""An archive taken for a repository with one tree, so that the same court judges it."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from hygiene.adapters.archive_digests import Digested, digest_members, mode_of
from hygiene.adapters.archive_paths import Places, places_of
from hygiene.errors import BrokenArchive
from hygiene.model.inventory import Entry, Inventory, RepositoryFacts, Sizes, Staged
from hygiene.model.json_path import bytes_of
from hygiene.model.package_proof import Packed
from hygiene.model.packaging import Refusal
from hygiene.model.paths import ID_DIGITS, ROOT, BlobId, RepoPath, join
from hygiene.ports.archive import ArchiveReader, MemberKind

_Item = TypeVar("_Item")


class ArchiveRepository:
    """The files and symlinks of an archive, below their common folder. `ports.Repository` says what methods promise.

    Left out are entries whose names no tree can hold, and all but the last of one path. What cannot be read is listed
    with an id that no object has, so that its name is judged all the same. There is neither an index nor a commit: an
    audit must name a revision, and it does not matter which.
    """

    def __init__(self, reader: ArchiveReader, object_format: str = "sha1", root: RepoPath = ROOT) -> None:
        """Nothing is read yet. `object_format` is `sha1` or `sha256`: that of the repository to compare with.

        `root` is the folder of that repository that everything is from: inventories have it before their paths.
        """
        self._reader = reader
        self._root = root
        self._object_format = object_format

    @property
    def prefix(self) -> str:
        """The one folder that holds everything, without a slash; empty where there is none."""
        return self._places.prefix

    @property
    def packed(self) -> Sequence[Packed]:
        """Everything that could be read, by the bytes of the paths."""
        return sorted(self._digested.packed.values(), key=lambda each: bytes_of(each.path))

    @property
    def refusals(self) -> Sequence[Refusal]:
        """The entries that are not what the archive says, beside those that the reader's listing refuses."""
        return self._digested.refusals

    @property
    def facts(self) -> RepositoryFacts:
        """Those of a bare repository without a commit."""
        return RepositoryFacts(
            Path(), None, self._object_format, head=None, shallow=False, partial=False, reader="archive"
        )

    def list_index(self) -> Inventory:
        """All of it."""
        return self.list_revision("the archive")

    def list_revision(self, revision: str) -> Inventory:
        """All of it, whatever the revision, which becomes the label. The first call reads the whole archive once."""
        return Inventory(revision, None, self._entries)

    def list_staged(self) -> Staged:
        """Nothing: there is no index."""
        return Staged((), frozenset(), frozenset())

    def begin_listing_staged(self) -> None:
        """Does nothing."""

    def find_in_head(self, paths: Collection[RepoPath]) -> Sequence[Entry]:
        """Those of the entries."""
        return [entry for entry in self._entries if entry.path in paths]

    def merge_base(self, revision: str, other: str) -> str | None:  # noqa: ARG002 - there is nothing to ask
        """None: there is no history."""
        return None

    def sizes(self, blobs: Iterable[BlobId]) -> Sizes:
        """From the one pass through the archive."""
        return {blob: self._sizes[blob] for blob in blobs if blob in self._sizes}

    def start_sizing(self, blobs: Collection[BlobId]) -> Callable[[], Sizes]:
        """Nothing has to be begun."""
        return lambda: self.sizes(blobs)

    def heads(self, blobs: Iterable[BlobId], limit: int) -> dict[BlobId, bytes]:
        """By random access in a zip or tar, in one more pass through what is compressed as a whole."""
        return {blob: _head(chunks, limit) for blob, chunks in self._in_archive_order(blobs)}

    def contents(self, blobs: Iterable[BlobId]) -> Iterator[tuple[BlobId, bytes]]:
        """In the order of the archive; what breaks off, although it was whole before, is left out."""
        for blob, chunks in self._in_archive_order(blobs):
            content = b"".join(chunks)
            if len(content) == self._sizes[blob]:
                yield blob, content

    @cached_property
    def _places(self) -> Places:
        return places_of(self._reader.listing.members)

    @cached_property
    def _digested(self) -> Digested:
        return digest_members(self._reader, self._places.paths, self._object_format)

    @cached_property
    def _entries(self) -> Sequence[Entry]:
        members, packed = self._reader.listing.members, self._digested.packed
        nowhere = BlobId("0" * ID_DIGITS[self._object_format])
        entries = (
            Entry(
                mode_of(members[number]), packed[number].blob if number in packed else nowhere, join(self._root, path)
            )
            for number, path in self._places.paths.items()
        )
        return sorted(entries, key=lambda entry: bytes_of(entry.path))

    @cached_property
    def _sizes(self) -> Sizes:
        return {each.blob: each.size for each in self._digested.packed.values()}

    @cached_property
    def _numbers(self) -> Mapping[BlobId, int]:
        """A member that holds each blob: the first."""
        packed = self._digested.packed
        return {packed[number].blob: number for number in sorted(packed, reverse=True)}

    def _in_archive_order(self, blobs: Iterable[BlobId]) -> Iterator[tuple[BlobId, Iterator[bytes]]]:
        asked = {self._numbers[blob]: blob for blob in blobs if blob in self._numbers}
        members = self._reader.listing.members
        for number in sorted(asked):
            if members[number].kind is MemberKind.SYMLINK:
                yield asked[number], iter([bytes_of(members[number].target)])
        files = [number for number in asked if members[number].kind is MemberKind.FILE]
        for number, chunks in _as_long_as_possible(self._reader.contents(files)):
            yield asked[number], _as_long_as_possible(chunks)


def _as_long_as_possible(items: Iterator[_Item]) -> Iterator[_Item]:
    """What comes before the archive turns out to be another than it was."""
    try:
        yield from items
    except BrokenArchive:
        return


def _head(chunks: Iterator[bytes], limit: int) -> bytes:
    head = b""
    for chunk in chunks:
        head += chunk[: limit - len(head)]
        if len(head) == limit:
            break
    return head
