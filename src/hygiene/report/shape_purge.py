"""The shape of `hygiene.purge/1`: the types that `plan.json` is written from, and that its JSON Schema is made of.

A change that an old reader would notice is a new shape in a new file, not an edit here.
"""

from typing import Annotated, Final, Literal

from msgspec import UNSET, Meta, UnsetType

from hygiene.model.purge import PurgeTool, Sparing
from hygiene.model.rule import Category, ConfidenceWord
from hygiene.report.shape_v1 import Count, Gap, ObjectId, Part, Path, PathBytes, RuleName, Tool

SCHEMA: Final = "hygiene.purge/1"


class PurgedPath(Part, frozen=True, kw_only=True):
    """A path that is to go."""

    path: Path
    path_b64: PathBytes | UnsetType = UNSET
    rule: RuleName
    category: Category
    confidence: ConfidenceWord
    at_head: Annotated[bool, Meta(description="HEAD still holds it.")]
    versions: Annotated[Count, Meta(description="How many contents it ever had.")]
    innocent: Annotated[
        Count,
        Meta(description="How many of them are no findings: git-filter-repo takes them along, the BFG leaves them."),
    ]
    was_folder: Annotated[bool, Meta(description="Other files lay below it at another time; they stay.")]
    stored: Annotated[Count, Meta(description="Bytes on the disk of what goes, shared contents too.")]
    freed: Annotated[Count, Meta(description="Those of them that nothing else holds.")]


class SparedBlob(Part, frozen=True, kw_only=True):
    """A blob of a path that is to go, and that stays nevertheless."""

    blob: ObjectId
    path: Path
    path_b64: PathBytes | UnsetType = UNSET
    why: Sparing
    other: Annotated[Path | UnsetType, Meta(description="A path that holds it too, and keeps it.")] = UNSET
    other_b64: PathBytes | UnsetType = UNSET


class Saving(Part, frozen=True, kw_only=True):
    """What the repository would be smaller by."""

    blobs: Count
    bytes: Annotated[Count, Meta(description="Unpacked, as far as known.")]
    stored: Annotated[
        Count, Meta(description="On the disk, each blob as it is packed now; deltas will be made anew, so an estimate.")
    ]
    unsized: Annotated[Count, Meta(description="Blobs among them whose size is not known.")]


class Reference(Part, frozen=True, kw_only=True):
    """A reference that would change."""

    name: str
    object: Annotated[ObjectId, Meta(description="What it leads to now, once tags are peeled.")]


class Plan(Part, frozen=True, kw_only=True):
    """The plan of one purge. Equal input gives equal bytes."""

    schema: Literal["hygiene.purge/1"]
    tool: Tool
    rewriter: Annotated[PurgeTool, Meta(description="The program that is to rewrite the history.")]
    input: Annotated[str, Meta(description="The file beside this one that it reads.")]
    selected: Annotated[tuple[str, ...], Meta(description="As given with --select; empty for the usual choice.")]
    scope: Annotated[str, Meta(description="What was audited, in words.")]
    head: Annotated[ObjectId | None, Meta(description="The commit that HEAD leads to; null while there is none.")]
    paths: Annotated[tuple[PurgedPath, ...], Meta(description="What goes, by path.")]
    blobs: Annotated[tuple[ObjectId, ...], Meta(description="What goes for good, in the order of the ids.")]
    spared: Annotated[tuple[SparedBlob, ...], Meta(description="What stays of it, by path and blob.")]
    saving: Saving
    commits: Annotated[Count, Meta(description="All commits that the rewriting would read.")]
    rewritten: Annotated[Count, Meta(description="How many of them get new ids.")]
    adorned: Annotated[
        Count,
        Meta(description="How many of them carry what git-filter-repo does not write again, such as a signature."),
    ]
    references: Annotated[tuple[Reference, ...], Meta(description="Those that would change, pull requests apart.")]
    pull_requests: tuple[Reference, ...]
    incomplete: tuple[Gap, ...]
