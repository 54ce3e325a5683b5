"""Weighing: from the evidence about a file to one finding, by the one table of points."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from hygiene.audit.survey import Time
from hygiene.model.finding import Evidence, Finding
from hygiene.model.inventory import Entry, Sizes
from hygiene.model.paths import RepoPath, ancestors, folder_of, name_of
from hygiene.model.rule import Category, Confidence, Disposition, Rule, Severity
from hygiene.policy.evidence import EvidencePolicy


@dataclass(frozen=True)
class Scales:
    """Turns evidence into confidence, and a rule met by a file into a finding."""

    policy: EvidencePolicy
    sizes: Sizes
    time: Time = Time.PRESENT
    _words: dict[tuple[RepoPath, str | None], str | None] = field(default_factory=dict, init=False, compare=False)

    def weigh(self, entry: Entry, rule: Rule, heard: Sequence[Evidence]) -> Finding:
        """The finding that `rule` makes of the file, with each evidence and what it counted.

        What a tracked file uses, and what stays a mere suspicion, is for a person to decide.
        """
        fixture = self._fixture(entry.path, rule, heard)
        evidence = tuple(self._pointed(each, entry.path, fixture) for each in (*heard, *fixture, *_decision(rule)))
        confidence = _confidence(rule, evidence)
        is_used = any(each.kind == "consumer" for each in evidence)
        is_open = confidence is Confidence.REVIEW or is_used
        disposition = Disposition.DECIDE if is_open and rule.disposition is not Disposition.KEEP else rule.disposition
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

    def _pointed(self, evidence: Evidence, path: RepoPath, fixture: Sequence[Evidence]) -> Evidence:
        # Among fixtures nobody tracks an ignored file by accident (it took `git add --force`), and a tool's marker may
        # be the very thing that is tested.
        is_meant = fixture and (evidence.kind == "ignored" or evidence.path == path)
        # What is gone need never have stood beside the rules that would ignore it today.
        is_meant = is_meant or (evidence.kind == "ignored" and self.time is Time.PAST)
        points = 0 if is_meant else self.policy.points.get(evidence.kind, 0)
        return evidence if points == evidence.points else evidence._replace(points=points)

    def _fixture(self, path: RepoPath, rule: Rule, heard: Sequence[Evidence]) -> Sequence[Evidence]:
        """That the file lies among fixtures; unsaid of its size, and of what only a running program leaves."""
        if rule.category is Category.OVERSIZE or any(each.kind == "runtime-shape" for each in heard):
            return ()
        own = self.policy.own_fixtures.of_file(path)
        if own:
            return (Evidence("fixture", f"it lies among fixtures ({own[0]})"),)
        # The tests of a package in a virtual environment are fixtures of that package, not of this repository.
        marked = next((f"{folder_of(each.path)}/" for each in heard if each.kind == "tool-marker" and each.path), None)
        fixture = self._fixture_word(folder_of(path), marked)
        return () if fixture is None else (Evidence("fixture", f"it lies among fixtures ({fixture}/)"),)

    def _fixture_word(self, folder: RepoPath, marked: str | None) -> str | None:
        """The first name on the way to a folder that fixtures go by; what is below `marked` does not count."""
        if (folder, marked) not in self._words:
            above = [each for each in (folder, *ancestors(folder)) if marked is None or not each.startswith(marked)]
            words = (name_of(each) for each in reversed(above))
            found = next((word for word in words if word.lower() in self.policy.fixture_folders), None)
            self._words[folder, marked] = found
        return self._words[folder, marked]


def gravest(findings: Sequence[Finding]) -> Finding:
    """One finding for a file that several rules meet: the surest, then the gravest; it names the others.

    Where a tool has marked the whole tree, the rule about the tree says more than any about a file in it.
    """
    if len(findings) == 1:
        return findings[0]
    first, *others = sorted(findings, key=_rank)
    return replace(first, also=tuple(sorted(other.rule for other in others)))


def _rank(finding: Finding) -> tuple[int, bool, int, int, str]:
    has_strong = any(each.points >= Confidence.CERTAIN for each in finding.evidence)
    is_about_tree = finding.evidence[0].kind == "place" and has_strong
    firmness = list(Disposition).index(finding.disposition)
    return -finding.confidence, not is_about_tree, -finding.severity, firmness, finding.rule


def fingerprint(entry: Entry, rule: Rule) -> str:
    """16 hex digits that stay the same through squash, rebase and every change of other files."""
    said = f"{rule.id}\0{entry.path}\0{entry.blob}".encode("utf-8", "surrogateescape")
    return hashlib.sha256(said).hexdigest()[:16]


def _decision(rule: Rule) -> Sequence[Evidence]:
    """That a team has decided how sure the rule is; then nothing else counts."""
    override = rule.override
    if override is None or override.confidence is None:
        return ()
    return (Evidence("override", f"{override.origin} sets it to {override.confidence}"),)


def _confidence(rule: Rule, evidence: Sequence[Evidence]) -> Confidence:
    if rule.override is not None and rule.override.confidence is not None:
        return rule.override.confidence
    # The same kind of witness counts once, however often it was heard.
    points = {each.kind: each.points for each in evidence}
    highest = Confidence.CERTAIN
    if "fixture" in points:
        # Witnesses tell what such a file is, not that nobody means it: fixtures are made of such files.
        highest = max(rule.confidence, Confidence.LIKELY)
    if "consumer" in points:
        # What is used may be a product; a key or a database that a program opens is no less dangerous for it.
        highest = Confidence.LIKELY if rule.severity >= Severity.HIGH else Confidence.REVIEW
    return Confidence(min(max(rule.confidence + sum(points.values()), Confidence.REVIEW), highest))
