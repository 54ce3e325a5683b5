"""Plans of packages, what was written of them, differences and verifications made by hand, for tests to bend."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from hygiene.model.finding import Evidence
from hygiene.model.json_path import bytes_of
from hygiene.model.package_proof import Delta, DeltaKind, PackageDiff, Packed, Written
from hygiene.model.packaging import (
    ArchiveForm,
    ArchiveFormat,
    Chosen,
    LeftOut,
    Line,
    Note,
    Omission,
    PackagePlan,
    Refusal,
    RefusalKind,
    Source,
    Storing,
)
from hygiene.model.paths import ROOT, BlobId, RepoPath
from hygiene.model.permit import Origin, Waived, Waiver
from hygiene.model.rule import Category, Confidence, Release
from hygiene.model.verification import ArchiveKind, Check, CheckState, Question, Verification
from tests.fakes.reports import plain_rule
from tests.fakes.untracking import found

COMMIT = "c0ffee" + "0" * 34
SOURCE = Source("v1.2.0", COMMIT, "7ee" + "0" * 37, "sha1", 1_790_000_000)
SRC = Line("/src/", Origin("hygiene.toml", 3, "v1.2.0"))
README = Line("/README.md", Origin("hygiene.toml", 4, "v1.2.0"))
NOTES = Line("*.txt", Origin("hygiene.toml", 7, "v1.2.0"))
MARK = Line("export-ignore", Origin(".gitattributes", 1))

DATABASE = plain_rule("live-database", category=Category.DATABASE, confidence=Confidence.CERTAIN, release=Release.DENY)
FONT = plain_rule("font", category=Category.MEDIA, confidence=Confidence.REVIEW, release=Release.DECIDE)


def blob_of(path: str) -> BlobId:
    """An id that follows from the path."""
    return BlobId(hashlib.sha1(bytes_of(path), usedforsecurity=False).hexdigest())


def chosen(path: str, size: int | None = 1000, line: Line = SRC, mode: str = "100644") -> Chosen:
    """A file that this line chose, in a package whose root is the repository's."""
    return Chosen(RepoPath(path), RepoPath(path), mode, blob_of(path), size, line)


def left_out(
    path: str, why: Omission = Omission.NOT_INCLUDED, by: Line | None = None, size: int | None = 10
) -> LeftOut:
    """A file that is left out."""
    return LeftOut(RepoPath(path), why, size, by)


def package_plan(files: Iterable[Chosen] = (), **changes: object) -> PackagePlan:
    """A plan that nothing forbids, except for the fields that are given."""
    plain = PackagePlan(
        tool_version="0.0.0",
        source=SOURCE,
        name="demo",
        version="1.2.0",
        target=None,
        form=ArchiveForm(ArchiveFormat.ZIP, Storing.DEFLATED, "demo-1.2.0", SOURCE.time),
        archive_name="demo-1.2.0.zip",
        root=ROOT,
        chosen=sorted(files, key=lambda each: bytes_of(each.path)),
        left_out=(),
        refusals=(),
        policy=(Origin("hygiene.toml", None, "v1.2.0"),),
        rules_digest="d1" * 32,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]  # the callers name fields of PackagePlan


def full_package_plan(**changes: object) -> PackagePlan:
    """A plan with all that one can say, but for refusals, except for the fields that are given."""
    files = [
        *(chosen(f"src/demo/m{number:02}.py", 100 * number) for number in range(12)),
        chosen("src/demo/data/table.json", 70_000),
        chosen("src/demo/fonts/a.woff2", 9_000),
        chosen("src/demo/seed.db", 8_192),
        chosen("src/run.sh", 40, mode="100755"),
        chosen("README.md", 2_048, README),
    ]
    gone = [
        left_out(".gitattributes"),
        *(left_out(f"docs/{number}.md", Omission.EXPORT_IGNORED, MARK) for number in range(3)),
        left_out("src/demo/notes.txt", Omission.EXCLUDED, NOTES),
        *(left_out(f"tests/unit/t{number}.py") for number in range(4)),
        left_out("tests/data.bin", size=None),
    ]
    told: dict[str, object] = {
        "left_out": gone,
        "waived": [Waived(found(DATABASE, "src/demo/seed.db"), waiver())],
        "undecided": [found(FONT, "src/demo/fonts/a.woff2", evidence=(Evidence("name", "a font; may be licensed"),))],
        "notes": (
            Note("the version comes from the tag v1.2.0"),
            Note("2 files differ from HEAD; the archive holds HEAD's"),
        ),
    }
    return package_plan(files, **(told | changes))


