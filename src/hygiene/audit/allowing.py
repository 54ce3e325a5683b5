"""Allowing: which findings a team has permitted, by its waivers first and then by its baseline."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from hygiene.audit.baseline import Baseline, accept, growth
from hygiene.audit.waivers import waive
from hygiene.model.finding import Finding
from hygiene.model.permit import Accepted, Idleness, IdleWaiver, Waived, Waiver
from hygiene.model.rule import RuleId
from hygiene.policy.waivers import SpeakingWaivers


@dataclass(frozen=True, slots=True)
class Permits:
    """What lets findings pass.

    Attributes:
        today: the day in UTC; a waiver whose last day is before it lets nothing pass.
        waivers: in the order of the configuration.
        baseline: None where there is none.
        absent: the configured baseline that is not there, where one is needed; empty otherwise.
        ratchet: whether there may be no more findings, and no more bytes of a category, than the baseline accepts.
    """

    today: date
    waivers: Sequence[Waiver] = ()
    baseline: Baseline | None = None
    ratchet: bool = False
    absent: str = ""

    def may_become(self, accepted: Iterable[Accepted]) -> bool:
        """Whether the ratchet lets these be the new baseline; the first one may be any."""
        return not self.ratchet or self.baseline is None or not any(growth(self.baseline.entries, accepted))


NO_PERMITS = Permits(date.min)
"""Lets nothing pass."""


@dataclass(frozen=True, slots=True)
class Reach:
    """By which rules every file was judged: only of those may a permit be called unused.

    Attributes:
        is_whole: whether every tracked file was judged, and could be read.
        partly: the rules that judged some of the files only, even then.
    """

    is_whole: bool = True
    partly: frozenset[RuleId] = frozenset()

    def covers(self, rule: RuleId) -> bool:
        """Whether the rule judged every file."""
        return self.is_whole and rule not in self.partly


@dataclass(frozen=True, slots=True)
class Allowed:
    """The findings, parted by what lets them pass; each part in the order given.

    Attributes:
        standing: the findings that nothing lets pass.
        idle: the waivers that let nothing pass, in the order of the configuration.
        stale: the entries of the baseline that no finding meets any more, by path.
    """

    standing: Sequence[Finding]
    waived: Sequence[Waived] = ()
    idle: Sequence[IdleWaiver] = ()
    baselined: Sequence[Finding] = ()
    stale: Sequence[Accepted] = ()

    def with_more(self, standing: Iterable[Finding]) -> "Allowed":
        """These, and more findings that nothing lets pass."""
        return replace(self, standing=[*self.standing, *standing])


def allow(findings: Sequence[Finding], permits: Permits, reach: Reach) -> Allowed:
    """Parts the findings. Nothing is called unused or stale that a file could still need which was not judged."""
    waiving = waive(findings, [waiver for waiver in permits.waivers if waiver.holds_on(permits.today)])
    acceptance = accept(waiving.left, permits.baseline.entries if permits.baseline else ())
    needed = waiving.used | _expired(permits, acceptance.left)
    return Allowed(
        standing=acceptance.left,
        waived=waiving.waived,
        idle=tuple(_idle(permits, needed, reach)),
        baselined=acceptance.baselined,
        stale=[entry for entry in acceptance.unmet if reach.covers(entry.rule)],
    )


def _expired(permits: Permits, standing: Sequence[Finding]) -> frozenset[Waiver]:
    """The waivers that would let one of these findings pass if their day were not over."""
    expired = SpeakingWaivers(waiver for waiver in permits.waivers if not waiver.holds_on(permits.today))
    return frozenset(waiver for each in standing for waiver in expired.of(each.rule, each.path, each.blob))


def _idle(permits: Permits, needed: frozenset[Waiver], reach: Reach) -> Iterator[IdleWaiver]:
    for waiver in permits.waivers:
        if waiver in needed and not waiver.holds_on(permits.today):
            yield IdleWaiver(waiver, Idleness.EXPIRED)
        elif waiver not in needed and reach.covers(waiver.rule):
            yield IdleWaiver(waiver, Idleness.UNUSED)
