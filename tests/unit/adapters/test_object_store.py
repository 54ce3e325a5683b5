"""What a repository's objects take up on the disk."""

from pathlib import Path

from fixtures.repositories import RepositoryBuilder
from hygiene.adapters.object_store import DiskObjectStore
from hygiene.model.statistics import Footprint


def footprint(builder: RepositoryBuilder) -> Footprint:
    return DiskObjectStore(builder.git_dir / "objects").footprint()


def test_it_is_what_git_counts(builder: RepositoryBuilder) -> None:
    builder.files({f"{number}.txt": bytes(number) for number in range(50)})
    builder.commit()
    assert footprint(builder).packs == 0
    assert footprint(builder).loose == 52  # the blobs, a tree and a commit
    builder.git("repack", "-adq")
    builder.git("prune-packed")
    builder.file("late", b"late")
    counts = dict(line.split(": ") for line in builder.git("count-objects", "-v").decode().splitlines())
    found = footprint(builder)
    assert (found.packs, found.loose) == (int(counts["packs"]), int(counts["count"])) == (1, 1)
    (pack,) = (builder.git_dir / "objects" / "pack").glob("*.pack")
    assert found.packed == pack.stat().st_size
    assert 0 < found.loose_size < 100


def test_symlinks_are_not_followed_and_other_files_do_not_count(builder: RepositoryBuilder, tmp_path: Path) -> None:
    builder.file("a", b"a")
    before = footprint(builder)
    objects = builder.git_dir / "objects"
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / ("a" * 38)).write_bytes(b"x" * 1000)
    (outside / "p.pack").write_bytes(b"x" * 1000)
    (objects / "ff").symlink_to(outside)
    (objects / "pack" / "p.pack").symlink_to(outside / "p.pack")
    (objects / "pack" / "tmp_pack_abc").write_bytes(b"x")
    (objects / "info" / "notes.pack").parent.mkdir(exist_ok=True)
    assert footprint(builder) == before


def test_a_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    assert DiskObjectStore(tmp_path / "none").footprint() == Footprint(0, 0, 0, 0)
