"""What counts as evidence and how much it weighs: `evidence.toml`, read once and checked."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

import msgspec

from hygiene.model.finding import Evidence
from hygiene.model.rule import Confidence
from hygiene.patterns.covering import Covering
from hygiene.patterns.glob import Pattern


class Shape(NamedTuple):
    """A form of path that only a running program gives."""

    says: str
    pattern: re.Pattern[str]


class Marker(NamedTuple):
    """A file by which a tool marks the folder that holds it as its own output."""

    name: str
    says: str
    content: re.Pattern[bytes]


class Vendoring(NamedTuple):
    """A folder name, and the manifest (from the folder's parent) that shows it to be vendored on purpose."""

    folder: str
    manifest: str


@dataclass(frozen=True)
class EvidencePolicy:
    """The one table of evidence that every verdict is made from.

    Attributes:
        points: evidence kind to points.
        fixture_folders: lower-case folder names.
        maybe_fixture_folders: lower-case names of folders that hold fixtures in some projects; a team has to say so.
        sources_of: a product's ending to the endings of what it is made from.
        sensitive_tables: lower-case words of table names.
        own_names: names of files of this program, which consume nothing.
        settled_suffixes: lower-case endings, with their dot.
        own_fixtures: what a team calls fixtures besides: each pattern as it is written, by what it covers.
    """

    points: Mapping[str, int]
    fixture_folders: frozenset[str]
    maybe_fixture_folders: frozenset[str]
    shapes: tuple[Shape, ...]
    markers: Mapping[str, Marker]
    sources_of: Mapping[str, tuple[str, ...]]
    vendorings: tuple[Vendoring, ...]
    sensitive_tables: frozenset[str]
    own_names: frozenset[str]
    settled_suffixes: frozenset[str]
    settled_names: frozenset[str]
    own_fixtures: Covering[str] = field(default_factory=lambda: Covering(()))

    def with_fixtures(self, patterns: Sequence[Pattern]) -> "EvidencePolicy":
        """This table where what the patterns cover, from the repository's root, lies among fixtures too."""
        return replace(self, own_fixtures=Covering((each, each.text) for each in patterns))

    def without_fixtures(self) -> "EvidencePolicy":
        """This table where nothing lies among fixtures."""
        return replace(self, fixture_folders=frozenset(), own_fixtures=Covering(()))

    def is_strong(self, evidence: Iterable[Evidence]) -> bool:
        """Whether one of them alone makes certain; no folder's declaration and no consumer argues with that."""
        return any(self.points.get(each.kind, 0) >= Confidence.CERTAIN for each in evidence)


class _Vendoring(msgspec.Struct, forbid_unknown_fields=True):
    folder: str
    manifest: str


class _Fixtures(msgspec.Struct, forbid_unknown_fields=True):
    folders: list[str]
    maybe: list[str]


class _Shape(msgspec.Struct, forbid_unknown_fields=True):
    says: str
    pattern: str


class _Marker(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    says: str
    content: str


class _Product(msgspec.Struct, forbid_unknown_fields=True):
    suffixes: list[str]
    sources: list[str]


class _Tables(msgspec.Struct, forbid_unknown_fields=True):
    sensitive: list[str]


class _Own(msgspec.Struct, forbid_unknown_fields=True):
    names: list[str]


class _Settled(msgspec.Struct, forbid_unknown_fields=True):
    suffixes: list[str]
    names: list[str]


class _File(msgspec.Struct, forbid_unknown_fields=True):
    points: dict[str, int]
    fixtures: _Fixtures
    shapes: list[_Shape]
    markers: list[_Marker]
    products: list[_Product]
    vendoring: list[_Vendoring]
    tables: _Tables
    own: _Own
    settled: _Settled


@cache
def evidence_policy() -> EvidencePolicy:
    """The built-in table. A mistake in it is a mistake in this program, and raises what the parser raises."""
    text = (Path(__file__).parent / "evidence.toml").read_text(encoding="utf-8")
    file = msgspec.convert(tomllib.loads(text), _File)
    return EvidencePolicy(
        points=file.points,
        fixture_folders=frozenset(name.lower() for name in file.fixtures.folders),
        maybe_fixture_folders=frozenset(name.lower() for name in file.fixtures.maybe),
        shapes=tuple(Shape(shape.says, re.compile(shape.pattern)) for shape in file.shapes),
        markers={m.name: Marker(m.name, m.says, re.compile(m.content.encode())) for m in file.markers},
        sources_of={suffix: tuple(p.sources) for p in file.products for suffix in p.suffixes},
        vendorings=tuple(Vendoring(v.folder, v.manifest) for v in file.vendoring),
        sensitive_tables=frozenset(file.tables.sensitive),
        own_names=frozenset(file.own.names),
        settled_suffixes=frozenset(file.settled.suffixes),
        settled_names=frozenset(file.settled.names),
    )
