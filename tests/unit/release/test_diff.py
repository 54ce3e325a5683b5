"""How a package differs from an earlier one."""

from hygiene.model.package_proof import Delta, DeltaKind, Packed, content_digest
from hygiene.model.packaging import ArchiveForm, ArchiveFormat, Chosen, Line, PackagePlan, Source, Storing
from hygiene.model.paths import ROOT, BlobId, RepoPath
from hygiene.model.permit import Origin
from hygiene.release.diff import difference

_LINE = Line("*", Origin("hygiene.toml"))


def _plan(*chosen: tuple[str, str, str, int | None]) -> PackagePlan:
    files = [Chosen(RepoPath(p), RepoPath(p), mode, BlobId(blob), size, _LINE) for p, mode, blob, size in chosen]
    source = Source("HEAD", "c" * 40, "t" * 40, "sha1", 0)
    form = ArchiveForm(ArchiveFormat.ZIP, Storing.DEFLATED, "demo-2", 0)
    return PackagePlan("0", source, "demo", "2", None, form, "demo-2.zip", ROOT, files, [], [])


def _before(*files: tuple[str, str, str, int]) -> list[Packed]:
    return [Packed(RepoPath(path), mode, size, BlobId(blob), blob) for path, mode, blob, size in files]


def test_what_was_added_removed_and_changed_is_told_what_grew_most_first() -> None:
    before = _before(("same", "100644", "1", 5), ("gone", "100644", "2", 7), ("grown", "100644", "3", 1))
    after = _plan(("same", "100644", "1", 5), ("grown", "100644", "4", 100), ("new", "100755", "5", 20))
    found = difference("demo-1.zip", before, after)
    assert found.deltas == [
        Delta(RepoPath("grown"), DeltaKind.CHANGED, 1, 100),
        Delta(RepoPath("new"), DeltaKind.ADDED, None, 20),
        Delta(RepoPath("gone"), DeltaKind.REMOVED, 7, None),
    ]
    assert (found.unchanged, found.before, found.after) == (1, 13, 125)
    assert (found.old, found.new) == ("demo-1.zip", "demo-2.zip")


def test_a_new_mode_alone_is_a_change() -> None:
    found = difference("x", _before(("run", "100644", "1", 5)), _plan(("run", "100755", "1", 5)))
    assert found.deltas == [Delta(RepoPath("run"), DeltaKind.CHANGED, 5, 5, "100755")]


def test_the_content_digest_depends_on_path_mode_and_bytes_and_on_no_order() -> None:
    one, two = _before(("a", "100644", "1", 5), ("b", "100644", "2", 5))
    digest = content_digest([one, two])
    assert digest == content_digest([two, one])
    others = [one._replace(path=RepoPath("c")), one._replace(mode="100755"), one._replace(sha256="9")]
    assert len({digest, *(content_digest([other, two]) for other in others)}) == 4


def test_a_plan_knows_as_much_of_its_size_as_is_known() -> None:
    assert _plan(("a", "100644", "1", 5), ("b", "100644", "2", None)).size == 5
