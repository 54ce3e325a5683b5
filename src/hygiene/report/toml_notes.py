"""The comments of a configuration that is proposed."""

from collections.abc import Iterator

from hygiene.report.columns import wrapped
from hygiene.report.quoting import plain

SUGGESTIONS = "A line that begins with # and no space is a suggestion: take the # away to use it."
"""How to read a configuration, parts of which are only suggested."""

_WIDTH = 98  # columns of a comment, behind its `# `


def toml_note(*sentences: str) -> Iterator[str]:
    """The lines of one paragraph of comment, free of control characters."""
    yield from (f"# {plain(line)}" for line in wrapped(" ".join(sentences), _WIDTH))
