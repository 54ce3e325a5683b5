"""The shape of a configuration file, that its JSON Schema is made from. No key names a program, a module or a host."""

import json
from datetime import date
from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from hygiene.model.packaging import Names, Symlinks
from hygiene.model.release_name import PATTERN as NAME_PATTERN
from hygiene.model.rule import Category
from hygiene.policy.configuration.sizes import PATTERN
from hygiene.policy.shape import Text, Texts

Sure = Literal["certain", "likely", "review"]
Least = Literal["never", "certain", "likely", "review"]
Harm = Literal["info", "low", "medium", "high", "critical"]

# What the schema says of sizes is for editors; `sizes.wrong_with_cap` decides.
Size = Annotated[
    Annotated[int, Meta(extra_json_schema={"minimum": 1})]
    | Annotated[str, Meta(extra_json_schema={"pattern": f"^{PATTERN}$"})],
    Meta(
        description="Bytes, or a text such as 5MiB, 500k or 1.5GB.",
        extra={"meant": "a size such as 5MiB, 500k or 1.5GB, or a number of bytes"},
    ),
]
ObjectId = Annotated[
    str,
    Meta(
        pattern="^([0-9a-f]{40}|[0-9a-f]{64})$",
        description="The content that is meant, as `git ls-files -s` prints it; another version is judged anew.",
        extra={"meant": "an object id, as `git ls-files -s` prints it: 40 or 64 hexadecimal digits in lower case"},
    ),
]
Day = Annotated[
    date,
    Meta(description="The last day on which it holds, in UTC.", extra={"meant": "a date such as 2027-01-31"}),
]

# As with sizes: `package_soundness` decides.
ReleaseName = Annotated[
    Text,
    Meta(extra_json_schema={"pattern": f"^{NAME_PATTERN}$"}, extra={"meant": "a name such as shop or shop-docs"}),
]


class GateTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[gate]`: which findings make an audit fail."""

    fail_on: Annotated[Sure | UnsetType, Meta(description="The least confidence that fails an audit.")] = UNSET
    baseline: Annotated[
        Text | UnsetType, Meta(description="The file of accepted findings, from the repository's root.")
    ] = UNSET
    ratchet: Annotated[
        bool | UnsetType,
        Meta(description="Whether what the findings add up to may only shrink against the baseline."),
    ] = UNSET
    by_category: Annotated[
        dict[Category, Least],
        Meta(
            description="The least confidence for one category; `never` lets all pass.",
            extra_json_schema={"propertyNames": {"enum": [category.value for category in Category]}},
        ),
    ] = msgspec.field(default_factory=dict)


class SizeTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[size]`: how large a file may be."""

    max: Annotated[Size | UnsetType, Meta(description="The cap of every file that `caps` does not speak of.")] = UNSET
    caps: Annotated[
        dict[Text, Size],
        Meta(description="Patterns in gitignore syntax, each with its cap; the last one that matches decides."),
    ] = msgspec.field(default_factory=dict)


class UntrackTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[untrack]`: how files leave the index."""

    placeholders: Annotated[
        Texts,
        Meta(
            description="Folders that must be there in every clone, from the repository's root: each gets a .gitkeep."
        ),
    ] = ()


class TargetTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """`[package.targets.NAME]`: another archive; what it leaves unsaid, but for its lines, `[package]` says."""

    name: Annotated[ReleaseName | UnsetType, Meta(description="The archive's name before its version.")] = UNSET
    include: Annotated[
        Texts,
        Meta(description="What the archive may hold: gitignore syntax from the repository's root, nothing negated."),
    ] = ()
    exclude: Annotated[
        Texts, Meta(description="What of that it leaves out all the same, in the same syntax, nothing negated.")
    ] = ()
    root: Annotated[
        Text | UnsetType, Meta(description="A folder of the repository: its content becomes the archive's.")
    ] = UNSET
    max_size: Annotated[Size | UnsetType, Meta(description="What no file of the archive may be larger than.")] = UNSET
    symlinks: Annotated[Symlinks | UnsetType, Meta(description="Whether symlinks are refused, or kept as links.")] = (
        UNSET
    )
    names: Annotated[Names | UnsetType, Meta(description="Whether every system must be able to hold every name.")] = (
        UNSET
    )
    export_ignore: Annotated[
        bool | UnsetType, Meta(description="Whether files that .gitattributes marks with export-ignore are left out.")
    ] = UNSET


class PackageTable(TargetTable, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """`[package]`: what a release archive holds."""

    targets: Annotated[
        dict[ReleaseName, TargetTable],
        Meta(
            description="Other archives, by name.",
            extra_json_schema={"propertyNames": {"pattern": f"^{NAME_PATTERN}$"}},
        ),
    ] = msgspec.field(default_factory=dict)


class OverrideTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[overrides.RULE]`: what a team has decided about one rule."""

    confidence: Annotated[
        Sure | UnsetType, Meta(description="Of every finding of the rule, whatever the evidence says.")
    ] = UNSET
    severity: Annotated[Harm | UnsetType, Meta(description="Of the rule's findings.")] = UNSET
    enabled: Annotated[bool | UnsetType, Meta(description="Whether the rule judges at all.")] = UNSET


class WaiverTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[[waivers]]`: a reasoned permission."""

    rule: Annotated[Text, Meta(description="The rule whose findings it lets pass.")]
    path: Annotated[Text, Meta(description="A pattern in gitignore syntax, from the repository's root.")]
    reason: Annotated[Text, Meta(description="Why they may stay.")]
    blob: ObjectId | UnsetType = UNSET
    expires: Day | UnsetType = UNSET
    owner: Annotated[Text | UnsetType, Meta(description="Who answers for it.")] = UNSET


class ConfigTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The configuration of `hygiene`: hygiene.toml, .hygiene.toml, or [tool.hygiene] of pyproject.toml."""

    extend: Annotated[
        Texts, Meta(description="Configuration files read first, relative to this one; what this one says wins.")
    ] = ()
    rules: Annotated[
        Texts, Meta(description="The team's own rule files, or folders of them, relative to this file.")
    ] = ()
    fixtures: Annotated[
        Texts,
        Meta(
            description="Folders that keep what tests and examples need: gitignore syntax, from the repository's root."
        ),
    ] = ()
    gate: GateTable = GateTable()
    size: SizeTable = SizeTable()
    untrack: UntrackTable = UntrackTable()
    package: PackageTable = PackageTable()
    overrides: Annotated[dict[Text, OverrideTable], Meta(description="What a team has decided, by rule.")] = (
        msgspec.field(default_factory=dict)
    )
    waivers: tuple[WaiverTable, ...] = ()


def config_schema() -> str:
    """The JSON Schema (draft 2020-12), as it is committed in `schemas/`.

    It sees one file: what several say together, and whether a rule exists, is checked when they are read.
    """
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "hygiene.config/1"}
    return json.dumps(head | msgspec.json.schema(ConfigTable), indent=2) + "\n"
