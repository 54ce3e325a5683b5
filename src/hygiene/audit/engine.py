"""The audit: the steps from an inventory to a report, in the order of `docs/design.md`, "The way of a path"."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from hygiene.audit.allowing import NO_PERMITS, Permits, Reach, allow
from hygiene.audit.assembling import assembled
from hygiene.audit.checks.permits import Aftermath
from hygiene.audit.checks.registry import CAPPED
from hygiene.audit.court import Court, Terms
from hygiene.audit.growth import subject_to_cap
from hygiene.audit.ledger import Ledger
from hygiene.audit.looking import Suspects
from hygiene.audit.naming import Namer
from hygiene.audit.staging import Stage
from hygiene.audit.survey import Excuses, Survey, present_inventory
from hygiene.errors import NoCommit, NoIndex, NothingTracked
from hygiene.model.finding import Unreadable
from hygiene.model.inventory import Gap, Inventory, Mode, RepositoryFacts
from hygiene.model.paths import RepoPath
from hygiene.model.report import AuditReport
from hygiene.policy.configuration.settings import SizeCaps
from hygiene.ports import Progress, Repository


@dataclass(frozen=True)
class AuditRequest:
    """What the user asked for.

    Attributes:
        revision: the commit or tree to audit; None for the index (in a bare repository, HEAD).
        size_caps: beyond which a file is oversized.
        new_since: if given, the cap judges only what was added or grew since the merge base with this revision.
        inventory: the index as it was listed already, if it was; then there is no revision.
        staged: tell only of what the index holds otherwise than HEAD; then there is no revision.
        permits: what lets findings pass.
        policy: the files that settings and permits were read from, as `AuditReport.policy` has them.
        excuses: whether something is less of a finding, or none, because it is used or declared to be meant; not so for
            a release, which must not hold it either way.
    """

    revision: str | None = None
    size_caps: SizeCaps = field(default_factory=SizeCaps)
    new_since: str | None = None
    inventory: Inventory | None = None
    staged: bool = False
    permits: Permits = NO_PERMITS
    policy: tuple[str, ...] = ()
    excuses: Excuses = Excuses.COUNT


@dataclass(frozen=True)
class Auditor:
    """Audits one repository before one court."""

    repository: Repository
    court: Court
    progress: Progress

    def audit(self, request: AuditRequest) -> AuditReport:
        """The whole report. Raises what stops an audit: `UnknownRevision`, `NothingTracked`, `UnreadableRepository`."""
        try:
            return replace(self._audit(request), policy=request.policy)
        finally:
            self.progress.done()

    def _audit(self, request: AuditRequest) -> AuditReport:
        self.progress.step("listing what is tracked")
        if not request.staged:
            survey = Survey(self.repository, self._inventory(request), excuses=request.excuses)
            return self._judged(survey, request)
        if self.repository.facts.work_dir is None:
            raise NoIndex(str(self.repository.facts.git_dir))
        stage = Stage(self.repository, self.repository.list_staged())
        alone = self._judged(stage.alone(), request)
        return alone if stage.is_told_by(alone) else self._judged(stage.in_context(), request)

    def _judged(self, survey: Survey, request: AuditRequest) -> AuditReport:
        survey.begin_sizing()
        ledger = Ledger(gaps=list(survey.inventory.gaps), notes=list(_note_on_shallowness(survey.repository.facts)))
        self.progress.step("judging names and content")
        suspects = self._suspects(survey, ledger)
        ledger.unreadable += missing(survey)
        ledger.gaps += survey.unread_rules
        self.progress.step("weighing the evidence")
        subject = subject_to_cap(survey, survey.inventory.entries, request.new_since)
        terms = Terms(request.size_caps, subject.entries, lists_of(request.permits))
        trial = self.court.trial(survey, ledger)
        standing = suspects._replace(candidates=trial.standing(suspects.candidates))
        found = trial.findings(standing, terms)
        ledger.gaps += subject.gaps
        ledger.limit_to(survey)
        allowed = allow(found, request.permits, _reach(survey, request, ledger))
        ledger.gaps += absent_baseline(request.permits)
        about_permits = self.court.about_permits(Aftermath(survey, request.permits, allowed))
        return assembled(survey, self.court.catalogue, allowed.with_more(about_permits), ledger)

    def _inventory(self, request: AuditRequest) -> Inventory:
        if request.revision is not None:
            return self.repository.list_revision(request.revision)
        present = request.inventory or present_inventory(self.repository)
        facts = self.repository.facts
        if not present.entries and facts.head is None:
            raise NothingTracked(str(facts.work_dir)) if facts.work_dir else NoCommit(str(facts.git_dir))
        return present

    def _suspects(self, survey: Survey, ledger: Ledger) -> Suspects:
        """Every file that meets a rule by its name or its content, and what was seen by looking."""
        namer = Namer(self.court.catalogue)
        named = list(namer.candidates(survey.folders))
        looker = self.court.looker(namer)
        strangers = looker.strangers(survey.folders, named)
        looks = looker.look(self.repository, looker.doubtful(named, strangers))
        return looker.met(named, strangers, looks, ledger)


def _reach(survey: Survey, request: AuditRequest, ledger: Ledger) -> Reach:
    """How far the audit looked; to be asked once all that could not be read is written down."""
    is_whole = survey.subject is None and not ledger.gaps and not ledger.unreadable
    return Reach(is_whole, partly=CAPPED if request.new_since is not None else frozenset())


def absent_baseline(permits: Permits) -> Iterator[Gap]:
    """An audit against a baseline that is not there is no whole one: nothing was accepted, or compared with."""
    if permits.absent:
        yield Gap(f"the baseline {permits.absent} is not there", "Write it with `hygiene audit --write-baseline`.")


def missing(survey: Survey) -> Iterator[Unreadable]:
    """The files whose objects the repository does not hold: judged by name, and of unknown size."""
    if len(survey.sizes) < len(survey.blobs):
        missing = set(survey.blobs) - survey.sizes.keys()
        for entry in survey.inventory.entries:
            if entry.blob in missing and entry.mode != Mode.GITLINK:
                yield Unreadable(entry.path, "its object is missing from this repository")


def _note_on_shallowness(facts: RepositoryFacts) -> Iterator[str]:
    if facts.shallow:
        yield "history is shallow here; an audit of one revision does not need it"


def lists_of(permits: Permits) -> frozenset[RepoPath]:
    """The files that list findings only to let them pass."""
    return frozenset() if permits.baseline is None else frozenset({RepoPath(permits.baseline.path)})
