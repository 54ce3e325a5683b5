"""The words that the reports of a history share: how much was judged, what is still there, what to do next."""

from collections.abc import Iterator

from hygiene.model.past import HistoryReport
from hygiene.model.rule import Category
from hygiene.report.costs import Presence, cost_of
from hygiene.report.risks import calls_for_new_credentials
from hygiene.report.sizes import human, human_known
from hygiene.report.tally import tally
from hygiene.report.wording import counted

_SECRET = (Category.CREDENTIAL, Category.DATABASE)


def judged_words(report: HistoryReport) -> str:
    """How much was judged: commits, paths, versions and their bytes."""
    totals = report.totals
    numbers = counted(totals.commits, "commit"), counted(totals.paths, "path"), counted(totals.versions, "version")
    return f"{', '.join(numbers)}, {human(totals.size)} unpacked"


def found_words(report: HistoryReport) -> str:
    """How many findings there are, in how many files; empty where there are none."""
    found = report.audit.findings
    return f"{counted(len(found), 'finding')} in {counted(tally(found).files, 'file')}" if found else ""


def presence_words(presence: Presence) -> str:
    """How many of the files are still at HEAD, and what the others cost nevertheless."""
    at_head, gone = len(presence.at_head), len(presence.gone)
    if not gone:
        return "The file is still at HEAD." if at_head == 1 else f"All {at_head:,} files are still at HEAD."
    cost = cost_of(presence.gone)
    size = human_known(cost.stored, cost.versions, cost.unsized)
    kept = f"{counted(cost.versions, 'version')} in every full clone ({size} on disk)"
    if not at_head:
        are = "The file is" if gone == 1 else f"All {gone:,} files are"
        return f"{are} gone from HEAD, and still {'costs' if gone == 1 else 'cost'} {kept}."
    are = "is" if at_head == 1 else "are"
    others = "other is gone and still costs" if gone == 1 else "others are gone and still cost"
    return f"Of {at_head + gone:,} files, {at_head:,} {are} still at HEAD; the {gone:,} {others} {kept}."


def purge_words(report: HistoryReport) -> str:
    """What the findings cost altogether, and how much of it a purge would free."""
    total = report.accounts.total
    size = human_known(total.stored, total.blobs, total.unsized)
    least = "at least " if total.unsized and total.reclaimable else ""
    return f"All findings together: {size} on disk; purging them would free {least}{human(total.reclaimable)}."


def next_steps(report: HistoryReport, presence: Presence) -> Iterator[str]:
    """What to do, in order; the commands exist, in a form that is true whatever was audited."""
    if any(finding.category in _SECRET or calls_for_new_credentials(finding) for finding in report.audit.findings):
        yield (
            "Credentials or databases are among the findings: rotate every secret in them first. No purge takes back"
            " what was pushed."
        )
    if presence.at_head:
        files = "1 file that is" if len(presence.at_head) == 1 else f"{len(presence.at_head):,} files that are"
        yield f"`hygiene audit --format markdown --output CLEANUP.md` plans how to untrack the {files} still at HEAD."
    yield "Untracking does not shrink the repository: every version stays in its history, and in every full clone."
    yield (
        "`hygiene purge-plan --for filter-repo --output DIR` plans how to take them out of the history. That gives new"
        " ids to all later commits: agree on it with everybody who has a clone."
    )
