"""The shape of a provenance: an in-toto Statement v1 that holds a SLSA provenance v1, as far as packages need it.

See https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md and https://slsa.dev/spec/v1.0/provenance.
"""

from typing import Final

from msgspec import UNSET, Struct, UnsetType, field

from hygiene.model.packaging import ArchiveFormat, Storing

STATEMENT_TYPE: Final = "https://in-toto.io/Statement/v1"
PREDICATE_TYPE: Final = "https://slsa.dev/provenance/v1"
BUILD_TYPE: Final = "https://github.com/OWNER/hygiene/blob/main/docs/provenance.md#package-v1"
"""What the parameters mean is said there."""


class _Said(Struct, frozen=True, kw_only=True, rename="camel"):
    """What all parts have in common: keys as in-toto and SLSA write them."""


class Descriptor(_Said, frozen=True, kw_only=True):
    """Something that went in or came out."""

    name: str | UnsetType = UNSET
    uri: str | UnsetType = UNSET
    digest: dict[str, str]
    media_type: str | UnsetType = UNSET
    annotations: dict[str, str] | UnsetType = UNSET


class External(_Said, frozen=True, kw_only=True):
    """What a user asks for."""

    name: str
    version: str
    target: str | UnsetType = UNSET
    format: ArchiveFormat
    storing: Storing
    prefix: str
    entry_time: int


class Internal(_Said, frozen=True, kw_only=True):
    """What the builder brings along."""

    tool_version: str
    rules_digest: str


class Definition(_Said, frozen=True, kw_only=True):
    """What was built, and of what."""

    build_type: str
    external_parameters: External
    internal_parameters: Internal
    resolved_dependencies: tuple[Descriptor, ...]


class Builder(_Said, frozen=True, kw_only=True):
    """Who answers for the build."""

    id: str
    version: dict[str, str]


class RunDetails(_Said, frozen=True, kw_only=True):
    """Who ran it, and what else came of it."""

    builder: Builder
    byproducts: tuple[Descriptor, ...]


class Provenance(_Said, frozen=True, kw_only=True):
    """The predicate."""

    build_definition: Definition
    run_details: RunDetails


class Statement(_Said, frozen=True, kw_only=True):
    """What is said of an archive."""

    type: str = field(name="_type")
    subject: tuple[Descriptor, ...]
    predicate_type: str
    predicate: Provenance
