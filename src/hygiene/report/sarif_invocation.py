"""How the audit went, in SARIF: what it could not read, and what it let pass without listing it."""

from collections.abc import Iterable, Iterator
from itertools import islice

from hygiene.model.paths import RepoPath
from hygiene.model.report import AuditReport
from hygiene.report.sarif_parts import Json, location, message
from hygiene.report.wording import counted, gap_words, permitted_sentence

_MOST = 100  # notifications about unreadable files; the JSON report has all


def invocation(report: AuditReport) -> Json:
    """The audit as one invocation; it was successful only if it saw everything."""
    return {"executionSuccessful": not report.incomplete, "toolExecutionNotifications": list(_notifications(report))}


def _notifications(report: AuditReport) -> Iterator[Json]:
    for gap in report.incomplete:
        yield _notification("error", gap_words(gap), gap.path)
    for each in islice(report.unreadable, _MOST):
        yield _notification("warning", each.reason, each.path)
    yield from _notes(_more_unreadable(report))
    yield from _notes([permitted_sentence(report), *report.notes])


def _more_unreadable(report: AuditReport) -> Iterator[str]:
    more = len(report.unreadable) - _MOST
    if more > 0:
        yield f"{counted(more, 'more file')} could not be read"


def _notes(texts: Iterable[str]) -> Iterator[Json]:
    return (_notification("note", text, None) for text in texts if text)


def _notification(level: str, text: str, path: RepoPath | None) -> Json:
    where: Json = {"locations": [location(path)]} if path else {}
    return {"level": level, "message": message(text), **where}
