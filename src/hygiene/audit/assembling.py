"""Assembling: what the steps of an audit brought to light, as one report in a fixed order."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import repeat

from hygiene import __version__
from hygiene.audit.allowing import Allowed
from hygiene.audit.grouping import grouped
from hygiene.audit.ledger import Ledger
from hygiene.audit.survey import Survey
from hygiene.model.finding import Finding, Unreadable
from hygiene.model.inventory import Gap, Inventory
from hygiene.model.paths import ROOT, RepoPath
from hygiene.model.permit import Accepted
from hygiene.model.report import AuditReport, TopLevel
from hygiene.model.rule import RuleId
from hygiene.policy.rules.catalogue import Catalogue


def assembled(survey: Survey, catalogue: Catalogue, allowed: Allowed, ledger: Ledger) -> AuditReport:
    """The report: equal for equal input, whatever order the steps worked in."""
    inventory = survey.inventory
    groups = grouped(allowed.standing, survey.folders)
    permitted = (*allowed.baselined, *(waived.finding for waived in allowed.waived))
    met = {rule for finding in (*allowed.standing, *permitted) for rule in (finding.rule, *finding.also)}
    unreadable = _first_reasons(ledger.unreadable)
    return AuditReport(
        tool_version=__version__,
        facts=survey.repository.facts,
        revision=inventory.label,
        roots=(inventory.label if inventory.commit is None else f"{inventory.label} ({inventory.commit})",),
        tracked=len(survey.told),
        tracked_size=sum(map(survey.sizes.get, (entry.blob for entry in survey.told), repeat(0))),
        findings=sorted(allowed.standing, key=_rank),
        groups=groups,
        rules={rule.id: rule for rule in catalogue.rules if rule.id in met},
        cleared=sorted(set(ledger.cleared)),
        unreadable=unreadable,
        incomplete=[*ledger.gaps, *_gap_of(unreadable)],
        notes=[*_note_on_conflicts(inventory), *ledger.notes, *_note_on_stale(allowed.stale)],
        top_level=() if survey.subject is not None else _top_level(survey),
        waived=sorted(allowed.waived, key=lambda waived: _rank(waived.finding)),
        idle_waivers=allowed.idle,
        baselined=sorted(allowed.baselined, key=_rank),
        planned=grouped([*allowed.standing, *allowed.baselined], survey.folders) if allowed.baselined else groups,
        stale=allowed.stale,
        judged=tuple(rule.id for rule in catalogue.rules),
    )


def _rank(finding: Finding) -> tuple[int, int, RepoPath, RuleId]:
    """Worst first, then by path."""
    return -finding.confidence, -finding.severity, finding.path, finding.rule


def _first_reasons(unreadable: Sequence[Unreadable]) -> list[Unreadable]:
    """One line a file: a missing object is the reason for all that could not be found out without it."""
    # The missing object is told last, when the sizes are there.
    return sorted({each.path: each for each in unreadable}.values())


def _gap_of(unreadable: Sequence[Unreadable]) -> Iterator[Gap]:
    if unreadable:
        files = "1 file" if len(unreadable) == 1 else f"{len(unreadable)} files"
        reason = f"{files} could not be read, and may be more than the report says"
        yield Gap(reason, "See the unreadable files; `git fetch --refetch --no-filter` brings what is missing.")


def _note_on_conflicts(inventory: Inventory) -> Iterator[str]:
    if inventory.unmerged:
        yield f'{len(inventory.unmerged)} paths are unmerged; "our" side of each was judged'


def _note_on_stale(stale: Sequence[Accepted]) -> Iterator[str]:
    if stale:
        entries = "1 entry of the baseline is" if len(stale) == 1 else f"{len(stale)} entries of the baseline are"
        yield f"{entries} stale; --write-baseline prunes them"


def _top_level(survey: Survey) -> tuple[TopLevel, ...]:
    counts = Counter({entry.path: 1 for entry in survey.folders.get(ROOT, {}).values()})
    for folder, entries in survey.folders.items():
        if folder:
            counts[RepoPath(folder.partition("/")[0] + "/")] += len(entries)
    return tuple(TopLevel(path, files) for path, files in sorted(counts.items()))
