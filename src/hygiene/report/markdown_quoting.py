"""Names and messages in Markdown, in a form that they cannot break out of: code spans, fenced blocks, escaped prose."""

import re
from collections.abc import Iterable

from hygiene.report.quoting import plain, quoted, shown

_BACKTICKS = re.compile("`+")
_OUTER = ("`", "$", " ")

# What opens a heading or a list at the start of a line.
_OPENING = re.compile(r"\A(\d*)([-+#=.)])")
# What would mark up, link, cut a table cell, or call a person or an issue.
_SPECIAL = re.compile(
    r"(?P<mark>[\\`*_{}\[\]<>&~$])"
    r"|(?P<scheme>:(?=//))"
    r"|(?P<www>(?<=www)\.)"
    r"|(?P<pipe>\|)"
    r"|(?P<mention>[@#](?=\w)|\bGH-(?=\d))",
    re.IGNORECASE,
)


def code_path(path: str) -> str:
    """The path in a code span, exact by Git's quoting, and safe in a table: a `|` is written in octal."""
    return _span(quoted(path, also="|") if "|" in path else shown(path))


def code_span(text: str) -> str:
    r"""A message in a code span, on one line; a `|` is written as `\174`, as no table can hold one everywhere."""
    return _span(plain(text).strip().replace("|", "\\174"))


def prose(text: str) -> str:
    """A message as running text on one line: `code` in backticks stays code, everything else loses its power."""
    written = ""
    for number, part in enumerate(_split_at_backticks(" ".join(text.split()))):
        piece = (code_span(part) or r"\`\`") if number % 2 else _SPECIAL.sub(_defused, plain(part))
        apart = " " if written.endswith("`") and piece.startswith("`") else ""
        written += apart + piece
    return _OPENING.sub(r"\1\\\2", written)


def fenced(lines: Iterable[str], language: str = "text") -> str:
    """A fenced block whose fence is longer than any in it. The lines hold no line breaks."""
    body = list(lines)
    fence = "`" * max([3, *(_longest_run(line) + 1 for line in body)])
    return "\n".join([fence + language, *body, fence])


def _span(body: str) -> str:
    """A code span: one backtick more around it than in it; a space keeps an end apart (`$` opens GitHub's maths)."""
    if not body:
        return ""
    fence = "`" * (_longest_run(body) + 1)
    pad = " " if body.startswith(_OUTER) or body.endswith(_OUTER) else ""
    return f"{fence}{pad}{body}{pad}{fence}"


def _longest_run(text: str) -> int:
    return max(map(len, _BACKTICKS.findall(text)), default=0)


def _split_at_backticks(text: str) -> list[str]:
    """The text cut at its backticks, every second part code; a last, lonely backtick is a character like others."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        parts[-2:] = ["`".join(parts[-2:])]
    return parts


def _defused(found: re.Match[str]) -> str:
    if found["pipe"]:
        return "&#124;"
    if found["mention"]:
        return (
            f"`{found[0]}`"  # GitHub reads mentions after it has undone all escapes, but not across a code span's end
        )
    return "\\" + found[0]
