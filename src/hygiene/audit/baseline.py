"""The baseline: the findings that were accepted on a day, and whether what there is has grown since."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from hygiene.model.finding import Finding
from hygiene.model.permit import Accepted, accepted_from
from hygiene.model.report import AuditReport
from hygiene.model.rule import Category
from hygiene.policy.rules.about_permits import RULES_ABOUT_PERMITS


@dataclass(frozen=True, slots=True)
class Baseline:
    """The accepted findings.

    Attributes:
        path: of the file that holds them, from the repository's root; elsewhere, as the user named it.
    """

    path: str
    entries: Sequence[Accepted]


class Acceptance(NamedTuple):
    """What a baseline made of the findings; all but `unmet` in the order given.

    Attributes:
        left: the findings that no entry accepts.
        baselined: the findings that an entry accepts.
        unmet: the entries that none of the findings meets, by path.
    """

    left: Sequence[Finding]
    baselined: Sequence[Finding]
    unmet: Sequence[Accepted]


def accept(findings: Iterable[Finding], entries: Iterable[Accepted]) -> Acceptance:
    """Lets the findings pass that an entry accepts: those of the same rule, path and blob."""
    by_key = {entry.key: entry for entry in entries}
    left: list[Finding] = []
    baselined: list[Finding] = []
    for finding in findings:
        (baselined if accepted_from(finding).key in by_key else left).append(finding)
    met = {accepted_from(finding).key for finding in baselined}
    unmet = [entry for key, entry in by_key.items() if key not in met]
    return Acceptance(left, baselined, sorted(unmet, key=lambda entry: (entry.path, entry.rule, entry.blob)))


def to_accept(report: AuditReport, former: Iterable[Accepted] = ()) -> tuple[Accepted, ...]:
    """The entries of a baseline that accepts all that no waiver lets pass in this report.

    `former` are the entries of the baseline that the audit was given: those that are stale are left out, which prunes
    it; those of files that were not judged stay.
    """
    findings = (*report.findings, *report.baselined)
    there = [accepted_from(finding) for finding in findings if finding.rule not in RULES_ABOUT_PERMITS]
    settled = {entry.key for entry in (*report.stale, *there)}
    return (*there, *(entry for entry in former if entry.key not in settled))


def pruned(former: Iterable[Accepted], stale: Iterable[Accepted]) -> tuple[Accepted, ...]:
    """The entries of a baseline without those that are stale."""
    gone = {entry.key for entry in stale}
    return tuple(entry for entry in former if entry.key not in gone)


class Growth(NamedTuple):
    """That there is more of a category than there was.

    Attributes:
        bytes_before: of the files whose size is known, as `bytes_now`.
    """

    category: Category
    files_before: int
    bytes_before: int
    files_now: int
    bytes_now: int


def growth(before: Iterable[Accepted], now: Iterable[Accepted]) -> Iterator[Growth]:
    """Every category that has more files or more bytes than before, by name.

    An entry that is in both counts the same on both sides, as its present category, whatever was known of its size.
    """
    former = {entry.key: entry for entry in before}
    present = {entry.key: _sized(entry, former.get(entry.key)) for entry in now}
    then = _totals(present.get(key, entry) for key, entry in former.items())
    today = _totals(present.values())
    for category in sorted(today):
        grown = Growth(category, *then[category], *today[category])
        if grown.files_now > grown.files_before or grown.bytes_now > grown.bytes_before:
            yield grown


def _sized(entry: Accepted, same: Accepted | None) -> Accepted:
    return entry if entry.size is not None or same is None else entry._replace(size=same.size)


class _Total(NamedTuple):
    files: int
    bytes: int


def _totals(entries: Iterable[Accepted]) -> Mapping[Category, _Total]:
    """Files and bytes by category; what is not there has none."""
    totals: defaultdict[Category, _Total] = defaultdict(lambda: _Total(0, 0))
    for entry in entries:
        files, size = totals[entry.category]
        totals[entry.category] = _Total(files + 1, size + (entry.size or 0))
    return totals
