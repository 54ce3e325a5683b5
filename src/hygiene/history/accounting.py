"""What was found in a history, with what its commits say of it and what it still costs."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from hygiene.history.accounts import account_for
from hygiene.history.books import Books
from hygiene.model.days import day
from hygiene.model.finding import Evidence, Finding
from hygiene.model.history import Commit, Root
from hygiene.model.inventory import Entry
from hygiene.model.past import INTRODUCED, REMOVED_BY, HistoryReport, JudgedHistory, Past, PastVersion
from hygiene.model.paths import RepoPath
from hygiene.model.report import AuditReport
from hygiene.ports import History, HistoryIndex

_SHORT = 12
"""Digits of a commit's id that tell it from others in a text."""


@dataclass(frozen=True)
class Accountant:
    """Tells of the findings of one history.

    Attributes:
        index: answers for the commits that were judged.
        present: the paths that HEAD holds as files.
        before: what was there before what was judged: the base of a range.
    """

    history: History
    index: HistoryIndex
    present: Collection[RepoPath]
    before: Sequence[Entry] = ()

    def report(self, judged: JudgedHistory, scope: str, roots: Sequence[Root]) -> HistoryReport:
        """The whole report."""
        books = Books(self.history, self.index, judged.versions, frozenset(entry.blob for entry in self.before))
        found = {finding.path for finding in judged.report.findings}
        older = {entry.path for entry in self.before}
        pasts = {
            path: replace(self._past(path, books, found), is_older=path in older) for path in sorted(books.versions)
        }
        totals = self.index.totals()
        audit = replace(
            _told(judged.report, pasts), tracked=totals.paths, tracked_size=totals.size, roots=(scope,), top_level=()
        )
        return HistoryReport(audit, scope, roots, totals, pasts, account_for(audit.findings, books))

    def _past(self, path: RepoPath, books: Books, found: set[RepoPath]) -> Past:
        versions = books.versions[path]
        is_there = path in self.present
        removal = None if is_there else books.removals.get(path)
        return Past(
            path=path,
            introduced=books.commit(versions[0].commit),
            removed=None if removal is None else books.commit(removal.commit),
            returned=removal is not None and not removal.is_final,
            at_head=is_there,
            rewrites=books.rewrites.get(path, 1) - 1,
            versions=[
                PastVersion(
                    mode=version.mode,
                    blob=version.blob,
                    size=version.size,
                    stored=books.stored.get(version.blob),
                    shared=books.is_held_beside(found, version.blob),
                    introduced=version.commit,
                )
                for version in versions
            ],
        )


def _told(report: AuditReport, pasts: Mapping[RepoPath, Past]) -> AuditReport:
    """The report, each finding with its past among its evidence, so that every format tells of it."""
    return replace(
        report,
        findings=[_with_past(finding, pasts) for finding in report.findings],
        waived=[each._replace(finding=_with_past(each.finding, pasts)) for each in report.waived],
        baselined=[_with_past(finding, pasts) for finding in report.baselined],
    )


def _with_past(finding: Finding, pasts: Mapping[RepoPath, Past]) -> Finding:
    past = pasts.get(finding.path)
    return finding if past is None else replace(finding, evidence=(*finding.evidence, *_said_of(past)))


def _said_of(past: Past) -> Iterator[Evidence]:
    yield Evidence(INTRODUCED, f"{_named(past.introduced)} {'changed' if past.is_older else 'introduced'} it")
    if past.removed is not None:
        after = "a commit beside or after it has it again" if past.returned else "history still holds it"
        yield Evidence(REMOVED_BY, f"{_named(past.removed)} removed it, and {after}")
    elif not past.at_head:
        says = (
            "it is no file at HEAD, and no commit removed it: it became something else, another root has it, or a merge"
        )
        yield Evidence(REMOVED_BY, f"{says} left it out")


def _named(commit: Commit) -> str:
    return f"commit {commit.id[:_SHORT]} of {day(commit.time)}"
