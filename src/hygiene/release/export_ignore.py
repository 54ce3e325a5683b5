"""What the `.gitattributes` of a commit keep out of its archives."""

from collections.abc import Sequence
from typing import NamedTuple

from hygiene.model.inventory import Entry, Sizes
from hygiene.model.packaging import Refusal, RefusalKind
from hygiene.model.paths import name_of
from hygiene.patterns.attributes import Attributes
from hygiene.ports import Repository

_NAME = ".gitattributes"
_LARGEST = 16 << 20
"""Bytes of an attribute file; Git itself ignores larger ones than 100 MiB."""

_HELP = "Mend it, or do without `export-ignore`: `export_ignore = false` under [package]."


class ExportRules(NamedTuple):
    """The attribute files of one tree, and what is wrong with those that could not be heeded."""

    attributes: Attributes
    refusals: Sequence[Refusal]


def read_export_rules(entries: Sequence[Entry], sizes: Sizes, repository: Repository) -> ExportRules:
    """All of them. What cannot be read might leave something out, so that the package is refused for it."""
    files = [entry for entry in entries if entry.is_file and name_of(entry.path) == _NAME]
    read = dict(repository.contents([each.blob for each in files if sizes.get(each.blob, _LARGEST) < _LARGEST]))
    attributes = Attributes({each.path: read[each.blob] for each in files if each.blob in read})
    refusals = [
        Refusal(RefusalKind.MISSING, each.path, "it may leave files out, and cannot be read", _HELP)
        for each in files
        if each.blob not in read
    ]
    refusals += [
        Refusal(RefusalKind.BROKEN, path, f"line {line}: {why}", _HELP) for path, line, why in attributes.skipped
    ]
    return ExportRules(attributes, refusals)