def waiver(**changes: object) -> Waiver:
    """A waiver of a database, except for the fields that are given."""
    plain = Waiver(
        rule=DATABASE.id,
        path="src/demo/*.db",
        reason="the tutorial opens it",
        origin=Origin("hygiene.toml", 20, "v1.2.0"),
        expires=date(2027, 1, 31),
        owner="docs team",
    )
    return replace(plain, **changes)  # type: ignore[arg-type]  # the callers name fields of Waiver


def written(plan: PackagePlan) -> Written:
    """The archive of that plan; what its entries hold is their path."""
    entries = [
        Packed(each.path, each.mode, each.size or 0, each.blob, hashlib.sha256(bytes_of(each.path)).hexdigest())
        for each in plan.chosen
    ]
    return Written(54_321, "5a" * 32, entries)


def refusals() -> list[Refusal]:
    """Refusals of a few kinds, one of them with many."""
    many = [
        Refusal(
            RefusalKind.DENIED,
            f"src/cache/{number:03}.pyc",
            "python-bytecode denies it (certain)",
            "Untrack it, exclude it, or let it pass with `hygiene waive PATH --rule python-bytecode --reason WHY`.",
            "python-bytecode",
        )
        for number in range(24)
    ]
    return [
        *many,
        Refusal(RefusalKind.CREDENTIAL, "src/id_rsa", "private-key denies it (certain)", "Take it out.", "private-key"),
        Refusal(RefusalKind.SYMLINK, "src/latest", "it is a symlink", "Exclude it."),
        Refusal(RefusalKind.BOMB, "", "it unpacks to more than 4 GiB", "Look at where it comes from."),
    ]


def package_diff(**changes: object) -> PackageDiff:
    """A difference with every kind of change, except for the fields that are given."""
    deltas = [
        Delta(RepoPath("src/demo/big.json"), DeltaKind.ADDED, None, 70_000, "100644"),
        Delta(RepoPath("src/demo/m01.py"), DeltaKind.CHANGED, 1_000, 3_000),
        Delta(RepoPath("src/run.sh"), DeltaKind.CHANGED, 40, 40, "100755"),
        Delta(RepoPath("src/lost.bin"), DeltaKind.CHANGED, 40, None),
        Delta(RepoPath("src/old.py"), DeltaKind.REMOVED, 4_096, None, "100644"),
    ]
    plain = PackageDiff("demo-1.1.0.zip", "demo-1.2.0.zip", deltas, 17, 100_000, 167_904)
    return plain._replace(**changes)  # type: ignore[arg-type]  # the callers name fields of PackageDiff


def verification(**changes: object) -> Verification:
    """A look at an archive against which nothing speaks, except for the fields that are given."""
    plain = Verification(
        archive="dist/demo-1.2.0.zip",
        kind=ArchiveKind.ARCHIVE,
        format=ArchiveFormat.ZIP,
        entries=17,
        size=96_000,
        sha256="5a" * 32,
        content_digest="c3" * 32,
        checks=(
            Check(Question.CONTAINER, CheckState.HELD, "17 entries, each whole"),
            Check(Question.MANIFEST, CheckState.HELD, "17 entries"),
            Check(Question.COMMIT, CheckState.NOT_CHECKED, "the repository has no commit c0ffee00"),
        ),
        refusals=(),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]  # the callers name fields of Verification


def refused_verification() -> Verification:
    """One of an archive that has much against it."""
    return verification(
        kind=ArchiveKind.WHEEL,
        content_digest=None,
        checks=(
            Check(Question.CONTAINER, CheckState.FAILED, "1 reason"),
            Check(Question.NAMES, CheckState.FAILED, "27 reasons"),
            Check(Question.MANIFEST, CheckState.NOT_CHECKED, "there is none beside it"),
        ),
        refusals=refusals(),
        undecided=[found(FONT, "src/demo/fonts/a.woff2")],
    )
