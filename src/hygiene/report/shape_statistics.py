"""The shape of `hygiene.history-stats/1`: the types that the JSON is written from, and that its JSON Schema is made of.

A change that an old reader would notice is a new shape in a new file, not an edit here.
"""

from typing import Annotated, Final, Literal

from msgspec import UNSET, Meta, UnsetType

from hygiene.model.statistics import Section, Unit
from hygiene.report.shape_v1 import Count, Gap, ObjectId, Part, Path, PathBytes, Tool

SCHEMA: Final = "hygiene.history-stats/1"


class Root(Part, frozen=True, kw_only=True):
    """Where the history began that was read."""

    name: str
    object: Annotated[ObjectId, Meta(description="What it leads to, once tags are peeled.")]


class Line(Part, frozen=True, kw_only=True):
    """One value."""

    section: Annotated[Section, Meta(description="What it is about.")]
    name: Annotated[str, Meta(description="A stable word for the value, such as `largest-blob`.")]
    value: Count
    unit: Unit
    concern: Annotated[
        int, Meta(ge=0, le=3, description="How much it should worry somebody; 0 too where nobody gives a limit.")
    ]
    reason: Annotated[str | UnsetType, Meta(description="Why it should, and who says so.")] = UNSET
    path: Annotated[Path | UnsetType, Meta(description="The path that has the value.")] = UNSET
    path_b64: PathBytes | UnsetType = UNSET


class Blob(Part, frozen=True, kw_only=True):
    """A large blob, with the path and commit that it first came with."""

    path: Path
    path_b64: PathBytes | UnsetType = UNSET
    blob: ObjectId
    size: Annotated[Count, Meta(description="Bytes, unpacked.")]
    stored: Annotated[Count | None, Meta(description="Bytes on the disk, as it is packed; null where it is missing.")]
    commit: ObjectId


class RewrittenPath(Part, frozen=True, kw_only=True):
    """A path, and how many commits gave it a content."""

    path: Path
    path_b64: PathBytes | UnsetType = UNSET
    commits: Count


class Month(Part, frozen=True, kw_only=True):
    """What the commits of one month brought in that no earlier one held."""

    month: Annotated[str, Meta(pattern="^-?[0-9]{4}-[0-9]{2}$", description="In UTC, as the commits themselves say.")]
    blobs: Count
    bytes: Annotated[Count, Meta(description="Unpacked, as far as known.")]


class Statistics(Part, frozen=True, kw_only=True):
    """How large a repository and its history are. Equal input gives equal bytes."""

    schema: Literal["hygiene.history-stats/1"]
    tool: Tool
    head: Annotated[ObjectId | None, Meta(description="The commit that HEAD leads to; null while there is none.")]
    roots: tuple[Root, ...]
    lines: Annotated[tuple[Line, ...], Meta(description="In the order in which people read them.")]
    largest_blobs: Annotated[tuple[Blob, ...], Meta(description="Largest first; as many as were asked for.")]
    most_rewritten: Annotated[tuple[RewrittenPath, ...], Meta(description="Most first; as many as were asked for.")]
    months: Annotated[tuple[Month, ...], Meta(description="In order; those without anything are left out.")]
    incomplete: Annotated[tuple[Gap, ...], Meta(description="What could not be read: the values are lower bounds.")]
