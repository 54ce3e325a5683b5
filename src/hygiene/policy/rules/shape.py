"""The shape of one rule file."""

from typing import Literal

import msgspec

from hygiene.model.rule import Bucket, Category, Disposition, Need, Release
from hygiene.policy.shape import Text, Texts


class MatchTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[match]`: see `hygiene.model.rule.Match`."""

    names: Texts = ()
    suffixes: Texts = ()
    folders: Texts = ()
    globs: Texts = ()
    exempt: Texts = ()
    content: Texts = ()
    needs: Need = Need.NAME


class ExamplesTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[examples]`: see `hygiene.model.rule.Examples`."""

    match: Texts
    ignore: Texts


class RuleTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A whole file: see `hygiene.model.rule.Rule`. No key names a program, a module or a file to read."""

    id: Text
    summary: Text
    why: Text
    producer: Text
    category: Category
    bucket: Bucket
    confidence: Literal["certain", "likely", "review"]
    severity: Literal["info", "low", "medium", "high", "critical"]
    disposition: Disposition
    release: Release
    examples: ExamplesTable
    match: MatchTable | None = None
    check: Text | None = None
    gitignore: Texts = ()
    references: Texts = ()
