"""Each question that a verification asks of an archive."""

import pytest

from hygiene.model.finding import Unreadable
from hygiene.model.inventory import Entry, Inventory
from hygiene.model.package_proof import Manifest, Packed, content_digest
from hygiene.model.packaging import ArchiveFormat, PackageSettings, Refusal, RefusalKind, Source, Symlinks
from hygiene.model.paths import ROOT, BlobId, RepoPath
from hygiene.model.verification import ArchiveKind, CheckState
from hygiene.ports.archive import ArchiveListing, Member, MemberKind
from hygiene.release.denial import Denial
from hygiene.release.listed import Listed
from hygiene.release.verify import (
    Answer,
    ArchiveSize,
    Holding,
    archive_kind,
    check_checksum,
    check_commit,
    check_container,
    check_entries,
    check_manifest,
    check_rules,
    digest_of,
    refused_unjudged,
)
from tests.fakes.reports import plain_report

_STRICT = PackageSettings(())


def _packed(path: str, mode: str = "100644", content: str = "a") -> Packed:
    return Packed(RepoPath(path), mode, 1, BlobId(content * 40), content * 64)


_ENTRIES = [_packed("a"), _packed("b", "100755", "b")]
_FILE = ArchiveSize(100, "f" * 64)
_HOLDING = Holding(ArchiveKind.ARCHIVE, "demo-1", _ENTRIES, [])


def _manifest(**changes: object) -> Manifest:
    said: dict[str, object] = {
        "archive": "demo-1.zip",
        "size": 100,
        "sha256": "f" * 64,
        "prefix": "demo-1",
        "commit": "c" * 40,
        "tree": "t" * 40,
        "object_format": "sha1",
        "root": ROOT,
        "content_digest": content_digest(_ENTRIES),
        "entries": _ENTRIES,
    }
    return Manifest(**(said | changes))  # type: ignore[arg-type]  # the callers name fields of Manifest


def _listed(entries: list[Entry]) -> Listed:
    return Listed(Source("v1", "c" * 40, "t" * 40, "sha1", 0), Inventory("v1", "c" * 40, entries))


def _found(answer: Answer) -> list[tuple[str, str]]:
    return [(each.kind.value, each.path) for each in answer.refusals]


def _listing(*members: Member) -> ArchiveListing:
    return ArchiveListing(ArchiveFormat.ZIP, members)


def test_an_archive_is_what_its_manifest_says() -> None:
    answer = check_manifest(_HOLDING, _FILE, _manifest())
    assert answer.check.state is CheckState.HELD
    assert not answer.refusals


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"sha256": "0" * 64}, ("changed", "")),
        ({"size": 99}, ("changed", "")),
        ({"prefix": "demo-2"}, ("changed", "")),
        ({"entries": _ENTRIES[:1]}, ("unlisted", "b")),
        ({"entries": [*_ENTRIES, _packed("c")]}, ("lacking", "c")),
        ({"entries": [_packed("a", content="z"), _ENTRIES[1]]}, ("changed", "a")),
        ({"entries": [_packed("a", "100755"), _ENTRIES[1]]}, ("changed", "a")),
    ],
)
def test_any_difference_from_the_manifest_is_refused(changes: dict[str, object], refused: tuple[str, str]) -> None:
    answer = check_manifest(_HOLDING, _FILE, _manifest(**changes))
    assert answer.check.state is CheckState.FAILED
    assert _found(answer) == [refused]


def test_every_entry_is_compared_with_the_commit_below_the_root() -> None:
    entries = [
        Entry("100664", BlobId("a" * 40), RepoPath("app/a")),
        Entry("100755", BlobId("b" * 40), RepoPath("app/b")),
    ]
    app = RepoPath("app")
    assert check_commit(_ENTRIES, app, _listed(entries), None).check.state is CheckState.HELD
    assert _found(check_commit(_ENTRIES, ROOT, _listed(entries), None)) == [("unlisted", "a"), ("unlisted", "b")]
    other = [entry._replace(blob=BlobId("0" * 40)) for entry in entries]
    assert _found(check_commit(_ENTRIES, app, _listed(other), None)) == [("changed", "a"), ("changed", "b")]
    swapped = [entry._replace(mode="120000") for entry in entries]
    assert _found(check_commit(_ENTRIES, app, _listed(swapped), None)) == [("changed", "a"), ("changed", "b")]


@pytest.mark.parametrize("changes", [{"commit": "d" * 40}, {"tree": "d" * 40}])
def test_a_manifest_of_another_commit_is_refused(changes: dict[str, object]) -> None:
    assert check_commit([], ROOT, _listed([]), _manifest()).check.state is CheckState.HELD
    assert _found(check_commit([], ROOT, _listed([]), _manifest(**changes))) == [("changed", "")]


