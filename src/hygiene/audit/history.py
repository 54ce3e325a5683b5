"""The audit of a history: what is at HEAD is judged amid HEAD, what is gone amid all that was ever there."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, TypeVar

from hygiene.audit.allowing import Allowed, Reach, allow
from hygiene.audit.assembling import assembled
from hygiene.audit.checks.registry import CHECKS_OF_CONTENT
from hygiene.audit.court import Court, Terms
from hygiene.audit.engine import AuditRequest, absent_baseline, lists_of
from hygiene.audit.ever import Ever, EveryVersion
from hygiene.audit.growth import subject_to_cap
from hygiene.audit.ledger import Ledger
from hygiene.audit.looking import Looker, Looks
from hygiene.audit.naming import Candidate, Namer
from hygiene.audit.survey import Survey, Time
from hygiene.model.finding import Finding, Unreadable
from hygiene.model.inventory import Entry, Mode
from hygiene.model.past import JudgedHistory
from hygiene.model.paths import BlobId, RepoPath
from hygiene.model.rule import RuleId
from hygiene.ports import HistoryIndex, Look, Progress, Repository

T = TypeVar("T")


@dataclass(frozen=True)
class HistoryAuditor:
    """Judges histories of one repository before one court."""

    repository: Repository
    court: Court
    progress: Progress

    def audit(self, ever: Ever, request: AuditRequest) -> JudgedHistory:
        """Every version of every path by its name, content and size; how files lie beside each other is not judged.

        A file at HEAD is judged as an audit of HEAD would. A gone one is weighed with what lay around it last, by the
        last word of the rule files; nothing uses it any more. Of the request, what concerns the caps,
        the permits and the policy counts.
        """
        try:
            return self._audit(ever, request)
        finally:
            self.progress.done()

    def _audit(self, ever: Ever, request: AuditRequest) -> JudgedHistory:
        versions = EveryVersion(ever)
        self._size_present(ever, versions)
        everything = Survey(self.repository, ever.union, ever.told, Time.PAST, versions.sizes, versions)
        ledger = Ledger(gaps=[*ever.present.gaps, *ever.gaps], notes=list(ever.notes))
        self.progress.step("judging names and content")
        present, past = self._times(ever, versions)
        large = subject_to_cap(present, versions.larger_than(request.size_caps.lowest), request.new_since)
        ledger.gaps += large.gaps
        terms = Terms(request.size_caps, large.entries, lists_of(request.permits), CHECKS_OF_CONTENT)
        session = _Session(ever.index, self._named(everything), terms, ledger)
        found = [*self._found(present, session), *self._found(past, session)]
        ledger.unreadable += _missing(ever.index)
        ledger.gaps += everything.unread_rules
        ledger.limit_to(everything)
        allowed = allow(versions.committed(found), request.permits, Reach(is_whole=False))
        ledger.gaps += absent_baseline(request.permits)
        report = assembled(everything, self.court.catalogue, _one_a_path(allowed), ledger)
        return JudgedHistory(replace(report, policy=request.policy), _by_path(allowed))

    def _size_present(self, ever: Ever, versions: EveryVersion) -> None:
        """The sizes of what HEAD holds and no path held last: HEAD need not be the latest of all branches."""
        unsized = [entry.blob for entry in ever.present.entries if entry.blob not in versions.sizes]
        versions.sizes.update(self.repository.sizes(unsized))

    def _times(self, ever: Ever, versions: EveryVersion) -> tuple[Survey, Survey]:
        there = ever.told - ever.gone
        return (
            Survey(self.repository, ever.present, there, Time.PRESENT, versions.sizes, versions, ever.index),
            Survey(self.repository, ever.union, ever.gone, Time.PAST, versions.sizes, versions),
        )

    def _named(self, survey: Survey) -> "_Named":
        """Which paths meet a rule by their name, and whose name says nothing."""
        namer = Namer(self.court.catalogue)
        looker = self.court.looker(namer)
        candidates = list(namer.candidates(survey.folders))
        return _Named(looker, candidates, looker.strangers(survey.folders, candidates))

    def _found(self, survey: Survey, session: "_Session") -> list[Finding]:
        """What is cleared by its path is not looked into: a vendored tree can have more versions than all the rest."""
        named, trial = session.named, self.court.trial(survey, session.ledger)
        standing = trial.standing(each for each in named.candidates if survey.tells(each.entry.path))
        hits = {candidate.entry.path: candidate for candidate in standing}
        entries = survey.every_version([candidate.entry for candidate in standing])
        candidates = [hits[entry.path]._replace(entry=entry) for entry in entries]
        strangers = survey.every_version([entry for entry in named.strangers if survey.tells(entry.path)])
        looks = self._looks(named.looker, named.looker.doubtful(candidates, strangers), session.kept)
        suspects = named.looker.met(candidates, strangers, looks, session.ledger)
        return trial.findings(suspects._replace(candidates=trial.standing(suspects.candidates)), session.terms)

    def _looks(self, looker: Looker, blobs: Sequence[BlobId], index: HistoryIndex) -> Looks:
        """What the index remembers, and looks into the rest."""
        remembered = index.looks(blobs)
        fresh = looker.look(self.repository, [blob for blob in blobs if blob not in remembered])
        index.add_looks({blob: look for blob, look in fresh.items() if look is not None and _is_lasting(look)})
        return {**remembered, **fresh}


def _is_lasting(look: Look) -> bool:
    """Whether another machine, with libmagic, would see the same."""
    found = look.media_type
    return found is not None and (found.is_text or found.tier != "nul-test")


class _Named(NamedTuple):
    """What names alone tell of a history, each path once."""

    looker: Looker
    candidates: Sequence[Candidate]
    strangers: Sequence[Entry]


class _Session(NamedTuple):
    """What is the same for the present and the past."""

    kept: HistoryIndex
    named: _Named
    terms: Terms
    ledger: Ledger


def _missing(index: HistoryIndex) -> Iterator[Unreadable]:
    missing = index.unsized()
    for version in index.holding(missing) if missing else ():
        if version.mode != Mode.GITLINK:
            yield Unreadable(version.path, "an object that it once had is missing from this repository")


def _one_a_path(allowed: Allowed) -> Allowed:
    """For each path and rule the finding of its surest and gravest version, and of the last one among equals."""
    return replace(
        allowed,
        standing=_surest(allowed.standing, lambda finding: finding),
        waived=tuple(_surest(allowed.waived, lambda waived: waived.finding)),
        baselined=_surest(allowed.baselined, lambda finding: finding),
    )


def _surest(items: Iterable[T], finding_of: Callable[[T], Finding]) -> list[T]:
    surest: dict[tuple[RepoPath, RuleId], tuple[tuple[int, int], T]] = {}
    for item in items:
        finding = finding_of(item)
        key, weight = (finding.path, finding.rule), (int(finding.confidence), int(finding.severity))
        if key not in surest or weight >= surest[key][0]:
            surest[key] = weight, item
    return [item for _, item in surest.values()]


def _by_path(allowed: Allowed) -> Mapping[RepoPath, Sequence[Finding]]:
    """The findings of each path; of what is permitted only where nothing of the path stands."""
    standing: dict[RepoPath, list[Finding]] = {}
    for finding in allowed.standing:
        standing.setdefault(finding.path, []).append(finding)
    permitted: dict[RepoPath, list[Finding]] = {}
    for finding in (*allowed.baselined, *(waived.finding for waived in allowed.waived)):
        permitted.setdefault(finding.path, []).append(finding)
    return {**permitted, **standing}
