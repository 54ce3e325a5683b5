"""The shape of `hygiene.package/1`, the proof beside an archive: what it is written from and read by.

A change that an old reader would notice is a new shape in a new file, not an edit here.
"""

from typing import Annotated, Final, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from hygiene.model.packaging import ArchiveFormat, Omission, Storing
from hygiene.model.rule import ConfidenceWord

SCHEMA: Final = "hygiene.package/1"

Count = Annotated[int, Meta(ge=0, le=2**63 - 1)]
Seconds = Annotated[int, Meta(ge=-(2**63), le=2**63 - 1, description="Seconds since 1970, in UTC.")]
Name = Annotated[str, Meta(pattern=r"^[^/\x00]+$")]
Sha256 = Annotated[str, Meta(pattern="^[0-9a-f]{64}$", description="SHA-256 in lower-case hexadecimal.")]
ObjectId = Annotated[
    str, Meta(pattern="^([0-9a-f]{40}|[0-9a-f]{64})$", description="An object id in lower-case hexadecimal.")
]
Path = Annotated[str, Meta(description="`/` between its parts; bytes that are not UTF-8 show as U+FFFD.")]
PathBytes = Annotated[str, Meta(description="The path's bytes in base64, where they are not UTF-8.")]


class Part(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What all parts have in common: no key that is not listed."""


class Tool(Part, frozen=True, kw_only=True):
    """The program that wrote the archive."""

    name: Literal["hygiene"]
    version: str


class Archive(Part, frozen=True, kw_only=True):
    """The archive as a file."""

    name: Annotated[Name, Meta(description="As the package names it; a copy may be called otherwise.")]
    format: ArchiveFormat
    storing: Storing
    prefix: Annotated[Name, Meta(description="The one folder at its top.")]
    time: Annotated[Seconds, Meta(description="Of every entry, as far as the format can hold it.")]
    size: Annotated[Count, Meta(description="Bytes.")]
    sha256: Sha256


class Source(Part, frozen=True, kw_only=True):
    """The commit that the entries are from."""

    commit: ObjectId
    tree: ObjectId
    object_format: Literal["sha1", "sha256"]
    time: Annotated[Seconds, Meta(description="When it was committed.")]


class Package(Part, frozen=True, kw_only=True):
    """What was asked for."""

    name: str
    version: str
    target: Annotated[str | None, Meta(description="Of `[package.targets.…]`; null for `[package]` itself.")]
    root: Annotated[
        Path, Meta(description="The folder of the repository whose content the archive's is; empty for its root.")
    ]
    root_b64: PathBytes | UnsetType = UNSET


class Line(Part, frozen=True, kw_only=True):
    """A line of an allowlist."""

    pattern: Annotated[str, Meta(description="In gitignore syntax, from the repository's root.")]
    file: Annotated[str, Meta(description="The configuration file that holds it; only its name where it lies outside.")]
    line: Annotated[Annotated[int, Meta(ge=1, le=2**63 - 1)] | UnsetType, Meta(description="From 1.")] = UNSET


class Entry(Part, frozen=True, kw_only=True):
    """One file or link of the archive."""

    path: Annotated[Path, Meta(min_length=1, description="Below the archive's prefix, and below the package's root.")]
    path_b64: PathBytes | UnsetType = UNSET
    mode: Annotated[str, Meta(pattern="^(100644|100755|120000)$", max_length=6, description="As Git has it.")]
    size: Annotated[Count, Meta(description="Bytes.")]
    blob: ObjectId
    sha256: Annotated[Sha256, Meta(description="Of its bytes; of a link, of its target.")]
    chosen_by: Annotated[Line, Meta(description="The line that chose it; of several, the last.")]


class LeftOut(Part, frozen=True, kw_only=True):
    """A maximal folder of which nothing is in the archive, for one reason and by one line; or a single file."""

    path: Annotated[Path, Meta(min_length=1, description="In the repository; a folder ends in `/`.")]
    path_b64: PathBytes | UnsetType = UNSET
    why: Omission
    by: Annotated[Line | None, Meta(description="The line that says so, or the attribute; null where none does.")]
    count: Annotated[Count, Meta(description="How many files.")]
    size: Annotated[Count, Meta(description="Bytes of the files whose size is known.")]


class Waived(Part, frozen=True, kw_only=True):
    """A file that a rule denies and a waiver lets in."""

    path: Annotated[Path, Meta(description="In the repository.")]
    path_b64: PathBytes | UnsetType = UNSET
    rule: str
    reason: str
    where: Annotated[str, Meta(description="The file and line of the waiver.")]
    expires: Annotated[str | None, Meta(description="The last day on which it holds, in UTC; null for ever.")]


class Undecided(Part, frozen=True, kw_only=True):
    """A finding about a file of the archive that somebody may have to decide about."""

    path: Annotated[Path, Meta(description="In the repository.")]
    path_b64: PathBytes | UnsetType = UNSET
    rule: str
    confidence: ConfidenceWord


class Manifest(Part, frozen=True, kw_only=True):
    """What is in an archive, and why. Equal input gives equal bytes: no time of a run, no machine, no disk."""

    schema: Literal["hygiene.package/1"]
    tool: Tool
    archive: Archive
    source: Source
    package: Package
    rules_digest: Annotated[
        str,
        Meta(pattern="^([0-9a-f]{64})?$", description="Over the rules, and what a team has decided about them."),
    ]
    policy: Annotated[tuple[str, ...], Meta(description="The files that settings and permits were read from.")]
    content_digest: Annotated[
        Sha256,
        Meta(description="Over `mode sha256 path` and a NUL byte of every entry: the same whatever compressed them."),
    ]
    entries: Annotated[tuple[Entry, ...], Meta(description="By the bytes of their paths, each path once.")]
    left_out: Annotated[tuple[LeftOut, ...], Meta(description="Every other tracked file, in Git's order.")]
    waived: tuple[Waived, ...]
    undecided: tuple[Undecided, ...]
