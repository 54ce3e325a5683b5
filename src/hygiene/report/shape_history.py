"""The shape of `hygiene.history/1`: the types that the JSON is written from, and that its JSON Schema is made of.

What an audit of a history says in the words of `hygiene.audit/1` has the shapes of that. A change that an old reader
would notice is a new shape in a new file, not an edit here.
"""

from typing import Annotated, Final, Literal

from msgspec import UNSET, Meta, UnsetType

from hygiene.report.shape_v1 import (
    BaselinedFindings,
    ByConfidence,
    ByDisposition,
    ClearedFile,
    Count,
    Day,
    FileFinding,
    FolderGroups,
    Gap,
    Notes,
    ObjectId,
    OutcomeWord,
    Part,
    Path,
    PathBytes,
    PolicyFiles,
    Repository,
    Tool,
    UnreadableFile,
    UnusedWaiver,
    WaivedFindings,
)

SCHEMA: Final = "hygiene.history/1"

Month = Annotated[str, Meta(pattern="^[0-9]{4}-[0-9]{2}$")]
TextBytes = Annotated[str, Meta(description="The bytes in base64, where they are not UTF-8.")]
Unpacked = Annotated[Count, Meta(description="Unpacked bytes, as far as known.")]
Stored = Annotated[Count, Meta(description="Bytes on the disk, as far as known.")]


class Root(Part, frozen=True, kw_only=True):
    """A name that the history begins at."""

    name: str
    name_b64: TextBytes | UnsetType = UNSET
    object: Annotated[ObjectId, Meta(description="What it leads to once tags are peeled.")]


class Totals(Part, frozen=True, kw_only=True):
    """How much was judged."""

    commits: Count
    paths: Annotated[Count, Meta(description="That any commit ever held.")]
    versions: Annotated[Count, Meta(description="Distinct path, mode and blob.")]
    blobs: Count
    bytes: Annotated[Count, Meta(description="Of those blobs, unpacked, as far as known.")]


class Commit(Part, frozen=True, kw_only=True):
    """What a commit says of itself."""

    id: ObjectId
    author: Annotated[str, Meta(description="Name and mail address; bytes that are not UTF-8 show as U+FFFD.")]
    author_b64: TextBytes | UnsetType = UNSET
    time: Annotated[int, Meta(description="When it was committed, in seconds since 1970, within 64 bits.")]
    day: Annotated[Day, Meta(description="The same as a day in UTC, within the years 1 to 9999.")]
    summary: Annotated[str, Meta(description="The first line of its message.")]
    summary_b64: TextBytes | UnsetType = UNSET


class Version(Part, frozen=True, kw_only=True):
    """One content of a path that is a finding."""

    mode: Annotated[str, Meta(pattern="^[0-7]{6}$", description="As Git has it, in octal.")]
    blob: ObjectId
    size: Annotated[Count | None, Meta(description="Unpacked bytes; null where the blob is missing.")]
    stored: Annotated[Count | None, Meta(description="Bytes on the disk; null where the blob is missing.")]
    shared: Annotated[bool, Meta(description="A path that is no finding holds the blob too: purging frees nothing.")]
    introduced: Annotated[ObjectId, Meta(description="The commit that first gave it to the path.")]


class Past(Part, frozen=True, kw_only=True):
    """What became of one path over time."""

    path: Path
    path_b64: PathBytes | UnsetType = UNSET
    at_head: bool
    introduced: Annotated[Commit, Meta(description="It first gave the path a content that is a finding.")]
    removed: Annotated[
        Commit | None,
        Meta(
            description="The last that removed the path; null at HEAD, and where no commit did: the path is on another"
            " root, or a merge left it out."
        ),
    ]
    rewrites: Annotated[Count, Meta(description="How many commits gave it a content, after the first.")]
    versions: Annotated[tuple[Version, ...], Meta(description="From first to last, each blob once.")]


class Account(Part, frozen=True, kw_only=True):
    """What some findings cost; each blob counts once."""

    key: str
    key_b64: TextBytes | UnsetType = UNSET
    paths: Count
    blobs: Count
    bytes: Unpacked
    stored: Stored
    reclaimable: Annotated[Count, Meta(description="Stored bytes that no other file holds: purging frees them.")]
    unsized: Annotated[Count, Meta(description="Blobs whose sizes are not known and left out.")]


class Accounts(Part, frozen=True, kw_only=True):
    """What the findings cost, in five ways, the costliest first, then by key."""

    total: Account
    by_category: tuple[Account, ...]
    by_rule: tuple[Account, ...]
    by_folder: Annotated[
        tuple[Account, ...], Meta(description="By the first part of the path; the empty key is the root itself.")
    ]
    by_extension: Annotated[
        tuple[Account, ...], Meta(description="In lower case, with the dot; empty for a name without any.")
    ]
    by_author: Annotated[tuple[Account, ...], Meta(description="Of the introducing commit.")]


class Growth(Part, frozen=True, kw_only=True):
    """What the commits of one month brought in of one category, each blob once."""

    month: Month
    category: str
    bytes: Unpacked
    stored: Stored


class Summary(Part, frozen=True, kw_only=True):
    """What it all amounts to."""

    outcome: OutcomeWord
    findings: Count
    at_head: Annotated[Count, Meta(description="Paths with findings that HEAD holds.")]
    gone: Annotated[Count, Meta(description="Paths with findings that HEAD does not hold.")]
    gone_stored: Annotated[Count, Meta(description="Bytes on the disk of their versions, as far as known.")]
    by_confidence: ByConfidence
    by_disposition: ByDisposition
    cleared: Count
    waived: Count
    expired_waivers: Count
    baselined: Count
    unreadable: Count


class History(Part, frozen=True, kw_only=True):
    """One audit of one history. Equal input gives equal bytes: no time, no machine, no place on a disk."""

    schema: Literal["hygiene.history/1"]
    tool: Tool
    repository: Repository
    scope: Annotated[str, Meta(description="What was asked for, in words.")]
    roots: Annotated[tuple[Root, ...], Meta(description="Every root that was read, in the order of their names.")]
    totals: Totals
    findings: Annotated[
        tuple[FileFinding, ...],
        Meta(description="Worst first, then by path: each path with its surest, then latest version."),
    ]
    groups: FolderGroups
    pasts: Annotated[
        tuple[Past, ...], Meta(description="By path: of everything found, also where it is waived or in the baseline.")
    ]
    accounts: Annotated[Accounts, Meta(description="Over the findings alone.")]
    growth: Annotated[
        tuple[Growth, ...], Meta(description="Over the findings alone, in order of the months, then of the categories.")
    ]
    cleared: tuple[ClearedFile, ...]
    waived: WaivedFindings
    expired_waivers: Annotated[
        tuple[UnusedWaiver, ...],
        Meta(description="In the configuration's order. A history does not judge whether the others are of use."),
    ]
    baselined: BaselinedFindings
    unreadable: tuple[UnreadableFile, ...]
    incomplete: tuple[Gap, ...]
    notes: Notes
    policy: PolicyFiles
    summary: Summary
