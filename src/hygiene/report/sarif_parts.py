"""The small parts of SARIF that results, rules and notifications share."""

import re
from typing import Final, TypeAlias
from urllib.parse import quote

from hygiene.model.json_path import bytes_of
from hygiene.report.quoting import plain

Json: TypeAlias = dict[str, object]
"""One JSON object on its way to the encoder; nobody reads it back."""

ROOT_ID: Final = "%SRCROOT%"
"""What paths are relative to, under the name that services know."""

ROOTS: Final[Json] = {"description": {"text": "The root of the repository."}}

# The standard lets a backslash escape `[`, `]` and itself (SARIF 2.1.0, 3.11.6). Without a bracket no parenthesis opens
# a target, and a backslash before one would be shown.
_LINK_PARTS = re.compile(r"[\\\[\]]")


def message(text: str) -> Json:
    """A message in which nothing is a link: SARIF reads `[words](target)` as one wherever no backslash forbids it."""
    return {"text": _LINK_PARTS.sub(r"\\\g<0>", plain(text))}


def location(path: str, line: int = 1) -> Json:
    """A place in a file; the point before its first column, as nothing is said of the line's content."""
    region = {"startLine": line, "startColumn": 1, "endLine": line, "endColumn": 1}
    return {"physicalLocation": {"artifactLocation": {"uri": uri(path), "uriBaseId": ROOT_ID}, "region": region}}


def uri(path: str) -> str:
    """The path as a relative reference: every byte that could mean something else is percent-encoded."""
    return quote(bytes_of(path), safe="/")
