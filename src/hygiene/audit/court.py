"""The court: from the files that meet a rule to findings, by everything that speaks for or against each."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from hygiene.audit.checks.base import Check, Problem, Scene
from hygiene.audit.checks.permits import Aftermath
from hygiene.audit.checks.registry import CHECKS, PERMIT_CHECKS
from hygiene.audit.clearances import Clearances
from hygiene.audit.copied import CopiedTrees
from hygiene.audit.judging import Judge
from hygiene.audit.ledger import Ledger
from hygiene.audit.looking import Looker, Suspects
from hygiene.audit.naming import Candidate, Namer
from hygiene.audit.survey import Excuses, Survey
from hygiene.audit.tables import TableInspector
from hygiene.audit.weighing import Scales
from hygiene.audit.witnesses import Witnesses
from hygiene.model.finding import Cleared, Evidence, Finding
from hygiene.model.inventory import Entry
from hygiene.model.paths import RepoPath
from hygiene.policy.configuration.settings import SizeCaps
from hygiene.policy.evidence import EvidencePolicy
from hygiene.policy.rules.catalogue import Catalogue
from hygiene.ports import MediaTypes, TableNames

Seen = TypeVar("Seen", Scene, Aftermath)
"""What a check is given."""

_ABOUT_TWO = ("collision", "duplicate")
"""Kinds of evidence that name a second file; which of the two is new is not told by which one the finding is at."""


class Terms(NamedTuple):
    """What was asked of the court beside the survey.

    Attributes:
        size_caps: beyond which a file is oversized.
        subject_to_cap: the entries that the caps judge.
        silent: files that consume nothing, whatever they name.
        checks: those of the checks that have a say.
    """

    size_caps: SizeCaps
    subject_to_cap: Sequence[Entry]
    silent: frozenset[RepoPath] = frozenset()
    checks: Mapping[str, Check] = CHECKS


@dataclass(frozen=True)
class Court:
    """Judges files by one catalogue and one table of evidence."""

    catalogue: Catalogue
    policy: EvidencePolicy
    media_types: MediaTypes
    table_names: TableNames

    def looker(self, namer: Namer) -> Looker:
        """Who looks into files for this court."""
        return Looker(self.catalogue, self.policy, self.media_types, namer)

    def trial(self, survey: Survey, ledger: Ledger) -> "Trial":
        """The survey before this court."""
        return Trial(self, survey, ledger)

    def about_permits(self, aftermath: Aftermath) -> Iterator[Finding]:
        """What is wrong with the permits. What a team wrote into its policy is meant as such, also among fixtures."""
        scales = Scales(self.policy.without_fixtures(), aftermath.survey.sizes)
        return self.checked(PERMIT_CHECKS, aftermath, scales)

    def checked(
        self, checks: Mapping[str, Callable[[Seen], Iterator[Problem]]], seen: Seen, scales: Scales
    ) -> Iterator[Finding]:
        """What the rules find that name one of these checks; each check is given what it may look at."""
        for rule in self.catalogue.rules:
            if rule.check is not None and rule.check in checks:
                for problem in checks[rule.check](seen):
                    yield scales.weigh(problem.entry, rule, problem.evidence)


class Trial:
    """One survey before the court. What witnesses and declarations say of a path is found out once."""

    def __init__(self, court: Court, survey: Survey, ledger: Ledger) -> None:
        self._court, self._survey, self._ledger = court, survey, ledger
        self._copied = CopiedTrees(survey)
        self._witnesses = Witnesses(survey, court.policy, self._copied)
        self._clearances = Clearances(survey, court.policy)
        self._heard: dict[RepoPath, tuple[Evidence, ...]] = {}

    def standing(self, candidates: Iterable[Candidate]) -> list[Candidate]:
        """The candidates with the hits that nothing declares to be meant; the others are written down as cleared."""
        standing: list[Candidate] = []
        for candidate in candidates:
            path = candidate.entry.path
            if path not in self._heard:
                self._heard[path] = self._witnesses.about(path)
            left, cleared = self._split(candidate)
            self._ledger.cleared += cleared
            standing += [left] if left is not None else []
        return standing

    def _split(self, candidate: Candidate) -> tuple[Candidate | None, list[Cleared]]:
        if self._survey.excuses is Excuses.DO_NOT_COUNT:
            return candidate, []
        return self._clearances.split(candidate, self._heard[candidate.entry.path])

    def findings(self, suspects: Suspects, terms: Terms) -> list[Finding]:
        """What the report is about: what stands by name and content first, then what the checks find."""
        court, survey = self._court, self._survey
        weighed = Judge(survey, court.policy, terms.silent).findings(suspects.candidates, self._heard)
        inspector = TableInspector(court.table_names, court.policy, self._ledger)
        named = inspector.inspected(weighed, survey, suspects.looks)
        scene = Scene(survey, self._copied, frozenset(self._heard), terms.size_caps, terms.subject_to_cap)
        checked = court.checked(terms.checks, scene, Scales(court.policy, survey.sizes))
        return [finding for finding in (*named, *checked) if _concerns(finding, survey)]


def _concerns(finding: Finding, survey: Survey) -> bool:
    """Whether the report is about this finding: about its file, or about the other of two files that clash."""
    others = (each.path for each in finding.evidence if each.kind in _ABOUT_TWO and each.path is not None)
    return survey.tells(finding.path) or any(map(survey.tells, others))
