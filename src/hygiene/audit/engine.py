"""The audit: the steps from an inventory to a report, in the order of `docs/design.md`, "The way of a path"."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from hygiene.audit.allowing import NO_PERMITS, Permits, Reach, allow
from hygiene.audit.assembling import assembled
from hygiene.audit.checks.base import Problem, Scene
from hygiene.audit.checks.permits import Aftermath
from hygiene.audit.checks.registry import CAPPED, CHECKS, PERMIT_CHECKS
from hygiene.audit.clearances import Clearances
from hygiene.audit.copied import CopiedTrees
from hygiene.audit.growth import subject_to_cap
from hygiene.audit.judging import Judge
from hygiene.audit.ledger import Ledger
from hygiene.audit.looking import Looker, Looks
from hygiene.audit.naming import Candidate, Namer
from hygiene.audit.staging import Stage
from hygiene.audit.survey import Survey, present_inventory
from hygiene.audit.tables import TableInspector
from hygiene.audit.weighing import Scales
from hygiene.audit.witnesses import Heard, Witnesses
from hygiene.errors import NoCommit, NoIndex, NothingTracked
from hygiene.model.finding import Finding, Unreadable
from hygiene.model.inventory import Gap, Inventory, Mode
from hygiene.model.paths import RepoPath
from hygiene.model.report import AuditReport
from hygiene.policy.configuration.settings import SizeCaps
from hygiene.policy.evidence import EvidencePolicy
from hygiene.policy.rules.catalogue import Catalogue
from hygiene.ports import MediaTypes, Progress, Repository, TableNames

Seen = TypeVar("Seen", Scene, Aftermath)
"""What a check is given."""

_ABOUT_TWO = ("collision", "duplicate")
"""Kinds of evidence that name a second file; which of the two is new is not told by which one the finding is at."""


@dataclass(frozen=True)
class AuditRequest:
    """What the user asked for.

    Attributes:
        revision: the commit or tree to audit; None for the index (in a bare repository, HEAD).
        size_caps: beyond which a file is oversized.
        new_since: if given, the cap judges only what was added or grew since the merge base with this revision.
        staged: tell only of what the index holds otherwise than HEAD; then there is no revision.
        permits: what lets findings pass.
        policy: the files that settings and permits were read from, as `AuditReport.policy` has them.
    """

    revision: str | None = None
    size_caps: SizeCaps = field(default_factory=SizeCaps)
    new_since: str | None = None
    staged: bool = False
    permits: Permits = NO_PERMITS
    policy: tuple[str, ...] = ()


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
        try:
            return replace(self._audit(request), policy=request.policy)
        finally:
            self.progress.done()

    def _audit(self, request: AuditRequest) -> AuditReport:
        self.progress.step("listing what is tracked")
        if not request.staged:
            return self._judged(Survey(self.repository, self._inventory(request)), request)
        if self.repository.facts.work_dir is None:
            raise NoIndex(str(self.repository.facts.git_dir))
        stage = Stage(self.repository, self.repository.list_staged())
        alone = self._judged(stage.alone(), request)
        return alone if stage.is_told_by(alone) else self._judged(stage.in_context(), request)

    def _judged(self, survey: Survey, request: AuditRequest) -> AuditReport:
        survey.begin_sizing()
        ledger = Ledger(gaps=list(survey.inventory.gaps))
        self.progress.step("judging names and content")
        candidates, looks = self._candidates(survey, ledger)
        ledger.unreadable += _missing(survey)
        ledger.gaps += survey.unread_rules
        self.progress.step("weighing the evidence")
        copied = CopiedTrees(survey)
        witnesses = Witnesses(survey, self.policy, copied)
        heard = {candidate.entry.path: witnesses.about(candidate.entry.path) for candidate in candidates}
        standing = list(self._standing(survey, candidates, heard, ledger))
        weighed = Judge(survey, self.policy, _lists(request.permits)).findings(standing, heard)
        named = TableInspector(self.table_names, self.policy, ledger).inspected(weighed, survey, looks)
        subject = subject_to_cap(survey, request.new_since)
        ledger.gaps += subject.gaps
        scene = Scene(survey, copied, frozenset(heard), request.size_caps, subject.entries)
        checked = self._checked(CHECKS, scene, Scales(self.policy, survey.sizes))
        findings = [finding for finding in (*named, *checked) if _concerns(finding, survey)]
        ledger.limit_to(survey)
        allowed = allow(findings, request.permits, _reach(survey, request, ledger))
        ledger.gaps += _absent_baseline(request.permits)
        # What a team wrote into its policy is meant as policy, also where it lies among fixtures.
        scales = Scales(self.policy.without_fixtures(), survey.sizes)
        about_permits = self._checked(PERMIT_CHECKS, Aftermath(survey, request.permits, allowed), scales)
        return assembled(survey, self.catalogue, allowed.with_more(about_permits), ledger)

    def _inventory(self, request: AuditRequest) -> Inventory:
        if request.revision is not None:
            return self.repository.list_revision(request.revision)
        present = present_inventory(self.repository)
        facts = self.repository.facts
        if not present.entries and facts.head is None:
            raise NothingTracked(str(facts.work_dir)) if facts.work_dir else NoCommit(str(facts.git_dir))
        return present

    def _candidates(self, survey: Survey, ledger: Ledger) -> tuple[list[Candidate], Looks]:
        """Every file that meets a rule by its name or its content, and what was seen by looking."""
        namer = Namer(self.catalogue)
        by_name = list(namer.candidates(survey.folders))
        looker = Looker(self.catalogue, self.policy, self.media_types)
        strangers = looker.strangers(survey.folders, by_name)
        looks = looker.look(self.repository, by_name, strangers)
        judged = [looker.judged(candidate, looks) for candidate in by_name]
        ledger.unreadable += [each for each in judged if isinstance(each, Unreadable)]
        ledger.unreadable += looker.unseen(strangers, looks)
        ledger.notes += looker.untold(looks)
        candidates = [each for each in judged if isinstance(each, Candidate)]
        return [*candidates, *looker.found_by_content(strangers, looks, namer)], looks

    def _standing(
        self, survey: Survey, candidates: Sequence[Candidate], heard: Heard, ledger: Ledger
    ) -> Iterator[Candidate]:
        """The candidates with the hits that nothing in the repository declares to be meant."""
        clearances = Clearances(survey, self.policy)
        for candidate in candidates:
            standing, cleared = clearances.split(candidate, heard[candidate.entry.path])
            ledger.cleared += cleared
            if standing is not None:
                yield standing

    def _checked(
        self, checks: Mapping[str, Callable[[Seen], Iterator[Problem]]], seen: Seen, scales: Scales
    ) -> Iterator[Finding]:
        """What the rules find that name one of these checks; each check is given what it may look at."""
        for rule in self.catalogue.rules:
            if rule.check is not None and rule.check in checks:
                for problem in checks[rule.check](seen):
                    yield scales.weigh(problem.entry, rule, problem.evidence)


def _reach(survey: Survey, request: AuditRequest, ledger: Ledger) -> Reach:
    """How far the audit looked; to be asked once all that could not be read is written down."""
    is_whole = survey.subject is None and not ledger.gaps and not ledger.unreadable
    return Reach(is_whole, partly=CAPPED if request.new_since is not None else frozenset())


def _concerns(finding: Finding, survey: Survey) -> bool:
    """Whether the report is about this finding: about its file, or about the other of two files that clash."""
    others = (each.path for each in finding.evidence if each.kind in _ABOUT_TWO and each.path is not None)
    return survey.tells(finding.path) or any(map(survey.tells, others))


def _lists(permits: Permits) -> frozenset[RepoPath]:
    """The files that list findings only to let them pass."""
    return frozenset() if permits.baseline is None else frozenset({RepoPath(permits.baseline.path)})


def _absent_baseline(permits: Permits) -> Iterator[Gap]:
    """An audit against a baseline that is not there is no whole one: nothing was accepted, or compared with."""
    if permits.absent:
        yield Gap(f"the baseline {permits.absent} is not there", "Write it with `hygiene audit --write-baseline`.")


def _missing(survey: Survey) -> Iterator[Unreadable]:
    """The files whose objects the repository does not hold: judged by name, and of unknown size."""
    if len(survey.sizes) < len(survey.blobs):
        missing = set(survey.blobs) - survey.sizes.keys()
        for entry in survey.inventory.entries:
            if entry.blob in missing and entry.mode != Mode.GITLINK:
                yield Unreadable(entry.path, "its object is missing from this repository")
