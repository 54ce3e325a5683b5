"""The shapes of `hygiene.package-plan/1`, `hygiene.package-diff/1` and `hygiene.package-verify/1`.

A change that an old reader would notice is a new shape in a new file, not an edit here. The manifest has its shape in
`release.manifest_shape`, because it is read, too; what is equal is taken from there.
"""

from typing import Annotated, Final, Literal

from msgspec import UNSET, Meta, UnsetType

from hygiene.model.package_proof import DeltaKind
from hygiene.model.packaging import ArchiveFormat, Omission, RefusalKind, Storing
from hygiene.model.verification import ArchiveKind, CheckState
from hygiene.release.manifest_shape import Package, Sha256
from hygiene.report.shape_v1 import (
    Count,
    FileFinding,
    Notes,
    ObjectId,
    Part,
    Path,
    PathBytes,
    PolicyFiles,
    RuleName,
    Tool,
    WaivedFinding,
)
from hygiene.report.shape_v1 import Line as LineNumber

PLAN_SCHEMA: Final = "hygiene.package-plan/1"
DIFF_SCHEMA: Final = "hygiene.package-diff/1"
VERIFY_SCHEMA: Final = "hygiene.package-verify/1"

EntryPath = Annotated[str, Meta(description="Below the archive's prefix, `/` between parts.")]
Bytes = Annotated[Count | None, Meta(description="Bytes; null where they are not known.")]
WaivedFiles = Annotated[tuple[WaivedFinding, ...], Meta(description="What rules deny and waivers let in.")]
UndecidedFiles = Annotated[
    tuple[FileFinding, ...], Meta(description="What a release may hold if somebody decides so; worst first.")
]


class Archive(Part, frozen=True, kw_only=True):
    """The archive that would be written."""

    name: str
    format: ArchiveFormat
    storing: Storing
    prefix: Annotated[str, Meta(description="The one folder at its top.")]
    time: Annotated[int, Meta(description="Of every entry, in seconds since 1970.")]


class Source(Part, frozen=True, kw_only=True):
    """The commit that it would be made of."""

    revision: Annotated[str, Meta(description="As it was named.")]
    commit: ObjectId
    tree: ObjectId
    object_format: Literal["sha1", "sha256"]
    time: Annotated[int, Meta(description="When it was committed, in seconds since 1970.")]


class ListLine(Part, frozen=True, kw_only=True):
    """A line of an allowlist or an exclude list; or an attribute of files."""

    pattern: Annotated[str, Meta(description="In gitignore syntax, from the repository's root.")]
    file: Annotated[str, Meta(description="The configuration file that holds it.")]
    line: LineNumber | UnsetType = UNSET
    revision: Annotated[
        str | UnsetType, Meta(description="The revision that the file was read from; without it, the disk.")
    ] = UNSET


class ChosenFile(Part, frozen=True, kw_only=True):
    """A file that would be in the archive."""

    path: EntryPath
    path_b64: PathBytes | UnsetType = UNSET
    source: Path
    source_b64: PathBytes | UnsetType = UNSET
    mode: Annotated[str, Meta(pattern="^[0-7]{6}$", description="As Git tracks it, in octal.")]
    blob: ObjectId
    size: Bytes
    chosen_by: Annotated[ListLine, Meta(description="The line that chose it; of several, the last.")]


class LeftOut(Part, frozen=True, kw_only=True):
    """A maximal folder of which nothing would be in the archive, for one reason and by one line; or a single file."""

    path: Annotated[Path, Meta(description="In the repository; a folder ends in `/`.")]
    path_b64: PathBytes | UnsetType = UNSET
    why: Omission
    by: Annotated[ListLine | None, Meta(description="The line that says so, or the attribute; null where none does.")]
    count: Annotated[Count, Meta(description="How many files.")]
    size: Annotated[Count, Meta(description="Bytes of the files whose size is known.")]


class Refusal(Part, frozen=True, kw_only=True):
    """Why no archive is written, or an archive is not trusted."""

    kind: RefusalKind
    path: Annotated[str, Meta(description="What it is about; empty for the whole archive.")]
    path_b64: PathBytes | UnsetType = UNSET
    why: str
    help: Annotated[str, Meta(description="The next step.")]
    rule: Annotated[RuleName | UnsetType, Meta(description="The rule that denies it.")] = UNSET


Refusals = Annotated[tuple[Refusal, ...], Meta(description="All of them, gravest kind first, then by path.")]
ByKind = Annotated[dict[str, Count], Meta(description="Refusals by kind; the kinds that there are.")]


class PlanSummary(Part, frozen=True, kw_only=True):
    """What it all amounts to."""

    files: Count
    bytes: Annotated[Count, Meta(description="As far as sizes are known.")]
    left_out: Annotated[dict[str, Count], Meta(description="Files by why they are left out, every reason named.")]
    refusals: ByKind
    waived: Count
    undecided: Count


class Plan(Part, frozen=True, kw_only=True):
    """What an archive would hold. Equal plans give equal bytes."""

    schema: Literal["hygiene.package-plan/1"]
    tool: Tool
    archive: Archive
    source: Source
    package: Package
    rules_digest: str
    policy: PolicyFiles
    chosen: Annotated[tuple[ChosenFile, ...], Meta(description="By the bytes of their paths in the archive.")]
    left_out: Annotated[tuple[LeftOut, ...], Meta(description="In Git's order.")]
    refusals: Refusals
    waived: WaivedFiles
    undecided: UndecidedFiles
    notes: Notes
    summary: PlanSummary


class Delta(Part, frozen=True, kw_only=True):
    """A path that is not as it was."""

    path: EntryPath
    path_b64: PathBytes | UnsetType = UNSET
    kind: DeltaKind
    before: Annotated[Count | None, Meta(description="Null where it was not there.")]
    after: Annotated[Count | None, Meta(description="Null where it is no more, or its size is not known.")]
    mode: Annotated[
        str | UnsetType, Meta(description="Its new mode where that changed, or its old one where it is gone.")
    ] = UNSET


class DiffSummary(Part, frozen=True, kw_only=True):
    """What it all amounts to."""

    added: Count
    removed: Count
    changed: Count
    unchanged: Count
    bytes_before: Count
    bytes_after: Count


class Diff(Part, frozen=True, kw_only=True):
    """How a package differs from an earlier one."""

    schema: Literal["hygiene.package-diff/1"]
    old: Annotated[str, Meta(description="The earlier archive or manifest, as it was named.")]
    new: Annotated[str, Meta(description="The archive that would be written.")]
    deltas: Annotated[tuple[Delta, ...], Meta(description="What grew most first, then by path.")]
    summary: DiffSummary


class Check(Part, frozen=True, kw_only=True):
    """One thing that a verification looks at."""

    what: str
    state: CheckState
    text: str


class Verify(Part, frozen=True, kw_only=True):
    """What a look into an archive told."""

    schema: Literal["hygiene.package-verify/1"]
    archive: Annotated[str, Meta(description="As it was named.")]
    kind: ArchiveKind
    format: ArchiveFormat
    entries: Annotated[Count, Meta(description="Files and links.")]
    size: Annotated[Count, Meta(description="Bytes that these unpack to.")]
    sha256: Annotated[Sha256, Meta(description="Of the archive itself.")]
    content_digest: Annotated[Sha256 | None, Meta(description="Null where not every entry could be read.")]
    verdict: Annotated[Literal["accepted", "refused"], Meta(description="Refused where anything speaks against it.")]
    checks: Annotated[tuple[Check, ...], Meta(description="All that there are, also those not made.")]
    refusals: Refusals
    undecided: UndecidedFiles
    by_kind: ByKind
