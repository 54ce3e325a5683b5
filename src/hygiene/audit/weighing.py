"""Weighing: from the evidence about a file to one finding, by the one table of points."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from hygiene.model.finding import Evidence, Finding
from hygiene.model.inventory import Entry, Sizes
from hygiene.model.paths import RepoPath, ancestors
from hygiene.model.rule import Category, Confidence, Disposition, Rule
from hygiene.policy.evidence import EvidencePolicy

_FIRMEST_FIRST = (Disposition.DELETE_AND_UNTRACK, Disposition.UNTRACK, Disposition.DECIDE, Disposition.KEEP)


@dataclass(frozen=True)
class Scales:
    """Turns evidence into confidence, and a rule met by a file into a finding."""

    policy: EvidencePolicy
    sizes: Sizes

    def weigh(self, entry: Entry, rule: Rule, heard: Sequence[Evidence]) -> Finding:
        """The finding that `rule` makes of the file, with each evidence and what it counted.

        A consumer outweighs every doubt: the file is then for a person to decide. So is what stays a mere suspicion.
        """
        fixture = self._fixture(entry.path, rule, heard)
        evidence = tuple(self._pointed(each, fixture) for each in (*heard, *fixture))
        confidence = _confidence(rule, evidence)
        disposition = rule.disposition
        if confidence is Confidence.REVIEW and disposition is not Disposition.KEEP:
            disposition = Disposition.DECIDE
        return Finding(
            rule=rule.id,
            category=rule.category,
            bucket=rule.bucket,
            confidence=confidence,
            severity=rule.severity,
            disposition=disposition,
            release=rule.release,
            path=entry.path,
            mode=entry.mode,
            blob=entry.blob,
            size=self.sizes.get(entry.blob),
            evidence=evidence,
            also=(),
            fingerprint=fingerprint(entry, rule),
        )

    def _pointed(self, evidence: Evidence, fixture: Sequence[Evidence]) -> Evidence:
        # Nobody tracks an ignored file among fixtures by accident: it took `git add --force`.
        meant = fixture and evidence.kind == "ignored"
        return evidence._replace(points=0 if meant else self.policy.points.get(evidence.kind, 0))

    def _fixture(self, path: RepoPath, rule: Rule, heard: Sequence[Evidence]) -> Sequence[Evidence]:
        """That the file lies among fixtures: no word against its size, nor for what only a running program leaves."""
        if rule.category is Category.OVERSIZE or any(each.kind == "runtime-shape" for each in heard):
            return ()
        words = [folder.rpartition("/")[2] for folder in ancestors(path)]
        fixture = next((word for word in reversed(words) if word.lower() in self.policy.fixture_folders), None)
        return () if fixture is None else (Evidence("fixture", f"it lies among fixtures ({fixture}/)"),)


def gravest(findings: Sequence[Finding]) -> Finding:
    """One finding for a file that several rules meet: the surest, then the gravest; it names the others."""
    first, *others = sorted(
        findings, key=lambda f: (-f.confidence, -f.severity, _FIRMEST_FIRST.index(f.disposition), f.rule)
    )
    return replace(first, also=tuple(sorted(other.rule for other in others))) if others else first


def fingerprint(entry: Entry, rule: Rule) -> str:
    """16 hex digits that stay the same through squash, rebase and every change of other files."""
    said = f"{rule.id}\0{entry.path}\0{entry.blob}".encode("utf-8", "surrogateescape")
    return hashlib.sha256(said).hexdigest()[:16]


def _confidence(rule: Rule, evidence: Sequence[Evidence]) -> Confidence:
    if any(each.kind == "consumer" for each in evidence):
        return Confidence.REVIEW
    # The same kind of witness counts once, however often it was heard.
    points = {each.kind: each.points for each in evidence}
    return Confidence(min(max(rule.confidence + sum(points.values()), Confidence.REVIEW), Confidence.CERTAIN))
