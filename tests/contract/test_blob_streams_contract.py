"""What both ways to read blobs piece by piece keep to."""

import random
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from fixtures.repositories import RepositoryBuilder
from hygiene.adapters import blob_streams, libgit2_blobs
from hygiene.adapters.discovery import Reader
from hygiene.adapters.loose_objects import open_objects
from hygiene.adapters.packing import Streams
from hygiene.adapters.process import Git, find_git
from hygiene.model.paths import BlobId

EMPTY_BLOB = BlobId("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391")
NOWHERE = BlobId("deadbeef" * 5)


@pytest.fixture
def streams(builder: RepositoryBuilder, reader: Reader) -> Streams:
    """Opens the repository only when it has grown."""

    def stream(blobs: Iterable[BlobId]) -> Iterator[tuple[BlobId, Iterator[bytes]]]:
        if reader is Reader.GIT:
            return blob_streams.stream_blobs(Git(find_git() or Path(), builder.git_dir), blobs)
        return libgit2_blobs.stream_blobs(open_objects(builder.git_dir / "objects"), blobs)

    return stream


def streamed(streams: Streams, blobs: list[BlobId]) -> list[tuple[BlobId, bytes]]:
    return [(blob, b"".join(chunks)) for blob, chunks in streams(blobs)]


def stored(builder: RepositoryBuilder, *contents: bytes) -> list[BlobId]:
    return [BlobId(builder.blob(content)) for content in contents]


def test_streams_come_in_the_order_asked_and_as_often_as_asked(builder: RepositoryBuilder, streams: Streams) -> None:
    first, second, empty = stored(builder, b"1", b"2\n", b"")
    lost = BlobId(builder.file("d", b"lost"))
    builder.commit()
    builder.lose("HEAD:d")
    expected = [(second, b"2\n"), (empty, b""), (first, b"1"), (second, b"2\n"), (EMPTY_BLOB, b"")]
    assert streamed(streams, [second, NOWHERE, empty, lost, first, second, EMPTY_BLOB]) == expected
    assert streamed(streams, []) == []


def test_a_large_blob_is_streamed_in_small_pieces(builder: RepositoryBuilder, streams: Streams) -> None:
    content = bytes(range(256)) * (3 << 12)
    large, after = stored(builder, content, b"after")
    pieces = [(blob, list(chunks)) for blob, chunks in streams([large, after])]
    assert [(blob, b"".join(chunks)) for blob, chunks in pieces] == [(large, content), (after, b"after")]
    assert max(map(len, pieces[0][1])) <= 1 << 20


def test_only_blobs_are_streamed(builder: RepositoryBuilder, streams: Streams) -> None:
    kept = BlobId(builder.file("folder/a", b"a"))
    commit = BlobId(builder.commit())
    tree = BlobId(builder.git("rev-parse", "HEAD:folder").decode().strip())
    assert streamed(streams, [commit, tree, kept]) == [(kept, b"a")]


def test_a_stream_can_be_left_half_way(builder: RepositoryBuilder, streams: Streams) -> None:
    blobs = stored(builder, *(bytes([number]) * 3_000_000 for number in range(3)))
    begun = streams(blobs)
    name, chunks = next(begun)
    assert name == blobs[0]
    assert next(chunks)[:1] == b"\0"
    del begun, chunks
    assert len(streamed(streams, blobs)) == 3


@pytest.mark.parametrize("size", [10, 100_000, 3_000_000])
def test_a_blob_that_breaks_off_is_never_streamed_whole_and_costs_no_other(
    size: int, builder: RepositoryBuilder, streams: Streams
) -> None:
    content = random.Random(size).randbytes(size)  # noqa: S311 - the same bytes every time
    first, broken, last = stored(builder, b"first", content, b"last")
    place = builder.object_file(broken)
    whole = place.read_bytes()
    place.chmod(0o644)
    place.write_bytes(whole[: len(whole) // 2])
    told = streamed(streams, [first, broken, last, broken, first])
    assert [each for each in told if each[0] != broken] == [(first, b"first"), (last, b"last"), (first, b"first")]
    assert all(len(content) < size for name, content in told if name == broken)


def test_what_is_no_object_at_all_is_not_streamed(builder: RepositoryBuilder, streams: Streams) -> None:
    kept, broken = BlobId(builder.file("a", b"kept")), BlobId(builder.file("b", b"broken"))
    builder.commit()
    builder.break_object("HEAD:b")
    assert streamed(streams, [broken, kept]) == [(kept, b"kept")]
