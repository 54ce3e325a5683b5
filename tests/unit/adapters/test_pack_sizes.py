"""Sizes on the disk, from indexes of every form that a pack may have."""

from pathlib import Path

import pytest

from fixtures.repositories import RepositoryBuilder
from hygiene.adapters.pack_sizes import stored_sizes
from hygiene.model.paths import BlobId


@pytest.fixture
def packed(builder: RepositoryBuilder) -> tuple[Path, dict[BlobId, int]]:
    """A pack of 20 blobs, and what git says that each of them takes up."""
    blobs = [BlobId(builder.file(str(number), bytes(range(number, 256)) * 9)) for number in range(20)]
    builder.commit()
    builder.git("repack", "-adq")
    answer = builder.git("cat-file", "--batch-check=%(objectsize:disk)", stdin="\n".join(blobs).encode()).split()
    (pack,) = (builder.git_dir / "objects/pack").glob("*.pack")
    return pack, dict(zip(blobs, map(int, answer), strict=True))


def reindex(builder: RepositoryBuilder, pack: Path, version: str) -> None:
    pack.with_suffix(".idx").unlink()
    builder.git("index-pack", f"--index-version={version}", str(pack))


@pytest.mark.parametrize("version", ["2", "2,64"])
def test_offsets_may_be_short_or_long(
    builder: RepositoryBuilder, packed: tuple[Path, dict[BlobId, int]], version: str
) -> None:
    pack, expected = packed
    reindex(builder, pack, version)
    assert stored_sizes(builder.git_dir / "objects", expected) == expected


def test_an_index_of_the_first_version_tells_nothing(
    builder: RepositoryBuilder, packed: tuple[Path, dict[BlobId, int]]
) -> None:
    pack, expected = packed
    reindex(builder, pack, "1")
    assert stored_sizes(builder.git_dir / "objects", expected) == {}


@pytest.mark.parametrize("length", [0, 4, 1000, 1100, -1])
def test_a_broken_index_ends_nothing(
    builder: RepositoryBuilder, packed: tuple[Path, dict[BlobId, int]], length: int
) -> None:
    pack, expected = packed
    index = pack.with_suffix(".idx")
    content = index.read_bytes()
    index.chmod(0o644)
    index.write_bytes(content[:length] if length >= 0 else content[:8] + b"\xff" * 1024 + content[1032:])
    assert stored_sizes(builder.git_dir / "objects", expected) == {}
