"""The shape of `hygiene.untrack-plan/1`: the types that a plan is written from, and that its JSON Schema is made of.

A change that an old reader would notice is a new shape in a new file, not an edit here.
"""

from typing import Annotated, Final, Literal

from msgspec import UNSET, Meta, UnsetType

from hygiene.model.rule import Category, ConfidenceWord
from hygiene.model.untracking import OnDisk, StayReason
from hygiene.report.shape_v1 import (
    Count,
    FileFinding,
    FolderGroups,
    Gap,
    Line,
    ObjectId,
    Part,
    Path,
    PathBytes,
    RuleName,
    Tool,
)

SCHEMA: Final = "hygiene.untrack-plan/1"

LineBytes = Annotated[
    str, Meta(description="The lines' bytes in base64, a line feed between each two, where they are not UTF-8.")
]


class Standing(Part, frozen=True, kw_only=True):
    """HEAD and index as the plan saw them: an apply refuses when either is another."""

    head: Annotated[ObjectId | None, Meta(description="The commit that HEAD leads to; null while there is none.")]
    branch: Annotated[
        str | None, Meta(description="The full name of the branch that HEAD is on; null where it is on none.")
    ]
    branch_b64: PathBytes | UnsetType = UNSET
    index: Annotated[
        str, Meta(pattern="^([0-9a-f]{64})?$", description="The SHA-256 of the index file; empty where there is none.")
    ]
    under_way: Annotated[tuple[str, ...], Meta(description="What Git is in the middle of, such as `a merge`.")]
    locked: Annotated[bool, Meta(description="`index.lock` is there.")]


class LeavingFile(Part, frozen=True, kw_only=True):
    """A file that would leave the index."""

    finding: FileFinding
    on_disk: Annotated[OnDisk | None, Meta(description="What the work tree holds there; null where nobody looked.")]
    to_trash: Annotated[bool, Meta(description="It would leave the disk too, for the trash.")]
    stored: Annotated[
        Count | None, Meta(description="Bytes on the disk that the history keeps of it; null if unknown.")
    ]


class StayingFinding(Part, frozen=True, kw_only=True):
    """A finding that would stay as it is."""

    finding: FileFinding
    why: StayReason
    note: Annotated[str, Meta(description="More in words; may be empty.")]


class PlainPath(Part, frozen=True, kw_only=True):
    """A path."""

    path: Path
    path_b64: PathBytes | UnsetType = UNSET


class AddedLines(Part, frozen=True, kw_only=True):
    """Lines that would be added at the end of an ignore file, in their order."""

    category: Category
    lines: tuple[str, ...]
    lines_b64: LineBytes | UnsetType = UNSET


class ReplacedLine(Part, frozen=True, kw_only=True):
    """A line of an ignore file that would give way to others where it stands, as often as it stands there."""

    old: str
    old_b64: LineBytes | UnsetType = UNSET
    new: tuple[str, ...]
    new_b64: LineBytes | UnsetType = UNSET


class IgnoreChange(Part, frozen=True, kw_only=True):
    """What would change in one ignore file, which need not exist yet."""

    path: Path
    path_b64: PathBytes | UnsetType = UNSET
    replaced: tuple[ReplacedLine, ...]
    added: tuple[AddedLines, ...]


class StillIgnored(Part, frozen=True, kw_only=True):
    """A file that would stay tracked although an ignore file has ignored it all along."""

    path: Path
    path_b64: PathBytes | UnsetType = UNSET
    source: Annotated[str, Meta(description="The ignore file.")]
    source_b64: PathBytes | UnsetType = UNSET
    line: Line


class NotIgnored(Part, frozen=True, kw_only=True):
    """A file that would leave, and that no line may ignore."""

    path: Path
    path_b64: PathBytes | UnsetType = UNSET
    why: str


class Obstacle(Part, frozen=True, kw_only=True):
    """What would make an apply refuse."""

    what: str
    help: str


class PlanRule(Part, frozen=True, kw_only=True):
    """A rule that a finding names."""

    id: RuleName
    summary: str
    why: str


class Summary(Part, frozen=True, kw_only=True):
    """What it all amounts to."""

    leaving: Count
    leaving_bytes: Annotated[Count, Meta(description="As far as sizes are known.")]
    unsized: Annotated[Count, Meta(description="How many leaving files have no known size.")]
    by_category: Annotated[dict[str, Count], Meta(description="Leaving files; the categories that have any.")]
    to_trash: Count
    staying: Annotated[dict[str, Count], Meta(description="Findings by why they stay, every reason named.")]
    stored: Annotated[Count, Meta(description="Bytes on the disk that the history keeps, as far as known.")]


class Plan(Part, frozen=True, kw_only=True):
    """The plan of one untracking. Equal plans give equal bytes."""

    schema: Literal["hygiene.untrack-plan/1"]
    tool: Tool
    selected: Annotated[tuple[str, ...], Meta(description="As given with --select; empty for the usual choice.")]
    confidence: Annotated[ConfidenceWord, Meta(description="The least that a finding had to have.")]
    standing: Standing
    leaving: Annotated[tuple[LeavingFile, ...], Meta(description="By path, each path once.")]
    groups: FolderGroups
    staying: Annotated[tuple[StayingFinding, ...], Meta(description="By path.")]
    placeholders: Annotated[tuple[PlainPath, ...], Meta(description="Empty files that would be added and tracked.")]
    ignore_changes: Annotated[tuple[IgnoreChange, ...], Meta(description="By path of the ignore file.")]
    still_ignored: tuple[StillIgnored, ...]
    not_ignored: tuple[NotIgnored, ...]
    obstacles: Annotated[tuple[Obstacle, ...], Meta(description="What would make an apply refuse at that moment.")]
    rules: Annotated[tuple[PlanRule, ...], Meta(description="Every rule that a finding names, by id.")]
    incomplete: tuple[Gap, ...]
    summary: Summary