def test_entries_that_are_no_files_are_refused() -> None:
    members = [
        Member("p/a", MemberKind.FILE, 1),
        Member("p/l", MemberKind.SYMLINK, 1, target="a"),
        Member("p/o", MemberKind.SYMLINK, 1, target="../../x"),
        Member("p/h", MemberKind.HARD_LINK, 0, target="p/a"),
        Member("p/d", MemberKind.SPECIAL, 0),
        Member("../f", MemberKind.FOLDER, 0),
        Member("p", MemberKind.FOLDER, 0),
    ]
    refused = {("symlink", "p/l"), ("leaving-symlink", "p/o"), ("special-file", "p/h"), ("special-file", "p/d")}
    assert set(_found(check_entries(_listing(*members), _STRICT))) == refused | {("unsafe-path", "../f")}
    kept = check_entries(_listing(*members[:2]), PackageSettings((), symlinks=Symlinks.KEEP))
    assert kept.check.state is CheckState.HELD


def test_a_tar_of_the_current_folder_is_as_good_as_any() -> None:
    members = [
        Member(".", MemberKind.FOLDER, 0),
        Member("./a", MemberKind.FILE, 1),
        Member("./d", MemberKind.FOLDER, 0),
    ]
    assert _found(check_entries(_listing(*members), _STRICT)) == []
    assert _found(check_entries(_listing(*members, Member("a", MemberKind.FILE, 1)), _STRICT)) == [("duplicate", "a")]


def test_a_file_below_a_symlink_is_refused() -> None:
    members = [Member("p/l", MemberKind.SYMLINK, 1, target="a"), Member("p/l/x", MemberKind.FILE, 1)]
    assert ("below-file", "p/l/x") in _found(check_entries(_listing(*members), _STRICT))


def test_a_broken_container_or_entry_fails_and_has_no_content_digest() -> None:
    broken = Refusal(RefusalKind.BROKEN, "a", "its checksum is wrong", "")
    answer = check_container(_listing(), _HOLDING._replace(broken=[broken]))
    assert (answer.check.state, list(answer.refusals)) == (CheckState.FAILED, [broken])
    assert digest_of(_HOLDING._replace(broken=[broken])) is None
    assert digest_of(_HOLDING) == content_digest(_ENTRIES)


@pytest.mark.parametrize(
    ("name", "paths", "prefix", "kind"),
    [
        ("x-1-py3-none-any.whl", ["x/__init__.py", "x-1.dist-info/WHEEL"], "", ArchiveKind.WHEEL),
        ("x-1.whl", ["x/__init__.py"], "", ArchiveKind.ARCHIVE),
        ("x-1.tar.gz", ["PKG-INFO", "x.py"], "x-1", ArchiveKind.SDIST),
        ("x-1.tar.gz", ["x.py"], "x-1", ArchiveKind.ARCHIVE),
    ],
)
def test_what_users_take_an_archive_for(name: str, paths: list[str], prefix: str, kind: ArchiveKind) -> None:
    assert archive_kind(name, paths, prefix) is kind


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("{sum}  demo-1.zip\n", CheckState.HELD),
        ("{sum} *demo-1.zip\n", CheckState.HELD),
        ("{other}  demo-1.zip\n", CheckState.FAILED),
        ("{sum}  other.zip\n", CheckState.FAILED),
        ("{sum}  demo-1.zip\n{other}  demo-1.zip\n", CheckState.FAILED),
        ("", CheckState.FAILED),
        ("\0" * 100, CheckState.FAILED),
    ],
)
def test_a_checksum_beside_the_archive_must_be_its_own(said: str, state: CheckState) -> None:
    text = said.format(sum="f" * 64, other="0" * 64)
    assert check_checksum("demo-1.zip", "f" * 64, text).check.state is state


def test_what_could_not_be_judged_is_not_called_clean() -> None:
    listed = [Entry("100644", each.blob, each.path) for each in _ENTRIES]
    unreadable = [Unreadable(each.path, "its content broke the identifier") for each in listed]
    only_a_is_whole = refused_unjudged(plain_report([], unreadable=unreadable), listed, _ENTRIES[:1])
    answer = check_rules(Denial([], [], []), only_a_is_whole, None)
    assert answer.check.state is CheckState.FAILED
    assert _found(answer) == [("missing", "a")]
    assert answer.refusals[0].why == "it could not be judged: its content broke the identifier"


def test_a_denied_file_is_told_with_the_reason_that_the_manifest_gives_for_that_rule() -> None:
    denied = Denial([Refusal(RefusalKind.DENIED, "a", "it is one", "", rule) for rule in ("tree", "scratch")], [], [])
    answer = check_rules(denied, [], _manifest(waived={(RepoPath("a"), "scratch"): "the demo reads it"}))
    assert [each.why for each in answer.refusals] == [
        "it is one",
        "it is one; its manifest says that it was waived: the demo reads it",
    ]
