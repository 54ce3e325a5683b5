"""Assembling: what the steps of an audit brought to light, as one report in a fixed order."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import repeat

from hygiene import __version__
from hygiene.audit.grouping import grouped
from hygiene.audit.ledger import Ledger
from hygiene.audit.survey import Survey
from hygiene.model.finding import Finding, Unreadable
from hygiene.model.inventory import Gap, Inventory, RepositoryFacts
from hygiene.model.paths import ROOT, RepoPath
from hygiene.model.report import AuditReport, TopLevel
from hygiene.policy.rules import Catalogue


def assembled(survey: Survey, catalogue: Catalogue, findings: Sequence[Finding], ledger: Ledger) -> AuditReport:
    """The report: equal for equal input, whatever order the steps worked in."""
    inventory, facts = survey.inventory, survey.repository.facts
    met = {rule for finding in findings for rule in (finding.rule, *finding.also)}
    unreadable = _first_reasons(ledger.unreadable)
    return AuditReport(
        tool_version=__version__,
        facts=facts,
        revision=inventory.label,
        roots=(inventory.label if inventory.commit is None else f"{inventory.label} ({inventory.commit})",),
        tracked=len(inventory.entries),
        tracked_size=sum(map(survey.sizes.get, (entry.blob for entry in inventory.entries), repeat(0))),
        findings=sorted(findings, key=lambda f: (-f.confidence, -f.severity, f.path, f.rule)),
        groups=grouped(findings, survey.folders),
        rules={rule.id: rule for rule in catalogue.rules if rule.id in met},
        cleared=sorted(ledger.cleared),
        unreadable=unreadable,
        incomplete=[*ledger.gaps, *_gap_of(unreadable)],
        notes=list(_notes(inventory, facts)),
        top_level=_top_level(survey),
    )


def _first_reasons(unreadable: Sequence[Unreadable]) -> list[Unreadable]:
    """One line a file: a missing object is the reason for all that could not be found out without it."""
    # The missing object is told last, when the sizes are there.
    return sorted({each.path: each for each in unreadable}.values())


def _gap_of(unreadable: Sequence[Unreadable]) -> Iterator[Gap]:
    if unreadable:
        files = "1 file" if len(unreadable) == 1 else f"{len(unreadable)} files"
        reason = f"{files} could not be read, and may be more than the report says"
        yield Gap(reason, "See the list of unreadable files; fetch missing objects with `git fetch --refetch`.")


def _notes(inventory: Inventory, facts: RepositoryFacts) -> Iterator[str]:
    if facts.shallow:
        yield "history is shallow here; an audit of one revision does not need it"
    if inventory.unmerged:
        yield f'{len(inventory.unmerged)} paths are unmerged; "our" side of each was judged'


def _top_level(survey: Survey) -> tuple[TopLevel, ...]:
    counts = Counter({entry.path: 1 for entry in survey.folders.get(ROOT, {}).values()})
    for folder, entries in survey.folders.items():
        if folder:
            counts[RepoPath(folder.partition("/")[0] + "/")] += len(entries)
    return tuple(TopLevel(path, files) for path, files in sorted(counts.items()))
