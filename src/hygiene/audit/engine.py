"""The audit: the steps from an inventory to a report, in the order of `docs/design.md`, "The way of a path"."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from hygiene import __version__
from hygiene.audit.checks.base import Scene
from hygiene.audit.checks.registry import CHECKS
from hygiene.audit.clearances import Clearances
from hygiene.audit.consumers.search import ConsumerSearch, is_softenable
from hygiene.audit.copied import CopiedTrees
from hygiene.audit.grouping import grouped
from hygiene.audit.growth import subject_to_cap
from hygiene.audit.looking import Looker, Looks
from hygiene.audit.naming import Candidate, Hit, Namer
from hygiene.audit.survey import Survey
from hygiene.audit.tables import TableInspector
from hygiene.audit.weighing import Scales, gravest
from hygiene.audit.witnesses import Witnesses
from hygiene.errors import NothingTracked
from hygiene.model.finding import AuditReport, Cleared, Evidence, Finding, TopLevel, Unreadable
from hygiene.model.inventory import Gap, Inventory, RepositoryFacts, Sizes
from hygiene.model.paths import ROOT, RepoPath
from hygiene.policy.evidence import EvidencePolicy
from hygiene.policy.rules import Catalogue
from hygiene.ports import MediaTypes, Progress, Repository, TableNames

DEFAULT_SIZE_CAP = 5 * 1024 * 1024
"""Bytes: what the clean-up plans that this program grew out of ask for, and half of what hosts warn at."""


@dataclass(frozen=True)
class AuditRequest:
    """What the user asked for.

    Attributes:
        revision: the commit or tree to audit; None for the index (in a bare repository, HEAD).
        size_cap: bytes beyond which a file is oversized.
        new_since: if given, the cap judges only what was added or grew since the merge base with this revision.
    """

    revision: str | None = None
    size_cap: int = DEFAULT_SIZE_CAP
    new_since: str | None = None


@dataclass
class _Ledger:
    """What the steps of one audit write down beside the findings."""

    cleared: list[Cleared] = field(default_factory=list)
    unreadable: list[Unreadable] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)


@dataclass(frozen=True)
class Auditor:
    """Audits one repository by one catalogue and one table of evidence."""

    repository: Repository
    media_types: MediaTypes
    table_names: TableNames
    progress: Progress
    catalogue: Catalogue
    policy: EvidencePolicy

    def audit(self, request: AuditRequest) -> AuditReport:
        """The whole report. Raises what stops an audit: `UnknownRevision`, `NothingTracked`, `UnreadableRepository`."""
        self.progress.step("listing what is tracked")
        survey = Survey(self.repository, self._inventory(request))
        ledger = _Ledger(gaps=[*survey.inventory.gaps, *survey.unread_rule_files])
        self._note_missing(survey, ledger)
        self.progress.step("judging names and content")
        candidates, looks = self._candidates(survey, ledger)
        standing = list(self._cleared(survey, candidates, ledger))
        self.progress.step("weighing the evidence")
        named = self._weighed(survey, standing)
        checked = self._checked(self._scene(survey, request, candidates, ledger), survey.sizes)
        findings = TableInspector(self.table_names, self.policy).inspected([*named, *checked], survey, looks)
        self.progress.done()
        return self._report(survey, findings, ledger)

    def _inventory(self, request: AuditRequest) -> Inventory:
        facts = self.repository.facts
        if request.revision is not None:
            return self.repository.list_revision(request.revision)
        inventory = self.repository.list_index() if facts.work_dir else None
        if facts.head is None and not (inventory and inventory.entries):
            raise NothingTracked(str(facts.work_dir or facts.git_dir))
        return inventory or self.repository.list_revision("HEAD")

    def _note_missing(self, survey: Survey, ledger: _Ledger) -> None:
        missing = [e for e in survey.inventory.entries if e.blob not in survey.sizes and e.mode != "160000"]
        ledger.unreadable += [Unreadable(entry.path, "its object is missing from this repository") for entry in missing]

    def _candidates(self, survey: Survey, ledger: _Ledger) -> tuple[list[Candidate], Looks]:
        """What names and content tell: every file that meets a rule."""
        by_name = list(Namer(self.catalogue).candidates(survey.folders))
        looker = Looker(self.catalogue, self.policy, self.media_types)
        strangers = looker.strangers(survey.folders, by_name)
        looks = looker.look(self.repository, by_name, strangers)
        judged = [looker.judged(candidate, looks) for candidate in by_name]
        ledger.unreadable += [each for each in judged if isinstance(each, Unreadable)]
        ledger.unreadable += looker.unseen(strangers, looks)
        candidates = [each for each in judged if isinstance(each, Candidate)]
        return [*candidates, *looker.found_by_content(strangers, looks)], looks

    def _cleared(self, survey: Survey, candidates: Sequence[Candidate], ledger: _Ledger) -> Iterator[Candidate]:
        """The candidates that nothing in the repository declares to be meant."""
        clearances = Clearances(survey, self.policy)
        for candidate in candidates:
            standing, cleared = clearances.split(candidate)
            ledger.cleared += cleared
            if standing is not None:
                yield standing

    def _weighed(self, survey: Survey, candidates: Sequence[Candidate]) -> Iterator[Finding]:
        copied = CopiedTrees(survey)
        witnesses = Witnesses(survey, self.policy, copied)
        consumers = ConsumerSearch(survey, self.policy, copied).consumers_of(candidates)
        scales = Scales(self.policy, survey.sizes)
        for candidate in candidates:
            entry = candidate.entry
            heard = witnesses.about(candidate)
            said = [
                (hit.rule, (*hit.evidence, *heard, *_consumer_of(hit, consumers.get(entry.path))))
                for hit in candidate.hits
            ]
            yield gravest([scales.weigh(entry, rule, evidence) for rule, evidence in said])

    def _scene(self, survey: Survey, request: AuditRequest, candidates: Sequence[Candidate], ledger: _Ledger) -> Scene:
        subject = subject_to_cap(survey, request.new_since)
        ledger.gaps += subject.gaps
        judged = frozenset(candidate.entry.path for candidate in candidates)
        return Scene(survey, CopiedTrees(survey), judged, request.size_cap, subject.entries)

    def _checked(self, scene: Scene, sizes: Sizes) -> Iterator[Finding]:
        scales = Scales(self.policy, sizes)
        for rule in self.catalogue.rules:
            if rule.check is not None:
                for problem in CHECKS[rule.check](scene):
                    yield scales.weigh(problem.entry, rule, problem.evidence)

    def _report(self, survey: Survey, findings: Sequence[Finding], ledger: _Ledger) -> AuditReport:
        inventory, facts = survey.inventory, self.repository.facts
        met = {finding.rule for finding in findings} | {rule for finding in findings for rule in finding.also}
        return AuditReport(
            tool_version=__version__,
            facts=facts,
            revision=inventory.label,
            roots=(inventory.label if inventory.commit is None else f"{inventory.label} ({inventory.commit})",),
            tracked=len(inventory.entries),
            tracked_size=sum(survey.sizes.get(entry.blob, 0) for entry in inventory.entries),
            findings=sorted(findings, key=lambda f: (-f.confidence, -f.severity, f.path, f.rule)),
            groups=grouped(findings, survey.folders),
            rules={rule.id: rule for rule in self.catalogue.rules if rule.id in met},
            cleared=sorted(ledger.cleared),
            unreadable=(unreadable := _first_reasons(ledger.unreadable)),
            incomplete=[*ledger.gaps, *_gap_of(unreadable)],
            notes=_notes(inventory, facts),
            top_level=_top_level(survey),
        )


def _consumer_of(hit: Hit, consumer: Evidence | None) -> tuple[Evidence, ...]:
    return (consumer,) if consumer is not None and is_softenable(hit.rule) else ()


def _first_reasons(unreadable: Sequence[Unreadable]) -> list[Unreadable]:
    """One line a file: a missing object is the reason for all that could not be found out without it."""
    first = {each.path: each for each in reversed(unreadable)}
    return sorted(first.values())


def _gap_of(unreadable: Sequence[Unreadable]) -> Iterator[Gap]:
    if unreadable:
        files = "1 file" if len(unreadable) == 1 else f"{len(unreadable)} files"
        reason = f"{files} could not be read, and may be more than the report says"
        yield Gap(reason, "See the list of unreadable files; fetch missing objects with `git fetch --refetch`.")


def _notes(inventory: Inventory, facts: RepositoryFacts) -> list[str]:
    notes = []
    if facts.shallow:
        notes.append("history is shallow here; an audit of one revision does not need it")
    if inventory.unmerged:
        notes.append(f'{len(inventory.unmerged)} paths are unmerged; "our" side of each was judged')
    return notes


def _top_level(survey: Survey) -> tuple[TopLevel, ...]:
    counts = Counter({RepoPath(entry.path): 1 for entry in survey.folders.get(ROOT, {}).values()})
    for folder, entries in survey.folders.items():
        if folder:
            counts[RepoPath(folder.partition("/")[0] + "/")] += len(entries)
    return tuple(TopLevel(path, files) for path, files in sorted(counts.items()))
