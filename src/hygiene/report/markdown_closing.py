"""The sections that end every Markdown report: what could not be read, what was let pass, and the notes."""

from collections.abc import Iterator

from hygiene.model.finding import Cleared, Unreadable
from hygiene.model.report import AuditReport
from hygiene.report.markdown_parts import bullets, folded, gap_item, paragraphs
from hygiene.report.markdown_permitted import permitted_sections
from hygiene.report.markdown_quoting import code_path, code_span, prose
from hygiene.report.wording import counted


def closing_sections(report: AuditReport) -> Iterator[str]:
    """A section for each kind that there is; no list is cut."""
    yield _list("What could not be looked into", [_unreadable(each) for each in report.unreadable])
    yield _list("What makes this audit incomplete", list(map(gap_item, report.incomplete)))
    yield _list("Files that met a rule and are declared to belong here", [_cleared(each) for each in report.cleared])
    yield from permitted_sections(report)
    yield _list("Notes", [prose(note) for note in report.notes])


def _list(title: str, items: list[str]) -> str:
    return (
        paragraphs(f"## {title}", folded(bullets(items), len(items), counted(len(items), "entry", "entries")))
        if items
        else ""
    )


def _unreadable(each: Unreadable) -> str:
    return f"{code_path(each.path)}: {code_span(each.reason)}"


def _cleared(each: Cleared) -> str:
    return f"{code_path(each.path)} ({code_span(each.rule)}): {code_span(each.by.text)}"
