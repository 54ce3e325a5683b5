"""Judgements about the permits themselves, each at the file that holds them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from hygiene.audit.allowing import Allowed, Permits
from hygiene.audit.baseline import Growth, growth
from hygiene.audit.checks.base import Problem
from hygiene.audit.survey import Survey
from hygiene.model.finding import Evidence, Finding
from hygiene.model.inventory import Entry, Mode
from hygiene.model.paths import BlobId, RepoPath
from hygiene.model.permit import Idleness, Waiver, accepted_from
from hygiene.policy.rules.about_permits import RULES_ABOUT_PERMITS
from hygiene.policy.waivers import SpeakingWaivers

_NAMED = 3
"""New files that one evidence names; the findings are all there beside it."""


@dataclass(frozen=True)
class Aftermath:
    """All that a check of the permits may look at: what they are, and what they made of the findings."""

    survey: Survey
    permits: Permits
    allowed: Allowed

    def entry(self, path: str) -> Entry:
        """The tracked entry at `path`; where there is none (the file is new, or elsewhere), one without content."""
        digits = 64 if self.survey.repository.facts.object_format == "sha256" else 40
        return self.survey.entry(path) or Entry(Mode.FILE, BlobId("0" * digits), RepoPath(path))

    def idle(self, why: Idleness) -> Sequence[Waiver]:
        """The waivers that let nothing pass for this reason, those of one file side by side."""
        return sorted((each.waiver for each in self.allowed.idle if each.why is why), key=lambda w: w.origin.file)


PermitCheck = Callable[[Aftermath], Iterator[Problem]]
"""A computed judgement about permits: one problem a file, with an evidence for each thing that is wrong in it."""


def unused_waiver(aftermath: Aftermath) -> Iterator[Problem]:
    """Every waiver that no finding is left for; where another rule has overtaken its own, it says so."""
    unused = aftermath.idle(Idleness.UNUSED)
    overtaken = _overtaken(unused, aftermath.allowed.standing)
    for file, waivers in groupby(unused, key=lambda waiver: waiver.origin.file):
        reasons = (_unused(waiver, overtaken.get(waiver)) for waiver in waivers)
        yield Problem(aftermath.entry(file), tuple(reasons))


def expired_waiver(aftermath: Aftermath) -> Iterator[Problem]:
    """Every waiver whose day is over while a finding is left that it would let pass."""
    for file, waivers in groupby(aftermath.idle(Idleness.EXPIRED), key=lambda waiver: waiver.origin.file):
        reasons = (_evidence("expired", f"{_named(each)} held until {each.expires}", each) for each in waivers)
        yield Problem(aftermath.entry(file), tuple(reasons))


def growing_clutter(aftermath: Aftermath) -> Iterator[Problem]:
    """That there is more than the baseline accepts, where the ratchet is on. What a waiver lets pass is not counted.

    Where something could not be read, this may miss that there is more; it never claims it wrongly. What is staged is
    no sum that could be compared.
    """
    baseline = aftermath.permits.baseline
    if baseline is None or not aftermath.permits.ratchet or aftermath.survey.subject is not None:
        return
    there = (*aftermath.allowed.standing, *aftermath.allowed.baselined)
    new = sorted(aftermath.allowed.standing, key=lambda finding: (-finding.confidence, finding.path))
    grown = [_grown(each, new) for each in growth(baseline.entries, map(accepted_from, there))]
    if grown:
        yield Problem(aftermath.entry(baseline.path), tuple(grown))


def _overtaken(unused: Sequence[Waiver], standing: Sequence[Finding]) -> dict[Waiver, Finding]:
    """The waivers whose rule a standing finding names second, each with the first such finding."""
    speaking = SpeakingWaivers(unused)
    overtaken: dict[Waiver, Finding] = {}
    for finding in standing:
        for rule in finding.also:
            for waiver in speaking.of(rule, finding.path, finding.blob):
                overtaken.setdefault(waiver, finding)
    return overtaken


def _unused(waiver: Waiver, instead: Finding | None) -> Evidence:
    if instead is not None:
        says = f"{_named(waiver)} lets nothing pass: {instead.path} is a finding of {instead.rule} first"
        return _evidence("overtaken", says, waiver)
    if waiver.rule in RULES_ABOUT_PERMITS:
        says = f"{_named(waiver)} lets nothing pass: no waiver can; [overrides.{waiver.rule}] enabled = false does"
        return _evidence("unused", says, waiver)
    until = f" (until {waiver.expires})" if waiver.expires else ""
    return _evidence("unused", f"{_named(waiver)}{until} lets nothing pass", waiver)


def _named(waiver: Waiver) -> str:
    content = f" (blob {waiver.blob[:12]})" if waiver.blob else ""
    return f"the waiver of {waiver.rule} for {waiver.path}{content}"


def _evidence(kind: str, says: str, waiver: Waiver) -> Evidence:
    return Evidence(kind, says, path=RepoPath(waiver.origin.file), line=waiver.origin.line)


def _grown(grown: Growth, new: Sequence[Finding]) -> Evidence:
    files = _more("files", grown.files_before, grown.files_now)
    size = _more("bytes", grown.bytes_before, grown.bytes_now)
    more = " and ".join(filter(None, (files, size)))
    names = [finding.path for finding in new if finding.category is grown.category]
    others = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
    which = f"; new: {', '.join(names[:_NAMED])}{others}" if names else ""
    return Evidence("growth", f"{grown.category.value} grew from {more}{which}")


def _more(noun: str, before: int, now: int) -> str:
    return f"{before:,} to {now:,} {noun}" if now > before else ""
