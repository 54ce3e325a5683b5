"""Judging: every candidate with all that was heard about it, weighed into one finding a file."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from hygiene.audit.consumers.references import Wanted
from hygiene.audit.consumers.search import ConsumerSearch
from hygiene.audit.naming import Candidate
from hygiene.audit.survey import Excuses, Survey, Time
from hygiene.audit.weighing import Scales, gravest
from hygiene.audit.witnesses import Heard
from hygiene.model.finding import Evidence, Finding
from hygiene.model.inventory import Entry
from hygiene.model.paths import RepoPath, folder_of, name_of
from hygiene.model.rule import Confidence, Rule
from hygiene.policy.evidence import EvidencePolicy


class Case(NamedTuple):
    """A file, and for each rule that it meets the evidence that was heard."""

    entry: Entry
    charges: tuple[tuple[Rule, tuple[Evidence, ...]], ...]

    def with_evidence(self, more: Evidence) -> "Case":
        """The case after one more witness, who speaks to every charge."""
        return Case(self.entry, tuple((rule, (*heard, more)) for rule, heard in self.charges))


@dataclass(frozen=True)
class Judge:
    """Hears witnesses and consumers about the candidates of one survey.

    Attributes:
        silent: paths of files that consume nothing, whatever they name.
    """

    survey: Survey
    policy: EvidencePolicy
    silent: frozenset[RepoPath] = frozenset()

    def findings(self, candidates: Sequence[Candidate], heard: Heard) -> list[Finding]:
        """One finding for each candidate, in their order."""
        cases = list(self._cases(candidates, heard))
        verdicts = [self._verdict(case) for case in cases]
        certain = _certain_by_stem(verdicts)
        return [self._reconsidered(case, first, certain) for case, first in zip(cases, verdicts, strict=True)]

    def _cases(self, candidates: Sequence[Candidate], heard: Heard) -> Iterator[Case]:
        consumers = self._consumers(candidates, heard)
        for entry, hits in candidates:
            said = [(hit, consumers.get(entry.path) if is_softenable(hit.rule) else None) for hit in hits]
            yield Case(
                entry, tuple((hit.rule, (*hit.evidence, *heard[entry.path], *filter(None, [by]))) for hit, by in said)
            )

    def _consumers(self, candidates: Sequence[Candidate], heard: Heard) -> Mapping[RepoPath, Evidence]:
        """Who uses the candidates that no strong witness speaks against: what a tool has marked as its own stays so."""
        if self.survey.time is Time.PAST or self.survey.excuses is Excuses.DO_NOT_COUNT:
            return {}
        open_to_doubt = [
            entry.path
            for entry, hits in candidates
            if any(is_softenable(hit.rule) for hit in hits) and not self.policy.is_strong(heard[entry.path])
        ]
        # What names `auth.db` alone is more likely the program that writes it: such a file must be named in full.
        shaped = {path for path in open_to_doubt if any(each.kind == "runtime-shape" for each in heard[path])}
        wanted = Wanted(open_to_doubt, frozenset(open_to_doubt) - shaped)
        silent = self.silent.union(candidate.entry.path for candidate in candidates)
        return ConsumerSearch(self.survey, self.policy).consumers_of(wanted, silent)

    def _verdict(self, case: Case) -> Finding:
        return gravest([self._scales.weigh(case.entry, rule, heard) for rule, heard in case.charges])

    @cached_property
    def _scales(self) -> Scales:
        return Scales(self.policy, self.survey.sizes, self.survey.time)

    def _reconsidered(self, case: Case, first: Finding, certain: Mapping[tuple[str, str], RepoPath]) -> Finding:
        """The verdict once more, if a certain finding of the same stem lies beside: `x.manifest.json` and `x.zip`."""
        companion = certain.get(_stem(first.path))
        if companion is None or first.confidence is Confidence.CERTAIN:
            return first
        return self._verdict(
            case.with_evidence(Evidence("companion", "it lies beside one of its stem", path=companion))
        )


def is_softenable(rule: Rule) -> bool:
    """Whether a consumer can soften a finding: not one whose name alone is certain (scripts name `.DS_Store`)."""
    return rule.confidence < Confidence.CERTAIN


def _certain_by_stem(findings: Sequence[Finding]) -> Mapping[tuple[str, str], RepoPath]:
    return {_stem(finding.path): finding.path for finding in findings if finding.confidence is Confidence.CERTAIN}


def _stem(path: RepoPath) -> tuple[str, str]:
    """The folder, and the name up to its first dot after the first character."""
    name = name_of(path)
    end = name.find(".", 1)
    return folder_of(path), name if end < 0 else name[:end]
