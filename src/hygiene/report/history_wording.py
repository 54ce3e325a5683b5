"""The words that the reports of a history share: how much was judged, what is still there, what to do next."""

from collections.abc import Iterator
from typing import NamedTuple

from hygiene.model.past import HistoryReport
from hygiene.model.rule import Category
from hygiene.report.costs import Presence, cost_of
from hygiene.report.risks import calls_for_new_credentials
from hygiene.report.sizes import human, human_known
from hygiene.report.tally import tally
from hygiene.report.wording import counted

_SECRET = (Category.CREDENTIAL, Category.DATABASE)


class _End(NamedTuple):
    """Where what was judged ends, and who holds what came before."""

    name: str
    at: str
    holder: str


_HEAD = _End("HEAD", "at HEAD", "every full clone")
_LAST_COMMIT = _End("its last commit", "in its last commit", "the commits of the range")


def judged_words(report: HistoryReport) -> str:
    """How much was judged: commits, paths, versions and their bytes."""
    totals = report.totals
    numbers = counted(totals.commits, "commit"), counted(totals.paths, "path"), counted(totals.versions, "version")
    return f"{', '.join(numbers)}, {human(totals.size)} unpacked"


def found_words(report: HistoryReport) -> str:
    """How many findings there are, in how many files; empty where there are none."""
    found = report.audit.findings
    return f"{counted(len(found), 'finding')} in {counted(tally(found).files, 'file')}" if found else ""


def presence_words(report: HistoryReport, presence: Presence) -> str:
    """How many of the files are still there at the end, and what the others cost nevertheless."""
    place = _LAST_COMMIT if report.is_range else _HEAD
    at_head, gone = len(presence.at_head), len(presence.gone)
    if not gone:
        return f"The file is still {place.at}." if at_head == 1 else f"All {at_head:,} files are still {place.at}."
    cost = cost_of(presence.gone)
    size = human_known(cost.stored, cost.versions, cost.unsized)
    kept = f"{counted(cost.versions, 'version')} in {place.holder} ({size} on disk)"
    if not at_head:
        are = "The file is" if gone == 1 else f"All {gone:,} files are"
        return f"{are} gone from {place.name}, and still {'costs' if gone == 1 else 'cost'} {kept}."
    are = "is" if at_head == 1 else "are"
    others = "other is gone and still costs" if gone == 1 else "others are gone and still cost"
    return f"Of {at_head + gone:,} files, {at_head:,} {are} still {place.at}; the {gone:,} {others} {kept}."


def cost_words(report: HistoryReport) -> str:
    """What the findings cost altogether, and how much of it a purge would free, where one is called for."""
    total = report.accounts.total
    size = human_known(total.stored, total.blobs, total.unsized)
    least = "at least " if total.unsized and total.reclaimable else ""
    freed = "" if report.is_range else f"; purging them would free {least}{human(total.reclaimable)}"
    return f"All findings together: {size} on disk{freed}."


def next_steps(report: HistoryReport, presence: Presence) -> Iterator[str]:
    """What to do, in order; the commands exist, in a form that is true whatever was audited."""
    if any(finding.category in _SECRET or calls_for_new_credentials(finding) for finding in report.audit.findings):
        yield (
            "Credentials or databases are among the findings: rotate every secret in them first. No purge takes back"
            " what was pushed."
        )
    yield from _steps_before_merging() if report.is_range else _steps_after_merging(len(presence.at_head))


def _steps_before_merging() -> Iterator[str]:
    yield (
        "Take the files out of the commits that brought them in before the range is merged: `git rebase --interactive`"
        " stops at each, and `git rm --cached` untracks a file there. A commit on top that removes them leaves them in"
        " the history."
    )
    yield "A merge that squashes brings in the last commit's files alone: what is gone from it is then gone for good."


def _steps_after_merging(at_head: int) -> Iterator[str]:
    if at_head:
        files = "1 file that is" if at_head == 1 else f"{at_head:,} files that are"
        yield f"`hygiene audit --format markdown --output CLEANUP.md` plans how to untrack the {files} still at HEAD."
    yield "Untracking does not shrink the repository: every version stays in its history, and in every full clone."
    yield (
        "`hygiene purge-plan --for filter-repo --output DIR` plans how to take them out of the history. That gives new"
        " ids to all later commits: agree on it with everybody who has a clone."
    )
