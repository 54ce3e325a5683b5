"""The shape of `hygiene.untrack-receipts/1`: the types that a list of receipts is written from, and its JSON Schema.

A change that an old reader would notice is a new shape in a new file, not an edit here.
"""

from typing import Annotated, Final, Literal

from msgspec import UNSET, Meta, UnsetType

from hygiene.model.rule import Category
from hygiene.model.untracking import ReceiptState
from hygiene.report.shape_untrack import PlainPath
from hygiene.report.shape_v1 import Count, ObjectId, Part, Path, PathBytes, Tool

SCHEMA: Final = "hygiene.untrack-receipts/1"


class Untracked(Part, frozen=True, kw_only=True):
    """A path that left the index, with what it held."""

    path: Path
    path_b64: PathBytes | UnsetType = UNSET
    mode: Annotated[str, Meta(pattern="^[0-7]{6}$", description="As Git tracked it, in octal.")]
    blob: ObjectId


class Reference(Part, frozen=True, kw_only=True):
    """The reference that was moved."""

    name: Annotated[str, Meta(description="In full; `HEAD` where it was detached.")]
    before: Annotated[ObjectId | None, Meta(description="Null where it did not exist.")]
    after: ObjectId | None


class CategoryCount(Part, frozen=True, kw_only=True):
    """How many paths of one category left the index."""

    category: Category
    paths: Count


class Receipt(Part, frozen=True, kw_only=True):
    """What one apply did."""

    id: str
    tool: Tool
    time: Annotated[str, Meta(description="When it began, in UTC, ISO 8601.")]
    state: Annotated[
        ReceiptState, Meta(description="`begun` and `undoing` are unfinished: the next command sees to them.")
    ]
    head: Annotated[ObjectId | None, Meta(description="The commit that HEAD led to before; null while there was none.")]
    commit: Annotated[ObjectId | None, Meta(description="The commit that was made; null for none.")]
    reference: Reference | None
    categories: Annotated[tuple[CategoryCount, ...], Meta(description="Most paths first.")]
    untracked: Annotated[tuple[Untracked, ...], Meta(description="By path.")]
    written: Annotated[tuple[PlainPath, ...], Meta(description="Ignore files and placeholders of the work tree.")]
    trashed: Annotated[tuple[PlainPath, ...], Meta(description="What went from the work tree to the trash.")]
    purged: Annotated[bool, Meta(description="Its trash was emptied for good.")]


class Receipts(Part, frozen=True, kw_only=True):
    """The receipts of one work tree."""

    schema: Literal["hygiene.untrack-receipts/1"]
    tool: Tool
    receipts: Annotated[tuple[Receipt, ...], Meta(description="Oldest first.")]
    strangers: Annotated[
        tuple[PlainPath, ...], Meta(description="Files in the folder of receipts that are none of this user's.")
    ]
