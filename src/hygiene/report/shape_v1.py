"""The shape of `hygiene.audit/1`: the types that the JSON is written from, and that its JSON Schema is made of.

A change that an old reader would notice is a new shape in a new file, not an edit here.
"""

from typing import Annotated, Final, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from hygiene.model.permit import Idleness
from hygiene.model.report import Outcome
from hygiene.model.rule import Bucket, Category, ConfidenceWord, Disposition, Release, SeverityWord

SCHEMA: Final = "hygiene.audit/1"

Count = Annotated[int, Meta(ge=0)]
Line = Annotated[int, Meta(ge=1)]
Day = Annotated[str, Meta(pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
ObjectId = Annotated[
    str, Meta(pattern="^([0-9a-f]{40}|[0-9a-f]{64})$", description="An object id in lower-case hexadecimal.")
]
RuleName = Annotated[str, Meta(description="A rule's id: lower-case words with hyphens.")]
Path = Annotated[
    str, Meta(description="From the repository's root, `/` between parts; bytes that are not UTF-8 show as U+FFFD.")
]
PathBytes = Annotated[str, Meta(description="The path's bytes in base64, where they are not UTF-8.")]


class Part(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What all parts have in common: no key that is not listed."""


class Tool(Part, frozen=True, kw_only=True):
    """The program that judged."""

    name: Literal["hygiene"]
    version: str


class Repository(Part, frozen=True, kw_only=True):
    """What was judged, without anything that differs between two clones."""

    object_format: Literal["sha1", "sha256"]
    bare: Annotated[bool, Meta(description="It has no work tree.")]
    shallow: Annotated[bool, Meta(description="Its history is cut.")]
    partial: Annotated[bool, Meta(description="Objects may be missing by design.")]
    head: Annotated[ObjectId | None, Meta(description="The commit that HEAD leads to; null while there is none.")]


class Reason(Part, frozen=True, kw_only=True):
    """One reason that counted."""

    kind: Annotated[
        str,
        Meta(description="A stable word for the kind of reason, such as `name`, `content`, `ignored` or `fixture`."),
    ]
    text: Annotated[str, Meta(description="The reason in words.")]
    points: Annotated[
        int, Meta(description="What it added to, or took from, the confidence (certain 2, likely 1, review 0).")
    ]
    path: Annotated[str | UnsetType, Meta(description="The tracked file that says so.")] = UNSET
    path_b64: PathBytes | UnsetType = UNSET
    line: Annotated[Line | UnsetType, Meta(description="The line of that file.")] = UNSET


class FileFinding(Part, frozen=True, kw_only=True):
    """One rule met by one file."""

    rule: RuleName
    category: Category
    bucket: Annotated[Bucket, Meta(description="What the file is to a run.")]
    confidence: Annotated[ConfidenceWord, Meta(description="How sure it is that the file is not source.")]
    severity: Annotated[SeverityWord, Meta(description="How much harm it does while it stays.")]
    disposition: Annotated[Disposition, Meta(description="What should become of it.")]
    release: Annotated[Release, Meta(description="Whether it may be in a release archive.")]
    path: Path
    path_b64: PathBytes | UnsetType = UNSET
    mode: Annotated[str, Meta(pattern="^[0-7]{6}$", description="As Git tracks it, in octal.")]
    blob: ObjectId
    size: Annotated[Count | None, Meta(description="Bytes of the content; null where it could not be read.")]
    evidence: tuple[Reason, ...]
    also: Annotated[tuple[RuleName, ...], Meta(description="The other rules that the file meets.")]
    fingerprint: Annotated[
        str,
        Meta(
            pattern="^[0-9a-f]{16}$",
            description="Over rule, path and blob: the same finding has the same one in every commit.",
        ),
    ]


class FolderGroup(Part, frozen=True, kw_only=True):
    """A maximal folder all of whose tracked files are findings of one rule and confidence, or a single file."""

    path: Annotated[str, Meta(description="The folder, ending in `/`, or the file.")]
    path_b64: PathBytes | UnsetType = UNSET
    rule: RuleName
    category: Category
    confidence: ConfidenceWord
    severity: SeverityWord
    disposition: Disposition
    count: Annotated[Count, Meta(description="How many files.")]
    size: Annotated[Count, Meta(description="Bytes of the files whose size is known.")]
    unsized: Annotated[Count, Meta(description="How many files have no known size.")]
    evidence: tuple[Reason, ...]


class ClearedFile(Part, frozen=True, kw_only=True):
    """A file that met a rule and is meant to be there."""

    path: Path
    path_b64: PathBytes | UnsetType = UNSET
    rule: RuleName
    by: Annotated[Reason, Meta(description="What declares that it is meant to be there.")]


class UnreadableFile(Part, frozen=True, kw_only=True):
    """A file that should have been looked into and could not be."""

    path: Path
    path_b64: PathBytes | UnsetType = UNSET
    reason: str


class Gap(Part, frozen=True, kw_only=True):
    """Something that makes the answer less than whole."""

    reason: str
    help: Annotated[str, Meta(description="The next step.")]
    path: Path | UnsetType = UNSET
    path_b64: PathBytes | UnsetType = UNSET


class Waiver(Part, frozen=True, kw_only=True):
    """A reasoned permission in the configuration."""

    rule: RuleName
    path: Annotated[str, Meta(description="A pattern in gitignore syntax, from the repository's root.")]
    reason: str
    blob: Annotated[ObjectId | UnsetType, Meta(description="The only content that is meant.")] = UNSET
    expires: Annotated[Day | UnsetType, Meta(description="The last day on which it holds, in UTC.")] = UNSET
    owner: Annotated[str | UnsetType, Meta(description="Who answers for it.")] = UNSET
    file: Annotated[str, Meta(description="The configuration file that holds it.")]
    line: Line | UnsetType = UNSET
    revision: Annotated[
        str | UnsetType, Meta(description="The revision that the file was read from; without it, the disk.")
    ] = UNSET


class WaivedFinding(Part, frozen=True, kw_only=True):
    """A finding that a waiver lets pass."""

    finding: FileFinding
    waiver: Waiver


class UnusedWaiver(Part, frozen=True, kw_only=True):
    """A waiver that lets nothing pass."""

    waiver: Waiver
    why: Idleness


class BaselineEntry(Part, frozen=True, kw_only=True):
    """An entry of the baseline; rule, path and blob are its key."""

    rule: RuleName
    path: Path
    path_b64: PathBytes | UnsetType = UNSET
    blob: ObjectId
    category: Category
    size: Annotated[Count | None, Meta(description="Bytes of the content; null where it was not known.")]


class ByConfidence(Part, frozen=True, kw_only=True):
    """Findings by confidence."""

    certain: Count
    likely: Count
    review: Count


class CategoryTotal(Part, frozen=True, kw_only=True):
    """The findings of one category."""

    files: Count
    bytes: Annotated[Count, Meta(description="Of the files whose size is known.")]


# What the summaries and documents of other reports have too.
OutcomeWord = Annotated[
    Outcome, Meta(description="`findings` when one is as sure as `--fail-on` asks; a gap is never `clean`.")
]
ByDisposition = Annotated[dict[str, Count], Meta(description="Findings by disposition, every disposition named.")]
FolderGroups = Annotated[
    tuple[FolderGroup, ...], Meta(description="The findings by folder, worst first, then by path.")
]
WaivedFindings = Annotated[
    tuple[WaivedFinding, ...], Meta(description="What waivers let pass; none of it is among the findings.")
]
BaselinedFindings = Annotated[
    tuple[FileFinding, ...], Meta(description="What the baseline accepts; none of it is among the findings.")
]
Notes = Annotated[tuple[str, ...], Meta(description="Facts that a reader should know and that leave the answer whole.")]
PolicyFiles = Annotated[
    tuple[str, ...], Meta(description="The files that the settings were read from, the deciding one last.")
]


class Summary(Part, frozen=True, kw_only=True):
    """What it all amounts to."""

    outcome: OutcomeWord
    tracked_files: Count
    tracked_bytes: Annotated[Count, Meta(description="Each path counted, as far as sizes are known.")]
    findings: Count
    by_confidence: ByConfidence
    by_category: Annotated[dict[str, CategoryTotal], Meta(description="The categories that have findings.")]
    by_disposition: ByDisposition
    cleared: Count
    waived: Count
    unused_waivers: Count
    baselined: Count
    stale_baseline: Count
    unreadable: Count


class Audit(Part, frozen=True, kw_only=True):
    """One audit of one repository. Equal input gives equal bytes: no time, no machine, no place on a disk."""

    schema: Literal["hygiene.audit/1"]
    tool: Tool
    repository: Repository
    revision: Annotated[str, Meta(description="What was listed, in words.")]
    roots: Annotated[
        tuple[str, ...], Meta(description="What was read: the index, or the revision and the object it led to.")
    ]
    findings: Annotated[
        tuple[FileFinding, ...],
        Meta(description="Worst first, then by path; a file that a check speaks about too has more than one."),
    ]
    groups: FolderGroups
    cleared: tuple[ClearedFile, ...]
    waived: WaivedFindings
    unused_waivers: Annotated[
        tuple[UnusedWaiver, ...],
        Meta(description="In the configuration's order; only the expired ones where not every file was judged."),
    ]
    baselined: BaselinedFindings
    stale_baseline: Annotated[
        tuple[BaselineEntry, ...],
        Meta(description="What nothing meets any more; empty where not every file was judged."),
    ]
    unreadable: tuple[UnreadableFile, ...]
    incomplete: tuple[Gap, ...]
    notes: Notes
    policy: PolicyFiles
    summary: Summary
