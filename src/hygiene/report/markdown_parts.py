"""The building blocks of a Markdown report: tables, lists of paths, long lists that fold away."""

from collections.abc import Iterable, Sequence

from hygiene.model.inventory import Gap
from hygiene.report.markdown_quoting import code_path, code_span, fenced, prose
from hygiene.report.quoting import shown
from hygiene.report.wording import counted

_FOLD_FROM = 31  # paths; a shorter list is read faster than it is opened


def paragraphs(*parts: str) -> str:
    """The parts that say something, an empty line between each two."""
    return "\n\n".join(part for part in parts if part)


def bullets(items: Iterable[str]) -> str:
    """A list, one item a line."""
    return "\n".join(f"- {item}" for item in items)


def gap_item(gap: Gap) -> str:
    """What could not be seen, where, and what to do about it."""
    where = f"{code_path(gap.path)}: " if gap.path else ""
    return f"{where}{code_span(gap.reason)}. Next step: {prose(gap.help)}"


def numbered(items: Iterable[str]) -> str:
    """A numbered list, one item a line."""
    return "\n".join(f"{number}. {item}" for number, item in enumerate(items, 1))


def table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table. The cells are Markdown already and hold no `|`: what quotes names and prose sees to that."""
    return "\n".join(_row(cells) for cells in (headers, ["---"] * len(headers), *rows))


def path_block(paths: Sequence[str]) -> str:
    """The exact paths, one a line in Git's quoting, folded away when there are many; nothing for none."""
    if not paths:
        return ""
    return folded(fenced(map(shown, paths)), len(paths), counted(len(paths), "path"))


def folded(block: str, lines: int, title: str) -> str:
    """The block, behind a title of our own words if it has many lines."""
    return block if lines < _FOLD_FROM else details(block, title)


def details(block: str, title: str) -> str:
    """The block, behind a title of our own words."""
    return paragraphs(f"<details><summary>{title}</summary>", block, "</details>")


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
